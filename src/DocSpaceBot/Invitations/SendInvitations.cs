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
internal sealed class SendInvitations(
    InvitationStore invitations,
    PortalLook look,
    PortalRooms rooms,
    PortalSeats seats,
    InvitationCalls calls,
    InviteeLanguages languages,
    RequestResults results,
    TimeProvider clock
) : IStep
{
    /// <summary>Each address costs the portal a mail and several writes within the call.</summary>
    private const int MostInACall = 25;

    /// <summary>One look-up tells of about so many.</summary>
    private const int MostInALook = 50;

    /// <summary>Several look-ups are made at once.</summary>
    private const int MostInAFirstLook = 200;

    /// <summary>How often an answer that cannot be understood is asked for again.</summary>
    private const int MostUnclearTries = 5;

    /// <summary>How long a portal that is away is waited for, and one that takes no more invitations.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);
    private static readonly TimeSpan PatienceWithLimits = TimeSpan.FromDays(30);

    private static readonly TimeSpan LookIsGoodFor = TimeSpan.FromMinutes(5);

    /// <summary>A portal that takes no more invitations does not say when it will.</summary>
    private static readonly TimeSpan BetweenLooksAtLimit = TimeSpan.FromHours(1);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is not { } request)
        {
            return StepOutcome.Done;
        }

        var (waiting, nextOut) = await ListDueAsync(request.Id, cancellationToken);

        if (waiting.Count == 0 || await SendAllAsync(request.TenantId, waiting, step.Attempts, cancellationToken) is not { } at)
        {
            if (nextOut is { } next)
            {
                return StepOutcome.Again(next);
            }

            await results.LeaveOfferAsync(request.Id, cancellationToken);
            return StepOutcome.Done;
        }

        // Every portion that got through shows that the portal is there, and so does a limit, so that waiting begins anew.
        var (left, _) = await ListDueAsync(request.Id, cancellationToken);
        at = nextOut < at ? nextOut.Value : at;
        return left.Count < waiting.Count || left.Any(it => it.Cause is Cause.PortalLimit)
            ? StepOutcome.Again(at)
            : StepOutcome.TryAgain(at);
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        var (all, _) = await ListDueAsync(new(step.Subject), cancellationToken);
        await look.ApplyAsync(all, it => new InvitationEvent.GaveUp(CauseFor(it, Cause.Unclear), clock.GetUtcNow()), cancellationToken);
        await results.LeaveOfferAsync(new(step.Subject), cancellationToken);
    }

    /// <summary>Those that may go out, and when the next ones may: until then they can be taken back.</summary>
    private async Task<(IReadOnlyList<Invitation> Due, DateTimeOffset? NextOut)> ListDueAsync(
        RequestId request,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var approved = (await invitations.ListAsync(request, cancellationToken))
            .Where(it => it.Status is InvitationStatus.Approved)
            .ToList();
        return ([.. approved.Where(it => !(now < it.SendFrom))], approved.Where(it => now < it.SendFrom).Min(it => it.SendFrom));
    }

    /// <summary>Null when everybody is settled, else when to go on.</summary>
    private async Task<DateTimeOffset?> SendAllAsync(
        string tenantId,
        IReadOnlyList<Invitation> waiting,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Invitation> fresh;
        SeatPlan plan;

        try
        {
            var placed = await PlaceAsync(waiting, cancellationToken);
            fresh = await LookAnewAsync(placed, cancellationToken);
            plan = await seats.PlanAsync(
                [.. fresh.Where(it => it.SendBegunAt is null).Select(it => new SeatRow(it.Row, it.Role))],
                cancellationToken
            );
        }
        catch (DocSpaceException e)
        {
            return await SettleAsync(waiting, e.Problem, attempt, isLook: true, cancellationToken);
        }

        fresh = await languages.FillInAsync(tenantId, fresh, cancellationToken);
        var held = plan.HeldBack.ToDictionary(it => it.Row.Row, it => it.Because);
        var wait = await HoldBackAsync([.. fresh.Where(it => held.ContainsKey(it.Row))], held, attempt, cancellationToken);

        foreach (
            var portion in fresh
                .Where(it => !held.ContainsKey(it.Row))
                .GroupBy(it => (it.RoomId, it.Creates, it.Role, it.Language))
                .SelectMany(group => group.Chunk(MostInALook))
        )
        {
            // What stopped this portion would stop the next one too.
            if (await SendAsync(portion, attempt, cancellationToken) is { } again)
            {
                return again;
            }
        }

        return wait;
    }

    /// <summary>Who has been looked at a moment ago is not looked at again, so that a bot that dies again and again gets on with a long list.</summary>
    private async Task<IReadOnlyList<Invitation>> LookAnewAsync(IReadOnlyList<Invitation> all, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = now - LookIsGoodFor;
        var known = all.Where(it => it is { Before: Standing.Absent, SendBegunAt: null } && it.LookedAt > since && it.LookedAt <= now)
            .ToList();
        var looked = new List<Invitation>();

        // A fault costs one part and not the looks of all the others.
        foreach (var part in all.Except(known).Chunk(MostInAFirstLook))
        {
            looked.AddRange(await look.LookAsync(part, cancellationToken));
        }

        // Who was asked for first is served first.
        return [.. known.Concat(looked).OrderBy(it => it.Row)];
    }

    /// <summary>Those who can be invited: without a room, or into one that was found. The others have failed.</summary>
    private async Task<IReadOnlyList<Invitation>> PlaceAsync(IReadOnlyList<Invitation> all, CancellationToken cancellationToken)
    {
        var placed = all.Where(it => it.Room is null || it.RoomId is not null).ToList();

        foreach (var group in all.Except(placed).GroupBy(it => it.Room!, StringComparer.OrdinalIgnoreCase))
        {
            var (id, cause) = await rooms.FindAsync(group.Key, cancellationToken);
            placed.AddRange(
                await look.ApplyAsync(
                    [.. group],
                    _ =>
                        id is { } found
                            ? new InvitationEvent.RoomFound(found)
                            : new InvitationEvent.PortalRefused(cause, clock.GetUtcNow()),
                    cancellationToken
                )
            );
        }

        return placed;
    }

    private async Task<DateTimeOffset?> HoldBackAsync(
        IReadOnlyList<Invitation> held,
        Dictionary<int, HeldBecause> because,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var noSeat = held.Where(it => because[it.Row] is HeldBecause.NoSeat).ToList();
        await look.ApplyAsync(noSeat, _ => new InvitationEvent.PortalRefused(Cause.SeatsFull, clock.GetUtcNow()), cancellationToken);

        var noInvitation = held.Where(it => because[it.Row] is HeldBecause.NoInvitation).ToList();
        return noInvitation.Count == 0
            ? null
            : await WaitAsync(noInvitation, Cause.PortalLimit, null, attempt, isLook: false, cancellationToken);
    }

    private async Task<DateTimeOffset?> SendAsync(IReadOnlyList<Invitation> portion, int attempt, CancellationToken cancellationToken)
    {
        var called = new List<Invitation>();
        var problems = new Dictionary<InvitationId, DocSpaceProblem>();
        var reached = 0;
        IReadOnlyList<Invitation> left;

        try
        {
            foreach (var batch in portion.Chunk(MostInACall))
            {
                reached += batch.Length;
                var begun = await look.ApplyAsync(
                    batch,
                    it => new InvitationEvent.SendBegun(clock.GetUtcNow()) { Language = it.Language },
                    cancellationToken
                );
                called.AddRange(begun);

                if (begun.Count == 0)
                {
                    continue;
                }

                foreach (var (id, problem) in await calls.CallAsync(begun, cancellationToken))
                {
                    problems[id] = problem;
                }

                if (problems.Count > 0)
                {
                    break;
                }
            }

            left = await look.LookAsync(called, cancellationToken);
        }
        catch (DocSpaceException e)
        {
            // Sent or not, nobody knows. The next attempt begins with a look.
            var cause = PortalStanding.CauseOf(e.Problem) is Cause.PortalUnavailable or Cause.PortalLimit
                ? PortalStanding.CauseOf(e.Problem)
                : Cause.Unclear;
            return await WaitAsync(called, cause, e.Problem, attempt, isLook: true, cancellationToken);
        }

        foreach (var group in left.GroupBy(it => problems.GetValueOrDefault(it.Id)))
        {
            // It may be weeks until there is room, and so long it can still be taken back.
            if (group.Key is { Kind: DocSpaceProblemKind.LimitReached, MayHaveHappened: false })
            {
                await look.ApplyAsync([.. group], _ => new InvitationEvent.SendNotMade(), cancellationToken);
            }

            var again =
                called.Count > 1 && group.Key is { } problem && IsAboutOne(problem) && !portion[0].Creates
                    ? await OneByOneAsync([.. group], attempt, cancellationToken)
                    : await SettleAsync([.. group], group.Key, attempt, isLook: false, cancellationToken);

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

        await look.ApplyAsync(
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
        var next = now + (problem?.RetryAfter ?? (cause is Cause.PortalLimit ? BetweenLooksAtLimit : StepWorker.Backoff(attempt)));
        var enough = cause switch
        {
            Cause.Unclear => attempt >= MostUnclearTries,
            Cause.PortalLimit => batch.All(it => now - (it.WaitingSince ?? now) > PatienceWithLimits),
            _ => batch.All(it => now - AwaySince(it, isLook, now) > Patience),
        };

        if (!enough)
        {
            await look.ApplyAsync(batch, _ => new InvitationEvent.PortalBusy(cause, next, now), cancellationToken);
            return next;
        }

        // Those who come after them have waited as long: they are not kept waiting portion by portion, or one by one, once more.
        var all =
            cause is not Cause.Unclear && batch.Any(it => it.SendBegunAt is not null)
                ? (await ListDueAsync(batch[0].Request, cancellationToken)).Due
                : batch;
        await look.ApplyAsync(
            all,
            it => new InvitationEvent.GaveUp(isLook || it.CreatedAt is not null ? CauseFor(it, cause) : cause, now),
            cancellationToken
        );
        return null;
    }

    /// <summary>Somebody may have waited for other things before: a look that got through, or a call that has begun, shows that the portal was there.</summary>
    private static DateTimeOffset AwaySince(Invitation it, bool isLook, DateTimeOffset now)
    {
        var waiting = it.WaitingSince ?? now;
        return (isLook ? it.LookedAt : it.SendBegunAt) is { } there && there > waiting ? there : waiting;
    }

    /// <summary>Of somebody for whom the call has begun, an invitation may be on its way: without a look nobody knows.</summary>
    private static Cause CauseFor(Invitation invitation, Cause cause) => invitation.SendBegunAt is null ? cause : Cause.NotKnown;

    /// <summary>
    /// A refusal that can be about one address of several; and a portal that has fewer invitations left than were asked for takes none of them.
    /// </summary>
    private static bool IsAboutOne(DocSpaceProblem problem) =>
        problem
            is {
                    Kind: DocSpaceProblemKind.Invalid
                        or DocSpaceProblemKind.Forbidden
                        or DocSpaceProblemKind.SeatsFull
                        or DocSpaceProblemKind.Unknown
                }
                or { Kind: DocSpaceProblemKind.LimitReached, RetryAfter: null };
}
