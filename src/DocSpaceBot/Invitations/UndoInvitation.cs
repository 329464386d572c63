using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The Undo button: whoever asked takes the request back, whoever approved the approval, as long as nothing has left.</summary>
internal sealed class UndoInvitation(RequesterButton button, InvitationStore invitations, ApprovalCards approvals, TimeProvider clock)
    : ICardAction
{
    public const string Verb = SharedVerbs.Undo;

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        ApprovalCard.IsMeant(click)
            ? TakeBackApprovalAsync(click, cancellationToken)
            : button.PressAsync(click, _ => true, new InvitationEvent.Undo(click.By), cancellationToken);

    private async Task<InvokeAnswer> TakeBackApprovalAsync(CardClick click, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(click.Request, cancellationToken) is not { } request || request.TenantId != click.TenantId)
        {
            return RequestCards.Unknown;
        }

        var approved = (await invitations.ListAsync(request.Id, cancellationToken)).Where(it => it.IsApprovedBy(click.By)).ToList();
        var happened = new InvitationEvent.TakeBackApproval(click.By, clock.GetUtcNow());
        var transitions = await invitations.ApplyAsync([.. approved.Select(it => (it.Id, (InvitationEvent)happened))], cancellationToken);
        var refused = transitions.OfType<Transition.Refused>().LastOrDefault();
        return await approvals.ForAsync(click, transitions.OfType<Transition.Moved>().Any() ? null : refused?.Why.Text, cancellationToken);
    }
}
