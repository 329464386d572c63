using System.Text.Json;
using Teams.Protocol.Activities;

namespace Teams.Protocol.Files;

/// <summary>A file that came with a message. Only personal chats have them.</summary>
/// <param name="Name">What the person calls it, without any folder: to show, never to open.</param>
/// <param name="DownloadUrl">
/// Fetches the file without a token for a short time. It is a permission: never keep or log it. Not checked yet; <see cref="FileDownloader"/> does.
/// </param>
/// <param name="FileType">The extension without the dot, where Teams says.</param>
/// <param name="UniqueId">The file's id in the person's storage, where Teams says.</param>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4</remarks>
public sealed record FileDownloadInfo(string Name, string DownloadUrl, string? FileType, string? UniqueId)
{
    /// <summary>The content type of such an attachment.</summary>
    public const string ContentType = "application/vnd.microsoft.teams.file.download.info";

    private const int LongestName = 255;

    /// <summary>All files of the message, in its order; what is malformed is left out. The rich version of the text is no file.</summary>
    public static IReadOnlyList<FileDownloadInfo> From(Activity activity) =>
        activity.Type == ActivityTypes.Message && activity.Attachments is { } attachments
            ? [.. attachments.Select(Read).OfType<FileDownloadInfo>()]
            : [];

    /// <summary>Leaves the URL out, so that it does not get into a log with the rest.</summary>
    public override string ToString() => $"{nameof(FileDownloadInfo)} {UniqueId}";

    private static FileDownloadInfo? Read(Attachment? attachment)
    {
        if (
            !string.Equals(attachment?.ContentType, ContentType, StringComparison.OrdinalIgnoreCase)
            || attachment!.Content is not { ValueKind: JsonValueKind.Object } content
            || content.Text("downloadUrl"u8) is not { Length: > 0 } url
        )
        {
            return null;
        }

        return new FileDownloadInfo(PlainName(attachment.Name), url, content.Text("fileType"u8), content.Text("uniqueId"u8));
    }

    private static string PlainName(string? name)
    {
        var last = name.AsSpan(name.AsSpan().LastIndexOfAny('/', '\\') + 1).ToString();
        var plain = string.Concat(last.Where(c => !char.IsControl(c))).Trim();
        return plain.Length > LongestName ? plain[^LongestName..] : plain;
    }
}
