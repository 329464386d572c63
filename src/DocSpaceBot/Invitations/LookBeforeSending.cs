using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>Looks up everybody of a request that is not confirmed yet, so that its requester sees what would happen. Nothing is changed.</summary>
internal sealed class LookBeforeSending(
    Database database,
    DraftStore drafts,
    PeopleStore people,
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

        CultureInfo.CurrentUICulture = await people.LanguageAsync(draft.TenantId, draft.Requester.Id, cancellationToken);
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
            looked = draft with { State = DraftState.Failed, Problem = Refusal.NobodyBecause(PortalStanding.CauseOf(e.Problem)).Text };
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
        var by = new AskedBy(draft.TenantId, draft.Requester, draft.ConversationId, draft.AskedAt);
        var questions = await ask.QuestionsAsync(by, draft.Rows.Count, cancellationToken);
        var readable = draft.Rows.Where(row => row.Verdict is not RowVerdict.Wrong).ToList();
        var emails = readable.Select(row => row.Email).ToList();
        var found = await docSpace.FindByEmailsAsync(emails, cancellationToken);
        var underWay = await database.ReadAsync(db => InvitationStore.ListUnderWayAsync(db, emails, cancellationToken), cancellationToken);
        var places = await FindRoomsAsync(readable, cancellationToken);
        var languages = readable.Exists(row => row.Language is not null) ? await docSpace.GetCulturesAsync(cancellationToken) : [];

        DraftRow LookedUp(DraftRow row, JudgedRow judged) =>
            row.Verdict is RowVerdict.Wrong ? row
            : judged.No is { } no ? Not(row, RowVerdict.NotAllowed, no)
            : row.Language is { } wanted && LanguageName.Among(languages, wanted) is null
                ? Not(row, RowVerdict.Wrong, Refusal.UnknownLanguage(wanted))
            : underWay.Contains(row.Email) ? row with { Verdict = RowVerdict.UnderWay }
            : Judge(
                row with
                {
                    Language = LanguageName.Among(languages, row.Language),
                    NeedsApproval = judged.Verdict.Answer is PolicyAnswer.Ask,
                },
                found.GetValueOrDefault(row.Email),
                places
            );

        var rows = draft.Rows.Select(row => LookedUp(row, ask.Judge(questions, row))).ToList();

        return HoldBack(
            rows,
            await seats.PlanAsync([.. rows.Where(row => row.WouldBeSent).Select(row => new SeatRow(row.Line, row.Role))], cancellationToken)
        );
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
                { Id: null } nowhere => Not(row, RowVerdict.Wrong, Refusal.Because(nowhere.Cause)),
                { Members: null } => Not(row, RowVerdict.Wrong, Refusal.Because(Cause.RoomNotFound)),
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

    private static DraftRow Not(DraftRow row, RowVerdict verdict, Refusal why) =>
        row with
        {
            Verdict = verdict,
            Note = why.Happened,
            WhatToDo = why.WhatToDo,
        };

    /// <summary>What does not fit is held back and said, not half-sent.</summary>
    private static IReadOnlyList<DraftRow> HoldBack(List<DraftRow> rows, SeatPlan plan)
    {
        var held = plan.HeldBack.ToDictionary(it => it.Row.Row, it => it.Why);
        return
        [
            .. rows.Select(row => held.TryGetValue(row.Line, out var why) && row.WouldBeSent ? Not(row, RowVerdict.HeldBack, why) : row),
        ];
    }

    /// <param name="Members">Null where the room cannot be looked into.</param>
    private sealed record Place(int? Id, Cause Cause, IReadOnlySet<Guid>? Members);
}
