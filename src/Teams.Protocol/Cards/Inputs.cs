using System.Text.Json.Serialization;

namespace Teams.Protocol.Cards;

/// <summary>Something a person fills in; its value comes back in the data of the button, under its id.</summary>
public abstract record CardInput : CardElement
{
    /// <exception cref="ArgumentException">The id is empty: the value could not come back.</exception>
    protected CardInput(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Id = id;
    }

    public string? Label
    {
        get;
        init => field = Words.OrNull(value);
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRequired { get; init; }

    public string? ErrorMessage
    {
        get;
        init => field = Words.OrNull(value);
    }
}

/// <summary>A line or a field of text.</summary>
public sealed record InputText : CardInput
{
    public InputText(string id)
        : base(id) { }

    public string? Placeholder
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? Value
    {
        get;
        init => field = Words.OrNull(value);
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsMultiline { get; init; }

    /// <summary>In characters. A hint for the client; check again when the value arrives.</summary>
    public int? MaxLength { get; init; }

    public TextInputStyle? Style { get; init; }

    /// <summary>Checked by the client only.</summary>
    public string? Regex
    {
        get;
        init => field = Words.OrNull(value);
    }
}

/// <summary>One or several of a list; several come back separated by commas.</summary>
public sealed record InputChoiceSet : CardInput
{
    public InputChoiceSet(string id)
        : base(id) { }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    public string? Value
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? Placeholder
    {
        get;
        init => field = Words.OrNull(value);
    }

    public ChoiceInputStyle? Style { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsMultiSelect { get; init; }

    /// <summary>Long titles go on in the next line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Wrap { get; init; }
}

/// <summary>One entry of an <see cref="InputChoiceSet"/>.</summary>
public sealed record Choice
{
    /// <exception cref="ArgumentException">Title or value is empty.</exception>
    public Choice(string title, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentException.ThrowIfNullOrEmpty(value);
        Title = title;
        Value = value;
    }

    public string Title { get; }

    public string Value { get; }
}

/// <summary>Yes or no; comes back as <see cref="ValueOn"/> or <see cref="ValueOff"/>, by default <c>true</c> or <c>false</c>.</summary>
public sealed record InputToggle : CardInput
{
    public InputToggle(string id, string title)
        : base(id) => Title = Words.OrBlank(title);

    public string Title { get; }

    public string? Value
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? ValueOn
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? ValueOff
    {
        get;
        init => field = Words.OrNull(value);
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Wrap { get; init; }
}

/// <summary>A day, as <c>yyyy-MM-dd</c>.</summary>
public sealed record InputDate : CardInput
{
    public InputDate(string id)
        : base(id) { }

    public string? Value
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? Min
    {
        get;
        init => field = Words.OrNull(value);
    }

    public string? Max
    {
        get;
        init => field = Words.OrNull(value);
    }
}

/// <summary>A number; comes back as text.</summary>
public sealed record InputNumber : CardInput
{
    public InputNumber(string id)
        : base(id) { }

    public string? Placeholder
    {
        get;
        init => field = Words.OrNull(value);
    }

    public decimal? Value { get; init; }

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }
}
