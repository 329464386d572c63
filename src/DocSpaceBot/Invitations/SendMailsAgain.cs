using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Has DocSpace mail once more to everybody for whom that is asked, of all requests together, because a portal takes few such calls. A call for mails whose
/// end nobody noted is not made again.
/// </summary>
internal sealed class SendMailsAgain(InvitationStore invitations, ResendWish resend, PasswordWish password, WishLook look) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var all = await invitations.ListToMailAsync(cancellationToken);
        DateTimeOffset?[] waits =
        [
            await resend.GrantAsync([.. all.Where(it => it.Wish is Wish.Resend)], step.Attempts, cancellationToken),
            await password.GrantAsync([.. all.Where(it => it.Wish is Wish.PasswordMail)], step.Attempts, cancellationToken),
        ];
        return waits.Min() is { } at ? StepOutcome.TryAgain(at) : StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        await look.GiveUpAsync(await invitations.ListToMailAsync(cancellationToken), Cause.Unclear, cancellationToken);
}
