using DocSpaceBot.Chat;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>Invitations that failed before anybody was invited are tried again, or those who were waiting before, or who have not joined, get the mail once more.</summary>
internal sealed class TryAgain(RequesterButton button, WaitingCards waiting, TimeProvider clock) : ICardAction
{
    public const string Verb = "invite/resend";

    /// <summary>The <c>row</c> of the button that mails again.</summary>
    public const string Mails = "mails";

    public Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        click.Row switch
        {
            Mails => button.PressAsync(
                click,
                CanBeMailed,
                new InvitationEvent.WishAsked(Wish.Resend, click.By, clock.GetUtcNow()),
                cancellationToken
            ),
            WaitingCard.Row => waiting.MailAsync(click, cancellationToken),
            _ => button.PressAsync(click, CanBeTried, new InvitationEvent.TryAgain(click.By), cancellationToken),
        };

    public static bool CanBeTried(Invitation it) => it is { Status: InvitationStatus.Failed, InvitedAt: null };

    /// <summary>Only who got no mail from this request: nobody gets two by pressing twice.</summary>
    public static bool CanBeMailed(Invitation it) =>
        it is { Status: InvitationStatus.Invited, Before: Standing.Pending, Room: null, WishState: null or WishState.Refused };
}
