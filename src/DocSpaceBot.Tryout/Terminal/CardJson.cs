using System.Text.Json;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>Reads a card as loosely as a client does: what is missing or of the wrong type is as if it were not there.</summary>
internal static class CardJson
{
    public static string? Text(this JsonElement element, string name) =>
        Property(element, name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => other.GetRawText(),
            _ => null,
        };

    public static bool Is(this JsonElement element, string name, string value) =>
        string.Equals(element.Text(name), value, StringComparison.OrdinalIgnoreCase);

    public static bool IsTrue(this JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.True };

    public static bool IsFalse(this JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.False };

    /// <summary>The objects in an array; none where there is no such array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    public static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
