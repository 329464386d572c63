using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>What the bot is sent has the fields that were captured, and no others but those named here.</summary>
public sealed class InboundShapeTests : TeamsTest
{
    // Words of the protocol, which have to be the same and not only of the same kind.
    private static readonly string[] Words =
    [
        "type",
        "channelId",
        "textFormat",
        "locale",
        "action",
        "name",
        "conversation.conversationType",
        "conversation.isGroup",
        "channelData.eventType",
        "channelData.source.name",
        "value.trigger",
        "value.type",
        "value.action.type",
        "value.action.verb",
    ];

    private protected override TeamsSetup Setup => base.Setup with { LinkDomains = ["jobs.example.com"] };

    [Fact]
    public async Task A_message_in_a_personal_chat()
    {
        await Teams.SayAsync("alice", Place.Personal, "/run deploy env=prod");

        AssertLike(
            "in-message-personal-command",
            Bot.Received[0].Activity,
            "attachments[].content String",
            "attachments[].contentType String"
        );
        Assert.Equal("/run deploy env=prod", (string?)Bot.Received[0].Activity["text"]);
    }

    [Fact]
    public async Task Special_characters_arrive_as_they_were_typed()
    {
        var text = (string)WireFile.Read("in-message-personal-specials")["request"]!["body"]!["text"]!;

        await Teams.SayAsync("alice", Place.Personal, text);

        Assert.Equal(text, (string?)Bot.Received[0].Activity["text"]);
    }

    [Fact]
    public async Task The_same_text_comes_along_as_html()
    {
        await Teams.SayAsync("alice", Place.Personal, "invite <b> a@example.com");

        var html = Bot.Received[0].Activity["attachments"]![0]!;
        Assert.Equal("text/html", (string?)html["contentType"]);
        Assert.Equal("""<p>invite &lt;b&gt; <a href="mailto:a@example.com">a@example.com</a></p>""", (string?)html["content"]);
    }

    [Fact]
    public async Task A_message_in_a_group()
    {
        await Teams.SayAsync("alice", Place.Group, "echo me");

        AssertLike(
            "in-message-group-mention",
            Bot.Received[0].Activity,
            "attachments[].content String",
            "attachments[].contentType String"
        );
        var mention = Bot.Received[0].Activity["entities"]![0]!;
        Assert.Equal("<at>DocSpaceBot</at>", (string?)mention["text"]);
        Assert.Equal(Teams.BotId, (string?)mention["mentioned"]!["id"]);
    }

    [Fact]
    public async Task A_message_in_a_channel()
    {
        await Teams.SayAsync("alice", Place.Channel, "team");

        AssertLike(
            "in-message-channel-mention",
            Bot.Received[0].Activity,
            "attachments[].content String",
            "attachments[].contentType String",
            "entities[].platform String"
        );
    }

    [Fact]
    public async Task A_message_with_a_file()
    {
        await Teams.UploadAsync("alice", "people.csv", [1, 2, 3], "see file");

        AssertLike(
            "in-message-file-download-info",
            Bot.Received[0].Activity,
            "channelData.tenant.id String",
            "entities[].country String",
            "entities[].locale String",
            "entities[].platform String",
            "entities[].timezone String",
            "entities[].type String",
            "from.name String",
            "locale String",
            "localTimestamp String",
            "localTimezone String",
            "textFormat String"
        );
    }

    [Theory]
    [InlineData("alice", Place.Personal, "add", "in-installationupdate-add-personal", "in-conversationupdate-bot-added-personal")]
    [InlineData("alice", Place.Group, "add", "in-installationupdate-add-group", "in-conversationupdate-bot-added-group")]
    [InlineData("alice", Place.Channel, "add", "in-installationupdate-add-team", "in-conversationupdate-bot-added-team")]
    [InlineData("alice", Place.Personal, "remove", "in-installationupdate-remove-personal", null)]
    [InlineData("alice", Place.Group, "remove", "in-installationupdate-remove-group", "in-conversationupdate-bot-removed-group")]
    [InlineData("alice", Place.Channel, "remove", "in-installationupdate-remove-team", "in-conversationupdate-bot-removed-team")]
    internal async Task Installing_and_removing(string who, Place where, string action, string installation, string? roster)
    {
        await (action is "add" ? Teams.InstallAsync(who, where) : Teams.UninstallAsync(who, where));

        Assert.Equal(roster is null ? 1 : 2, Bot.Received.Count);
        AssertLike(installation, Of("installationUpdate"));
        if (roster is not null)
        {
            AssertLike(roster, Of("conversationUpdate"));
        }
    }

    [Fact]
    public async Task Pressing_a_button()
    {
        var card = WireFile.Read("out-card-201")["request"]!["body"]!["attachments"]![0]!["content"]!;
        await Bot.PostAsync(AliceChat, Message(card));

        await Teams.PressAsync(
            "alice",
            Place.Personal,
            "Approve",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["comment"] = "looks fine" }
        );

        // The capture lacks what Teams sends: the trigger and the action's id.
        AssertLike("in-invoke-adaptivecard-execute", Bot.Received[0].Activity, "value.action.id String", "value.trigger String");
        Assert.Equal("manual", (string?)Bot.Received[0].Activity["value"]!["trigger"]);
    }

    [Fact]
    public async Task A_card_that_refreshes_itself()
    {
        Bot.Answers(_ => CardAnswer(Card("Yours")));
        await Bot.PostAsync(TeamsDirectory.GroupId, Message(WithRefresh(Card("Everybody's"), Teams["dana"].Id)));
        await Teams.IdleAsync();

        var invoke = Assert.Single(Bot.Received).Activity;
        Assert.Equal("card/refresh", (string?)invoke["value"]!["action"]!["verb"]);
        invoke["value"]!["action"]!["verb"] = "refresh";
        invoke["value"]!["action"]!["data"] = new JsonObject { ["requestId"] = "r-1" };
        invoke["conversation"]!["name"] = "as captured; Teams leaves it out";
        AssertLike("in-invoke-adaptivecard-refresh-automatic", invoke, "value.action.title String");
    }

    [Fact]
    public async Task Agreeing_to_a_file()
    {
        await Bot.PostAsync(AliceChat, FileOffer());

        await Teams.ConsentAsync("alice", accept: true);

        AssertLike(
            "in-invoke-fileconsent-accept",
            Bot.Received[0].Activity,
            "channelData.source.name String",
            "channelData.tenant.id String",
            "entities[].country String",
            "entities[].locale String",
            "entities[].platform String",
            "entities[].timezone String",
            "entities[].type String",
            "from.name String",
            "locale String",
            "localTimestamp String",
            "localTimezone String",
            "replyToId String"
        );
    }

    [Fact]
    public async Task A_question_about_a_link()
    {
        await Teams.PasteAsync("alice", Place.Personal, "https://jobs.example.com/run/42");

        AssertLike("in-invoke-composeextension-querylink", Bot.Received[0].Activity);
        Assert.Equal("https://jobs.example.com/run/42", (string?)Bot.Received[0].Activity["value"]!["url"]);
    }

    [Fact]
    public async Task The_routing_headers_come_along()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help");

        Assert.Equal(AliceChat, Bot.Received[0].Headers["x-ms-conversation-id"]);
        Assert.Equal(Teams.TenantId, Bot.Received[0].Headers["x-ms-tenant-id"]);
    }

    [Fact]
    public async Task Language_and_time_zone_are_the_persons()
    {
        Teams.ChangePerson("alice", person => person with { Locale = "de-AT", Timezone = "UTC" });

        await Teams.SayAsync("alice", Place.Personal, "/help");
        await Teams.SayAsync("alice", Place.Personal, "/help", new() { Locale = "fr-FR" });

        Assert.Equal("de-AT", (string?)Bot.Received[0].Activity["locale"]);
        Assert.Equal("AT", (string?)Bot.Received[0].Activity["entities"]![0]!["country"]);
        Assert.Equal("fr-FR", (string?)Bot.Received[1].Activity["locale"]);
    }

    [Theory]
    [InlineData(EmailMarkup.None, "/invite a@example.com")]
    [InlineData(EmailMarkup.Anchor, """/invite <a href="mailto:a@example.com">a@example.com</a>""")]
    [InlineData(EmailMarkup.Markdown, "/invite [a@example.com](mailto:a@example.com)")]
    [InlineData(EmailMarkup.Angle, "/invite <mailto:a@example.com|a@example.com>")]
    internal async Task Addresses_arrive_in_whatever_markup_is_wanted(EmailMarkup markup, string text)
    {
        await Teams.SayAsync("alice", Place.Personal, "/invite a@example.com", new() { Emails = markup });

        Assert.Equal(text, (string?)Bot.Received[0].Activity["text"]);
    }

    [Fact]
    public async Task Text_can_arrive_as_html_entities()
    {
        await Teams.SayAsync("alice", Place.Personal, "/invite Al <a@example.com>", new() { HtmlEscaped = true });

        Assert.Equal("/invite Al &lt;a@example.com&gt;", (string?)Bot.Received[0].Activity["text"]);
    }

    internal static JsonObject FileOffer() =>
        new()
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["contentType"] = "application/vnd.microsoft.teams.card.file.consent",
                    ["name"] = "x.txt",
                    ["content"] = new JsonObject
                    {
                        ["description"] = "report",
                        ["sizeInBytes"] = 3,
                        ["acceptContext"] = new JsonObject { ["id"] = "f1" },
                        ["declineContext"] = new JsonObject { ["id"] = "f1" },
                    },
                }
            ),
        };

    private JsonObject Of(string type) => Assert.Single(Bot.Received, received => received.Type == type).Activity;

    private static void AssertLike(string file, JsonObject activity, params string[] more)
    {
        var captured = WireFile.Read(file)["request"]!["body"]!;
        var expected = new SortedSet<string>(WireFile.Shape(captured).Concat(more), StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', expected), string.Join('\n', WireFile.Shape(activity)));

        foreach (var path in Words)
        {
            if (At(captured, path) is { } word)
            {
                Assert.Equal(word.ToJsonString(), At(activity, path)?.ToJsonString());
            }
        }
    }

    private static JsonNode? At(JsonNode node, string path)
    {
        JsonNode? found = node;
        foreach (var name in path.Split('.'))
        {
            found = (found as JsonObject)?[name];
        }

        return found;
    }
}
