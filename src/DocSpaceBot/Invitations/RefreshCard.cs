using DocSpaceBot.Chat;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>Answers with the card as it is now.</summary>
internal sealed class RefreshCard(RequestCards cards) : ICardAction
{
    public const string Verb = "card/refresh";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        cards.ForAsync(click, null, cancellationToken);
}
