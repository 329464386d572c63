using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Has DocSpace invite what is approved of a request: look, keep what was found, call for those who are new, look again. What a card says
/// comes from the looks and never from the answer of the call: an answer can be lost, and DocSpace says yes to things it does not do.
/// A call for somebody who has an account by then sends no mail (UserController.cs:474), so that looking first and repeating is safe.
/// </summary>
internal sealed partial class SendInvitations(
    InvitationStore invitations,
    DocSpaceClient docSpace,
    TimeProvider clock,
    ILogger<SendInvitations> logger
) : IStep
{
    /// <summary>Each address costs the portal a mail and several writes within the call.</summary>
    private const int MostInACall = 25;

    /// <summary>How long a portal that is away or full is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>How often an answer that cannot be understood is asked for again.</summary>
    private const int MostUnclearTries = 5;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is not { } request)
        {
            return StepOutcome.Done;
        }

        if (clock.GetUtcNow() < request.SendFrom)
        {
            return StepOutcome.Again(request.SendFrom);
        }

        var waiting = (await invitations.ListAsync(request.Id, cancellationToken))
            .Where(it => it.Status is InvitationStatus.Approved)
            .ToList();
        DateTimeOffset? next = null;

        foreach (var batch in waiting.GroupBy(it => it.Role).SelectMany(group => group.Chunk(MostInACall)))
        {
            if (await SendAsync(batch, step.Attempts, cancellationToken) is not { } again)
            {
                continue;
            }

            // What stopped this batch would stop the next one too.
            next = again;
            break;
        }

        return next is { } at ? StepOutcome.TryAgain(at) : StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        foreach (var invitation in await invitations.ListAsync(new(step.Subject), cancellationToken))
        {
            var gaveUp = new InvitationEvent.GaveUp(CauseFor(invitation, Cause.Unclear), clock.GetUtcNow());
            await invitations.ApplyAsync(invitation.Id, gaveUp, cancellationToken);
        }
    }

    /// <summary>Null when each of the batch is settled, else when to go on.</summary>
    private async Task<DateTimeOffset?> SendAsync(IReadOnlyList<Invitation> batch, int attempt, CancellationToken cancellationToken)
    {
        IReadOnlyList<Invitation> fresh;

        try
        {
            fresh = await LookAsync(batch, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return await SettleAsync(batch, e.Problem, attempt, isLook: true, cancellationToken);
        }

        if (fresh.Count == 0)
        {
            return null;
        }

        var problem = await InviteAsync(fresh, cancellationToken);

        try
        {
            fresh = await LookAsync(fresh, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            // Sent or not, nobody knows. The next attempt begins with a look.
            var cause = CauseOf(e.Problem) is Cause.PortalUnavailable or Cause.PortalLimit ? CauseOf(e.Problem) : Cause.Unclear;
            return await WaitAsync(fresh, cause, e.Problem, attempt, isLook: true, cancellationToken);
        }

        return fresh.Count switch
        {
            0 => null,
            > 1 when problem is not null && IsAboutOne(problem.Kind) => await OneByOneAsync(fresh, attempt, cancellationToken),
            _ => await SettleAsync(fresh, problem, attempt, isLook: false, cancellationToken),
        };
    }

    /// <summary>One bad address stops a whole call at its place: those after it are invited one by one, and it alone fails.</summary>
    private async Task<DateTimeOffset?> OneByOneAsync(IReadOnlyList<Invitation> batch, int attempt, CancellationToken cancellationToken)
    {
        foreach (var one in batch)
        {
            if (await SendAsync([one], attempt, cancellationToken) is { } again)
            {
                return again;
            }
        }

        return null;
    }

    /// <summary>Looks everybody up, keeps what was found, and returns those whom nobody has invited yet.</summary>
    private async Task<IReadOnlyList<Invitation>> LookAsync(IReadOnlyList<Invitation> batch, CancellationToken cancellationToken)
    {
        // Whom we invited has the address as we wrote it. Before that, only the search finds it in any letter case.
        var found = batch is [{ Before: not null } one]
            ? await docSpace.FindByEmailAsync(one.Email, cancellationToken) is { } person
                ? new Dictionary<string, DocSpacePerson> { [one.Email] = person }
                : []
            : await docSpace.FindByEmailsAsync([.. batch.Select(it => it.Email)], cancellationToken);
        var fresh = new List<Invitation>();

        foreach (var invitation in batch)
        {
            var standing = StandingOf(found.GetValueOrDefault(invitation.Email), out var user);
            var seen = new InvitationEvent.LookedUp(standing, user, clock.GetUtcNow());

            if (
                await invitations.ApplyAsync(invitation.Id, seen, cancellationToken) is Transition.Moved
                {
                    Invitation: { Status: InvitationStatus.Approved } still
                }
            )
            {
                fresh.Add(still);
            }
        }

        return fresh;
    }

    private async Task<DocSpaceProblem?> InviteAsync(IReadOnlyList<Invitation> batch, CancellationToken cancellationToken)
    {
        try
        {
            await docSpace.InviteAsync([.. batch.Select(it => new EmailInvitation(it.Email, it.Role))], culture: null, cancellationToken);
            return null;
        }
        catch (DocSpaceException e)
        {
            Log.Problem(logger, batch[0].Request, batch.Count, e.Message);
            return e.Problem;
        }
    }

    /// <summary>Settles those whom the look did not find, by what the call or the look ran into.</summary>
    private async Task<DateTimeOffset?> SettleAsync(
        IReadOnlyList<Invitation> batch,
        DocSpaceProblem? problem,
        int attempt,
        bool isLook,
        CancellationToken cancellationToken
    )
    {
        var cause = CauseOf(problem);

        if (cause is Cause.PortalUnavailable or Cause.PortalLimit or Cause.Unclear)
        {
            return await WaitAsync(batch, cause, problem, attempt, isLook, cancellationToken);
        }

        foreach (var invitation in batch)
        {
            var refused = new InvitationEvent.PortalRefused(isLook ? CauseFor(invitation, cause) : cause, clock.GetUtcNow());
            await invitations.ApplyAsync(invitation.Id, refused, cancellationToken);
        }

        return null;
    }

    private async Task<DateTimeOffset?> WaitAsync(
        IReadOnlyList<Invitation> batch,
        Cause cause,
        DocSpaceProblem? problem,
        int attempt,
        bool isLook,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var next = now + (problem?.RetryAfter ?? StepWorker.Backoff(attempt));
        var enough = cause is Cause.Unclear ? attempt >= MostUnclearTries : batch.All(it => now - it.AskedAt > Patience);

        foreach (var invitation in batch)
        {
            InvitationEvent happened = enough
                ? new InvitationEvent.GaveUp(isLook ? CauseFor(invitation, cause) : cause, now)
                : new InvitationEvent.PortalBusy(cause, next);
            await invitations.ApplyAsync(invitation.Id, happened, cancellationToken);
        }

        return enough ? null : next;
    }

    /// <summary>Of somebody who had been looked up before, an invitation may be on its way: without a look nobody knows.</summary>
    private static Cause CauseFor(Invitation invitation, Cause cause) => invitation.Before is null ? cause : Cause.NotKnown;

    /// <summary>A refusal that can be about one address of several.</summary>
    private static bool IsAboutOne(DocSpaceProblemKind kind) =>
        kind
            is DocSpaceProblemKind.Invalid
                or DocSpaceProblemKind.Forbidden
                or DocSpaceProblemKind.SeatsFull
                or DocSpaceProblemKind.Unknown;

    private static Cause CauseOf(DocSpaceProblem? problem) =>
        problem?.Kind switch
        {
            null => Cause.NothingHappened,
            DocSpaceProblemKind.NotAuthorised => Cause.KeyRejected,
            DocSpaceProblemKind.ScopeMissing => Cause.ScopeMissing,
            DocSpaceProblemKind.Forbidden => Cause.Forbidden,
            DocSpaceProblemKind.SeatsFull => Cause.SeatsFull,
            DocSpaceProblemKind.PortalUnpaid => Cause.PortalUnpaid,
            DocSpaceProblemKind.LimitReached => Cause.PortalLimit,
            DocSpaceProblemKind.Invalid => Cause.AddressRejected,
            DocSpaceProblemKind.PortalUnavailable => Cause.PortalUnavailable,
            _ => Cause.Unclear,
        };

    private static Standing StandingOf(DocSpacePerson? person, out Guid? user)
    {
        user = person?.Id;
        return PortalStanding.Of(person);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "DocSpace did not carry out an invitation call of request {RequestId} for {Count}: {Problem}")]
        public static partial void Problem(ILogger logger, RequestId requestId, int count, string problem);
    }
}
