using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.FollowUps;

/// <summary>What the buttons of a <see cref="WaitingCard"/> do, and the card as it is afterwards.</summary>
internal sealed class WaitingCards(
    InvitationStore invitations,
    RequesterButton button,
    IOptions<FollowUpOptions> options,
    TimeProvider clock
)
{
    public async Task<InvokeAnswer> MailAsync(CardClick click, CancellationToken cancellationToken) =>
        await AnswerAsync(
            click,
            await button.LetHappenAsync(
                click,
                it => WaitingCard.MailFor(it) is not null,
                it => new InvitationEvent.WishAsked(WaitingCard.MailFor(it)!.Value, click.By, clock.GetUtcNow()),
                cancellationToken
            ),
            cancellationToken
        );

    public async Task<InvokeAnswer> WithdrawAsync(CardClick click, CancellationToken cancellationToken) =>
        await AnswerAsync(
            click,
            await button.LetHappenAsync(
                click,
                WaitingCard.CanBeWithdrawn,
                _ => new InvitationEvent.WishAsked(Wish.Revoke, click.By, clock.GetUtcNow()),
                cancellationToken
            ),
            cancellationToken
        );

    public async Task<InvokeAnswer> AnswerAsync(CardClick click, Pressed? pressed, CancellationToken cancellationToken)
    {
        if (pressed is null || !RequestCards.MaySee(click, pressed.Request))
        {
            return RequestCards.Unknown;
        }

        var all = await invitations.ListAsync(pressed.Request.Id, cancellationToken);
        return WaitingCard.Subjects(all).Count > 0
            ? InvokeAnswer.Card(WaitingCard.For(pressed.Request, all, clock.GetUtcNow(), options.Value.ExpireAfter, pressed.Notice))
            : RequestCards.Unknown;
    }
}
