using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The button under what would happen: from here on it happens, to those who were shown as to be invited and nobody else.</summary>
internal sealed class ConfirmDraft(Database database, InvitationStore invitations, AskForInvitations ask, TimeProvider clock) : ICardAction
{
    public const string Verb = "invite/confirm";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var answer = await database.WriteAsync(unit => ConfirmAsync(unit, click, now, cancellationToken), cancellationToken);
        return answer ?? await RefreshCard.ForAsync(invitations, click, now, null, cancellationToken);
    }

    /// <summary>Null when there is a request now, whose card tells the rest.</summary>
    private async Task<InvokeAnswer?> ConfirmAsync(Unit unit, CardClick click, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await DraftStore.FindAsync(unit, click.Request) is not { } draft || draft.TenantId != click.TenantId)
        {
            return InvokeAnswer.Error(404, "UnknownCard", Refusal.UnknownCard.Text);
        }

        if (draft.Requester.Id != click.By.Id)
        {
            return InvokeAnswer.Card(DraftCard.For(draft, Refusal.NotYours.Text));
        }

        if (draft.State is DraftState.Confirmed)
        {
            return null;
        }

        if (draft.State is not DraftState.Ready || draft.IsDryRun)
        {
            return InvokeAnswer.Card(DraftCard.For(draft));
        }

        var by = new AskedBy(draft.TenantId, draft.Requester, draft.ConversationId, now);
        var asker = await ask.AskerAsync(by, cancellationToken);
        var rows = new List<DraftRow>();

        // Rules and other requests may have changed since everybody was looked up.
        foreach (var row in draft.Rows.Where(row => row.WouldBeSent))
        {
            if (
                ask.WhyNot(asker, row) is null
                && await InvitationStore.FindUnderWayAsync(unit, row.Email, draft.Requester.Id, DateTimeOffset.MaxValue) is null
            )
            {
                rows.Add(row);
            }
        }

        if (rows.Count == 0)
        {
            return InvokeAnswer.Card(DraftCard.For(draft, "Nobody of these can be invited any more: the rules have changed, or another request was faster."));
        }

        await DraftStore.TrySaveAsync(unit, draft with { State = DraftState.Confirmed });
        await ask.BeginAsync(unit, draft.Id, by, draft.Reason, rows);
        return null;
    }
}
