using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>A button of the requester's own: lets one event happen to every invitation of the request that it fits.</summary>
internal static class RequesterButton
{
    public static async Task<InvokeAnswer> PressAsync(
        InvitationStore invitations,
        CardClick click,
        DateTimeOffset now,
        Func<Invitation, bool> fits,
        InvitationEvent happened,
        CancellationToken cancellationToken
    )
    {
        var request = await invitations.FindRequestAsync(click.Request, cancellationToken);

        if (request is null || request.TenantId != click.TenantId)
        {
            return InvokeAnswer.Error(404, "UnknownCard", Refusal.UnknownCard.Text);
        }

        if (request.Requester.Id != click.By.Id)
        {
            return await RefreshCard.ForAsync(invitations, click, now, Refusal.NotYours.Text, cancellationToken);
        }

        string? notice = null;

        foreach (var invitation in await invitations.ListAsync(request.Id, cancellationToken))
        {
            // The table decides about the invitation as it is at this moment, not as it was on the card.
            if (fits(invitation) && await invitations.ApplyAsync(invitation.Id, happened, cancellationToken) is Transition.Refused refused)
            {
                notice = refused.Why.Text;
            }
        }

        return await RefreshCard.ForAsync(invitations, click, now, notice, cancellationToken);
    }
}
