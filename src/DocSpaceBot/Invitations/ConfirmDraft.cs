using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>
/// The button under what would happen: from here on it happens, to those who were shown as to be invited and nobody else. Mailing again and
/// changing roles happen only where the requester ticked them.
/// </summary>
internal sealed class ConfirmDraft(Database database, RequestCards cards, AskForInvitations ask, RequesterButton button, TimeProvider clock)
    : ICardAction
{
    public const string Verb = "invite/confirm";

    /// <summary>The <c>row</c> of the button that gives people the role that was asked for.</summary>
    public const string Roles = "roles";

    /// <summary>The ticks.</summary>
    public const string ChangeRoles = "changeRoles";
    public const string MailAgain = "mailAgain";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (click.Row == Roles)
        {
            return await button.PressAsync(
                click,
                it => it.HasOtherRole,
                new InvitationEvent.WishAsked(Wish.ChangeRole, click.By, clock.GetUtcNow()),
                cancellationToken
            );
        }

        var now = clock.GetUtcNow();
        var answer = await database.WriteAsync(unit => ConfirmAsync(unit, click, now, cancellationToken), cancellationToken);
        return answer ?? await cards.ForAsync(click, null, cancellationToken);
    }

    /// <summary>Null when there is a request now, whose card tells the rest.</summary>
    private async Task<InvokeAnswer?> ConfirmAsync(Unit unit, CardClick click, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await DraftStore.FindAsync(unit, click.Request) is not { } draft || draft.TenantId != click.TenantId)
        {
            return RequestCards.Unknown;
        }

        if (draft.Requester.Id != click.By.Id)
        {
            return RequestCards.For(click, draft, Refusal.NotYours.Text);
        }

        if (draft.State is DraftState.Confirmed)
        {
            return null;
        }

        if (draft.State is not DraftState.Ready || draft.IsDryRun)
        {
            return InvokeAnswer.Card(DraftCard.For(draft));
        }

        var wanted = draft.Rows.Select(row => WithConsent(row, click)).Where(row => row.WouldBeSent || row.Wish is not null).ToList();

        if (wanted.Count == 0)
        {
            return InvokeAnswer.Card(DraftCard.For(draft, DraftTexts.NothingTicked));
        }

        var rows = await StillPossibleAsync(unit, draft, wanted, now, cancellationToken);

        if (rows.Count == 0)
        {
            return InvokeAnswer.Card(DraftCard.For(draft, DraftTexts.NobodyAnyMore));
        }

        await DraftStore.TrySaveAsync(unit, draft with { State = DraftState.Confirmed });
        await ask.BeginAsync(unit, draft.Id, By(draft, now), draft.Reason, rows);
        return null;
    }

    private async Task<List<JudgedRow>> StillPossibleAsync(
        Unit unit,
        Draft draft,
        IReadOnlyList<DraftRow> wanted,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var questions = await ask.QuestionsAsync(By(draft, now), draft.Rows.Count, cancellationToken);
        var rows = new List<JudgedRow>();

        foreach (var row in wanted)
        {
            // Rules and other requests may have changed since everybody was looked up.
            if (
                ask.Judge(questions, row) is { No: null } judged
                && await InvitationStore.FindUnderWayAsync(unit, row.Email, draft.Requester.Id, DateTimeOffset.MaxValue) is null
            )
            {
                rows.Add(judged);
            }
        }

        return rows;
    }

    private static DraftRow WithConsent(DraftRow row, CardClick click) =>
        row.Verdict switch
        {
            RowVerdict.OtherRole when IsTicked(click, ChangeRoles) => row with { Wish = Wish.ChangeRole },
            RowVerdict.Pending when IsTicked(click, MailAgain) => row with { Wish = Wish.Resend },
            _ => row,
        };

    private static bool IsTicked(CardClick click, string field) => click.Entered.GetValueOrDefault(field) == "true";

    private static AskedBy By(Draft draft, DateTimeOffset now) => new(draft.TenantId, draft.Requester, draft.ConversationId, now);
}
