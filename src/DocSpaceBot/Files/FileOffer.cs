using DocSpaceBot.Storage;

namespace DocSpaceBot.Files;

/// <summary>How far the handing over of a file has come. It is kept with the message that offers the file, under a subject of its own.</summary>
internal static class FileOffer
{
    /// <summary>About to be offered. People may answer before the bot has noted that the message was sent.</summary>
    public const string Offering = "offering";
    public const string Offered = "offered";

    /// <summary>The person wants it, and it is on its way.</summary>
    public const string Taken = "taken";
    public const string Given = "given";
    public const string Declined = "declined";

    /// <summary>It may not have got there, and is to be offered once more.</summary>
    public const string Lost = "lost";

    public static Task<SentCard?> FindAsync(Unit unit, string id, string conversationId) =>
        SentCardStore.FindAsync(unit, SubjectOf(id), conversationId);

    public static Task KeepAsync(Unit unit, string id, string conversationId, string state, string? message, DateTimeOffset now) =>
        SentCardStore.KeepAsync(
            unit,
            new()
            {
                Subject = SubjectOf(id),
                ConversationId = conversationId,
                ActivityId = message,
                Drawn = state,
                DrawnAt = now,
            }
        );

    private static string SubjectOf(string id) => $"result of {id}";
}
