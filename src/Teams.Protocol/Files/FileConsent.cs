using System.Text.Json;
using System.Text.Json.Nodes;
using Teams.Protocol.Activities;

namespace Teams.Protocol.Files;

/// <summary>
/// How a bot gives somebody a file in their personal chat: it offers the file (<see cref="Offer"/>), the person agrees or not (<see cref="From"/>;
/// answer the invoke with <see cref="InvokeAnswer.Empty"/>), then the bot puts it into the person's storage (<see cref="FileUploader"/>) and shows it there
/// (<see cref="Uploaded"/>).
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4</remarks>
public static class FileConsent
{
    public const string InvokeName = "fileConsent/invoke";

    /// <summary>The content type of the card that asks.</summary>
    public const string CardContentType = "application/vnd.microsoft.teams.card.file.consent";

    /// <summary>The content type of the attachment that shows a file in the person's storage.</summary>
    public const string InfoContentType = "application/vnd.microsoft.teams.card.file.info";

    private static readonly JsonElement NoContext = JsonElement.Parse("{}");

    /// <summary>Asks the person whether they want the file. Teams shows the card only in personal chats, to bots with <c>supportsFiles</c>.</summary>
    /// <param name="fileName">What the file will be called.</param>
    /// <param name="description">What it is, in a sentence.</param>
    /// <param name="sizeInBytes">At least 1.</param>
    /// <param name="context">Comes back with the answer, through the client: ids only, to be checked again.</param>
    /// <exception cref="ArgumentException">No name or description, or nothing in the file.</exception>
    public static OutgoingActivity Offer(string fileName, string description, long sizeInBytes, IReadOnlyDictionary<string, string> context)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentException.ThrowIfNullOrEmpty(description);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeInBytes, 1);

        var content = new JsonObject
        {
            ["description"] = description,
            ["sizeInBytes"] = sizeInBytes,
            ["acceptContext"] = ToJson(context),
            ["declineContext"] = ToJson(context),
        };
        return new OutgoingActivity
        {
            Summary = description,
            Attachments = [OutgoingAttachment.From(CardContentType, JsonElement.Parse(content.ToJsonString())) with { Name = fileName }],
        };
    }

    /// <summary>What the person answered; null when the activity is no such answer or is malformed.</summary>
    public static FileConsentAnswer? From(Activity activity)
    {
        if (!activity.IsInvoke || activity.Name != InvokeName || activity.Value is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        var context = value.TryGetProperty("context"u8, out var sent) && sent.ValueKind is JsonValueKind.Object ? sent : NoContext;
        return value.Text("action"u8) switch
        {
            "accept" when ReadUpload(value) is { } upload => new FileConsentAnswer(context, upload),
            "decline" => new FileConsentAnswer(context, null),
            _ => null,
        };
    }

    /// <summary>Shows the person the file after it was uploaded, so that they can open it.</summary>
    public static OutgoingActivity Uploaded(FileUploadInfo file, string summary)
    {
        var content = new JsonObject();
        if (!string.IsNullOrEmpty(file.UniqueId))
        {
            content["uniqueId"] = file.UniqueId;
        }

        if (!string.IsNullOrEmpty(file.FileType))
        {
            content["fileType"] = file.FileType;
        }

        return new OutgoingActivity
        {
            Summary = summary,
            Attachments =
            [
                OutgoingAttachment.From(InfoContentType, JsonElement.Parse(content.ToJsonString())) with
                {
                    Name = file.Name,
                    ContentUrl = file.ContentUrl,
                },
            ],
        };
    }

    private static FileUploadInfo? ReadUpload(JsonElement value) =>
        value.TryGetProperty("uploadInfo"u8, out var info)
        && info.ValueKind is JsonValueKind.Object
        && info.Text("uploadUrl"u8) is { Length: > 0 } uploadUrl
        && info.Text("contentUrl"u8) is { Length: > 0 } contentUrl
        && info.Text("name"u8) is { Length: > 0 } name
            ? new FileUploadInfo(name, uploadUrl, contentUrl, info.Text("uniqueId"u8), info.Text("fileType"u8))
            : null;

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> context)
    {
        var json = new JsonObject();
        foreach (var (key, value) in context)
        {
            json[key] = value;
        }

        return json;
    }
}

/// <summary>What a person answered to <see cref="FileConsent.Offer"/>. The same answer may arrive twice.</summary>
/// <param name="Context">Always a JSON object: what the offer said, as the client sent it back.</param>
/// <param name="Upload">Where the file goes; null when the person does not want it.</param>
public sealed record FileConsentAnswer(JsonElement Context, FileUploadInfo? Upload)
{
    public bool IsAccepted => Upload is not null;
}

/// <summary>Where a person's storage waits for the file they agreed to.</summary>
/// <param name="Name">What the file is called there; it can differ from the name that was offered.</param>
/// <param name="UploadUrl">Takes the file without a token for a short time. It is a permission: never log it.</param>
/// <param name="ContentUrl">Where people find the file afterwards.</param>
/// <param name="UniqueId">The file's id in the person's storage.</param>
/// <param name="FileType">The extension without the dot.</param>
public sealed record FileUploadInfo(string Name, string UploadUrl, string ContentUrl, string? UniqueId, string? FileType)
{
    /// <summary>Leaves the URLs out, so that they do not get into a log with the rest.</summary>
    public override string ToString() => $"{nameof(FileUploadInfo)} {UniqueId}";
}
