using System.Text.Json.Nodes;
using Teams.Protocol.Cards;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Cards;

public sealed class AdaptiveCardTests
{
    /// <summary>Every property of https://adaptivecards.io/schemas/1.5.0/adaptive-card.json that our types can write, and Teams' own extension.</summary>
    private static readonly Dictionary<string, string[]> Schema = new(StringComparer.Ordinal)
    {
        ["AdaptiveCard"] = ["$schema", "version", "body", "actions", "refresh", "fallbackText", "speak", "lang", "msteams"],
        ["TextBlock"] = [.. Element, "text", "size", "weight", "color", "isSubtle", "wrap", "horizontalAlignment", "style", "maxLines"],
        ["RichTextBlock"] = [.. Element, "inlines", "horizontalAlignment"],
        ["TextRun"] = ["text", "size", "weight", "color", "isSubtle", "italic", "strikethrough"],
        ["FactSet"] = [.. Element, "facts"],
        ["Container"] = [.. Element, "items", "style", "bleed"],
        ["ColumnSet"] = [.. Element, "columns"],
        ["Column"] = [.. Element, "items", "width", "style"],
        ["ActionSet"] = [.. Element, "actions"],
        ["Image"] = [.. Element, "url", "altText", "size", "style"],
        ["Input.Text"] = [.. Input, "placeholder", "value", "isMultiline", "maxLength", "style", "regex"],
        ["Input.ChoiceSet"] = [.. Input, "choices", "value", "placeholder", "style", "isMultiSelect", "wrap"],
        ["Input.Toggle"] = [.. Input, "title", "value", "valueOn", "valueOff", "wrap"],
        ["Input.Date"] = [.. Input, "value", "min", "max"],
        ["Input.Number"] = [.. Input, "placeholder", "value", "min", "max"],
        ["Action.Execute"] = [.. Action, "verb", "data", "associatedInputs"],
        ["Action.Submit"] = [.. Action, "data", "associatedInputs"],
        ["Action.OpenUrl"] = [.. Action, "url"],
        ["Action.ShowCard"] = [.. Action, "card"],
        ["Action.ToggleVisibility"] = [.. Action, "targetElements"],
    };

    private static string[] Element => ["id", "isVisible", "separator", "spacing"];

    private static string[] Input => [.. Element, "label", "isRequired", "errorMessage"];

    private static string[] Action => ["title", "id", "style", "tooltip", "isEnabled", "mode", "fallback"];

    [Fact]
    public void A_card_with_everything_has_only_what_the_schema_knows()
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        Check(JsonNode.Parse(Everything.ToJson()), types);

        Assert.Equal(Schema.Keys.Order(StringComparer.Ordinal), types.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_recorded_card_can_be_written_with_our_types()
    {
        var recorded = WireFiles.Read("Outbound", "card-refresh-201").Request!["attachments"]![0]!["content"]!;
        var about = new Dictionary<string, string>(StringComparer.Ordinal) { ["requestId"] = "r-1" };
        var card = new AdaptiveCard
        {
            Body =
            [
                new TextBlock("Approval request")
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Wrap = false,
                },
                new FactSet(new("State", "pending"), new("Runner", "deploy-prod")),
                new InputText("comment")
                {
                    Label = "Comment",
                    Placeholder = "why",
                    IsMultiline = true,
                },
                new InputChoiceSet("env")
                {
                    Label = "Environment",
                    Value = "test",
                    Choices = [new("Test", "test"), new("Prod", "prod")],
                },
            ],
            Actions =
            [
                new ExecuteAction("Approve", "approve", about) { Id = "ok" },
                new ExecuteAction("Say message", "say", about),
                new ExecuteAction("Fail", "fail", about),
                new SubmitAction(
                    "Submit form",
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["kind"] = "submit", ["requestId"] = "r-1" }
                ),
            ],
            Refresh = new CardRefresh(new ExecuteAction("Refresh", "refresh", about), ["29:user-alex"]),
        };

        var written = JsonNode.Parse(card.ToJson())!;

        written["body"]![0]!["size"] = "Large";
        written["body"]![0]!["weight"] = "Bolder";
        written["body"]![0]!.AsObject().Remove("wrap");
        Assert.True(WireFiles.AreSame(recorded, written), written.ToJsonString());
    }

    [Fact]
    public void Words_are_the_schemas()
    {
        Assert.Contains(
            "\"style\":\"positive\"",
            new ExecuteAction("x", "y") { Style = ActionStyle.Positive }.AsJson(),
            StringComparison.Ordinal
        );
        Assert.Contains("\"size\":\"extraLarge\"", new TextBlock("x") { Size = TextSize.ExtraLarge }.AsJson(), StringComparison.Ordinal);
        Assert.Contains("\"style\":\"email\"", new InputText("x") { Style = TextInputStyle.Email }.AsJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_empty_is_written()
    {
        var card = new AdaptiveCard
        {
            Body =
            [
                new TextBlock("") { Id = "" },
                new FactSet(new Fact("", "")),
                new InputText("x")
                {
                    Value = "",
                    Label = "",
                    Placeholder = "",
                },
            ],
            Actions = [],
            FallbackText = "",
            Lang = "",
            MsTeams = new TeamsCardOptions { Width = "" },
        };

        Assert.DoesNotContain("\"\"", card.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("null", card.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"actions\"", card.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_button_that_older_clients_do_not_know_has_another_in_its_place()
    {
        var json = new ExecuteAction("Approve", "approve") { Fallback = new SubmitAction("Approve") }.AsJson();

        Assert.Contains("\"fallback\":{\"type\":\"Action.Submit\",\"title\":\"Approve\"}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_people_at_most_refresh_by_themselves()
    {
        var action = new ExecuteAction("Refresh", "refresh");

        Assert.Equal(60, new CardRefresh(action, [.. Enumerable.Repeat("29:x", 60)]).UserIds!.Count);
        Assert.Throws<ArgumentException>(() => new CardRefresh(action, [.. Enumerable.Repeat("29:x", 61)]));
        Assert.Contains("\"userIds\":[]", new AdaptiveCard { Refresh = new CardRefresh(action, []) }.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("userIds", new AdaptiveCard { Refresh = new CardRefresh(action) }.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_for_links_has_nothing_of_newer_versions_wherever_it_stands()
    {
        var execute = new ExecuteAction("x", "y");
        var set = new ActionSet { Actions = [execute] };
        AdaptiveCard[] cards =
        [
            new() { Refresh = new CardRefresh(execute) },
            new() { Actions = [execute] },
            new() { Actions = [new SubmitAction("x") { Fallback = execute }] },
            new() { Actions = [new ShowCardAction("x", new AdaptiveCard { Body = [set] })] },
            new() { Body = [set] },
            new() { Body = [new Container { Items = [new ColumnSet { Columns = [new Column { Items = [set] }] }] }] },
        ];

        Assert.All(
            cards,
            card =>
            {
                Assert.Throws<InvalidOperationException>(() => (card with { Version = "1.3" }).ToJson());
                Assert.Throws<InvalidOperationException>(() => (card with { Version = "1.2" }).ToUtf8());
                Assert.NotEmpty((card with { Version = "1.4" }).ToJson());
            }
        );
    }

    [Fact]
    public void A_card_for_links_has_the_buttons_of_old()
    {
        var card = new AdaptiveCard
        {
            Version = AdaptiveCard.LinkVersion,
            Body = [new ActionSet { Actions = [new SubmitAction("Ask")] }],
            Actions = [new OpenUrlAction("Open", "https://example.com/")],
        };

        Assert.Contains("\"version\":\"1.3\"", card.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_needs_an_id_and_a_choice_a_value()
    {
        Assert.Throws<ArgumentException>(() => new InputText(""));
        Assert.Throws<ArgumentException>(() => new Choice("", "x"));
        Assert.Throws<ArgumentException>(() => new Choice("x", ""));
    }

    private static AdaptiveCard Everything { get; } =
        new()
        {
            FallbackText = "x",
            Speak = "x",
            Lang = "en",
            MsTeams = new TeamsCardOptions { Width = "Full" },
            Refresh = new CardRefresh(new ExecuteAction("x", "y"), ["29:x"]),
            Body =
            [
                new TextBlock("x")
                {
                    Id = "a",
                    IsVisible = false,
                    Separator = true,
                    Spacing = Spacing.ExtraLarge,
                    Color = TextColor.Attention,
                    IsSubtle = true,
                    HorizontalAlignment = HorizontalAlignment.Center,
                    Style = TextBlockStyle.Heading,
                    MaxLines = 2,
                },
                new RichTextBlock(new TextRun("x") { Italic = true, Strikethrough = true }),
                new FactSet(new Fact("x", "y")),
                new Container
                {
                    Style = ContainerStyle.Emphasis,
                    Bleed = true,
                    Items =
                    [
                        new Image("https://example.com/x.png")
                        {
                            AltText = "x",
                            Size = ImageSize.Small,
                            Style = ImageStyle.Person,
                        },
                    ],
                },
                new ColumnSet { Columns = [new Column { Width = "auto", Items = [new TextBlock("x")] }] },
                new ActionSet { Actions = [new OpenUrlAction("x", "https://example.com/") { Mode = ActionMode.Secondary, Tooltip = "x" }] },
                new InputText("t")
                {
                    MaxLength = 10,
                    Regex = "x",
                    IsRequired = true,
                    ErrorMessage = "x",
                },
                new InputChoiceSet("c")
                {
                    Choices = [new("x", "y")],
                    Style = ChoiceInputStyle.Expanded,
                    IsMultiSelect = true,
                    Wrap = true,
                },
                new InputToggle("g", "x") { ValueOn = "1", ValueOff = "0" },
                new InputDate("d") { Min = "2026-01-01" },
                new InputNumber("n") { Value = 1.5m },
            ],
            Actions =
            [
                new ExecuteAction("x", "y") { AssociatedInputs = AssociatedInputs.None, IsEnabled = false },
                new SubmitAction("x"),
                new ShowCardAction("x", new AdaptiveCard()),
                new ToggleVisibilityAction("x", "a"),
            ],
        };

    private static void Check(JsonNode? node, HashSet<string> types)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Check(item, types);
            }
        }
        else if (node is JsonObject thing)
        {
            if ((string?)thing["type"] is { } type)
            {
                types.Add(type);
                Assert.Equal(thing.Select(property => property.Key).Distinct(StringComparer.Ordinal).Count(), thing.Count);
                Assert.All(thing, property => Assert.Contains(property.Key, (string[])["type", .. Schema[type]], StringComparer.Ordinal));
            }

            foreach (var (_, value) in thing)
            {
                Assert.NotNull(value);
                Check(value, types);
            }
        }
    }
}

file static class CardParts
{
    public static string AsJson(this CardElement element) => new AdaptiveCard { Body = [element] }.ToJson();

    public static string AsJson(this AdaptiveAction action) => new AdaptiveCard { Actions = [action] }.ToJson();
}
