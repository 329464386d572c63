using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>Answers with the card as it is now, for whoever asks.</summary>
internal sealed class RefreshCard(RequestCards cards, ApprovalCards approvals) : ICardAction
{
    public const string Verb = SharedVerbs.Refresh;

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        ApprovalCard.IsMeant(click) ? approvals.ForAsync(click, null, cancellationToken) : cards.ForAsync(click, null, cancellationToken);
}
