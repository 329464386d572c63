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
    ) =>
        await LetHappenAsync(click, fits, _ => happened, cancellationToken) is { } pressed
            ? await cards.ForAsync(click, pressed.Notice, cancellationToken)
            : RequestCards.Unknown;

    /// <summary>The same for a button of another card of the request; null when there is no such request.</summary>
    public async Task<Pressed?> LetHappenAsync(
        CardClick click,
        Func<Invitation, bool> fits,
        Func<Invitation, InvitationEvent> happens,
        CancellationToken cancellationToken
    )
    {
        var request = await invitations.FindRequestAsync(click.Request, cancellationToken);

        if (request is null || request.TenantId != click.TenantId)
        {
            return null;
        }

        if (request.Requester.Id != click.By.Id)
        {
            return new(request, Refusal.NotYours.Text);
        }

        // The table decides about each invitation as it is at this moment, not as it was on the card.
        var pressed = (await invitations.ListAsync(request.Id, cancellationToken))
            .Where(fits)
            .Select(it => (Invitation: it, Happened: happens(it)))
            .ToList();
        var needing = pressed.Where(it => HasEffects(it.Happened)).Select(it => it.Invitation).ToList();
        var agreed =
            needing.Count == 0 ? [] : (await decide.ListAgreedAsync(request, needing, cancellationToken)).Select(it => it.Id).ToHashSet();
        var may = pressed.Where(it => !HasEffects(it.Happened) || agreed.Contains(it.Invitation.Id)).ToList();
        var refused = (await invitations.ApplyAsync([.. may.Select(it => (it.Invitation.Id, it.Happened))], cancellationToken))
            .OfType<Transition.Refused>()
            .LastOrDefault();
        var why = refused?.Why ?? (may.Count < pressed.Count ? Refusal.NoLongerAgreed : null);
        return new(request, why?.Text);
    }

    /// <summary>Something is done for people, perhaps weeks after it was agreed to.</summary>
    private static bool HasEffects(InvitationEvent happened) =>
        happened is InvitationEvent.TryAgain or InvitationEvent.WishAsked { Wish: not Wish.Revoke };
}

/// <summary>What has come of pressing a button.</summary>
/// <param name="Notice">What to say besides; null when the card says everything.</param>
internal sealed record Pressed(InviteRequest Request, string? Notice);
