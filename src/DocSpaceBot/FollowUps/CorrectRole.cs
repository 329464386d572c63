using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.FollowUps;

/// <summary>The button of a <see cref="FollowUpCard"/> for somebody who has landed with another role than was asked for.</summary>
internal sealed class CorrectRole(
    InvitationStore invitations,
    RequesterButton button,
    IOptions<DocSpaceOptions> portal,
    IOptions<FollowUpOptions> options,
    TimeProvider clock
) : ICardAction
{
    public const string Verb = "follow-up/role";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        var id = new InvitationId(click.Row ?? "");
        var pressed = await button.LetHappenAsync(
            click,
            it => it.Id == id && FollowUpCard.CanChangeRole(it),
            _ => new InvitationEvent.WishAsked(Wish.ChangeRole, click.By, clock.GetUtcNow()),
            cancellationToken
        );

        return
            pressed is not null
            && RequestCards.MaySee(click, pressed.Request)
            && await invitations.FindAsync(id, cancellationToken) is { } it
            && it.Request == pressed.Request.Id
            ? InvokeAnswer.Card(FollowUpCard.For(it, portal.Value.BaseUrl, WelcomeCard.ToForward(options.Value, it), pressed.Notice))
            : RequestCards.Unknown;
    }
}
