using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Somebody whose client was there before Action.Execute and cards that refresh, among people with newer ones.</summary>
public sealed class OldClientTests : TeamsTest
{
    [Fact]
    public async Task The_fallback_stands_in_the_place_of_the_button_and_sends_a_message()
    {
        DanaHasAnOldClient();
        var card = Card("Invite?", WithFallback(Execute("Approve", "approval/approve"), Submit("Approve", "approval/approve")));
        card["body"]!.AsArray().Add((JsonNode)Field("Input.Text", "reason"));
        var id = await Bot.PostAsync(TeamsDirectory.GroupId, Message(card));

        var result = await Teams.PressAsync("dana", Place.Group, "Approve", With(("reason", "fine")));

        Assert.Equal(200, result.Status);
        var message = Assert.Single(Bot.Received);
        Assert.Equal(("message", id), (message.Type, (string?)message.Activity["replyToId"]));
        Assert.Null(message.Activity["text"]);
        Assert.Equal("""{"verb":"approval/approve","id":"r-1","reason":"fine"}""", message.Activity["value"]!.ToJsonString());
    }

    [Fact]
    public async Task Newer_clients_beside_it_press_the_button_itself()
    {
        DanaHasAnOldClient();
        await Bot.PostAsync(
            TeamsDirectory.GroupId,
            Message(Card("Invite?", WithFallback(Execute("Approve", "approval/approve"), Submit("Old approve", "approval/approve"))))
        );

        Assert.True(Teams.Sees("dana", Place.Group, "Old approve"));
        Assert.False(Teams.Sees("max", Place.Group, "Old approve"));
        await Teams.PressAsync("max", Place.Group, "Approve");

        Assert.Equal("invoke", Assert.Single(Bot.Received).Type);
    }

    [Fact]
    public async Task Without_a_fallback_there_is_no_button()
    {
        DanaHasAnOldClient();
        var card = Card(
            "Invite?",
            Execute("Approve", "approval/approve"),
            WithFallback(Execute("Deny", "approval/deny"), JsonValue.Create("drop")),
            WithFallback(Execute("Later", "later"), Execute("Later, too", "later"))
        );
        card["body"]![0]!["selectAction"] = Execute("Open", "open");
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(card));

        Assert.Empty(CardReader.Buttons(Assert.Single(Teams.Visible("dana", Place.Group)).Card!.Value));
        Assert.False(Teams.Sees("dana", Place.Group, "Approve"));
        Assert.True(Teams.Sees("dana", Place.Group, "Invite?"));
        await Assert.ThrowsAsync<StandInException>(() => Teams.PressAsync("dana", Place.Group, "Approve"));
        Assert.True(Teams.Sees("max", Place.Group, "Approve"));
    }

    [Fact]
    public async Task Other_buttons_and_what_they_carry_are_as_they_were()
    {
        DanaHasAnOldClient();
        var inner = Card("Why?", WithFallback(Execute("Deny", "approval/deny"), Submit("Deny", "approval/deny")));
        var about = Submit("About", "about");
        about["data"]!["type"] = "Action.Execute";
        await Bot.PostAsync(
            TeamsDirectory.GroupId,
            Message(
                Card(
                    "Invite?",
                    new JsonObject
                    {
                        ["type"] = "Action.ShowCard",
                        ["title"] = "Deny…",
                        ["card"] = inner,
                    },
                    about
                )
            )
        );

        await Teams.PressAsync("dana", Place.Group, "Deny");
        await Teams.PressAsync("dana", Place.Group, "About");

        Assert.Equal(
            ["""{"verb":"approval/deny","id":"r-1"}""", """{"verb":"about","id":"r-1","type":"Action.Execute"}"""],
            Bot.Received.Select(received => received.Activity["value"]!.ToJsonString()),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task It_never_refreshes_a_card()
    {
        DanaHasAnOldClient();
        Bot.Answers(_ => CardAnswer(Card("Yours")));
        var id = await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Base"), Teams["dana"].Id)));
        await Bot.UpdateAsync(TeamsDirectory.GroupId, id, Message(WithRefresh(Card("Base 2"), Teams["dana"].Id)));
        Teams.SetOpen("dana", Place.Group, open: true);
        await Teams.IdleAsync();

        Assert.Empty(Bot.Received);
        Assert.True(Teams.Sees("dana", Place.Group, "Base 2"));
        await Assert.ThrowsAsync<StandInException>(() => Teams.RefreshAsync("dana", Place.Group));
    }

    private void DanaHasAnOldClient() => Teams.ChangePerson("dana", dana => dana with { HasOldClient = true });

    private static JsonObject WithFallback(JsonObject action, JsonNode fallback)
    {
        action["fallback"] = fallback;
        return action;
    }

    private static JsonObject Submit(string title, string verb) =>
        new()
        {
            ["type"] = "Action.Submit",
            ["title"] = title,
            ["data"] = new JsonObject { ["verb"] = verb, ["id"] = "r-1" },
        };
}
