using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Sees to invitations that nobody takes: after <see cref="FollowUpOptions.RemindAfter"/> the requester is asked what to do, and after
/// <see cref="FollowUpOptions.ExpireAfter"/> they are called expired. Only done after a look at the portal, so that nobody is asked about somebody who has joined.
/// </summary>
internal sealed class Overdue(InvitationStore invitations, PersonLook personLook, IOptions<FollowUpOptions> options, TimeProvider clock)
{
    private const int MostAtOnce = 500;

    /// <summary>A list is not sent in one instant, and is asked about once.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromHours(1);

    public async Task SeeToAsync(CancellationToken cancellationToken)
    {
        await ExpireAsync(cancellationToken);
        await RemindAsync(cancellationToken);
    }

    private async Task RemindAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - options.Value.RemindAfter;
        var due = await invitations.ListWaitingSinceAsync(before, unreminded: true, MostAtOnce, cancellationToken);

        foreach (var request in due.Select(it => it.Request).Distinct())
        {
            var ripe = (await invitations.ListAsync(request, cancellationToken)).Where(it => it.WaitsSince < before + Together);
            await invitations.ApplyAsync(
                [.. ripe.Select(it => (it.Id, (InvitationEvent)new InvitationEvent.Reminded(now)))],
                cancellationToken
            );
        }
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - options.Value.ExpireAfter;

        foreach (var invitation in await invitations.ListWaitingSinceAsync(before, unreminded: false, MostAtOnce, cancellationToken))
        {
            // A last look: whoever joined in time is not called expired.
            if (
                invitation.PortalUser is { } user
                && await personLook.SeeAsync(user, NoticedBy.Sweep, cancellationToken) is { } seen
                && await invitations.ApplyAsync(invitation.Id, seen, cancellationToken) is Transition.Moved
            )
            {
                continue;
            }

            await invitations.ApplyAsync(
                invitation.Id,
                new InvitationEvent.DeadlinePassed(options.Value.RevokeExpired) { NobodySince = invitation.WaitsSince },
                cancellationToken
            );
        }
    }
}
