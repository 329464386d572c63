namespace DocSpaceBot.Lifecycle;

/// <summary>Who wants to decide: known by the Entra object id; the addresses are those that the company's directory has.</summary>
/// <param name="Place">The conversation that they do it in, as Teams signed it.</param>
internal sealed record Decider(Person Person, IReadOnlyList<string> Addresses, string Place);

/// <summary>Who may decide, by the policy as it is now.</summary>
internal static class ApprovalRights
{
    /// <summary>The name of the group that gives the right; null for no right.</summary>
    /// <param name="manager">The object id of the requester's manager, where it is known.</param>
    public static string? RightOf(Verdict verdict, Decider who, string? manager) =>
        verdict.Answer is not PolicyAnswer.Ask || who.Person.Id.Length == 0
            ? null
            : verdict.Approvers.FirstOrDefault(group => IsIn(group, who, manager))?.Name;

    /// <summary>Whether a yes of before still counts. Who was in a channel then is taken to be in it now.</summary>
    public static bool StillCounts(Verdict verdict, Vote vote, Decider who, string? manager) =>
        RightOf(verdict, who, manager) is not null
        || (verdict.Answer is PolicyAnswer.Ask && verdict.Approvers.Any(group => group.IsOpenChannel && group.Name == vote.Right));

    /// <summary>Whether as many as are needed can be found at all, without the requester. A manager is taken to be there.</summary>
    public static bool CanBeEnough(Verdict verdict, Asker asker) => CountOf(verdict, asker) is not { } people || people >= verdict.Needed;

    /// <summary>How many people may decide, without the requester; null where everybody in a channel may.</summary>
    public static int? CountOf(Verdict verdict, Asker asker)
    {
        var people = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        foreach (var group in verdict.Approvers)
        {
            if (group.IsOpenChannel)
            {
                return null;
            }

            people.UnionWith(
                group.IsManager
                    ? [group.Name]
                    : group.People.Where(entry => !entry.Is(asker.Id, asker.Email)).Select(entry => entry.Text.Trim())
            );
        }

        return people.Count;
    }

    private static bool IsIn(ApproverGroup group, Decider who, string? manager) =>
        group.IsManager ? manager is not null && string.Equals(manager, who.Person.Id, StringComparison.OrdinalIgnoreCase)
        : group.IsOpenChannel ? who.Place == group.Channel || who.Place.StartsWith($"{group.Channel};", StringComparison.Ordinal)
        : group.People.Any(entry => entry.Is(who.Person.Id, null) || who.Addresses.Any(address => entry.Is(who.Person.Id, address)));
}
