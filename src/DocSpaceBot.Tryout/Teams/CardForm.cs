using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>Fills in the fields of a card as the Teams client does, and refuses what it would not let a person enter.</summary>
internal static class CardForm
{
    /// <summary>The data that goes to the bot: the action's own, with every field that goes along with it.</summary>
    /// <exception cref="StandInException">A required field is empty, a field does not exist, or a value cannot be entered in it.</exception>
    public static JsonObject Fill(CardButton button, IReadOnlyDictionary<string, string> entered)
    {
        var data =
            button.Action.TryGetProperty("data", out var own) && own.ValueKind is JsonValueKind.Object
                ? JsonObject.Create(own.Clone())!.DeepClone().AsObject()
                : [];
        var inputs = button.Inputs;

        if (entered.Keys.FirstOrDefault(field => inputs.All(input => input.Id != field)) is { } unknown)
        {
            throw new StandInException(
                inputs.Count == 0
                    ? $"""The card with "{button.Title}" has no fields, so "{unknown}" cannot be filled in."""
                    : $"""The card with "{button.Title}" has no field "{unknown}". It has: {string.Join(", ", inputs.Select(input => input.Id))}."""
            );
        }

        if (button.Action.Text("associatedInputs") is "none")
        {
            return data;
        }

        foreach (var input in inputs)
        {
            var value = Value(input, entered.TryGetValue(input.Id, out var typed) ? typed : null);
            if (input.IsRequired && string.IsNullOrWhiteSpace(value))
            {
                throw new StandInException(
                    $"""The field "{input.Label ?? input.Id}" ({input.Id}) is required. {input.ErrorMessage}""".TrimEnd()
                );
            }

            if (value is not null)
            {
                data[input.Id] = value;
            }
        }

        return data;
    }

    // An empty text field goes along as an empty string, a choice that was not made does not.
    private static string? Value(CardInput input, string? typed) =>
        input.Type switch
        {
            "Input.ChoiceSet" => Chosen(input, typed ?? input.Value),
            "Input.Toggle" => Toggled(input, typed ?? input.Value),
            "Input.Number" => Counted(input, typed ?? input.Value),
            "Input.Date"
                when typed is { Length: > 0 }
                    && !DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => throw No(
                input,
                $"""takes a date such as 2030-12-31, not "{typed}"."""
            ),
            "Input.Text" => Typed(input, typed ?? input.Value ?? ""),
            _ => typed ?? input.Value ?? "",
        };

    private static string Typed(CardInput input, string text)
    {
        if (input.Element.TryGetProperty("maxLength", out var max) && text.Length > max.GetInt32())
        {
            throw No(input, $"takes no more than {max.GetInt32()} characters.");
        }

        if (!input.Element.Flag("isMultiline") && text.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw No(input, "takes one line only.");
        }

        return
            text.Length > 0
            && input.Element.Text("regex") is { } regex
            && !Regex.IsMatch(text, regex, RegexOptions.None, TimeSpan.FromSeconds(1))
            ? throw No(input, $"""does not take "{text}". {input.ErrorMessage}""".TrimEnd())
            : text;
    }

    private static string? Counted(CardInput input, string? typed)
    {
        if (string.IsNullOrEmpty(typed))
        {
            return null;
        }

        if (!double.TryParse(typed, CultureInfo.InvariantCulture, out var number))
        {
            throw No(input, $"""takes a number, not "{typed}".""");
        }

        return
            (input.Element.TryGetProperty("min", out var min) && number < min.GetDouble())
            || (input.Element.TryGetProperty("max", out var max) && number > max.GetDouble())
            ? throw No(input, $"does not take {typed}: it is out of range.")
            : typed;
    }

    private static string Toggled(CardInput input, string? typed)
    {
        var on = input.Element.Text("valueOn") ?? "true";
        var off = input.Element.Text("valueOff") ?? "false";
        return typed switch
        {
            null => off,
            _ when typed == on || typed == off => typed,
            "on" or "yes" or "true" => on,
            "off" or "no" or "false" => off,
            _ => throw No(input, $"is either {on} or {off}."),
        };
    }

    private static string? Chosen(CardInput input, string? typed)
    {
        if (string.IsNullOrEmpty(typed))
        {
            return null;
        }

        // Choices that are searched for while typing come from the bot, not from the card.
        if (input.Element.TryGetProperty("choices.data", out _))
        {
            return typed;
        }

        string[] wanted = input.IsMultiSelect
            ? typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [typed];
        return string.Join(',', wanted.Select(choice => Choice(input, choice)));
    }

    private static string Choice(CardInput input, string wanted) =>
        (
            input.Choices.FirstOrDefault(choice => choice.Value == wanted)
            ?? input.Choices.FirstOrDefault(choice => string.Equals(choice.Title, wanted, StringComparison.OrdinalIgnoreCase))
        )?.Value
        ?? throw No(input, $"""has no choice "{wanted}". It has: {string.Join(", ", input.Choices.Select(choice => choice.Value))}.""");

    private static StandInException No(CardInput input, string why) => new($"""The field "{input.Label ?? input.Id}" ({input.Id}) {why}""");
}
