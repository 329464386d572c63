using DocSpaceBot.Files;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// What became of everybody of a long request, in a file. It is due once nothing is left to be sent, for requests that were a list or that have more
/// people than are asked for without a preview.
/// </summary>
internal sealed class RequestResults(Database database, InvitationStore invitations, DraftStore drafts, TimeProvider clock) : IGivenFile
{
    public FileWords Words => new(Begun: null, ResultTexts.InYourFiles, ResultTexts.PlaceNotAllowed, ResultTexts.MayNotBeThere);

    /// <summary>Leaves the offer as a step, where one is due.</summary>
    public async Task LeaveOfferAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await IsDueAsync(id.Value, cancellationToken))
        {
            await database.WriteAsync(unit => StepQueue.AddAsync(unit, StepKind.OfferFile, id.Value, clock.GetUtcNow()), cancellationToken);
        }
    }

    public async Task<bool> IsDueAsync(string id, CancellationToken cancellationToken)
    {
        var all = await invitations.ListAsync(new(id), cancellationToken);
        return !all.Any(it => it.Status is InvitationStatus.PendingApproval or InvitationStatus.Approved)
            && all.Any(it => it.Status is not InvitationStatus.Cancelled)
            && (all.Count > AskForInvitations.MostWithoutAsking || await drafts.FindAsync(new(id), cancellationToken) is { IsList: true });
    }

    public async Task<FileOwner?> FindOwnerAsync(string id, CancellationToken cancellationToken) =>
        await invitations.FindRequestAsync(new(id), cancellationToken) is { } request
            ? new(request.TenantId, request.Requester, request.ConversationId)
            : null;

    public async Task<WrittenFile?> WriteAsync(string id, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(id), cancellationToken) is not { } request)
        {
            return null;
        }

        var rows = ResultRows.For(
            await invitations.ListAsync(request.Id, cancellationToken),
            await drafts.FindAsync(request.Id, cancellationToken)
        );
        return new(
            ResultFile.NameFor(DateOnly.FromDateTime(request.AskedAt.UtcDateTime), request.Id.Reference),
            Wording.Count(rows.Count, ResultTexts.DescriptionOfOne, ResultTexts.DescriptionOfMany),
            ResultFile.Write(rows)
        );
    }
}
