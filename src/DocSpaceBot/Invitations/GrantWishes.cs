using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Does what was asked for after the invitations of a request: withdraws, changes roles. The portal is looked at before and after each call, and what the
/// card says comes from the looks; both can be done twice without harm. Mails are <see cref="SendMailsAgain"/>.
/// </summary>
internal sealed class GrantWishes(
    InvitationStore invitations,
    Database database,
    RevokeWish revoke,
    RoleWish role,
    WishLook look,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        await LeaveMailsAsync(new(step.Subject), cancellationToken);
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

    /// <summary>Mails were done here once: what a bot of before has left is handed on.</summary>
    private async Task LeaveMailsAsync(RequestId request, CancellationToken cancellationToken)
    {
        var all = await invitations.ListAsync(request, cancellationToken);

        if (all.Any(it => it is { HasOpenWish: true, Wish: Wish.Resend or Wish.PasswordMail }))
        {
            await database.WriteAsync(
                unit => StepQueue.AddAsync(unit, StepKind.SendMailsAgain, StepQueue.ForAll, clock.GetUtcNow()),
                cancellationToken
            );
        }
    }

    private async Task<IReadOnlyList<Invitation>> ListOpenAsync(RequestId request, CancellationToken cancellationToken) =>
        [
            .. (await invitations.ListAsync(request, cancellationToken)).Where(it =>
                it is { HasOpenWish: true, Wish: Wish.Revoke or Wish.ChangeRole }
            ),
        ];
}
