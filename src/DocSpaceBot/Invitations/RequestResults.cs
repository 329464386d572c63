using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Invitations;

/// <summary>The file about a request, as it is at this moment.</summary>
internal sealed record RequestResult(InviteRequest Request, string FileName, byte[] File, int People);

/// <summary>
/// What became of everybody of a long request, in a file. It is due once nothing is left to be sent, for requests that were a list or that have more
/// people than are asked for without a preview.
/// </summary>
internal sealed class RequestResults(
    Database database,
    InvitationStore invitations,
    DraftStore drafts,
    PeopleStore people,
    ConversationStore conversations,
    TimeProvider clock
)
{
    /// <summary>Leaves the offer as a step, where one is due.</summary>
    public async Task LeaveOfferAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await IsDueAsync(id, cancellationToken))
        {
            await database.WriteAsync(
                unit => StepQueue.AddAsync(unit, StepKind.OfferResult, id.Value, clock.GetUtcNow()),
                cancellationToken
            );
        }
    }

    public async Task<bool> IsDueAsync(RequestId id, CancellationToken cancellationToken)
    {
        var all = await invitations.ListAsync(id, cancellationToken);
        return !all.Any(it => it.Status is InvitationStatus.PendingApproval or InvitationStatus.Approved)
            && all.Any(it => it.Status is not InvitationStatus.Cancelled)
            && (all.Count > AskForInvitations.MostWithoutAsking || await drafts.FindAsync(id, cancellationToken) is { IsList: true });
    }

    public async Task<RequestResult?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(id, cancellationToken) is not { } request)
        {
            return null;
        }

        var rows = ResultRows.For(await invitations.ListAsync(id, cancellationToken), await drafts.FindAsync(id, cancellationToken));
        var name = ResultFile.NameFor(DateOnly.FromDateTime(request.AskedAt.UtcDateTime), id.Reference);
        return new(request, name, ResultFile.Write(rows), rows.Count);
    }

    /// <summary>The personal chat with whoever asked, wherever it was asked. Null where the bot does not know it: others are not shown the file.</summary>
    public async Task<ConversationReference?> ChatOfAsync(InviteRequest request, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(request.ConversationId, cancellationToken) is { ConversationType: "personal" } asked)
        {
            return asked;
        }

        return
            await people.FindAsync(request.TenantId, request.Requester.Id, cancellationToken) is { ConversationId: { } chat }
            && await conversations.FindAsync(chat, cancellationToken) is { ConversationType: "personal" } personal
            ? personal
            : null;
    }
}
