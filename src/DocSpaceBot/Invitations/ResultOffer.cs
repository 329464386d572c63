using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>How far the handing over of a result file has come. It is kept with the message that offers the file, under a subject of its own.</summary>
internal static class ResultOffer
{
    /// <summary>About to be offered. People may answer before the bot has noted that the message was sent.</summary>
    public const string Offering = "offering";
    public const string Offered = "offered";

    /// <summary>The requester wants it, and it is on its way.</summary>
    public const string Taken = "taken";
    public const string Given = "given";
    public const string Declined = "declined";

    /// <summary>It may not have got there, and is to be offered once more.</summary>
    public const string Lost = "lost";

    public static Task<SentCard?> FindAsync(Unit unit, RequestId request, string conversationId) =>
        SentCardStore.FindAsync(unit, SubjectOf(request), conversationId);

    public static Task KeepAsync(Unit unit, RequestId request, string conversationId, string state, string? message, DateTimeOffset now) =>
        SentCardStore.KeepAsync(
            unit,
            new()
            {
                Subject = SubjectOf(request),
                ConversationId = conversationId,
                ActivityId = message,
                Drawn = state,
                DrawnAt = now,
            }
        );

    private static string SubjectOf(RequestId request) => $"result of {request}";
}
