using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Links that people paste, and the cards beneath them.</summary>
public sealed class LinkPreviewTests : TeamsTest
{
    private const string Link = "http://127.0.0.1:5000/s/abc";

    private protected override TeamsSetup Setup =>
        base.Setup with
        {
            LinkDomains = ["127.0.0.1", "docspace.example.com", "*.office.example"],
        };

    [Fact]
    public async Task The_bot_is_asked_on_behalf_of_whoever_pastes_and_hears_nothing_else()
    {
        Bot.Answers(_ => Unfurled(Linked("An invitation link")));

        var result = await Teams.PasteAsync("alice", Place.Group, $"Join us: {Link}!");

        var query = Assert.Single(Bot.Received).Activity;
        Assert.Equal(("invoke", "composeExtension/queryLink"), ((string?)query["type"], (string?)query["name"]));
        Assert.Equal($$"""{"url":"{{Link}}"}""", query["value"]!.ToJsonString());
        Assert.Equal(Teams["alice"].AadObjectId, (string?)query["from"]!["aadObjectId"]);
        Assert.Equal(TeamsDirectory.GroupId, (string?)query["conversation"]!["id"]);
        Assert.Equal((0, 200, null), (result.Status, result.Preview.Status, result.Preview.Fault));
    }

    [Fact]
    public async Task Everybody_in_the_conversation_sees_the_card_beneath_the_message()
    {
        Bot.Answers(_ => Unfurled(Linked("An invitation link")));

        await Teams.PasteAsync("alice", Place.Group, $"Join us: {Link}");

        var message = Assert.Single(Teams.Visible("dana", Place.Group));
        Assert.Equal(
            ("Alice Anders", $"Join us: {Link}", false, true),
            (message.From, message.Text, message.IsFromBot, message.IsUnfurled)
        );
        Assert.True(Teams.Sees("max", Place.Group, "An invitation link"));
        Assert.False(Teams.Sees("max", Place.Group, "Join us"));
        Assert.False(Teams.Sees("max", Place.Channel, "An invitation link"));
    }

    [Fact]
    public async Task The_message_itself_is_delivered_as_ever_after_the_bot_was_asked()
    {
        Bot.Answers(received => received.Type == "invoke" ? Unfurled(Linked("An invitation link")) : null);

        Assert.Equal(200, await Teams.SayAsync("alice", Place.Channel, $"see {Link}"));
        await Teams.PasteAsync("alice", Place.Personal, Link);

        Assert.Equal(["invoke", "message", "invoke", "message"], Bot.Received.Select(it => it.Type), StringComparer.Ordinal);
        Assert.DoesNotContain("messageid", Bot.Received[0].ConversationId, StringComparison.Ordinal);
        Assert.True(Teams.Sees("bob", Place.Channel, "An invitation link"));
        Assert.True(Teams.Sees("alice", Place.Personal, "An invitation link"));
    }

    [Theory]
    [InlineData("https://docspace.example.com/s/abc", "https://docspace.example.com/s/abc")]
    [InlineData("(HTTPS://DocSpace.Example.Com:8443/x).", "HTTPS://DocSpace.Example.Com:8443/x")]
    [InlineData(
        "https://other.example/1 then https://docspace.example.com/2 and https://docspace.example.com/3",
        "https://docspace.example.com/2"
    )]
    [InlineData("<https://a.office.example/1>", "https://a.office.example/1")]
    [InlineData("https://office.example/1", null)]
    [InlineData("https://b.a.office.example/1", null)]
    [InlineData("https://docspace.example.com.evil.example/1", null)]
    [InlineData("https://docspace.example.com@evil.example/1", null)]
    [InlineData("docspace.example.com/s/abc", null)]
    [InlineData("ftp://docspace.example.com/s/abc", null)]
    [InlineData("/invite carol@example.com", null)]
    public async Task Only_the_first_link_to_a_registered_domain_is_asked_about(string text, string? url)
    {
        await Teams.PasteAsync("alice", Place.Group, text);

        Assert.Equal(url, (string?)Bot.Received.SingleOrDefault()?.Activity["value"]!["url"]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    [InlineData("""{"composeExtension":{"type":"result","attachmentLayout":"list","attachments":[]}}""")]
    public async Task Without_a_card_in_the_answer_the_link_stays_a_link(string? body)
    {
        Bot.Answers(_ => body is null ? null : JsonNode.Parse(body));

        var result = await Teams.PasteAsync("alice", Place.Group, Link);

        Assert.Equal(new LinkPreview(200, null, null), result.Preview);
        Assert.Null(Assert.Single(Teams.Visible("alice", Place.Group)).Card);
    }

    [Theory]
    [InlineData(501)]
    [InlineData(500)]
    [InlineData(403)]
    public async Task When_the_bot_fails_the_message_is_sent_all_the_same(int status)
    {
        Bot.AnswersStatus(status);

        var result = await Teams.PasteAsync("alice", Place.Group, Link);

        Assert.Equal(new LinkPreview(status, null, null), result.Preview);
        Assert.Null(Assert.Single(Teams.Visible("dana", Place.Group)).Card);
        Assert.Single(Bot.Received);
    }

    [Theory]
    [InlineData("version", "1.4", "1.3 is the newest")]
    [InlineData("version", null, "no version")]
    [InlineData("refresh", "{}", "cannot refresh itself")]
    [InlineData(
        "body",
        """[{"type":"Container","items":[{"type":"ActionSet","actions":[{"type":"Action.Execute"}]}]}]""",
        "no Action.Execute"
    )]
    [InlineData("actions", """[{"type":"Action.Submit","fallback":{"type":"Action.Execute"}}]""", "no Action.Execute")]
    public async Task A_card_that_Teams_cannot_show_there_is_not_shown_and_whoever_pasted_is_told_why(
        string name,
        string? value,
        string why
    )
    {
        var card = Linked("An invitation link");
        card[name] =
            value is not { Length: > 0 } ? null
            : value[0] is '[' or '{' ? JsonNode.Parse(value)
            : value;
        Bot.Answers(_ => Unfurled(card));

        var result = await Teams.PasteAsync("alice", Place.Group, Link);

        Assert.Contains(why, result.Preview.Fault, StringComparison.Ordinal);
        Assert.False(Teams.Sees("alice", Place.Group, "An invitation link"));
        Assert.True(Teams.Sees("alice", Place.Group, why));
        Assert.False(Teams.Sees("dana", Place.Group, why));
        Assert.Single(Teams.Visible("dana", Place.Group));
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("content")]
    [InlineData("contentType")]
    public async Task An_attachment_without_one_of_its_parts_is_not_shown(string part)
    {
        var answer = Unfurled(Linked("An invitation link"));
        answer["composeExtension"]!["attachments"]![0]!.AsObject().Remove(part);
        Bot.Answers(_ => answer);

        Assert.NotNull((await Teams.PasteAsync("alice", Place.Group, Link)).Preview.Fault);
        Assert.False(Teams.Sees("dana", Place.Group, "An invitation link"));
    }

    [Fact]
    public async Task Only_the_first_card_is_shown()
    {
        var answer = Unfurled(Linked("First"));
        answer["composeExtension"]!["attachments"]!.AsArray().Add((JsonNode)Attachment(Card("Second")));
        Bot.Answers(_ => answer);

        await Teams.PasteAsync("alice", Place.Group, Link);

        Assert.True(Teams.Sees("dana", Place.Group, "First"));
        Assert.False(Teams.Sees("dana", Place.Group, "Second"));
    }

    [Fact]
    public async Task What_a_buttons_data_looks_like_is_the_bots_business()
    {
        var submit = Submit("Ask");
        submit["data"]!["type"] = "Action.Execute";
        Bot.Answers(_ => Unfurled(Linked("An invitation link", submit)));

        Assert.Null((await Teams.PasteAsync("alice", Place.Group, Link)).Preview.Fault);
    }

    [Fact]
    public async Task A_button_of_the_card_is_an_invoke_whose_answer_nobody_sees()
    {
        var card = Linked("An invitation link", Submit("Ask"));
        card["body"]!.AsArray().Add((JsonNode)Field("Input.Text", "reason"));
        Bot.Answers(received =>
            (string?)received.Activity["name"] == "composeExtension/queryLink" ? Unfurled(card) : CardAnswer(Card("Nobody sees this"))
        );
        await Teams.PasteAsync("alice", Place.Channel, Link);
        var message = Assert.Single(Teams.Visible("dana", Place.Channel));

        var result = await Teams.PressAsync("dana", Place.Channel, "Ask", With(("reason", "new here")));

        var invoke = Bot.Received[1].Activity;
        Assert.Equal(("invoke", "composeExtension/onCardButtonClicked"), ((string?)invoke["type"], (string?)invoke["name"]));
        Assert.Equal("""{"verb":"link/ask","id":"l-1","reason":"new here"}""", invoke["value"]!.ToJsonString());
        Assert.Equal(message.Id, (string?)invoke["replyToId"]);
        Assert.Equal(message.ConversationId, (string?)invoke["conversation"]!["id"]);
        Assert.Equal(Teams["dana"].Id, (string?)invoke["from"]!["id"]);
        Assert.Equal((200, null), (result.Status, result.Notice));
        Assert.Single(Teams.Visible("dana", Place.Channel));
        Assert.False(Teams.Sees("dana", Place.Channel, "Nobody sees this"));
    }

    [Fact]
    public async Task From_an_old_client_it_is_a_message()
    {
        Teams.ChangePerson("dana", dana => dana with { HasOldClient = true });
        Bot.Answers(received => received.Type == "invoke" ? Unfurled(Linked("An invitation link", Submit("Ask"))) : null);
        await Teams.PasteAsync("alice", Place.Group, Link);

        await Teams.PressAsync("dana", Place.Group, "Ask");

        Assert.Equal("message", Bot.Received[1].Type);
        Assert.Equal("""{"verb":"link/ask","id":"l-1"}""", Bot.Received[1].Activity["value"]!.ToJsonString());
    }

    [Fact]
    public async Task The_bot_cannot_edit_what_a_person_wrote()
    {
        Bot.Answers(_ => Unfurled(Linked("An invitation link")));
        await Teams.PasteAsync("alice", Place.Group, Link);

        var (status, _) = await Bot.UpdateAsync(TeamsDirectory.GroupId, Teams.Visible("alice", Place.Group)[0].Id, Message(Card("Edited")));

        Assert.Equal(403, status);
        Assert.True(Teams.Sees("alice", Place.Group, "An invitation link"));
    }

    private static JsonObject Linked(string text, params JsonNode[] actions)
    {
        var card = Card(text, actions);
        card["version"] = "1.3";
        return card;
    }

    private static JsonObject Submit(string title) =>
        new()
        {
            ["type"] = "Action.Submit",
            ["title"] = title,
            ["data"] = new JsonObject { ["verb"] = "link/ask", ["id"] = "l-1" },
        };

    private static JsonObject Unfurled(JsonObject card)
    {
        var attachment = Attachment(card);
        attachment["preview"] = new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.thumbnail",
            ["content"] = new JsonObject { ["title"] = "A link", ["text"] = "to join" },
        };
        return new()
        {
            ["composeExtension"] = new JsonObject
            {
                ["type"] = "result",
                ["attachmentLayout"] = "list",
                ["attachments"] = new JsonArray(attachment),
            },
        };
    }
}
