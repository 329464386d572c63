using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Does what was asked for after the invitations of a request: withdraws, changes roles. The portal is looked at before and after each call, and what the
/// card says comes from the looks; both can be done twice without harm. Mails are <see cref="SendMailsAgain"/>.
/// </summary>
internal sealed class GrantWishes(InvitationStore invitations, RevokeWish revoke, RoleWish role, WishLook look) : IStep
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
        ];
        return waits.Min() is { } at ? StepOutcome.TryAgain(at) : StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        await look.GiveUpAsync(await ListOpenAsync(new(step.Subject), cancellationToken), Cause.Unclear, cancellationToken);

    private async Task<IReadOnlyList<Invitation>> ListOpenAsync(RequestId request, CancellationToken cancellationToken) =>
        [
            .. (await invitations.ListAsync(request, cancellationToken)).Where(it =>
                it is { HasOpenWish: true, Wish: Wish.Revoke or Wish.ChangeRole }
            ),
        ];
}
