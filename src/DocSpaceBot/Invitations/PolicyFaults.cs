using System.ComponentModel.DataAnnotations;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>
/// What is wrong with a policy as it is written, by the setting. What was written is not repeated, because these sentences go into the log and
/// people stand in a policy.
/// </summary>
internal static class PolicyFaults
{
    private const int MostNeeded = 10;

    public static IEnumerable<ValidationResult> Of(PolicyOptions policy) =>
        OfNames(policy)
            .Concat(policy.Rules.Index().SelectMany(it => OfRule($"{nameof(PolicyOptions.Rules)}:{it.Index}", it.Item, policy)))
            .Concat(policy.ApproverGroups.SelectMany(it => OfGroup($"{nameof(PolicyOptions.ApproverGroups)}:{it.Key}", it.Key, it.Value)));

    private static IEnumerable<ValidationResult> OfNames(PolicyOptions policy)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        foreach (var (i, rule) in policy.Rules.Index())
        {
            if (string.IsNullOrWhiteSpace(rule.Name))
            {
                yield return Fault($"{nameof(policy.Rules)}:{i}:{nameof(rule.Name)}", "it must say what the rule is called.");
            }
            else if (!names.Add(rule.Name.Trim()))
            {
                yield return Fault($"{nameof(policy.Rules)}:{i}:{nameof(rule.Name)}", "another rule has the same name.");
            }
        }
    }

    private static IEnumerable<ValidationResult> OfRule(string at, PolicyOptions.RuleOptions rule, PolicyOptions policy)
    {
        if (rule.Then is not { } then || !Enum.IsDefined(then))
        {
            yield return Fault($"{at}:{nameof(rule.Then)}", "it must be Allow, Ask or Deny.");
        }

        var when = $"{at}:{nameof(rule.When)}";
        var faults = OfEach($"{when}:{nameof(rule.When.Domains)}", rule.When.Domains, WhyNoDomain)
            .Concat(OfEach($"{when}:{nameof(rule.When.Roles)}", rule.When.Roles, WhyNoRole))
            .Concat(OfEach($"{when}:{nameof(rule.When.Requesters)}", rule.When.Requesters, WhyNoRequester))
            .Concat(OfEach($"{when}:{nameof(rule.When.Rooms)}", rule.When.Rooms, WhyNoTitle))
            .Concat(OfEach($"{at}:{nameof(rule.Approvers)}", rule.Approvers, name => WhyNoApprover(name, policy)));

        foreach (var fault in faults)
        {
            yield return fault;
        }

        if (rule.When.MoreThan < 0)
        {
            yield return Fault($"{when}:{nameof(rule.When.MoreThan)}", "it must be 0 or more.");
        }

        if (rule.Needed is < 1 or > MostNeeded)
        {
            yield return Fault($"{at}:{nameof(rule.Needed)}", $"it must be between 1 and {MostNeeded}.");
        }
        else if (CountPeople(rule, policy) is { } people && people < rule.Needed)
        {
            yield return Fault($"{at}:{nameof(rule.Needed)}", $"the rule asks only {people} {(people == 1 ? "person" : "people")}.");
        }
    }

    private static IEnumerable<ValidationResult> OfGroup(string at, string name, PolicyOptions.GroupOptions group)
    {
        if (name.TrimStart().StartsWith('@') || string.IsNullOrWhiteSpace(name))
        {
            yield return Fault(at, $"a group cannot be called that. {ApproverGroup.ManagerName} means the manager of whoever asks.");
        }

        if (group.People.Count == 0 && group.Channel is null)
        {
            yield return Fault(at, "it must name people or a channel.");
        }

        foreach (var fault in OfEach($"{at}:{nameof(group.People)}", group.People, WhyNobody))
        {
            yield return fault;
        }

        if (group.Channel is { } channel && !IsChannel(channel))
        {
            yield return Fault($"{at}:{nameof(group.Channel)}", "it must be the id of a channel, such as 19:…@thread.tacv2.");
        }
    }

    /// <summary>How many people the rule names; null where others may decide too.</summary>
    private static int? CountPeople(PolicyOptions.RuleOptions rule, PolicyOptions policy)
    {
        var people = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        foreach (var name in rule.Approvers)
        {
            if (policy.ApproverGroups.GetValueOrDefault(name.Trim()) is not { People.Count: > 0 } group)
            {
                return null;
            }

            people.UnionWith(group.People.Select(person => person.Trim()));
        }

        return rule.Approvers.Count > 0 ? people.Count : null;
    }

    private static string? WhyNoDomain(string domain)
    {
        var name = domain.StartsWith('@') ? domain[1..] : domain;
        return name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '*' or '_')
            ? null
            : "it must be a domain such as partner.com or *.partner.com.";
    }

    private static string? WhyNoRole(string role) =>
        DocSpaceRoleNames.Read(role) is not null
            ? null
            : $"there is no such role.{Guess(role, DocSpaceRoleNames.Typed)} Roles are user, roomadmin, docspaceadmin and guest.";

    private static string? WhyNoRequester(string requester) =>
        !requester.Any(char.IsWhiteSpace) && (requester.Contains('@') || requester == "*" || IsObjectId(requester))
            ? null
            : "it must be an address, with * for any characters, or an Entra object id.";

    private static string? WhyNoTitle(string title) => string.IsNullOrWhiteSpace(title) ? "it must be the title of a room." : null;

    private static string? WhyNobody(string person) =>
        IsObjectId(person.Trim()) || (EmailAddress.WhyNot(person.Trim()) is null && !person.Contains('*'))
            ? null
            : "it must be an address or an Entra object id.";

    private static string? WhyNoApprover(string name, PolicyOptions policy) =>
        string.Equals(name.Trim(), ApproverGroup.ManagerName, StringComparison.OrdinalIgnoreCase)
        || policy.ApproverGroups.ContainsKey(name.Trim())
            ? null
            : $"there is no such group under {PolicyOptions.Section}:{nameof(PolicyOptions.ApproverGroups)}."
                + Guess(name.Trim(), policy.ApproverGroups.Keys.Append(ApproverGroup.ManagerName));

    /// <summary>In the form in which Entra writes them: another would be nobody's.</summary>
    private static bool IsObjectId(string text) => Guid.TryParseExact(text, "D", out _);

    private static bool IsChannel(string id) =>
        id.StartsWith("19:", StringComparison.Ordinal)
        && (id.EndsWith("@thread.tacv2", StringComparison.Ordinal) || id.EndsWith("@thread.skype", StringComparison.Ordinal))
        && id.IndexOf('@', StringComparison.Ordinal) is > 3 and var at
        && at == id.LastIndexOf('@')
        && !id.Any(c => char.IsWhiteSpace(c) || c is ';' or '/' or '%');

    private static string Guess(string word, IEnumerable<string> known) =>
        ClosestWord.To(word, known) is { } closest ? $" Did you mean {closest}?" : "";

    private static IEnumerable<ValidationResult> OfEach(string at, IReadOnlyList<string> texts, Func<string, string?> whyNot) =>
        from it in texts.Index()
        let why = whyNot(it.Item)
        where why is not null
        select Fault($"{at}:{it.Index}", why);

    private static ValidationResult Fault(string setting, string why) => new(why, [setting]);
}
