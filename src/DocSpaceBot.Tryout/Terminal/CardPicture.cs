using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>A button of a drawn card; its number is its place in <see cref="CardPicture.Buttons"/>, counted from 1.</summary>
internal sealed record CardButton(string Title, JsonElement Action)
{
    public string Type => Action.Text("type") ?? "";
}

/// <summary>An input of a drawn card. Choices are empty where any text can be given.</summary>
internal sealed record CardField(string Id, string Label, IReadOnlyList<(string Title, string Value)> Choices);

/// <summary>
/// An Adaptive Card drawn as text. It draws what the bot's cards are made of; an element it does not know is drawn as its
/// fallback text or, like in a client that does not know it, left out.
/// </summary>
internal sealed class CardPicture
{
    public const int Width = 74;

    private const int WidthInside = Width - 4;
    private const int MostColumnsSideBySide = 4;

    private readonly List<CardButton> buttons = [];
    private readonly List<CardField> fields = [];
    private readonly IReadOnlySet<string> toggled;

    private CardPicture(JsonElement card, IReadOnlySet<string> toggled)
    {
        this.toggled = toggled;
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

    public IReadOnlyList<CardButton> Buttons => buttons;

    public IReadOnlyList<CardField> Fields => fields;

    /// <param name="card">The card's JSON.</param>
    /// <param name="toggled">Ids of elements this person has shown or hidden with a button that only does that.</param>
    public static CardPicture Of(JsonElement card, IReadOnlySet<string>? toggled = null) =>
        new(card, toggled ?? new HashSet<string>(StringComparer.Ordinal));

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
            if (rows.Count > 0 && element.IsTrue("separator"))
                rows.Add(new Rule { Style = Style.Parse("grey"), Border = BoxBorder.Square });
            else if (rows.Count > 0 && apart && (element.Is("spacing", "Large") || element.Is("spacing", "ExtraLarge") || IsBlock(element)))
                rows.Add(Text.Empty);
            rows.AddRange(drawn);
        }

        return rows;
    }

    private static bool IsBlock(JsonElement element) =>
        element.Text("type") is { } type
        && (type is "ActionSet" or "Container" || type.StartsWith("Input.", StringComparison.Ordinal))
        && !element.Is("spacing", "None")
        && !element.Is("spacing", "Small");

    private bool IsShown(JsonElement element) => element.IsFalse("isVisible") == (element.Text("id") is { } id && toggled.Contains(id));

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
            .. text.Is("weight", "Bolder") || text.Is("style", "heading") ? ["bold"] : Array.Empty<string>(),
            .. text.IsTrue("italic") ? ["italic"] : Array.Empty<string>(),
            .. ColourOf(text.Text("color")) is { } colour ? [colour]
            : text.IsTrue("isSubtle") ? ["grey"]
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

    private List<IRenderable> Input(string type, JsonElement input)
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
        fields.Add(new CardField(id, label, choices));

        var rows = new List<IRenderable>();
        if (label.Length > 0)
            rows.Add(new Markup($"[bold]{CardMarkdown.Plain(label)}[/]{(input.IsTrue("isRequired") ? " (required)" : "")}"));
        rows.Add(new Markup($"  {CardMarkdown.Plain(id)} = {Value(input, choices)}"));
        if (choices.Count > 0)
        {
            var many = input.IsTrue("isMultiSelect") ? "any of" : "one of";
            rows.Add(new Markup($"  [grey]{many}: {CardMarkdown.Plain(string.Join(" · ", choices.Select(choice => choice.Title)))}[/]"));
        }

        return rows;
    }

    private static string Value(JsonElement input, List<(string Title, string Value)> choices)
    {
        var value = input.Text("value");
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
            buttons.Add(new CardButton(title, action));
            var label = $"[{buttons.Count}] {title}{Hint(action)}";

            width += label.Length + 2;
            if (rows.Count == 0 || width > WidthInside)
            {
                rows.Add([]);
                width = label.Length;
            }

            rows[^1].Add(Coloured(action, label));
            if (CardJson.Property(action, "card") is { } card)
                below.Add(new Edge(new Rows(Card(card).Prepend(new Markup(CardMarkdown.Plain(title)))), '▾', Style.Parse("grey")));
        }

        return [.. rows.Select(row => new Markup(string.Join("  ", row))), .. below];
    }

    private static string Hint(JsonElement action) =>
        action.Is("type", "Action.OpenUrl") ? $" ({action.Text("url")})"
        : action.IsFalse("isEnabled") ? " (not now)"
        : "";

    private static string Coloured(JsonElement action, string text) =>
        action.Text("style")?.ToUpperInvariant() switch
        {
            "POSITIVE" => $"[green]{CardMarkdown.Plain(text)}[/]",
            "DESTRUCTIVE" => $"[red]{CardMarkdown.Plain(text)}[/]",
            _ => CardMarkdown.Plain(text),
        };
}
