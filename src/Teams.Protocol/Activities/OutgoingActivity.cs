using System.Buffers;
using System.Text;
using System.Text.Json;
using Teams.Protocol.Cards;

namespace Teams.Protocol.Activities;

/// <summary>
/// What the bot sends. Strict: on the wire there is never a <c>null</c> and never an empty string, which the service answers with 400.
/// Send one card a message: text plus card, or two cards, are split into several messages and no id comes back.
/// </summary>
public sealed record OutgoingActivity
{
    /// <summary><c>message</c> or <c>typing</c>.</summary>
    public string Type { get; init; } = ActivityTypes.Message;

    public string? Text
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary><c>plain</c> or <c>markdown</c>; Teams reads text without a format as markdown.</summary>
    public string? TextFormat
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>The words of the notification. A message that is only a card shows nothing useful without it.</summary>
    public string? Summary
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>Set: sent as a reply to that activity. Not set: sent to the conversation.</summary>
    public string? ReplyToId
    {
        get;
        init => field = NullIfEmpty(value);
    }

    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    /// <summary><c>list</c> or <c>carousel</c>.</summary>
    public string? AttachmentLayout
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>Every mention's text must stand in <see cref="Text"/> (or in the card) character by character.</summary>
    public IReadOnlyList<Mention> Entities { get; init; } = [];

    /// <summary>Shows for some seconds that the bot is at work.</summary>
    public static OutgoingActivity Typing { get; } = new() { Type = ActivityTypes.Typing };

    /// <summary>Text shown as it is, without markup: the right kind for anything a person or another system wrote.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static OutgoingActivity FromText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new OutgoingActivity { Text = text, TextFormat = "plain" };
    }

    /// <summary>Text with Markdown; escape what others wrote with <see cref="CardText.Escape"/>.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static OutgoingActivity FromMarkdown(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new OutgoingActivity { Text = text, TextFormat = "markdown" };
    }

    /// <param name="summary">The words of the notification.</param>
    public static OutgoingActivity FromCard(AdaptiveCard card, string summary) =>
        new() { Attachments = [OutgoingAttachment.From(card)], Summary = summary };

    /// <summary>The activity as it goes over the wire, without sender and conversation, which the client adds.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Serialize(null).Span);

    /// <summary>Reads back what <see cref="ToJson"/> wrote, for a message that is kept before it is sent.</summary>
    /// <exception cref="JsonException">The text is not such an activity.</exception>
    public static OutgoingActivity FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new()
        {
            Type = Read("type") ?? ActivityTypes.Message,
            Text = Read("text"),
            TextFormat = Read("textFormat"),
            Summary = Read("summary"),
            ReplyToId = Read("replyToId"),
            AttachmentLayout = Read("attachmentLayout"),
            Attachments = root.TryGetProperty("attachments"u8, out var attachments)
                ?
                [
                    .. attachments
                        .EnumerateArray()
                        .Select(attachment =>
                            OutgoingAttachment.From(
                                attachment.GetProperty("contentType"u8).GetString()!,
                                attachment.GetProperty("content"u8).Clone()
                            ) with
                            {
                                Name = attachment.TryGetProperty("name"u8, out var fileName) ? fileName.GetString() : null,
                                ContentUrl = attachment.TryGetProperty("contentUrl"u8, out var contentUrl) ? contentUrl.GetString() : null,
                            }
                        ),
                ]
                : [],
            Entities = root.TryGetProperty("entities"u8, out var entities)
                ?
                [
                    .. entities
                        .EnumerateArray()
                        .Select(entity => new Mention(
                            new ChannelAccount
                            {
                                Id = entity.GetProperty("mentioned"u8).GetProperty("id"u8).GetString(),
                                Name = entity.GetProperty("mentioned"u8).TryGetProperty("name"u8, out var name) ? name.GetString() : null,
                            },
                            entity.GetProperty("text"u8).GetString()!
                        )),
                ]
                : [],
        };

        string? Read(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    internal ReadOnlyMemory<byte> Serialize(ConversationReference? to)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, Wire.WriterOptions);
        WriteTo(writer, to);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    internal void WriteTo(Utf8JsonWriter writer, ConversationReference? to)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, Type);
        if (to is not null)
        {
            WriteSender(writer, to);
        }

        WriteIfAny(writer, "replyToId"u8, ReplyToId);
        WriteIfAny(writer, "text"u8, Text);
        WriteIfAny(writer, "textFormat"u8, TextFormat);
        WriteIfAny(writer, "summary"u8, Summary);
        WriteIfAny(writer, "attachmentLayout"u8, AttachmentLayout);
        if (Attachments.Count > 0)
        {
            writer.WriteStartArray("attachments"u8);
            for (var i = 0; i < Attachments.Count; i++)
            {
                Attachments[i].WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        if (Entities.Count > 0)
        {
            writer.WriteStartArray("entities"u8);
            for (var i = 0; i < Entities.Count; i++)
            {
                Entities[i].WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    internal static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    internal static void WriteIfAny(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteSender(Utf8JsonWriter writer, ConversationReference to)
    {
        if (to.BotId.Length > 0)
        {
            writer.WriteStartObject("from"u8);
            writer.WriteString("id"u8, to.BotId);
            WriteIfAny(writer, "name"u8, to.BotName);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("conversation"u8);
        writer.WriteString("id"u8, to.ConversationId);
        WriteIfAny(writer, "conversationType"u8, to.ConversationType);
        WriteIfAny(writer, "tenantId"u8, to.TenantId);
        writer.WriteEndObject();
    }
}

/// <summary>One attachment of an <see cref="OutgoingActivity"/>.</summary>
public sealed record OutgoingAttachment
{
    private OutgoingAttachment(string contentType) => ContentType = contentType;

    public string ContentType { get; }

    public AdaptiveCard? Card { get; private init; }

    /// <summary>Content of other kinds than an Adaptive Card, such as a file consent card.</summary>
    public JsonElement? Content { get; private init; }

    public string? Name
    {
        get;
        init => field = OutgoingActivity.NullIfEmpty(value);
    }

    /// <summary>Where what is attached can be found, such as a file in somebody's storage.</summary>
    public string? ContentUrl
    {
        get;
        init => field = OutgoingActivity.NullIfEmpty(value);
    }

    public static OutgoingAttachment From(AdaptiveCard card) => new(AdaptiveCard.ContentType) { Card = card };

    /// <summary>An attachment of any other kind. The content is sent as it is: keep nulls and empty strings out of it.</summary>
    /// <exception cref="ArgumentException">The content type is empty.</exception>
    public static OutgoingAttachment From(string contentType, JsonElement content)
    {
        ArgumentException.ThrowIfNullOrEmpty(contentType);
        return new OutgoingAttachment(contentType) { Content = content };
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("contentType"u8, ContentType);
        OutgoingActivity.WriteIfAny(writer, "contentUrl"u8, ContentUrl);
        OutgoingActivity.WriteIfAny(writer, "name"u8, Name);
        if (Card is not null)
        {
            writer.WritePropertyName("content"u8);
            Card.WriteTo(writer);
        }
        else if (Content is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } content)
        {
            writer.WritePropertyName("content"u8);
            content.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Names somebody in a message so that they are notified.</summary>
/// <param name="Mentioned">Whom; the id (<c>29:…</c>) is needed.</param>
/// <param name="Text">Exactly what stands in the message, such as <c>&lt;at&gt;Adele&lt;/at&gt;</c>; a mismatch is answered with 400.</param>
public sealed record Mention(ChannelAccount Mentioned, string Text)
{
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "mention"u8);
        writer.WriteStartObject("mentioned"u8);
        OutgoingActivity.WriteIfAny(writer, "id"u8, Mentioned.Id);
        OutgoingActivity.WriteIfAny(writer, "name"u8, Mentioned.Name);
        writer.WriteEndObject();
        OutgoingActivity.WriteIfAny(writer, "text"u8, Text);
        writer.WriteEndObject();
    }
}
