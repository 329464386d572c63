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
    public FileWords Words { get; } =
        new(
            Begun: null,
            "The result is in your files",
            "The result file was not handed over: it would have gone to a place that I may not send files to. The card shows what became of everybody. Ask an operator.",
            "The result file may not have got into your files. If it is not there, take it once more: I offer it again. If that does not help, tell an operator."
        );

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
            rows.Count == 1
                ? "What became of the person you asked for, as a file for a spreadsheet"
                : $"What became of the {rows.Count} people you asked for, as a file for a spreadsheet",
            ResultFile.Write(rows)
        );
    }
}
