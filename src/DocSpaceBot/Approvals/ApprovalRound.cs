using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Approvals;

/// <summary>Whom to ask now and when the next group, for all that waits of one request.</summary>
internal sealed record ApprovalRound(InviteRequest Request, IReadOnlyList<Waiting> Asked, FoundGroups Found, ApprovalOptions Options)
{
    /// <summary>
    /// Of each rule the groups up to the present level, and further ones as long as those who can be reached are fewer than are needed.
    /// </summary>
    /// <param name="lost">Those who cannot be reached.</param>
    /// <returns>Also whether there are too few in all of them.</returns>
    public (IReadOnlyList<FoundApprover> Whom, bool IsStuck) Whom(IReadOnlySet<string> lost)
    {
        var whom = new Dictionary<string, FoundApprover>(StringComparer.Ordinal);
        var isStuck = false;

        foreach (var verdict in Asked.Select(it => it.Verdict).DistinctBy(it => (it.Rule, it.Needed)))
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var isEnough = false;

            foreach (var (level, group) in verdict.Approvers.Index())
            {
                if (isEnough && level > Request.Level && !verdict.AllAtOnce)
                {
                    break;
                }

                foreach (var member in Found.Members[group.Name])
                {
                    whom[member.Id] = member;

                    // A channel is asked beside the people of its group, and decides only where no people are named.
                    if (!lost.Contains(member.Id) && (!member.IsChannel || group.IsOpenChannel))
                    {
                        reached.Add(member.Id);
                    }
                }

                isEnough |= reached.Count >= verdict.Needed || (group.IsOpenChannel && !lost.Contains(group.Channel!));
            }

            isStuck |= !isEnough;
        }

        return ([.. whom.Values], isStuck);
    }

    /// <summary>Those for whom there are not enough people at all, whether they can be reached or not.</summary>
    public IReadOnlyList<Waiting> ListHopeless() =>
        [
            .. Asked
                .GroupBy(it => (it.Verdict.Rule, it.Verdict.Needed))
                .Where(alike => (this with { Asked = [.. alike] }).Whom(new HashSet<string>(StringComparer.Ordinal)).IsStuck)
                .SelectMany(alike => alike),
        ];

    /// <summary>When the next group is asked; null when there is none.</summary>
    public DateTimeOffset? NextLevelAt()
    {
        var groups = Asked.Select(it => it.Verdict).Where(it => !it.AllAtOnce).Select(it => it.Approvers.Count).DefaultIfEmpty(1).Max();

        if (Request.Level + 1 >= groups || Asked.Min(it => it.Invitation.DecideBy) is not { } end)
        {
            return null;
        }

        // Every group gets its share of the time that there is.
        var share = (end - Request.AskedAt) / groups;
        var at = (Request.LevelAt ?? Request.AskedAt) + (share < Options.EscalateAfter ? share : Options.EscalateAfter);
        var shifted = Options.Hours.Next(at, Options.Zone);
        return shifted < end ? shifted : at;
    }
}
