using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Files;

/// <summary>Whom a file is for.</summary>
/// <param name="ConversationId">Where they asked for what it tells of.</param>
internal sealed record FileOwner(string TenantId, Person Person, string? ConversationId);

/// <summary>A file as it is at this moment.</summary>
/// <param name="Description">What it is, in a sentence.</param>
internal sealed record WrittenFile(string Name, string Description, ReadOnlyMemory<byte> Content);

/// <summary>What people read while a file is handed over.</summary>
/// <param name="Begun">Said before a file is written that takes a while; null where it takes none.</param>
/// <param name="Uploaded">It is in their files.</param>
/// <param name="NotAllowed">It would have gone where files may not go.</param>
/// <param name="NotThere">It may not have got there, and is offered again.</param>
internal sealed record FileWords(string? Begun, string Uploaded, string NotAllowed, string NotThere);

/// <summary>
/// A kind of file that the bot gives to people in their personal chat. What stands before a colon in the id of a file names its kind; files that tell of a
/// request have the id of that.
/// </summary>
internal interface IGivenFile
{
    FileWords Words { get; }

    /// <summary>Null when there is none of that id, or nobody may have it any more. The id may come from outside.</summary>
    Task<FileOwner?> FindOwnerAsync(string id, CancellationToken cancellationToken);

    Task<bool> IsDueAsync(string id, CancellationToken cancellationToken);

    /// <summary>Null when there is nothing to tell.</summary>
    Task<WrittenFile?> WriteAsync(string id, CancellationToken cancellationToken);
}
