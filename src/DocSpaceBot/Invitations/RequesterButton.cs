using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>A button of the requester's own: lets one event happen to every invitation of the request that it fits.</summary>
internal sealed class RequesterButton(InvitationStore invitations, DecideRequest decide, RequestCards cards)
{
    public async Task<InvokeAnswer> PressAsync(
        CardClick click,
        Func<Invitation, bool> fits,
        InvitationEvent happened,
        CancellationToken cancellationToken
    )
    {
        var request = await invitations.FindRequestAsync(click.Request, cancellationToken);

        if (request is null || request.TenantId != click.TenantId)
        {
            return RequestCards.Unknown;
        }

        if (request.Requester.Id != click.By.Id)
        {
            return await cards.ForAsync(click, Refusal.NotYours.Text, cancellationToken);
        }

        // The table decides about each invitation as it is at this moment, not as it was on the card.
        var pressed = (await invitations.ListAsync(request.Id, cancellationToken)).Where(fits).ToList();
        var agreed = HasEffects(happened) ? await decide.ListAgreedAsync(request, pressed, cancellationToken) : pressed;
        var refused = (await invitations.ApplyAsync([.. agreed.Select(it => (it.Id, happened))], cancellationToken))
            .OfType<Transition.Refused>()
            .LastOrDefault();
        var why = refused?.Why ?? (agreed.Count < pressed.Count ? Refusal.NoLongerAgreed : null);
        return await cards.ForAsync(click, why?.Text, cancellationToken);
    }

    /// <summary>Something is done for people, perhaps weeks after it was agreed to.</summary>
    private static bool HasEffects(InvitationEvent happened) => happened is InvitationEvent.TryAgain or InvitationEvent.WishAsked;
}
