using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Approvals;

/// <summary>
/// Sees to it that a request is decided: looks what the policy says now, finds out who decides, asks the next group when the first is silent or
/// cannot be reached, and lets the request expire when its time is over. It comes back as long as something waits.
/// </summary>
internal sealed class AskApprovers(
    Database database,
    InvitationStore invitations,
    ApproverStore approvers,
    PeopleStore people,
    RequestPolicy policy,
    ApproverDirectory directory,
    TellOperators operators,
    DocSpaceClient docSpace,
    IOptions<ApprovalOptions> options,
    TimeProvider clock
) : IStep
{
    /// <summary>How long until who could not be found, and what could not be looked up, is tried again.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>A portal that answers gets onto the first card what it knows of the address; one that hangs does not keep approvers waiting.</summary>
    private static readonly TimeSpan WaitForPortal = TimeSpan.FromSeconds(2);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is not { } request)
        {
            return StepOutcome.Done;
        }

        await ExpireAsync(request, cancellationToken);
        var asked = await JudgeAnewAsync(request, cancellationToken);

        if (asked.Count == 0)
        {
            return StepOutcome.Done;
        }

        var found = await FindAsync(request, asked, cancellationToken);
        var round = new ApprovalRound(request, asked, found, options.Value);
        var now = clock.GetUtcNow();
        request = await EscalateAsync(round, now, cancellationToken);
        round = round with { Request = request };
        await AskAsync(round, now, cancellationToken);
        var looked = await ShowStandingsAsync(asked, cancellationToken);
        var waits = new List<DateTimeOffset> { asked.Min(it => it.Invitation.DecideBy) ?? now + options.Value.Deadline };

        if (round.NextLevelAt() is { } next)
        {
            waits.Add(next);
        }

        if (!looked || !found.IsComplete)
        {
            waits.Add(now + AgainAfter);
        }

        // Whoever is no longer somebody's manager does not decide for the rest of the time.
        if (asked.Any(it => it.Verdict.Approvers.Any(group => group.IsManager)))
        {
            waits.Add(now + ApproverDirectory.ManagerIsGoodFor);
        }

        var at = waits.Min();
        return StepOutcome.Again(at > now ? at : now + AgainAfter);
    }

    private async Task ExpireAsync(InviteRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var late = (await invitations.ListAsync(request.Id, cancellationToken))
            .Where(it => it.Status is InvitationStatus.PendingApproval && it.DecideBy <= now)
            .ToList();

        if (late.Count > 0)
        {
            await invitations.ApplyAsync(
                [.. late.Select(it => (it.Id, (InvitationEvent)new InvitationEvent.DeadlinePassed()))],
                cancellationToken
            );
        }
    }

    /// <summary>What still waits, each with what the policy says now. What the rules let pass or forbid by now is settled.</summary>
    private async Task<IReadOnlyList<Waiting>> JudgeAnewAsync(InviteRequest request, CancellationToken cancellationToken)
    {
        var requester = await people.FindAsync(request.TenantId, request.Requester.Id, cancellationToken);
        var all = await invitations.ListAsync(request.Id, cancellationToken);
        var asked = new List<Waiting>();
        var changes = new List<(InvitationId, InvitationEvent)>();

        foreach (var it in all.Where(it => it.Status is InvitationStatus.PendingApproval))
        {
            var verdict = policy.Decide(request, it, requester);

            switch (verdict.Answer)
            {
                case PolicyAnswer.Allow:
                    changes.Add((it.Id, new InvitationEvent.Allow(verdict.Rule, clock.GetUtcNow(), options.Value.UndoWindow)));
                    break;
                case PolicyAnswer.Deny:
                    changes.Add((it.Id, new InvitationEvent.Forbid(verdict.Rule, Cause.RulesForbid)));
                    break;
                case PolicyAnswer.Ask when !ApprovalRights.CanBeEnough(verdict, policy.AskerOf(request, requester)):
                    changes.Add((it.Id, new InvitationEvent.Forbid(verdict.Rule, Cause.NobodyToAsk)));
                    break;
                default:
                    if (verdict.Rule != it.Rule || verdict.Needed != it.Needed)
                    {
                        changes.Add((it.Id, new InvitationEvent.Ask(verdict.Rule, verdict.Needed, it.DecideBy ?? clock.GetUtcNow())));
                    }

                    asked.Add(new(it, verdict));
                    break;
            }
        }

        if (changes.Count > 0)
        {
            await invitations.ApplyAsync(changes, cancellationToken);
        }

        return asked;
    }

    /// <summary>Approvers see whether somebody has the address. False when the portal could not be asked.</summary>
    private async Task<bool> ShowStandingsAsync(IReadOnlyList<Waiting> asked, CancellationToken cancellationToken)
    {
        var unseen = asked.Select(it => it.Invitation).Where(it => it is { Shown: null, Link: null }).ToList();

        if (unseen.Count == 0)
        {
            return true;
        }

        try
        {
            var found = await docSpace.FindByEmailsAsync([.. unseen.Select(it => it.Email)], cancellationToken);
            await invitations.ApplyAsync(
                [
                    .. unseen.Select(it =>
                    {
                        var person = found.GetValueOrDefault(it.Email);
                        return (
                            it.Id,
                            (InvitationEvent)
                                new InvitationEvent.ShownToApprovers(PortalStanding.Of(person), clock.GetUtcNow()) { Role = person?.Role }
                        );
                    }),
                ],
                cancellationToken
            );
            return true;
        }
        catch (DocSpaceException)
        {
            return false;
        }
    }

    private async Task<FoundGroups> FindAsync(InviteRequest request, IReadOnlyList<Waiting> asked, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IReadOnlyList<FoundApprover>>(StringComparer.OrdinalIgnoreCase);
        var isComplete = true;

        foreach (var group in asked.SelectMany(it => it.Verdict.Approvers).DistinctBy(group => group.Name))
        {
            var (members, isKnown) = await directory.FindAsync(group, request.TenantId, request.Requester, cancellationToken);
            found[group.Name] = [.. members.Where(member => member.Id != request.Requester.Id)];
            isComplete &= isKnown;
        }

        return new(found, isComplete);
    }

    private async Task<InviteRequest> EscalateAsync(ApprovalRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (round.NextLevelAt() is not { } at || now < at)
        {
            return round.Request;
        }

        var next = round.Request with { Level = round.Request.Level + 1, LevelAt = now };
        await database.WriteAsync(unit => InvitationStore.KeepLevelAsync(unit, next.Id, next.Level, now), cancellationToken);
        return next;
    }

    /// <summary>Asks who has not been asked yet, and says where it has to be said that nobody can be reached.</summary>
    private async Task AskAsync(ApprovalRound round, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = await approvers.ListAsync(round.Request.Id, cancellationToken);
        var lost = before.Where(approver => !approver.IsReachable).Select(approver => approver.Id).ToHashSet(StringComparer.Ordinal);
        var (wanted, isStuck) = round.Whom(lost);

        // A person who is there but was never met has no chat yet; that is found out when the card is posted.
        var fresh = wanted.Where(it => before.All(approver => approver.Id != it.Id)).ToList();

        if (fresh.Count > 0)
        {
            var isLookedUp = round.Asked.All(it => it.Invitation is { Shown: not null } or { Link: not null });
            await database.WriteAsync(
                unit => AddAsync(unit, round.Request, fresh, now, isLookedUp ? now : now + WaitForPortal),
                cancellationToken
            );
        }

        if (!isStuck)
        {
            return;
        }

        // Others of the request may well be decided.
        var hopeless = round.Found.IsComplete ? round.ListHopeless() : [];
        var rest = round with { Asked = [.. round.Asked.Except(hopeless)] };

        if (hopeless.Count > 0)
        {
            await invitations.ApplyAsync(
                [
                    .. hopeless.Select(it =>
                        (it.Invitation.Id, (InvitationEvent)new InvitationEvent.Forbid(it.Verdict.Rule, Cause.NobodyToAsk))
                    ),
                ],
                cancellationToken
            );
        }

        if (rest.Whom(lost).IsStuck)
        {
            await operators.NobodyCanBeReachedAsync(round.Request, cancellationToken);
        }
    }

    private static async Task AddAsync(
        Unit unit,
        InviteRequest request,
        IReadOnlyList<FoundApprover> fresh,
        DateTimeOffset now,
        DateTimeOffset showAt
    )
    {
        foreach (var approver in fresh)
        {
            await ApproverStore.TryAddAsync(
                unit,
                new()
                {
                    RequestId = request.Id.Value,
                    Id = approver.Id,
                    IsChannel = approver.IsChannel,
                    Name = approver.Name,
                    Level = request.Level,
                    AskedAt = now,
                    IsReachable = true,
                }
            );

            if (!approver.IsChannel)
            {
                await StepQueue.AddAsync(unit, StepKind.RemindApprover, ApproverStore.SubjectOf(request.TenantId, approver.Id), now);
            }
        }

        await StepQueue.AddAsync(unit, StepKind.ShowApprovals, request.Id.Value, showAt);
        await StepQueue.AddAsync(unit, StepKind.ShowCard, request.Id.Value, now);
    }
}

/// <summary>An invitation that waits, and what the policy says about it now.</summary>
internal sealed record Waiting(Invitation Invitation, Verdict Verdict);

/// <summary>The members of each group of the policy, without the requester.</summary>
internal sealed record FoundGroups(IReadOnlyDictionary<string, IReadOnlyList<FoundApprover>> Members, bool IsComplete);
