using DocSpace.Api;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>What somebody asks for, however they said it: typed, in the form, or in a list.</summary>
internal sealed record Asked(IReadOnlyList<DraftRow> Rows, string? Reason, bool IsDryRun = false, bool IsList = false)
{
    /// <summary>In one line: it is read in lists of requests, and must not pass for another of them.</summary>
    public string? Reason { get; init; } = CardText.OneLine(Reason) is { Length: > 0 } line ? line : null;
}

/// <summary>Who asks, and where the answer goes.</summary>
internal sealed record AskedBy(string TenantId, Person Requester, string ConversationId, DateTimeOffset Now);

/// <summary>A row, what the policy says about it, and what speaks against it; the latter is null when nothing does.</summary>
internal sealed record JudgedRow(DraftRow Row, PolicyQuestion Question, Verdict Verdict, Refusal? No);

/// <summary>What has come of asking: a request that is under way or is to be confirmed first, a sentence, or both.</summary>
internal sealed record AskAnswer(RequestId? Request, string? Sentence);

/// <summary>
/// Takes a request in, the same way for everybody who asks. A few people are invited at once. A list, a dry run, more than
/// <see cref="MostWithoutAsking"/> people, and addresses that look wrong are looked up and shown before anything is sent.
/// </summary>
internal sealed class AskForInvitations(
    CurrentPolicy policy,
    IOptions<ApprovalOptions> approvals,
    IOptions<DocSpaceOptions> docSpace,
    PeopleStore people,
    HomeTenant home,
    KnownDomains domains
)
{
    public const int MostRows = 1000;

    public const int MostWithoutAsking = 10;

    /// <summary>Somebody who asks for the same address again so soon means the same invitation: a message that was delivered twice, a second try.</summary>
    private static readonly TimeSpan SameRequest = TimeSpan.FromMinutes(1);

    /// <summary>Part of the unit of the turn or click that asks.</summary>
    public async Task<AskAnswer> AskAsync(Unit unit, AskedBy by, Asked asked, RequestId id, CancellationToken cancellationToken)
    {
        var guard = await domains.GuardAsync(cancellationToken);
        var rows = asked.Rows.Select(row => Guarded(row, guard)).ToList();

        if (asked.IsDryRun || asked.IsList || rows.Count > MostWithoutAsking || rows.Exists(row => row.IsAlarming))
        {
            await BeginDraftAsync(unit, by, asked with { Rows = [.. rows.Select(row => row.Row)] }, id);
            return new(id, null);
        }

        var questions = await QuestionsAsync(by, rows.Count, cancellationToken);
        var judged = rows.Select(row => Judge(questions, row.Row)).ToList();

        if (judged.Find(it => it.No is not null) is { } wrong)
        {
            RecordRefusal(unit, by, wrong);
            return new(null, $"{wrong.Row.Email}: {wrong.No!.Text}");
        }

        var fresh = new List<JudgedRow>();
        var notes = new List<string>();

        foreach (var it in judged)
        {
            if (await InvitationStore.FindUnderWayAsync(unit, it.Row.Email, by.Requester.Id, by.Now - SameRequest) is { } before)
            {
                notes.Add(AlreadyAsked(by, before.Invitation, before.Request));
            }
            else
            {
                fresh.Add(it);
            }
        }

        if (fresh.Count > 0)
        {
            await BeginAsync(unit, id, by, asked.Reason, fresh);
        }

        return new(fresh.Count > 0 ? id : null, notes.Count > 0 ? string.Join("\n\n", notes) : null);
    }

    /// <summary>What the policy does not let pass is told in the ledger, too; what was only typed wrongly is not.</summary>
    private static void RecordRefusal(Unit unit, AskedBy by, JudgedRow refused)
    {
        if (refused.Verdict.Answer is not PolicyAnswer.Allow)
        {
            unit.Record(
                new LedgerEntry(LedgerKind.NotAllowed, by.Now, by.TenantId)
                {
                    Email = refused.Row.Email,
                    Actor = by.Requester,
                    Right = refused.Verdict.Rule ?? LedgerRight.Policy,
                    Detail = $"as {refused.Row.Role}, {refused.No!.Code}",
                }
            );
        }
    }

    /// <summary>What is wanted of each, as rows: the same whether it is asked for or only wondered about.</summary>
    public IReadOnlyList<DraftRow> RowsOf(InviteArguments asked, string? language) =>
        [
            .. asked.Emails.Select(
                (it, i) =>
                    new DraftRow(i + 1, it.Email, RoleOf(asked))
                    {
                        FirstName = it.Name?.First,
                        LastName = it.Name?.Last,
                        Language = language,
                        Room = asked.Room,
                    }
            ),
        ];

    /// <summary>Who is invited into a room is a guest, unless something else was said.</summary>
    public DocSpaceRole RoleOf(InviteArguments asked) =>
        asked.Role ?? (asked.Room is null ? docSpace.Value.DefaultRole : DocSpaceRole.Guest);

    /// <param name="count">How many rows the request has, whatever is wrong with them.</param>
    public async Task<PolicyQuestions> QuestionsAsync(AskedBy by, int count, CancellationToken cancellationToken) =>
        new(
            new(
                by.Requester.Id,
                policy.AsksForRequester ? home.AddressOf(await people.FindAsync(by.TenantId, by.Requester.Id, cancellationToken)) : null
            ),
            await domains.GuardAsync(cancellationToken),
            count
        );

    /// <summary>What the policy says about the row, and what speaks against it.</summary>
    public JudgedRow Judge(PolicyQuestions questions, DraftRow row)
    {
        var question = questions.For(row);
        var verdict = policy.Policy.Decide(question);
        return new(row, question, verdict, WhyNot(question.Asker, row, verdict));
    }

    private Refusal? WhyNot(Asker asker, DraftRow row, Verdict verdict) =>
        verdict switch
        {
            { Answer: PolicyAnswer.Ask } when !ApprovalRights.CanBeEnough(verdict, asker) => Refusal.NobodyToAsk,
            { Answer: PolicyAnswer.Deny, Rule: { } rule } => Refusal.PolicyDenies(rule),
            { Answer: PolicyAnswer.Deny } => Refusal.NotAllowed,
            _ => WhyImpossible(row),
        };

    /// <summary>What speaks against the row whatever the policy says.</summary>
    public Refusal? WhyImpossible(DraftRow row) =>
        row switch
        {
            { Role: DocSpaceRole.Guest, Room: null } => Refusal.GuestNeedsRoom,
            { Role: not DocSpaceRole.Guest, Room: not null } => Refusal.RoomIsForGuests,
            { Room: null, FirstName: null } when docSpace.Value.Provisioning is Provisioning.CreateThenInvite => Refusal.NeedsName,
            _ => null,
        };

    /// <summary>Keeps the request with its invitations; from here on the steps go on.</summary>
    public async Task BeginAsync(Unit unit, RequestId id, AskedBy by, string? reason, IReadOnlyList<JudgedRow> rows)
    {
        var request = new InviteRequest(id, by.TenantId, by.Requester, by.ConversationId, reason, by.Now)
        {
            People = rows.Max(it => it.Question.People),
            Number = rows.Any(it => it.Verdict.Answer is PolicyAnswer.Ask) ? await InvitationStore.NextNumberAsync(unit) : null,
        };
        await InvitationStore.AddAsync(unit, request, rows.Select((it, number) => Begin(request, number, it)), by.Now);
    }

    private static async Task BeginDraftAsync(Unit unit, AskedBy by, Asked asked, RequestId id)
    {
        var draft = new Draft(id, by.TenantId, by.Requester, by.ConversationId, asked.Reason, by.Now)
        {
            IsDryRun = asked.IsDryRun,
            IsList = asked.IsList,
            Rows = asked.Rows,
        };
        await DraftStore.AddAsync(unit, draft);
        await StepQueue.AddAsync(unit, StepKind.LookBeforeSending, draft.Id.Value, by.Now);
        await StepQueue.AddAsync(unit, StepKind.ShowCard, draft.Id.Value, by.Now);
    }

    private Transition.Moved Begin(InviteRequest request, int number, JudgedRow judged)
    {
        var (row, question, verdict, _) = judged;
        return (Transition.Moved)
            InvitationLifecycle.Apply(
                new Invitation(InvitationId.New(), request.Id, number, row.Email, row.Role, request.AskedAt)
                {
                    FirstName = row.FirstName,
                    LastName = row.LastName,
                    Language = row.Language,
                    Room = row.Room,
                    RoomId = row.RoomId,
                    Creates = Creates(row),
                    Note = row.Warning,
                    IsNewDomain = question.IsNewDomain,
                    Wish = row.Wish,
                },
                verdict.Answer is PolicyAnswer.Ask
                    ? new InvitationEvent.Ask(verdict.Rule, verdict.Needed, request.AskedAt + approvals.Value.Deadline)
                    : new InvitationEvent.Allow(verdict.Rule, request.AskedAt, approvals.Value.UndoWindow)
            );
    }

    /// <summary>A person can be created whose name is known; a guest comes only through a room.</summary>
    private bool Creates(DraftRow row) =>
        row.Room is null
        && docSpace.Value.Provisioning switch
        {
            Provisioning.InviteOnly => false,
            Provisioning.CreateThenInvite => row.FirstName is not null,
            _ => row is { FirstName: not null, LastName: not null },
        };

    private static (DraftRow Row, bool IsAlarming) Guarded(DraftRow row, AddressGuard guard)
    {
        var warnings = row.Verdict is RowVerdict.Wrong ? [] : guard.Check(row.Email);
        var suggestion = warnings.Select(warning => warning.Suggestion).FirstOrDefault(it => it is not null);
        var text = string.Join(' ', warnings.Select(warning => warning.Text));

        return (
            row with
            {
                Warning =
                    text.Length == 0 ? null
                    : suggestion is null || text.Contains(suggestion, StringComparison.Ordinal) ? text
                    : $"{text} {AskTexts.DidYouMean.With(suggestion)}",
            },
            warnings.Any(warning => warning.IsAlarming)
        );
    }

    private static string AlreadyAsked(AskedBy by, Invitation invitation, InviteRequest request) =>
        request.Requester.Id == by.Requester.Id ? AskTexts.AlreadyAskedByYou.With(invitation.Email, Words.For(invitation.Status))
        : request.TenantId == by.TenantId
            ? AskTexts.AlreadyAskedBy.With(invitation.Email, request.Requester.Name, Words.For(invitation.Status))
        : AskTexts.AlreadyAskedBySomebody.With(invitation.Email, Words.For(invitation.Status));
}
