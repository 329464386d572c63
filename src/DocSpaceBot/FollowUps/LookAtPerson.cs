using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Looks at one person because the portal said that something has happened to them. What has happened is what the look finds, as in a <see cref="Sweep"/>,
/// which finds it too when this does not.
/// </summary>
internal sealed partial class LookAtPerson(
    InvitationStore invitations,
    PersonLook personLook,
    TimeProvider clock,
    ILogger<LookAtPerson> logger
) : IStep
{
    /// <summary>With the gaps between them four minutes; then it is left to the sweep.</summary>
    private const int MostLooks = 8;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await IsSettledAsync(Guid.Parse(step.Subject), cancellationToken) ? StepOutcome.Done : Later(step, null);
        }
        catch (DocSpaceException e)
        {
            Log.NotNow(logger, step.Subject, e.Message);
            return Later(step, e.Problem.RetryAfter);
        }
    }

    /// <summary>False as long as an invitation is just being sent to this person, and cannot be told that they have joined.</summary>
    private async Task<bool> IsSettledAsync(Guid user, CancellationToken cancellationToken)
    {
        // In this order: whoever is found in between is in both answers; the other way round it would be neither.
        var unknown = await invitations.ListNotFoundYetAsync(cancellationToken);
        var awaited = await invitations.ListAwaitedAsync(user, cancellationToken);

        if (awaited.Count == 0)
        {
            return !await IsOneOfAsync(unknown, user, cancellationToken);
        }

        var there = awaited.Where(it => it.Status is not InvitationStatus.Approved).ToList();

        if (there.Count > 0 && await personLook.SeeAsync(user, NoticedBy.Webhook, cancellationToken) is { } seen)
        {
            await invitations.ApplyAsync([.. there.Select(it => (it.Id, (InvitationEvent)seen))], cancellationToken);
        }

        return there.Count == awaited.Count;
    }

    /// <summary>The event may have overtaken the look that tells who the invitee is: the address says it then.</summary>
    private async Task<bool> IsOneOfAsync(IReadOnlySet<string> unknown, Guid user, CancellationToken cancellationToken) =>
        unknown.Count > 0
        && await personLook.FindAsync(user, cancellationToken) is { Email: { } email }
        && unknown.Contains(EmailAddress.Normalise(email));

    private StepOutcome Later(DueStep step, TimeSpan? wait) =>
        step.Attempts < MostLooks
            ? StepOutcome.TryAgain(clock.GetUtcNow() + (wait ?? StepWorker.Backoff(step.Attempts)))
            : StepOutcome.Done;

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "The portal could not be asked about person {PortalUser} of whom it told something: {Problem}"
        )]
        public static partial void NotNow(ILogger logger, string portalUser, string problem);
    }
}
