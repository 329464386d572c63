using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Pressing buttons, and what is shown for the answer.</summary>
public sealed class CardPressTests : TeamsTest
{
    [Fact]
    public async Task A_press_is_an_invoke_about_that_card()
    {
        var id = await Bot.PostAsync(AliceChat, Message(Card("Invite?", Execute("Approve", "approval/approve"))));

        await Teams.PressAsync("alice", Place.Personal, "Approve");

        var invoke = Bot.Received[0].Activity;
        Assert.Equal(("invoke", "adaptiveCard/action", id), (Bot.Received[0].Type, (string?)invoke["name"], (string?)invoke["replyToId"]));
        Assert.Equal("approval/approve", (string?)invoke["value"]!["action"]!["verb"]);
        Assert.Equal("""{"id":"r-1"}""", invoke["value"]!["action"]!["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_card_in_the_answer_replaces_the_card_for_that_person_only()
    {
        Bot.Answers(_ => CardAnswer(Card("Approved by you")));
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(Card("Invite?", Execute("Approve", "approval/approve"))));

        var result = await Teams.PressAsync("dana", Place.Group, "Approve");

        Assert.Equal(200, result.Status);
        Assert.True(Teams.Sees("dana", Place.Group, "Approved by you"));
        Assert.False(Teams.Sees("dana", Place.Group, "Invite?"));
        Assert.True(Teams.Sees("max", Place.Group, "Invite?"));
        await Assert.ThrowsAsync<StandInException>(() => Teams.PressAsync("dana", Place.Group, "Approve"));
    }

    [Fact]
    public async Task An_edit_puts_the_same_card_before_everybody_again()
    {
        Bot.Answers(_ => CardAnswer(Card("Approved by you")));
        var id = await Bot.PostAsync(TeamsDirectory.GroupId, Message(Card("Invite?", Execute("Approve", "approval/approve"))));
        await Teams.PressAsync("dana", Place.Group, "Approve");

        await Bot.UpdateAsync(TeamsDirectory.GroupId, id, Message(Card("Invited")));

        Assert.True(Teams.Sees("dana", Place.Group, "Invited"));
        Assert.True(Teams.Sees("max", Place.Group, "Invited"));
        Assert.False(Teams.Sees("dana", Place.Group, "Approved by you"));
    }

    [Fact]
    public async Task A_message_in_the_answer_is_shown_to_that_person_only()
    {
        Bot.Answers(_ => new JsonObject
        {
            ["statusCode"] = 200,
            ["type"] = "application/vnd.microsoft.activity.message",
            ["value"] = "Only the owner can",
        });
        await PostToGroupAsync();

        Assert.Equal("Only the owner can", (await Teams.PressAsync("dana", Place.Group, "Approve")).Notice);

        Assert.True(Teams.Visible("dana", Place.Group)[^1].Private);
        Assert.True(Teams.Sees("dana", Place.Group, "Only the owner can"));
        Assert.False(Teams.Sees("max", Place.Group, "Only the owner can"));
    }

    [Fact]
    public async Task An_error_in_the_answer_is_shown_to_that_person_only()
    {
        Bot.Answers(_ => new JsonObject
        {
            ["statusCode"] = 403,
            ["type"] = "application/vnd.microsoft.error",
            ["value"] = new JsonObject { ["code"] = "Forbidden", ["message"] = "Ask a manager." },
        });
        await PostToGroupAsync();

        Assert.Equal("Ask a manager.", (await Teams.PressAsync("dana", Place.Group, "Approve")).Notice);
        Assert.False(Teams.Sees("max", Place.Group, "Ask a manager."));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(200)]
    public async Task Anything_else_is_shown_as_something_went_wrong(int status)
    {
        Bot.AnswersStatus(status);
        await PostToGroupAsync();

        var result = await Teams.PressAsync("dana", Place.Group, "Approve");

        Assert.Equal(status, result.Status);
        Assert.StartsWith("Something went wrong", result.Notice, StringComparison.Ordinal);
        Assert.Equal("Teams", Teams.Visible("dana", Place.Group)[^1].From);
        Assert.True(Teams.Sees("dana", Place.Group, "Invite?"));
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_ten_seconds_is_something_went_wrong()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Bot.Answer = async _ =>
        {
            arrived.SetResult();
            await release.Task;
            return (200, CardAnswer(Card("Too late")));
        };
        await PostToGroupAsync();

        var press = Teams.PressAsync("dana", Place.Group, "Approve");
        await arrived.Task;
        Clock.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(504, (await press).Status);
        Assert.True(Teams.Sees("dana", Place.Group, "Something went wrong"));
        release.SetResult();
    }

    [Fact]
    public async Task The_newest_card_with_that_button_is_pressed()
    {
        await Bot.PostAsync(AliceChat, Message(Card("Old", Execute("Approve", "approval/approve", "old"))));
        await Bot.PostAsync(AliceChat, Message(Card("New", Execute("Approve", "approval/approve", "new"))));
        await Bot.PostAsync(AliceChat, Message(Card("Other", Execute("Share", "link/share"))));

        await Teams.PressAsync("alice", Place.Personal, "Approve");

        Assert.Equal("new", (string?)Bot.Received[0].Activity["value"]!["action"]!["data"]!["id"]);
    }

    [Fact]
    public async Task A_button_nobody_sees_cannot_be_pressed_and_the_message_says_which_there_are()
    {
        await Bot.PostAsync(AliceChat, Message(Card("Invite?", Execute("Approve", "approval/approve"))));

        var refused = await Assert.ThrowsAsync<StandInException>(() => Teams.PressAsync("alice", Place.Personal, "Deny"));

        Assert.Equal("""alice sees no button "Deny" there. There are: "Approve".""", refused.Message);
    }

    [Fact]
    public async Task A_press_can_wait_for_its_button()
    {
        var press = Teams.PressAsync("alice", Place.Personal, "Approve", options: new() { Patience = Soon });
        await Bot.PostAsync(AliceChat, Message(Card("Invite?", Execute("Approve", "approval/approve"))));

        Assert.Equal(200, (await press).Status);
    }

    [Fact]
    public async Task A_link_asks_nothing_of_the_bot()
    {
        await Bot.PostAsync(
            AliceChat,
            Message(
                Card(
                    "Look",
                    new JsonObject
                    {
                        ["type"] = "Action.OpenUrl",
                        ["title"] = "Open",
                        ["url"] = "https://docspace.example.com/",
                    }
                )
            )
        );

        Assert.Equal("https://docspace.example.com/", (await Teams.PressAsync("alice", Place.Personal, "Open")).Url);
        Assert.Empty(Bot.Received);
    }

    [Fact]
    public async Task A_submit_is_a_message_without_words_whose_value_is_the_data()
    {
        var card = WireFile.Read("out-card-201")["request"]!["body"]!["attachments"]![0]!["content"]!;
        var id = await Bot.PostAsync(AliceChat, Message(card));

        await Teams.PressAsync("alice", Place.Personal, "Submit form", With(("comment", "fine")));

        var message = Bot.Received[0].Activity;
        Assert.Equal(("message", id), (Bot.Received[0].Type, (string?)message["replyToId"]));
        Assert.Null(message["text"]);
        Assert.Equal("""{"kind":"submit","requestId":"r-1","comment":"fine","env":"test"}""", message["value"]!.ToJsonString());
    }

    [Fact]
    public async Task A_button_behind_another_takes_the_fields_of_both_cards_along()
    {
        var inner = Card("Why?", Execute("Deny", "approval/deny"));
        inner["body"]!.AsArray().Add((JsonNode)Field("Input.Text", "reason"));
        var card = Card(
            "Invite?",
            new JsonObject
            {
                ["type"] = "Action.ShowCard",
                ["title"] = "Deny…",
                ["card"] = inner,
            }
        );
        card["body"]!.AsArray().Add((JsonNode)Field("Input.Text", "note"));
        await Bot.PostAsync(AliceChat, Message(card));

        await Teams.PressAsync("alice", Place.Personal, "Deny…");
        await Teams.PressAsync("alice", Place.Personal, "Deny", With(("reason", "no budget"), ("note", "n")));

        Assert.Equal(
            """{"id":"r-1","note":"n","reason":"no budget"}""",
            Assert.Single(Bot.Received).Activity["value"]!["action"]!["data"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Toggling_shows_what_was_hidden_to_that_person_only()
    {
        var card = Card(
            "Summary",
            new JsonObject
            {
                ["type"] = "Action.ToggleVisibility",
                ["title"] = "Show all",
                ["targetElements"] = new JsonArray("details"),
            }
        );
        card["body"]!
            .AsArray()
            .Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["type"] = "TextBlock",
                        ["id"] = "details",
                        ["text"] = "All of it",
                        ["isVisible"] = false,
                    }
            );
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(card));
        Assert.False(Teams.Sees("dana", Place.Group, "All of it"));

        await Teams.PressAsync("dana", Place.Group, "Show all");

        Assert.True(Teams.Sees("dana", Place.Group, "All of it"));
        Assert.False(Teams.Sees("max", Place.Group, "All of it"));
    }

    [Fact]
    public async Task Two_clicks_at_once_are_two_invokes()
    {
        await PostToGroupAsync();

        await Teams.PressAsync("dana", Place.Group, "Approve", options: new() { Delivery = Delivery.TwiceAtOnceWithNewIds });

        Assert.Equal(2, Bot.Received.Select(received => received.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task In_a_channel_a_press_belongs_to_the_cards_thread()
    {
        var root = await Bot.PostAsync(TeamsDirectory.ChannelId, Message(Card("Invite?", Execute("Approve", "approval/approve"))));

        await Teams.PressAsync("dana", Place.Channel, "Approve");

        Assert.Equal($"{TeamsDirectory.ChannelId};messageid={root}", Bot.Received[0].ConversationId);
    }

    private Task PostToGroupAsync() =>
        Bot.PostAsync(TeamsDirectory.GroupId, Message(Card("Invite?", Execute("Approve", "approval/approve"))));
}
