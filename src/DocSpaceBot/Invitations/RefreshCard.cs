using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>Answers with the card as it is now.</summary>
internal sealed class RefreshCard(InvitationStore invitations, TimeProvider clock) : ICardAction
{
    public const string Verb = "card/refresh";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        ForAsync(invitations, click, clock.GetUtcNow(), null, cancellationToken);

    /// <summary>The card of the request for somebody who may see it: whoever asked for it, and whoever is in the conversation that it stands in.</summary>
    public static async Task<InvokeAnswer> ForAsync(
        InvitationStore invitations,
        CardClick click,
        DateTimeOffset now,
        string? notice,
        CancellationToken cancellationToken
    )
    {
        var request = await invitations.FindRequestAsync(click.Request, cancellationToken);

        return
            request is not null
            && request.TenantId == click.TenantId
            && (request.Requester.Id == click.By.Id || request.ConversationId == click.ConversationId)
            ? InvokeAnswer.Card(InvitationCard.For(request, await invitations.ListAsync(request.Id, cancellationToken), now, notice))
            : InvokeAnswer.Error(404, "UnknownCard", Refusal.UnknownCard.Text);
    }
}
