using DocSpaceBot.Chat;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The Cancel button: before it is confirmed nothing has been sent; afterwards whoever has not been sent to yet is left out.</summary>
internal sealed class CancelRequest(Database database, RequesterButton button, WaitingCards waiting, TimeProvider clock) : ICardAction
{
    public const string Verb = "invite/cancel";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (click.Row == WaitingCard.Row)
        {
            return await waiting.WithdrawAsync(click, cancellationToken);
        }

        var now = clock.GetUtcNow();

        return await database.WriteAsync(unit => CancelDraftAsync(unit, click, now), cancellationToken)
            ?? await button.PressAsync(
                click,
                it => it is { Status: InvitationStatus.PendingApproval } or { Status: InvitationStatus.Approved, SendBegunAt: null },
                new InvitationEvent.Cancel(click.By),
                cancellationToken
            );
    }

    /// <summary>Null when the request has been confirmed, or never was a draft.</summary>
    private static async Task<InvokeAnswer?> CancelDraftAsync(Unit unit, CardClick click, DateTimeOffset now)
    {
        if (
            await DraftStore.FindAsync(unit, click.Request) is not { } draft
            || draft.TenantId != click.TenantId
            || draft.State is DraftState.Confirmed
        )
        {
            return null;
        }

        if (draft.Requester.Id != click.By.Id)
        {
            return RequestCards.For(click, draft, Refusal.NotYours.Text);
        }

        var cancelled = draft with { State = DraftState.Cancelled };
        await DraftStore.TrySaveAsync(unit, cancelled);
        await StepQueue.AddAsync(unit, StepKind.ShowCard, draft.Id.Value, now);
        return InvokeAnswer.Card(DraftCard.For(cancelled));
    }
}
