using System.Text.Json;

namespace Teams.Protocol.Files;

/// <summary>Reads what a client sent and what therefore may be of any kind.</summary>
internal static class JsonText
{
    /// <summary>Null when there is no such field or it is no text.</summary>
    public static string? Text(this JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;
}
