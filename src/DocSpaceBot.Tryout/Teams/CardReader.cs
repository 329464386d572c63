using System.Text.Json;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>A button of a card, with the inputs that go along when it is pressed.</summary>
internal sealed record CardButton(string Title, string Type, JsonElement Action, IReadOnlyList<CardInput> Inputs)
{
    public string? Verb => Action.Text("verb");

    public string? Url => Action.Text("url");

    public bool IsEnabled => !Action.TryGetProperty("isEnabled", out var enabled) || enabled.ValueKind is not JsonValueKind.False;
}

/// <summary>A field of a card.</summary>
internal sealed record CardInput(string Id, string Type, string? Label, string? Value, bool IsRequired, JsonElement Element)
{
    public string? Placeholder => Element.Text("placeholder");

    public string? ErrorMessage => Element.Text("errorMessage");

    public bool IsMultiSelect => Element.Flag("isMultiSelect");

    /// <summary>The choices of an Input.ChoiceSet; empty for other fields.</summary>
    public IReadOnlyList<CardChoice> Choices =>
        [.. Element.Items("choices").Select(choice => new CardChoice(choice.Text("title") ?? "", choice.Text("value") ?? ""))];
}

internal sealed record CardChoice(string Title, string Value);

/// <summary>Reads an Adaptive Card as a person does. What is hidden by <c>isVisible: false</c> is not there; what an Action.ShowCard opens is.</summary>
internal static class CardReader
{
    // Everywhere an element or an action can stand inside another, in the order in which it is drawn.
    private static readonly string[] Children =
    [
        "body",
        "items",
        "columns",
        "rows",
        "cells",
        "inlines",
        "images",
        "inlineAction",
        "actions",
        "selectAction",
        "card",
    ];

    /// <summary>All that can be read, in reading order, without Markdown.</summary>
    public static IEnumerable<string> Texts(JsonElement card)
    {
        foreach (var text in Own(card))
        {
            yield return text;
        }

        // Facts and choices have no type of their own; of a choice only the title is shown.
        foreach (var fact in card.Items("facts").SelectMany(fact => Read(fact, ReadableText.FromMarkdown, "title", "value")))
        {
            yield return fact;
        }

        foreach (var choice in card.Items("choices").SelectMany(choice => Read(choice, Plain, "title")))
        {
            yield return choice;
        }

        foreach (var child in ChildrenOf(card, intoShowCards: true))
        {
            foreach (var text in Texts(child))
            {
                yield return text;
            }
        }
    }

    /// <summary>All buttons; those of an Action.ShowCard follow it and take its card's inputs along too.</summary>
    public static IEnumerable<CardButton> Buttons(JsonElement card) => ButtonsOf(card, []);

    /// <summary>All fields, those in an Action.ShowCard included.</summary>
    public static IEnumerable<CardInput> Inputs(JsonElement card) => InputsOf(card, intoShowCards: true);

    internal static string? Text(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    internal static bool Flag(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    internal static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray()
            : [];

    private static IEnumerable<string> Own(JsonElement part)
    {
        // An inline of a RichTextBlock may be the bare text.
        if (part.ValueKind is JsonValueKind.String)
        {
            return [part.GetString()!];
        }

        var type = part.Text("type") ?? "";
        return type switch
        {
            "TextBlock" => Read(part, ReadableText.FromMarkdown, "text"),
            "TextRun" => Read(part, Plain, "text"),
            "Image" => Read(part, Plain, "altText"),
            "Input.Toggle" => Read(part, Plain, "label", "title"),
            "Input.ChoiceSet" => Read(part, Plain, "label", "placeholder"),
            _ when type.StartsWith("Input.", StringComparison.Ordinal) => Read(part, Plain, "label", "placeholder", "value"),
            _ when type.StartsWith("Action.", StringComparison.Ordinal) => Read(part, Plain, "title"),
            _ => [],
        };
    }

    private static IEnumerable<string> Read(JsonElement part, Func<string, string> shown, params string[] names) =>
        names.Select(name => part.Text(name)).OfType<string>().Where(text => text.Length > 0).Select(shown);

    private static string Plain(string text) => text;

    private static IEnumerable<JsonElement> ChildrenOf(JsonElement part, bool intoShowCards)
    {
        if (part.ValueKind is not JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var name in Children)
        {
            if (!part.TryGetProperty(name, out var inner) || (name is "card" && !intoShowCards))
            {
                continue;
            }

            var found = inner.ValueKind is JsonValueKind.Array ? inner.EnumerateArray().AsEnumerable() : [inner];
            foreach (var child in found.Where(IsVisible))
            {
                yield return child;
            }
        }
    }

    private static bool IsVisible(JsonElement part) =>
        part.ValueKind is not JsonValueKind.Object
        || !part.TryGetProperty("isVisible", out var visible)
        || visible.ValueKind is not JsonValueKind.False;

    private static IEnumerable<CardButton> ButtonsOf(JsonElement card, IReadOnlyList<CardInput> outer)
    {
        IReadOnlyList<CardInput> inputs = [.. outer, .. InputsOf(card, intoShowCards: false)];
        foreach (var action in ActionsOf(card))
        {
            var type = action.Text("type")!;
            yield return new(action.Text("title") ?? "", type, action, inputs);

            if (type is "Action.ShowCard" && action.TryGetProperty("card", out var inner))
            {
                foreach (var button in ButtonsOf(inner, inputs))
                {
                    yield return button;
                }
            }
        }
    }

    private static IEnumerable<JsonElement> ActionsOf(JsonElement part) =>
        ChildrenOf(part, intoShowCards: false)
            .SelectMany(child => child.Text("type")?.StartsWith("Action.", StringComparison.Ordinal) is true ? [child] : ActionsOf(child));

    // A hidden field still goes along with a press, with the value it has.
    private static IEnumerable<CardInput> InputsOf(JsonElement part, bool intoShowCards)
    {
        if (part.Text("type")?.StartsWith("Input.", StringComparison.Ordinal) is true && part.Text("id") is { Length: > 0 } id)
        {
            yield return new(id, part.Text("type")!, part.Text("label"), part.Text("value"), part.Flag("isRequired"), part);
            yield break;
        }

        if (part.ValueKind is not JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var name in Children)
        {
            if (!part.TryGetProperty(name, out var inner) || (name is "card" && !intoShowCards))
            {
                continue;
            }

            var found = inner.ValueKind is JsonValueKind.Array ? inner.EnumerateArray().AsEnumerable() : [inner];
            foreach (var input in found.SelectMany(child => InputsOf(child, intoShowCards)))
            {
                yield return input;
            }
        }
    }
}
