using System.Text.Json.Serialization;

namespace Teams.Protocol.Cards;

/// <summary>One thing in the body of a card.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "TextBlock")]
[JsonDerivedType(typeof(RichTextBlock), "RichTextBlock")]
[JsonDerivedType(typeof(FactSet), "FactSet")]
[JsonDerivedType(typeof(Container), "Container")]
[JsonDerivedType(typeof(ColumnSet), "ColumnSet")]
[JsonDerivedType(typeof(ActionSet), "ActionSet")]
[JsonDerivedType(typeof(Image), "Image")]
[JsonDerivedType(typeof(InputText), "Input.Text")]
[JsonDerivedType(typeof(InputChoiceSet), "Input.ChoiceSet")]
[JsonDerivedType(typeof(InputToggle), "Input.Toggle")]
[JsonDerivedType(typeof(InputDate), "Input.Date")]
[JsonDerivedType(typeof(InputNumber), "Input.Number")]
public abstract record CardElement
{
    public string? Id
    {
        get;
        init => field = Words.OrNull(value);
    }

    /// <summary>False hides it until a <see cref="ToggleVisibilityAction"/> shows it.</summary>
    public bool? IsVisible { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Separator { get; init; }

    public Spacing? Spacing { get; init; }
}

/// <summary>Text; reads Markdown, so escape what others wrote.</summary>
public sealed record TextBlock(string Text) : CardElement
{
    /// <summary>Empty text is written as a blank: the protocol has no empty strings.</summary>
    public string Text { get; init; } = Words.OrBlank(Text);

    public TextSize? Size { get; init; }

    public TextWeight? Weight { get; init; }

    public TextColor? Color { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSubtle { get; init; }

    /// <summary>Long text goes on in the next line; on by default because an address that is cut off is of no use.</summary>
    public bool Wrap { get; init; } = true;

    public HorizontalAlignment? HorizontalAlignment { get; init; }

    public TextBlockStyle? Style { get; init; }

    /// <summary>At least 1.</summary>
    public int? MaxLines { get; init; }
}

/// <summary>Text in pieces of different looks; does not read Markdown.</summary>
public sealed record RichTextBlock(params IReadOnlyList<TextRun> Inlines) : CardElement
{
    public HorizontalAlignment? HorizontalAlignment { get; init; }
}

/// <summary>One piece of a <see cref="RichTextBlock"/>.</summary>
public sealed record TextRun(string Text)
{
    [JsonInclude]
    [JsonPropertyOrder(-1)]
    internal string Type => "TextRun";

    public string Text { get; init; } = Words.OrBlank(Text);

    public TextSize? Size { get; init; }

    public TextWeight? Weight { get; init; }

    public TextColor? Color { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSubtle { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Italic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Strikethrough { get; init; }
}

/// <summary>A table of two columns: what it is, and its value. Values read Markdown.</summary>
public sealed record FactSet(params IReadOnlyList<Fact> Facts) : CardElement;

/// <summary>One line of a <see cref="FactSet"/>.</summary>
public sealed record Fact(string Title, string Value)
{
    public string Title { get; init; } = Words.OrBlank(Title);

    public string Value { get; init; } = Words.OrBlank(Value);
}

/// <summary>Groups elements, to give them a background or to show and hide them together.</summary>
public sealed record Container : CardElement
{
    public IReadOnlyList<CardElement> Items { get; init; } = [];

    public ContainerStyle? Style { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bleed { get; init; }
}

/// <summary>Puts elements beside each other.</summary>
public sealed record ColumnSet : CardElement
{
    public IReadOnlyList<Column> Columns { get; init; } = [];
}

/// <summary>One column of a <see cref="ColumnSet"/>.</summary>
public sealed record Column
{
    [JsonInclude]
    [JsonPropertyOrder(-1)]
    internal string Type => "Column";

    public string? Id
    {
        get;
        init => field = Words.OrNull(value);
    }

    public IReadOnlyList<CardElement> Items { get; init; } = [];

    /// <summary><c>auto</c>, <c>stretch</c>, <c>50px</c>, or a weight such as <c>2</c>.</summary>
    public string? Width
    {
        get;
        init => field = Words.OrNull(value);
    }

    public bool? IsVisible { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Separator { get; init; }

    public Spacing? Spacing { get; init; }

    public ContainerStyle? Style { get; init; }
}

/// <summary>Buttons inside the body.</summary>
public sealed record ActionSet : CardElement
{
    public IReadOnlyList<AdaptiveAction> Actions { get; init; } = [];
}

/// <summary>A picture.</summary>
/// <param name="Url">An https address or a data URL.</param>
public sealed record Image(string Url) : CardElement
{
    public string? AltText
    {
        get;
        init => field = Words.OrNull(value);
    }

    public ImageSize? Size { get; init; }

    public ImageStyle? Style { get; init; }
}
