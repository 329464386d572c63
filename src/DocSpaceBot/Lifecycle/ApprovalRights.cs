namespace DocSpaceBot.Lifecycle;

/// <summary>Who may decide, by the policy as it is now.</summary>
internal static class ApprovalRights
{
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
}
