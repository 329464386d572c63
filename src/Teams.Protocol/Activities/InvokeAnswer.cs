using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Teams.Protocol.Cards;

namespace Teams.Protocol.Activities;

/// <summary>The answer to an invoke: it goes back in the HTTP response, and the body is the payload itself.</summary>
/// <param name="HttpStatus">The status of the HTTP response.</param>
/// <param name="Body">UTF-8 JSON, or empty for no body.</param>
/// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format</remarks>
public sealed record InvokeAnswer(int HttpStatus, ReadOnlyMemory<byte> Body)
{
    /// <summary>The card that is shown; null for every other answer. For whoever pressed with a client that gets no answers.</summary>
    public AdaptiveCard? Shown { get; private init; }

    /// <summary>The words that are shown, of a message or a no; null for every other answer.</summary>
    public string? Said { get; private init; }

    /// <summary>Done, nothing to show.</summary>
    public static InvokeAnswer Empty { get; } = new(200, ReadOnlyMemory<byte>.Empty);

    /// <summary>The bot does not know this invoke.</summary>
    public static InvokeAnswer NotImplemented { get; } = new(501, ReadOnlyMemory<byte>.Empty);

    /// <summary>Replaces the card, for the person who pressed the button only. Keep <see cref="AdaptiveCard.Refresh"/> in it.</summary>
    public static InvokeAnswer Card(AdaptiveCard card) =>
        Write(
            200,
            AdaptiveCard.ContentType,
            card,
            static (writer, card) =>
            {
                writer.WritePropertyName("value"u8);
                card.WriteTo(writer);
            }
        ) with
        {
            Shown = card,
        };

    /// <summary>Shows a short message to the person who pressed the button.</summary>
    public static InvokeAnswer Message(string text) =>
        Write(200, "application/vnd.microsoft.activity.message", text, static (writer, text) => writer.WriteString("value"u8, text)) with
        {
            Said = text,
        };

    /// <summary>Says no. The HTTP status stays 200, because a client shows only a generic failure otherwise; the status is in the body.</summary>
    /// <param name="statusCode">400 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status code is not an error.</exception>
    public static InvokeAnswer Error(int statusCode, string code, string message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        return Write(
            statusCode,
            "application/vnd.microsoft.error",
            (code, message),
            static (writer, error) =>
            {
                writer.WriteStartObject("value"u8);
                writer.WriteString("code"u8, error.code);
                writer.WriteString("message"u8, error.message);
                writer.WriteEndObject();
            }
        ) with
        {
            Said = message,
        };
    }

    /// <summary>Any other payload, such as a dialog or the answer of a message extension, with HTTP 200.</summary>
    public static InvokeAnswer Json(JsonNode body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Wire.WriterOptions);
        body.WriteTo(writer);
        writer.Flush();
        return new InvokeAnswer(200, buffer.WrittenMemory);
    }

    private static InvokeAnswer Write<T>(int statusCode, string type, T value, Action<Utf8JsonWriter, T> writeValue)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Wire.WriterOptions);
        writer.WriteStartObject();
        writer.WriteNumber("statusCode"u8, statusCode);
        writer.WriteString("type"u8, type);
        writeValue(writer, value);
        writer.WriteEndObject();
        writer.Flush();
        return new InvokeAnswer(200, buffer.WrittenMemory);
    }
}
