using System.Text.Json;
using DocSpaceBot.Tryout.Teams;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>
/// An Adaptive Card drawn as text. It draws what the bot's cards are made of; an element it does not know is drawn as its
/// fallback text or, like in a client that does not know it, left out.
/// </summary>
internal sealed class CardPicture
{
    public const int Width = 74;

    private const int WidthInside = Width - 4;
    private const int MostColumnsSideBySide = 4;
    private const int LongestInARow = 40;

    private readonly List<string> buttons = [];

    private CardPicture(JsonElement card)
    {
        var rows = Card(card);
        Drawing = new AtMost(
            Width,
            new Panel(new Rows(rows))
            {
                Border = BoxBorder.Rounded,
                Padding = new Padding(1, 0),
                Expand = true,
            }
        );
    }

    public IRenderable Drawing { get; }

    /// <summary>The titles of its buttons; the first one is drawn with the number 1.</summary>
    public IReadOnlyList<string> Buttons => buttons;

    public static CardPicture Of(JsonElement card) => new(card);

    private List<IRenderable> Card(JsonElement card)
    {
        var rows = Elements(card.Items("body"), apart: true);
        var actions = Actions(card.Items("actions"));
        if (rows.Count > 0 && actions.Count > 0)
            rows.Add(Text.Empty);
        rows.AddRange(actions);
        if (rows.Count == 0)
            rows.Add(new Markup(CardMarkdown.ToMarkup(card.Text("fallbackText") ?? "(an empty card)")));
        return rows;
    }

    private List<IRenderable> Elements(IEnumerable<JsonElement> elements, bool apart = false)
    {
        var rows = new List<IRenderable>();
        foreach (var element in elements.Where(IsShown))
        {
            var drawn = Element(element);
            if (drawn.Count == 0)
                continue;
            if (rows.Count > 0 && element.Flag("separator"))
                rows.Add(new Rule { Style = Style.Parse("grey"), Border = BoxBorder.Square });
            else if (
                rows.Count > 0
                && apart
                && (Is(element, "spacing", "Large") || Is(element, "spacing", "ExtraLarge") || IsBlock(element))
            )
                rows.Add(Text.Empty);
            rows.AddRange(drawn);
        }

        return rows;
    }

    private static bool IsBlock(JsonElement element) =>
        element.Text("type") is { } type
        && (type is "ActionSet" or "Container" || type.StartsWith("Input.", StringComparison.Ordinal))
        && !Is(element, "spacing", "None")
        && !Is(element, "spacing", "Small");

    private static bool IsShown(JsonElement element) => element.ValueKind is JsonValueKind.Object && !IsFalse(element, "isVisible");

    private static bool IsFalse(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.False;

    private static bool Is(JsonElement element, string name, string value) =>
        string.Equals(element.Text(name), value, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<IRenderable> Element(JsonElement element) =>
        element.Text("type") switch
        {
            "TextBlock" => TextBlock(element),
            "RichTextBlock" =>
            [
                new Markup(string.Concat(element.Items("inlines").Select(run => Styled(run, CardMarkdown.Plain(run.Text("text") ?? ""))))),
            ],
            "FactSet" => FactSet(element),
            "Container" => Container(element, Elements(element.Items("items"))),
            "ColumnSet" => Container(element, Columns([.. element.Items("columns").Where(IsShown)])),
            "ActionSet" => Actions(element.Items("actions")),
            "Image" => element.Text("altText") is { Length: > 0 } alt ? [new Markup($"[grey](picture: {CardMarkdown.Plain(alt)})[/]")] : [],
            { } input when input.StartsWith("Input.", StringComparison.Ordinal) => Input(input, element),
            _ => element.Text("fallbackText") is { Length: > 0 } text ? [new Markup(CardMarkdown.ToMarkup(text))] : [],
        };

    private static IReadOnlyList<IRenderable> TextBlock(JsonElement block) =>
        block.Text("text") is { Length: > 0 } text
            ? [new Markup(Styled(block, CardMarkdown.ToMarkup(text))) { Justification = JustificationOf(block) }]
            : [];

    private static Justify JustificationOf(JsonElement element) =>
        element.Text("horizontalAlignment")?.ToUpperInvariant() switch
        {
            "CENTER" => Justify.Center,
            "RIGHT" => Justify.Right,
            _ => Justify.Left,
        };

    private static string Styled(JsonElement text, string markup)
    {
        string[] styles =
        [
            .. Is(text, "weight", "Bolder") || Is(text, "style", "heading") ? ["bold"] : Array.Empty<string>(),
            .. text.Flag("italic") ? ["italic"] : Array.Empty<string>(),
            .. ColourOf(text.Text("color")) is { } colour ? [colour]
            : text.Flag("isSubtle") ? ["grey"]
            : Array.Empty<string>(),
        ];
        return styles.Length == 0 ? markup : $"[{string.Join(' ', styles)}]{markup}[/]";
    }

    private static string? ColourOf(string? name) =>
        name?.ToUpperInvariant() switch
        {
            "GOOD" => "green",
            "WARNING" => "yellow",
            "ATTENTION" => "red",
            "ACCENT" => "blue",
            _ => null,
        };

    private static IReadOnlyList<IRenderable> FactSet(JsonElement set)
    {
        var facts = new Grid();
        facts.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 3, 0) });
        facts.AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach (var fact in set.Items("facts"))
            facts.AddRow($"[grey]{CardMarkdown.ToMarkup(fact.Text("title") ?? "")}[/]", CardMarkdown.ToMarkup(fact.Text("value") ?? ""));
        return [facts];
    }

    private static IReadOnlyList<IRenderable> Container(JsonElement container, IReadOnlyList<IRenderable> rows)
    {
        (char Sign, string Colour)? edge = container.Text("style")?.ToUpperInvariant() switch
        {
            "GOOD" => ('✓', "green"),
            "WARNING" => ('!', "yellow"),
            "ATTENTION" => ('✗', "red"),
            "ACCENT" => ('i', "blue"),
            "EMPHASIS" => (' ', "grey"),
            _ => null,
        };
        return rows.Count > 0 && edge is { } drawn ? [new Edge(new Rows(rows), drawn.Sign, Style.Parse(drawn.Colour))] : rows;
    }

    /// <summary>Side by side where that can be read: inputs and many columns are stacked, as on a narrow screen.</summary>
    private List<IRenderable> Columns(IReadOnlyList<JsonElement> columns)
    {
        var drawn = columns
            .Select(column => (Rows: Container(column, Elements(column.Items("items"))), Width: column.Text("width")))
            .Where(column => column.Rows.Count > 0)
            .ToList();

        return drawn.Count is 0 or 1 or > MostColumnsSideBySide || columns.Any(HasInput)
            ? [.. drawn.SelectMany(column => column.Rows)]
            : [new SideBySide([.. drawn.Select(column => ((IRenderable)new Rows(column.Rows), column.Width))])];
    }

    private static bool HasInput(JsonElement element) =>
        element.Text("type") is { } type && type.StartsWith("Input.", StringComparison.Ordinal) || element.Items("items").Any(HasInput);

    private static List<IRenderable> Input(string type, JsonElement input)
    {
        if (input.Text("id") is not { Length: > 0 } id)
            return [];

        List<(string Title, string Value)> choices = type switch
        {
            "Input.ChoiceSet" => [.. input.Items("choices").Select(choice => (choice.Text("title") ?? "", choice.Text("value") ?? ""))],
            "Input.Toggle" => [("yes", input.Text("valueOn") ?? "true"), ("no", input.Text("valueOff") ?? "false")],
            _ => [],
        };
        var label = input.Text("label") ?? (type == "Input.Toggle" ? input.Text("title") : null) ?? "";
        var rows = new List<IRenderable>();
        if (label.Length > 0)
            rows.Add(new Markup($"[bold]{CardMarkdown.Plain(label)}[/]{(input.Flag("isRequired") ? " (required)" : "")}"));
        rows.Add(new Markup($"  {CardMarkdown.Plain(id)} = {Value(type, input, choices)}"));
        if (choices.Count > 0)
        {
            var many = input.Flag("isMultiSelect") ? "any of" : "one of";
            // Whole sentences need a line each; and a language is called "German · de".
            if (choices.Exists(choice => choice.Title.Length > LongestInARow))
                rows.AddRange(choices.Select(choice => new Markup($"  [grey]{CardMarkdown.Plain($"({choice.Value}) {choice.Title}")}[/]")));
            else
                rows.Add(
                    new Markup($"  [grey]{many}: {CardMarkdown.Plain(string.Join(" | ", choices.Select(choice => choice.Title)))}[/]")
                );
        }

        return rows;
    }

    private static string Value(string type, JsonElement input, List<(string Title, string Value)> choices)
    {
        var value = input.Text("value") ?? (type == "Input.Toggle" ? input.Text("valueOff") ?? "false" : null);
        if (string.IsNullOrEmpty(value))
            return $"[grey]({CardMarkdown.Plain(input.Text("placeholder") is { Length: > 0 } placeholder ? placeholder : "empty")})[/]";
        if (choices.Count == 0)
            return CardMarkdown.Plain(value.Replace("\n", " ⏎ ", StringComparison.Ordinal));

        var chosen = value.Split(',');
        return CardMarkdown.Plain(
            string.Join(
                ", ",
                choices.Where(choice => choice.Value == value || chosen.Contains(choice.Value)).Select(choice => choice.Title)
            )
        );
    }

    private List<IRenderable> Actions(IEnumerable<JsonElement> actions)
    {
        var rows = new List<List<string>>();
        var below = new List<IRenderable>();
        var width = 0;
        foreach (var action in actions.Where(action => action.Text("title") is { Length: > 0 }))
        {
            var title = action.Text("title")!;
            buttons.Add(title);
            var label = $"[{buttons.Count}] {title}{Hint(action)}";

            width += label.Length + 2;
            if (rows.Count == 0 || width > WidthInside)
            {
                rows.Add([]);
                width = label.Length;
            }

            rows[^1].Add(Coloured(action, label));
            if (action.TryGetProperty("card", out var card))
                below.Add(new Edge(new Rows(Card(card).Prepend(new Markup(CardMarkdown.Plain(title)))), '▾', Style.Parse("grey")));
        }

        return [.. rows.Select(row => new Markup(string.Join("  ", row))), .. below];
    }

    private static string Hint(JsonElement action) =>
        Is(action, "type", "Action.OpenUrl") ? $" ({action.Text("url")})"
        : IsFalse(action, "isEnabled") ? " (not now)"
        : "";

    private static string Coloured(JsonElement action, string text) =>
        action.Text("style")?.ToUpperInvariant() switch
        {
            "POSITIVE" => $"[green]{CardMarkdown.Plain(text)}[/]",
            "DESTRUCTIVE" => $"[red]{CardMarkdown.Plain(text)}[/]",
            _ => CardMarkdown.Plain(text),
        };
}
