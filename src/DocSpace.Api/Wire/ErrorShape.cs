using System.Buffers;
using System.Text.Json;

namespace DocSpace.Api.Wire;

internal enum ErrorShapeKind
{
    Empty,

    /// <summary><c>{"error":{…}}</c>: an exception of the action, with a stack trace.</summary>
    Envelope,

    /// <summary><c>errors</c> by field, in the usual envelope or without.</summary>
    Validation,

    /// <summary>Bare problem+json from one of the portal's filters.</summary>
    Problem,
    OtherJson,
    Html,
    Text,
}

/// <summary>The six shapes an error of the portal has, and of each only what is safe to keep.</summary>
internal sealed record ErrorShape(ErrorShapeKind Kind)
{
    private const int MostFields = 20;
    private const int LongestName = 100;

    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._$[]"
    );
    private static readonly SearchValues<char> TraceCharacters = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>The exception's .NET type, to tell money from money; not for showing.</summary>
    public string? ErrorType { get; init; }

    public IReadOnlyList<string> Fields { get; init; } = [];

    public string? TraceId { get; init; }

    public static ErrorShape Read(ReadOnlyMemory<byte> body, string? mediaType)
    {
        var trimmed = body.Span.Trim(" \r\n\t"u8);
        if (trimmed.IsEmpty)
        {
            return new ErrorShape(ErrorShapeKind.Empty);
        }

        if (trimmed[0] == '<' || mediaType == "text/html")
        {
            return new ErrorShape(ErrorShapeKind.Html);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? ReadObject(json.RootElement, mediaType)
                : new ErrorShape(ErrorShapeKind.OtherJson);
        }
        catch (JsonException)
        {
            return new ErrorShape(ErrorShapeKind.Text);
        }
    }

    private static ErrorShape ReadObject(JsonElement root, string? mediaType)
    {
        if (root.TryGetProperty("error", out var error))
        {
            return new ErrorShape(ErrorShapeKind.Envelope) { ErrorType = Text(error, "type") };
        }

        var inner = root.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object ? response : root;
        var traceId =
            Text(inner, "traceId") is { Length: <= LongestName } id && !id.AsSpan().ContainsAnyExcept(TraceCharacters) ? id : null;

        if (inner.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
        {
            return new ErrorShape(ErrorShapeKind.Validation) { Fields = FieldNames(errors), TraceId = traceId };
        }

        var isProblem = mediaType == "application/problem+json" || traceId is not null;
        return new ErrorShape(isProblem ? ErrorShapeKind.Problem : ErrorShapeKind.OtherJson) { TraceId = traceId };
    }

    // A JSON path may hold whatever the caller sent, so only names that look like names are kept.
    private static List<string> FieldNames(JsonElement errors) =>
        errors
            .EnumerateObject()
            .Select(field => field.Name)
            .Where(name => name.Length <= LongestName && !name.AsSpan().ContainsAnyExcept(FieldCharacters))
            .Take(MostFields)
            .ToList();

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
