using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teams.Protocol.Cards;

[JsonConverter(typeof(SchemaWord<Spacing>))]
public enum Spacing
{
    Default,
    None,
    Small,
    Medium,
    Large,
    ExtraLarge,
    Padding,
}

[JsonConverter(typeof(SchemaWord<TextSize>))]
public enum TextSize
{
    Default,
    Small,
    Medium,
    Large,
    ExtraLarge,
}

[JsonConverter(typeof(SchemaWord<TextWeight>))]
public enum TextWeight
{
    Default,
    Lighter,
    Bolder,
}

[JsonConverter(typeof(SchemaWord<TextColor>))]
public enum TextColor
{
    Default,
    Dark,
    Light,
    Accent,
    Good,
    Warning,
    Attention,
}

[JsonConverter(typeof(SchemaWord<TextBlockStyle>))]
public enum TextBlockStyle
{
    Default,
    Heading,
}

[JsonConverter(typeof(SchemaWord<HorizontalAlignment>))]
public enum HorizontalAlignment
{
    Left,
    Center,
    Right,
}

[JsonConverter(typeof(SchemaWord<ContainerStyle>))]
public enum ContainerStyle
{
    Default,
    Emphasis,
    Good,
    Attention,
    Warning,
    Accent,
}

[JsonConverter(typeof(SchemaWord<ImageSize>))]
public enum ImageSize
{
    Auto,
    Stretch,
    Small,
    Medium,
    Large,
}

[JsonConverter(typeof(SchemaWord<ImageStyle>))]
public enum ImageStyle
{
    Default,
    Person,
}

[JsonConverter(typeof(SchemaWord<TextInputStyle>))]
public enum TextInputStyle
{
    Text,
    Tel,
    Url,
    Email,
    Password,
}

[JsonConverter(typeof(SchemaWord<ChoiceInputStyle>))]
public enum ChoiceInputStyle
{
    Compact,
    Expanded,
}

[JsonConverter(typeof(SchemaWord<ActionStyle>))]
public enum ActionStyle
{
    Default,
    Positive,
    Destructive,
}

[JsonConverter(typeof(SchemaWord<ActionMode>))]
public enum ActionMode
{
    Primary,
    Secondary,
}

/// <summary>Which inputs' values a button sends: all of its card and the parents, or none.</summary>
[JsonConverter(typeof(SchemaWord<AssociatedInputs>))]
public enum AssociatedInputs
{
    Auto,
    None,
}

/// <summary>Writes an enum in the schema's words: <c>ExtraLarge</c> as <c>extraLarge</c>.</summary>
internal sealed class SchemaWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

internal static class Words
{
    /// <summary>An optional text that is empty is left out.</summary>
    public static string? OrNull(string? value) => string.IsNullOrEmpty(value) ? null : value;

    public static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;

    /// <summary>A text the schema requires is never empty.</summary>
    public static string OrBlank(string? value) => string.IsNullOrEmpty(value) ? " " : value;
}
