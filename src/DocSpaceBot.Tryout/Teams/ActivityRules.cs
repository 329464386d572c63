using System.Text;
using System.Text.Json;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What Teams takes from a bot, and how it reads it.</summary>
internal static class ActivityRules
{
    /// <summary>About 100 KB, counted as Teams does: two bytes for each character of the activity.</summary>
    public const int MaxBytes = 100 * 1024;

    private const string AdaptiveCard = "application/vnd.microsoft.card.adaptive";
    private const string FileConsentCard = "application/vnd.microsoft.teams.card.file.consent";
    private static readonly Version NewestCard = new(1, 5);

    public static bool IsTooBig(ReadOnlySpan<byte> body) => body.Length > MaxBytes / 2 && Encoding.UTF8.GetCharCount(body) * 2 > MaxBytes;

    /// <summary>Why the activity is refused with 400; null when it is fine.</summary>
    public static string? WhyNot(JsonElement activity)
    {
        if (activity.ValueKind is not JsonValueKind.Object)
        {
            return "The body is not an activity.";
        }

        if (activity.Text("type") is not ("message" or "typing" or "trace"))
        {
            return "Teams takes messages, typing and trace only.";
        }

        if (FirstEmpty(activity) is { } empty)
        {
            return $"{empty} is null or empty.";
        }

        if (activity.Text("textFormat") is { } format && format is not ("plain" or "markdown" or "xml"))
        {
            return $"textFormat {format} is unknown.";
        }

        if (activity.Text("type") is not "message")
        {
            return null;
        }

        if (activity.Text("text") is null && !activity.Items("attachments").Any())
        {
            return "The message is empty.";
        }

        var text = activity.Text("text") ?? "";
        return activity
            .Items("entities")
            .Any(entity =>
                entity.Text("type") is "mention"
                && (
                    entity.Text("text") is not { } mention
                    || !text.Contains(mention, StringComparison.Ordinal)
                    || !entity.TryGetProperty("mentioned", out var mentioned)
                    || mentioned.Text("id") is null
                )
            )
            ? "A mention's text does not occur in the message."
            : null;
    }

    /// <summary>Text with a card, or several attachments in a list, become messages of their own, and no id is given.</summary>
    public static bool IsSplit(JsonElement activity)
    {
        var attachments = activity.Items("attachments").Count();
        return activity.Text("attachmentLayout") is not "carousel"
            && (attachments > 1 || (attachments == 1 && activity.Text("text") is not null));
    }

    /// <summary>The messages an activity becomes.</summary>
    public static IReadOnlyList<MessageContent> Read(JsonElement activity)
    {
        var text = ReadableText.Of(activity.Text("text"), activity.Text("textFormat"));
        var attachments = activity.Items("attachments").ToList();
        if (!IsSplit(activity))
        {
            var parts = attachments.ConvertAll(ReadAttachment);
            return
            [
                new(
                    text ?? parts.Select(part => part.Text).FirstOrDefault(part => part is not null),
                    [.. parts.SelectMany(part => part.Cards)]
                )
                {
                    FileConsent = parts.Select(part => part.FileConsent).FirstOrDefault(consent => consent is not null),
                },
            ];
        }

        IEnumerable<MessageContent> messages = text is null ? [] : [new(text, [])];
        return [.. messages, .. attachments.Select(ReadAttachment)];
    }

    public static bool IsShowable(JsonElement card) =>
        card.Text("type") is "AdaptiveCard" && Version.TryParse(card.Text("version"), out var version) && version <= NewestCard;

    private static MessageContent ReadAttachment(JsonElement attachment)
    {
        var hasContent = attachment.TryGetProperty("content", out var content);
        return attachment.Text("contentType") switch
        {
            AdaptiveCard when hasContent && IsShowable(content) => new(null, [content]),
            // Clients show the fallback for a card of a newer schema.
            AdaptiveCard => new(content.Text("fallbackText") ?? "This card cannot be shown.", []),
            FileConsentCard => new(
                $"File offered: {attachment.Text("name")} {content.Text("description")} [{StandInTeams.Accept}] [{StandInTeams.Decline}]",
                []
            )
            {
                FileConsent = attachment,
            },
            "application/vnd.microsoft.teams.card.file.info" => new($"File: {attachment.Text("name")}", []),
            _ when hasContent && content.Text("title") is { } title => new($"{title} {content.Text("text")}".TrimEnd(), []),
            var other => new($"[{attachment.Text("name") ?? other}]", []),
        };
    }

    // The content of cards and the channel's own data are theirs to fill.
    private static string? FirstEmpty(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return path;
            case JsonValueKind.String:
                return element.ValueEquals(""u8) ? path : null;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    if (
                        !property.NameEquals("content"u8)
                        && !property.NameEquals("value"u8)
                        && !property.NameEquals("channelData"u8)
                        && FirstEmpty(property.Value, property.Name) is { } empty
                    )
                    {
                        return empty;
                    }
                }

                return null;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (FirstEmpty(item, path) is { } empty)
                    {
                        return empty;
                    }
                }

                return null;
            default:
                return null;
        }
    }
}
