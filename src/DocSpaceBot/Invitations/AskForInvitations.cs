using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Invitations;

/// <summary>What somebody asks for, however they said it: typed, in the form, or in a list.</summary>
internal sealed record Asked(IReadOnlyList<DraftRow> Rows, string? Reason, bool IsDryRun = false, bool IsList = false);

/// <summary>Who asks, and where the answer goes.</summary>
internal sealed record AskedBy(string TenantId, Person Requester, string ConversationId, DateTimeOffset Now);

/// <summary>What has come of asking: a sentence, a request under way, or one that is to be confirmed first.</summary>
internal sealed record AskAnswer(RequestId? Request, string? Sentence);

/// <summary>
/// Takes a request in, the same way for everybody who asks. A few people are invited at once; a list, a dry run, and more than
/// <see cref="MostWithoutAsking"/> people are looked up and shown before anything is sent.
/// </summary>
internal sealed class AskForInvitations(IOptions<PolicyOptions> policy, IOptions<ApprovalOptions> approvals, PeopleStore people)
{
    public const int MostRows = 1000;

    public const int MostWithoutAsking = 10;

    /// <summary>Somebody who asks for the same address again so soon means the same invitation: a message that was delivered twice, a second try.</summary>
    private static readonly TimeSpan SameRequest = TimeSpan.FromMinutes(1);

    /// <summary>Part of the unit of the turn or click that asks.</summary>
    public async Task<AskAnswer> AskAsync(Unit unit, AskedBy by, Asked asked, CancellationToken cancellationToken)
    {
        var asker = await AskerAsync(by, cancellationToken);

        if (asked.IsDryRun || asked.IsList || asked.Rows.Count > MostWithoutAsking)
        {
            return new(await BeginDraftAsync(unit, by, asked), null);
        }

        foreach (var row in asked.Rows)
        {
            if (WhyNot(asker, row) is { } no)
            {
                return new(null, $"{row.Email}: {no.Text}");
            }
        }

        var fresh = new List<DraftRow>();
        var notes = new List<string>();

        foreach (var row in asked.Rows)
        {
            if (await InvitationStore.FindUnderWayAsync(unit, row.Email, by.Requester.Id, by.Now - SameRequest) is { } before)
            {
                notes.Add(AlreadyAsked(by, before.Invitation, before.Request));
            }
            else
            {
                fresh.Add(row);
            }
        }

        var id = fresh.Count > 0 ? await BeginAsync(unit, RequestId.New(), by, asked.Reason, fresh) : (RequestId?)null;
        return new(id, notes.Count > 0 ? string.Join("\n\n", notes) : null);
    }

    public async Task<Asker> AskerAsync(AskedBy by, CancellationToken cancellationToken) =>
        new(
            by.Requester.Id,
            policy.Value.AsksForRequester ? (await people.FindAsync(by.TenantId, by.Requester.Id, cancellationToken))?.Email : null
        );

    /// <summary>Null when the policy lets it pass.</summary>
    public Refusal? WhyNot(Asker asker, DraftRow row) =>
        policy.Value.Policy.Decide(asker, row.Email, row.Role) switch
        {
            { Answer: PolicyAnswer.Allow } => null,
            { Answer: PolicyAnswer.Ask } => Refusal.NobodyToAsk,
            { Rule: { } rule } => Refusal.PolicyDenies(rule),
            _ => Refusal.NotAllowed,
        };

    /// <summary>Keeps the request with its invitations; from here on the steps go on.</summary>
    public async Task<RequestId> BeginAsync(Unit unit, RequestId id, AskedBy by, string? reason, IReadOnlyList<DraftRow> rows)
    {
        var request = new InviteRequest(id, by.TenantId, by.Requester, by.ConversationId, reason, by.Now, by.Now + approvals.Value.UndoWindow);
        await InvitationStore.AddAsync(unit, request, rows.Select((row, number) => Begin(request, number, row)), by.Now);
        return id;
    }

    private static async Task<RequestId> BeginDraftAsync(Unit unit, AskedBy by, Asked asked)
    {
        var draft = new Draft(RequestId.New(), by.TenantId, by.Requester, by.ConversationId, asked.Reason, by.Now)
        {
            IsDryRun = asked.IsDryRun,
            Rows = asked.Rows,
        };
        await DraftStore.AddAsync(unit, draft);
        await StepQueue.AddAsync(unit, StepKind.LookBeforeSending, draft.Id.Value, by.Now);
        await StepQueue.AddAsync(unit, StepKind.ShowCard, draft.Id.Value, by.Now);
        return draft.Id;
    }

    private static Transition.Moved Begin(InviteRequest request, int number, DraftRow row) =>
        (Transition.Moved)
            InvitationLifecycle.Apply(
                new Invitation(InvitationId.New(), request.Id, number, row.Email, row.Role, request.AskedAt)
                {
                    FirstName = row.FirstName,
                    LastName = row.LastName,
                    Language = row.Language,
                    Room = row.Room,
                },
                new InvitationEvent.Allow()
            );

    private static string AlreadyAsked(AskedBy by, Invitation invitation, InviteRequest request) =>
        request.Requester.Id == by.Requester.Id
            ? $"You have asked for {invitation.Email} already ({Words.For(invitation.Status)}). The card shows where it stands; no second mail is sent."
            : $"{invitation.Email} has been asked for by {request.Requester.Name} already ({Words.For(invitation.Status)}). No second mail is sent.";
}
