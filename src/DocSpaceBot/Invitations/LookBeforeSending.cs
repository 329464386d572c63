using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>Looks up everybody of a request that is not confirmed yet, so that its requester sees what would happen. Nothing is changed.</summary>
internal sealed class LookBeforeSending(
    Database database,
    DraftStore drafts,
    AskForInvitations ask,
    DocSpaceClient docSpace,
    TimeProvider clock
) : IStep
{
    /// <summary>How often a portal that is away is tried before the requester is told.</summary>
    private const int MostAttempts = 4;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(new(step.Subject), cancellationToken) is not { State: DraftState.Looking } draft)
        {
            return StepOutcome.Done;
        }

        Draft looked;

        try
        {
            looked = draft with { State = DraftState.Ready, Rows = await LookAsync(draft, cancellationToken) };
        }
        catch (DocSpaceException e) when (step.Attempts < MostAttempts && e.Problem.Kind is DocSpaceProblemKind.PortalUnavailable)
        {
            return StepOutcome.TryAgain(clock.GetUtcNow() + StepWorker.Backoff(step.Attempts));
        }
        catch (DocSpaceException e)
        {
            looked = draft with { State = DraftState.Failed, Problem = Refusal.Because(PortalStanding.CauseOf(e.Problem)) };
        }

        await database.WriteAsync(
            async unit =>
            {
                if (await DraftStore.TrySaveAsync(unit, looked))
                {
                    await StepQueue.AddAsync(unit, StepKind.ShowCard, draft.Id.Value, clock.GetUtcNow());
                }
            },
            cancellationToken
        );
        return StepOutcome.Done;
    }

    private async Task<IReadOnlyList<DraftRow>> LookAsync(Draft draft, CancellationToken cancellationToken)
    {
        var asker = await ask.AskerAsync(new(draft.TenantId, draft.Requester, draft.ConversationId, draft.AskedAt), cancellationToken);
        var readable = draft.Rows.Where(row => row.Verdict is not RowVerdict.Wrong).Select(row => row.Email).ToList();
        var found = await docSpace.FindByEmailsAsync(readable, cancellationToken);
        var underWay = await database.ReadAsync(db => InvitationStore.ListUnderWayAsync(db, readable, cancellationToken), cancellationToken);

        var rows = draft
            .Rows.Select(row =>
                row.Verdict is RowVerdict.Wrong ? row
                : ask.WhyNot(asker, row) is { } no ? row with { Verdict = RowVerdict.NotAllowed, Note = no.Text }
                : underWay.Contains(row.Email) ? row with { Verdict = RowVerdict.UnderWay }
                : Judge(row, found.GetValueOrDefault(row.Email))
            )
            .ToList();

        return await HoldBackAsync(rows, cancellationToken);
    }

    private static DraftRow Judge(DraftRow row, DocSpacePerson? person) =>
        row with
        {
            Verdict = PortalStanding.Of(person) switch
            {
                Standing.Absent => RowVerdict.New,
                Standing.Pending or Standing.Created => RowVerdict.Pending,
                Standing.Disabled => RowVerdict.Disabled,
                _ when person?.Role is { } present && DocSpaceRoles.Rank(present) < DocSpaceRoles.Rank(row.Role) => RowVerdict.LowerRole,
                _ => RowVerdict.Active,
            },
        };

    /// <summary>What does not fit is held back and said, not half-sent. A key that may not read the numbers holds nothing back.</summary>
    private async Task<IReadOnlyList<DraftRow>> HoldBackAsync(IReadOnlyList<DraftRow> rows, CancellationToken cancellationToken)
    {
        var seats = await NumberAsync(async () => (await docSpace.GetQuotaAsync(cancellationToken)).Free);
        var left = await NumberAsync(async () => (await docSpace.GetSettingsAsync(anonymous: false, cancellationToken)).InvitationsLeft);
        var result = new List<DraftRow>(rows.Count);

        foreach (var row in rows)
        {
            if (!row.WouldBeSent)
            {
                result.Add(row);
            }
            else if (left is <= 0)
            {
                result.Add(row with { Verdict = RowVerdict.HeldBack, Note = "DocSpace takes no more invitations at the moment." });
            }
            else if (DocSpaceRoles.TakesSeat(row.Role) && seats is <= 0)
            {
                result.Add(row with { Verdict = RowVerdict.HeldBack, Note = "No paid seat is left for this role." });
            }
            else
            {
                left--;
                seats -= DocSpaceRoles.TakesSeat(row.Role) ? 1 : 0;
                result.Add(row);
            }
        }

        return result;
    }

    private static async Task<int?> NumberAsync(Func<Task<int?>> look)
    {
        try
        {
            return await look();
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Forbidden or DocSpaceProblemKind.CallMissing)
        {
            return null;
        }
    }
}
