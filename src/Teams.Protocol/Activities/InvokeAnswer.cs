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

    /// <summary>
    /// The link that was asked about stays a link. For every link the bot cannot or must not tell about, so that nobody learns which of them exist; also
    /// the answer to a button whose answer nobody is shown (<see cref="CardAction.AnswerIsShown"/>).
    /// </summary>
    public static InvokeAnswer NotUnfurled { get; } = new(200, "{}"u8.ToArray());

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

    /// <summary>
    /// Shows a card beneath the message with the link that was asked about (<see cref="LinkQuery"/>), to everybody who reads the message. Asks Teams
    /// not to keep the answer for its usual 30 minutes, because by then the card may be out of date; not every client is known to heed that.
    /// </summary>
    /// <param name="card">Of <see cref="AdaptiveCard.LinkVersion"/> at most.</param>
    /// <param name="title">Stands in the preview while the message is being written. Not empty.</param>
    /// <param name="text">Stands below the title. Not empty.</param>
    /// <exception cref="ArgumentException">The card is of a newer version, or there is no title or text: Teams shows nothing then.</exception>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/link-unfurling</remarks>
    public static InvokeAnswer Unfurled(AdaptiveCard card, string title, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (!card.IsForLinks)
        {
            throw new ArgumentException($"A card beneath a link is of version {AdaptiveCard.LinkVersion} at most.", nameof(card));
        }

        var attachment = new JsonObject
        {
            ["contentType"] = AdaptiveCard.ContentType,
            ["content"] = JsonNode.Parse(card.ToUtf8().Span),
            ["preview"] = new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.thumbnail",
                ["content"] = new JsonObject { ["title"] = title, ["text"] = text },
            },
        };
        var noCache = new JsonObject { ["type"] = "setCachePolicy", ["value"] = """{"type":"no-cache"}""" };
        return Json(
            new JsonObject
            {
                ["composeExtension"] = new JsonObject
                {
                    ["type"] = "result",
                    ["attachmentLayout"] = "list",
                    ["attachments"] = new JsonArray(attachment),
                    ["suggestedActions"] = new JsonObject { ["actions"] = new JsonArray(noCache) },
                },
            }
        ) with
        {
            Shown = card,
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
