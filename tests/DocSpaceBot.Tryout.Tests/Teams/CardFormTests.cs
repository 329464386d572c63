using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Filling in the fields of a card.</summary>
public sealed class CardFormTests : TeamsTest
{
    [Theory]
    [InlineData("nonsense", "x", "has no field \"nonsense\"")]
    [InlineData("role", "Emperor", "has no choice \"Emperor\"")]
    [InlineData("email", "nobody", "does not take \"nobody\"")]
    [InlineData("email", "0123456789@example.com", "no more than 16 characters")]
    [InlineData("days", "soon", "takes a number")]
    [InlineData("days", "31", "out of range")]
    [InlineData("until", "tomorrow", "takes a date")]
    [InlineData("notify", "perhaps", "is either 1 or 0")]
    public async Task The_form_refuses_what_the_client_would_not_let_anybody_enter(string field, string value, string why)
    {
        await Bot.PostAsync(AliceChat, Message(Form()));
        var inputs = With(("email", "a@example.com"));
        inputs[field] = value;

        var refused = await Assert.ThrowsAsync<StandInException>(() => Teams.PressAsync("alice", Place.Personal, "Invite", inputs));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Bot.Received);
    }

    [Fact]
    public async Task A_required_field_has_to_be_filled_in()
    {
        await Bot.PostAsync(AliceChat, Message(Form()));

        var refused = await Assert.ThrowsAsync<StandInException>(() => Teams.PressAsync("alice", Place.Personal, "Invite"));

        Assert.Contains("(email) is required. An address, please.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_go_along_with_what_was_entered_or_what_they_had()
    {
        await Bot.PostAsync(AliceChat, Message(Form()));

        await Teams.PressAsync(
            "alice",
            Place.Personal,
            "Invite",
            With(("email", "a@example.com"), ("rooms", "Sales, Legal"), ("notify", "yes"))
        );

        Assert.Equal(
            """{"id":"r-1","email":"a@example.com","role":"user","rooms":"s,l","until":"","notify":"1"}""",
            Bot.Received[0].Activity["value"]!["action"]!["data"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_choice_can_be_named_by_its_title()
    {
        await Bot.PostAsync(AliceChat, Message(Form()));

        await Teams.PressAsync("alice", Place.Personal, "Invite", With(("email", "a@example.com"), ("role", "room admin")));

        Assert.Equal("roomadmin", (string?)Bot.Received[0].Activity["value"]!["action"]!["data"]!["role"]);
    }

    [Fact]
    public async Task A_button_can_leave_the_fields_out()
    {
        var form = Form();
        form["actions"]![0]!["associatedInputs"] = "none";
        await Bot.PostAsync(AliceChat, Message(form));

        await Teams.PressAsync("alice", Place.Personal, "Invite");

        Assert.Equal("""{"id":"r-1"}""", Bot.Received[0].Activity["value"]!["action"]!["data"]!.ToJsonString());
    }

    private static JsonObject Form()
    {
        var form = Card("Invite", Execute("Invite", "invite/submit"));
        JsonObject[] fields =
        [
            Field(
                "Input.Text",
                "email",
                ("isRequired", true),
                ("errorMessage", "An address, please."),
                ("maxLength", 16),
                ("regex", ".+@.+")
            ),
            Field(
                "Input.ChoiceSet",
                "role",
                ("value", "user"),
                ("choices", new JsonArray(Choice("User", "user"), Choice("Room admin", "roomadmin")))
            ),
            Field(
                "Input.ChoiceSet",
                "rooms",
                ("isMultiSelect", true),
                ("choices", new JsonArray(Choice("Sales", "s"), Choice("Legal", "l")))
            ),
            Field("Input.Number", "days", ("min", 1), ("max", 30)),
            Field("Input.Date", "until"),
            Field("Input.Toggle", "notify", ("valueOn", "1"), ("valueOff", "0")),
        ];
        foreach (var field in fields)
        {
            form["body"]!.AsArray().Add((JsonNode)field);
        }

        return form;

        static JsonNode Choice(string title, string value) => new JsonObject { ["title"] = title, ["value"] = value };
    }
}
