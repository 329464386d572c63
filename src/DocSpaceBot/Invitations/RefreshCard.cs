using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Links;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>Answers with the card as it is now, for whoever asks.</summary>
internal sealed class RefreshCard(RequestCards cards, ApprovalCards approvals, LinkCards links) : ICardAction
{
    public const string Verb = SharedVerbs.Refresh;

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        ApprovalCard.IsMeant(click) ? approvals.ForAsync(click, null, cancellationToken)
        : LinkCards.ViewOf(click) is not null ? links.ForAsync(click, null, cancellationToken)
        : cards.ForAsync(click, null, cancellationToken);
}
