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
    PortalRooms rooms,
    PortalSeats seats,
    DocSpaceClient docSpace,
    TimeProvider clock
) : IStep
{
    /// <summary>How often a portal that is away is tried before the requester is told.</summary>
    private const int MostAttempts = 4;

    /// <summary>A portal that asks to wait is there, and says when.</summary>
    private const int MostAttemptsAtLimit = 15;

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
        catch (DocSpaceException e)
            when ((e.Problem.Kind is DocSpaceProblemKind.PortalUnavailable && step.Attempts < MostAttempts)
                || (e.Problem.Kind is DocSpaceProblemKind.LimitReached && step.Attempts < MostAttemptsAtLimit)
            )
        {
            return StepOutcome.TryAgain(clock.GetUtcNow() + (e.Problem.RetryAfter ?? StepWorker.Backoff(step.Attempts)));
        }
        catch (DocSpaceException e)
        {
            looked = draft with { State = DraftState.Failed, Problem = Refusal.NobodyBecause(PortalStanding.CauseOf(e.Problem)) };
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
        var readable = draft.Rows.Where(row => row.Verdict is not RowVerdict.Wrong).ToList();
        var emails = readable.Select(row => row.Email).ToList();
        var found = await docSpace.FindByEmailsAsync(emails, cancellationToken);
        var underWay = await database.ReadAsync(db => InvitationStore.ListUnderWayAsync(db, emails, cancellationToken), cancellationToken);
        var places = await FindRoomsAsync(readable, cancellationToken);
        var languages = readable.Exists(row => row.Language is not null) ? await docSpace.GetCulturesAsync(cancellationToken) : [];

        var rows = draft
            .Rows.Select(row =>
                row.Verdict is RowVerdict.Wrong ? row
                : ask.WhyNot(asker, row) is { } no ? row with { Verdict = RowVerdict.NotAllowed, Note = no.Text }
                : LanguageOf(row, languages) is var (language, unknown) && unknown is not null
                    ? row with
                    {
                        Verdict = RowVerdict.Wrong,
                        Note = unknown,
                    }
                : underWay.Contains(row.Email) ? row with { Verdict = RowVerdict.UnderWay }
                : Judge(row with { Language = language }, found.GetValueOrDefault(row.Email), places)
            )
            .ToList();

        return HoldBack(
            rows,
            await seats.PlanAsync([.. rows.Where(row => row.WouldBeSent).Select(row => new SeatRow(row.Line, row.Role))], cancellationToken)
        );
    }

    /// <summary>The language as the portal spells it, or why not: with one it does not know people would be invited without a mail.</summary>
    private static (string? Language, string? Unknown) LanguageOf(DraftRow row, IReadOnlyList<string> known)
    {
        if (row.Language is not { } wanted)
        {
            return (null, null);
        }

        var found =
            known.FirstOrDefault(it => string.Equals(it, wanted, StringComparison.OrdinalIgnoreCase))
            ?? known.FirstOrDefault(it => it.Split('-')[0] == wanted);
        return found is null ? (null, $"DocSpace does not know the language “{wanted}”.") : (found, null);
    }

    private async Task<Dictionary<string, Place>> FindRoomsAsync(IReadOnlyList<DraftRow> rows, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);

        foreach (var row in rows.Where(row => row.Room is not null).DistinctBy(row => row.Room, StringComparer.OrdinalIgnoreCase))
        {
            var (id, cause) = row.RoomId is { } chosen ? (chosen, default) : await rooms.FindAsync(row.Room!, cancellationToken);
            places[row.Room!] = new(id, cause, await MembersAsync(id, cancellationToken));
        }

        return places;
    }

    private async Task<IReadOnlySet<Guid>?> MembersAsync(int? room, CancellationToken cancellationToken) =>
        room is { } id ? await rooms.MembersAsync(id, cancellationToken) : null;

    private static DraftRow Judge(DraftRow row, DocSpacePerson? person, Dictionary<string, Place> places)
    {
        var standing = PortalStanding.Of(person);
        row = row with { PortalRole = person?.Role };

        if (standing is Standing.Disabled)
        {
            return row with { Verdict = RowVerdict.Disabled };
        }

        if (row.Room is { } room)
        {
            return places[room] switch
            {
                { Id: null } nowhere => row with { Verdict = RowVerdict.Wrong, Note = Refusal.Because(nowhere.Cause) },
                { Members: null } => row with { Verdict = RowVerdict.Wrong, Note = Refusal.Because(Cause.RoomNotFound) },
                { Id: var id, Members: { } members } => row with
                {
                    RoomId = id,
                    Verdict = person is not null && members.Contains(person.Id) ? RowVerdict.Active : RowVerdict.New,
                },
            };
        }

        return row with
        {
            Verdict = standing switch
            {
                Standing.Absent => RowVerdict.New,
                _ when person?.Role is { } present && present != row.Role => RowVerdict.OtherRole,
                Standing.Pending => RowVerdict.Pending,
                Standing.Created => RowVerdict.Created,
                _ => RowVerdict.Active,
            },
        };
    }

    /// <summary>What does not fit is held back and said, not half-sent.</summary>
    private static IReadOnlyList<DraftRow> HoldBack(List<DraftRow> rows, SeatPlan plan)
    {
        var held = plan.HeldBack.ToDictionary(it => it.Row.Row, it => it.Text);
        return
        [
            .. rows.Select(row =>
                held.TryGetValue(row.Line, out var text) && row.WouldBeSent ? row with { Verdict = RowVerdict.HeldBack, Note = text } : row
            ),
        ];
    }

    /// <param name="Members">Null where the room cannot be looked into.</param>
    private sealed record Place(int? Id, Cause Cause, IReadOnlySet<Guid>? Members);
}
