using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Does what was asked for after the invitations of a request: withdraws, changes roles, has mails sent again. The portal is looked at before and after
/// each call, and what the card says comes from the looks. Withdrawing and changing roles can be done twice without harm; a mail cannot, so a call for
/// mails whose end nobody noted is not made again.
/// </summary>
internal sealed class GrantWishes(InvitationStore invitations, RevokeWish revoke, RoleWish role, ResendWish resend, WishLook look) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var open = await ListOpenAsync(new(step.Subject), cancellationToken);

        if (open.Count == 0)
        {
            return StepOutcome.Done;
        }

        // Whoever withdraws is in the greatest hurry.
        DateTimeOffset?[] waits =
        [
            await revoke.GrantAsync([.. open.Where(it => it.Wish is Wish.Revoke)], step.Attempts, cancellationToken),
            await role.GrantAsync([.. open.Where(it => it.Wish is Wish.ChangeRole)], step.Attempts, cancellationToken),
            await resend.GrantAsync([.. open.Where(it => it.Wish is Wish.Resend)], step.Attempts, cancellationToken),
        ];
        return waits.Min() is { } at ? StepOutcome.TryAgain(at) : StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        await look.GiveUpAsync(await ListOpenAsync(new(step.Subject), cancellationToken), Cause.Unclear, cancellationToken);

    private async Task<IReadOnlyList<Invitation>> ListOpenAsync(RequestId request, CancellationToken cancellationToken) =>
        [.. (await invitations.ListAsync(request, cancellationToken)).Where(it => it.HasOpenWish)];
}
