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

    /// <summary>One look-up tells of about so many.</summary>
    private const int MostInALook = 50;

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

        var waiting = (await invitations.ListAsync(request.Id, cancellationToken)).Where(it => it.Status is InvitationStatus.Approved).ToList();

        return waiting.Count > 0 && await SendAllAsync(waiting, step.Attempts, cancellationToken) is { } at
            ? StepOutcome.TryAgain(at)
            : StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        var all = await invitations.ListAsync(new(step.Subject), cancellationToken);
        await ApplyAsync(all, it => new InvitationEvent.GaveUp(CauseFor(it, Cause.Unclear), clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>Null when everybody is settled, else when to go on.</summary>
    private async Task<DateTimeOffset?> SendAllAsync(IReadOnlyList<Invitation> waiting, int attempt, CancellationToken cancellationToken)
    {
        IReadOnlyList<Invitation> fresh;

        try
        {
            fresh = await LookAsync(waiting, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            return await SettleAsync(waiting, e.Problem, attempt, isLook: true, cancellationToken);
        }

        foreach (var portion in fresh.GroupBy(it => (it.Role, it.Language)).SelectMany(group => group.Chunk(MostInALook)))
        {
            // What stopped this portion would stop the next one too.
            if (await SendAsync(portion, attempt, cancellationToken) is { } again)
            {
                return again;
            }
        }

        return null;
    }

    private async Task<DateTimeOffset?> SendAsync(IReadOnlyList<Invitation> portion, int attempt, CancellationToken cancellationToken)
    {
        var called = new List<Invitation>();
        DocSpaceProblem? problem = null;
        var reached = 0;

        foreach (var batch in portion.Chunk(MostInACall))
        {
            reached += batch.Length;
            var begun = await ApplyAsync(batch, _ => new InvitationEvent.SendBegun(clock.GetUtcNow()), cancellationToken);
            called.AddRange(begun);

            if (begun.Count > 0 && (problem = await InviteAsync(begun, cancellationToken)) is not null)
            {
                break;
            }
        }

        IReadOnlyList<Invitation> left;

        try
        {
            left = await LookAsync(called, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            // Sent or not, nobody knows. The next attempt begins with a look.
            var cause = PortalStanding.CauseOf(e.Problem) is Cause.PortalUnavailable or Cause.PortalLimit ? PortalStanding.CauseOf(e.Problem) : Cause.Unclear;
            return await WaitAsync(called, cause, e.Problem, attempt, isLook: true, cancellationToken);
        }

        if (left.Count > 0)
        {
            var again =
                called.Count > 1 && problem is not null && IsAboutOne(problem.Kind)
                    ? await OneByOneAsync(left, attempt, cancellationToken)
                    : await SettleAsync(left, problem, attempt, isLook: false, cancellationToken);

            if (again is not null)
            {
                return again;
            }
        }

        var rest = portion.Skip(reached).ToList();
        return rest.Count > 0 ? await SendAsync(rest, attempt, cancellationToken) : null;
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
    private async Task<IReadOnlyList<Invitation>> LookAsync(IReadOnlyList<Invitation> all, CancellationToken cancellationToken)
    {
        if (all.Count == 0)
        {
            return [];
        }

        // Whom we invited has the address as we wrote it. Before that, only the search finds it in any letter case.
        var found = all is [{ SendBegunAt: not null } one]
            ? await docSpace.FindByEmailAsync(one.Email, cancellationToken) is { } person
                ? new Dictionary<string, DocSpacePerson> { [one.Email] = person }
                : []
            : await docSpace.FindByEmailsAsync([.. all.Select(it => it.Email)], cancellationToken);
        var now = clock.GetUtcNow();

        return await ApplyAsync(
            all,
            it =>
            {
                var seen = found.GetValueOrDefault(it.Email);
                return new InvitationEvent.LookedUp(PortalStanding.Of(seen), seen?.Id, now);
            },
            cancellationToken
        );
    }

    /// <summary>Lets something happen to each and returns those that are still to be invited.</summary>
    private async Task<IReadOnlyList<Invitation>> ApplyAsync(
        IReadOnlyList<Invitation> all,
        Func<Invitation, InvitationEvent> happened,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await invitations.ApplyAsync([.. all.Select(it => (it.Id, happened(it)))], cancellationToken))
                .OfType<Transition.Moved>()
                .Select(moved => moved.Invitation)
                .Where(it => it.Status is InvitationStatus.Approved),
        ];

    private async Task<DocSpaceProblem?> InviteAsync(IReadOnlyList<Invitation> batch, CancellationToken cancellationToken)
    {
        try
        {
            await docSpace.InviteAsync([.. batch.Select(it => new EmailInvitation(it.Email, it.Role))], batch[0].Language, cancellationToken);
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
        var cause = PortalStanding.CauseOf(problem);

        if (cause is Cause.PortalUnavailable or Cause.PortalLimit or Cause.Unclear)
        {
            return await WaitAsync(batch, cause, problem, attempt, isLook, cancellationToken);
        }

        await ApplyAsync(
            batch,
            it => new InvitationEvent.PortalRefused(isLook ? CauseFor(it, cause) : cause, clock.GetUtcNow()),
            cancellationToken
        );
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

        await ApplyAsync(
            batch,
            it =>
                enough
                    ? new InvitationEvent.GaveUp(isLook ? CauseFor(it, cause) : cause, now)
                    : new InvitationEvent.PortalBusy(cause, next),
            cancellationToken
        );
        return enough ? null : next;
    }

    /// <summary>Of somebody for whom the call has begun, an invitation may be on its way: without a look nobody knows.</summary>
    private static Cause CauseFor(Invitation invitation, Cause cause) => invitation.SendBegunAt is null ? cause : Cause.NotKnown;

    /// <summary>A refusal that can be about one address of several.</summary>
    private static bool IsAboutOne(DocSpaceProblemKind kind) =>
        kind
            is DocSpaceProblemKind.Invalid
                or DocSpaceProblemKind.Forbidden
                or DocSpaceProblemKind.SeatsFull
                or DocSpaceProblemKind.Unknown;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "DocSpace did not carry out an invitation call of request {RequestId} for {Count}: {Problem}")]
        public static partial void Problem(ILogger logger, RequestId requestId, int count, string problem);
    }
}
