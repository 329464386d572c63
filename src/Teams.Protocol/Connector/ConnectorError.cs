using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Teams.Protocol.Connector;

/// <summary>
/// Reads what the connector says when it says no: <c>{"error":{"code","message"}}</c>, <c>{"errorCode":209,"message":"{…subCode…}"}</c>, or a
/// gateway's HTML page.
/// </summary>
internal static class ConnectorError
{
    private const int LongestCode = 64;
    private const int LongestMessage = 4096;

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
    );

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 16, AllowTrailingCommas = true };

    public static ConnectorException ToException(HttpStatusCode status, string? code, TimeSpan? retryAfter, bool isCreate)
    {
        var number = (int)status;
        var said = code is null ? "" : $" {code}";
        return new ConnectorException(
            Fault(number, code),
            string.Create(CultureInfo.InvariantCulture, $"The connector answered {number}{said}.")
        )
        {
            Status = number,
            Code = code,
            RetryAfter = retryAfter,
            MayHaveHappened =
                isCreate && (number >= 500 || status is HttpStatusCode.RequestTimeout) && status is not HttpStatusCode.NotImplemented,
        };
    }

    public static TimeSpan? ReadRetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait is { Ticks: < 0 } ? TimeSpan.Zero : wait;
    }

    /// <summary>The service's word for the error, when it is one: codes go into logs, so whatever looks like text is left out.</summary>
    public static string? ReadCode(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Lenient);
            return AsCode(FindCode(json.RootElement));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? FindCode(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        if (root.TryGetProperty("error"u8, out var error) && error.ValueKind is JsonValueKind.Object)
        {
            return Text(error, "code"u8);
        }

        return SubCode(Text(root, "message"u8)) ?? Text(root, "code"u8) ?? Number(root, "errorCode"u8);
    }

    private static string? SubCode(string? message)
    {
        if (message is null or { Length: > LongestMessage } || !message.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(message, Lenient);
            return json.RootElement.ValueKind is JsonValueKind.Object ? Text(json.RootElement, "subCode"u8) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? AsCode(string? code) =>
        code is { Length: > 0 and <= LongestCode } && !code.AsSpan().ContainsAnyExcept(CodeCharacters) ? code : null;

    private static string? Text(JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static string? Number(JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var number) && number.ValueKind is JsonValueKind.Number ? number.GetRawText() : null;

    private static ConnectorFault Fault(int status, string? code) =>
        status switch
        {
            401 => ConnectorFault.Unauthorized,
            403 when code is "BadArgument" or "BadSyntax" => ConnectorFault.Invalid, // The request, not the conversation, is at fault.
            403 => ConnectorFault.Unreachable,
            404 or 410 => ConnectorFault.NotFound,
            413 => ConnectorFault.TooBig,
            429 => ConnectorFault.Throttled,
            400 when code is "MessageSizeTooBig" => ConnectorFault.TooBig,
            408 or 412 => ConnectorFault.Unavailable,
            501 => ConnectorFault.Invalid,
            >= 400 and < 500 => ConnectorFault.Invalid,
            _ => ConnectorFault.Unavailable, // 5xx, and redirects, which are never followed.
        };
}
