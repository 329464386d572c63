namespace DocSpaceBot.Tryout.Teams;

/// <summary>A file somebody sent in their chat with the bot.</summary>
internal sealed record UploadedFile(
    string UniqueId,
    string Name,
    byte[] Bytes,
    string ContentUrl,
    string DownloadUrl,
    DateTimeOffset GoodUntil
)
{
    public string FileType => Path.GetExtension(Name).TrimStart('.').ToLowerInvariant();
}
