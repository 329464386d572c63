using System.ComponentModel.DataAnnotations;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>The policy as it is written in the settings.</summary>
internal sealed class PolicyOptions : IValidatableObject
{
    public const string Section = "Policy";

    public List<RuleOptions> Rules { get; init; } = [];

    /// <summary>What happens to a request that no rule is about.</summary>
    [EnumDataType(typeof(PolicyAnswer), ErrorMessage = "it must be Allow, Ask or Deny.")]
    public PolicyAnswer Otherwise { get; init; } = PolicyAnswer.Ask;

    /// <summary>Who is meant by the names under <c>Approvers</c> of a rule.</summary>
    public Dictionary<string, GroupOptions> ApproverGroups { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => PolicyFaults.Of(this);

    /// <summary>The settings whose wording leaves nobody to ask; what they are about is denied.</summary>
    public IEnumerable<string> AskingNobody() =>
        Rules
            .Index()
            .Where(it => it.Item is { Then: PolicyAnswer.Ask, Approvers.Count: 0 })
            .Select(it => $"{Section}:{nameof(Rules)}:{it.Index}:{nameof(RuleOptions.Approvers)}")
            .Concat(Otherwise is PolicyAnswer.Ask && ApproverGroups.Count == 0 ? [$"{Section}:{nameof(ApproverGroups)}"] : []);

    /// <summary>The same as rules to decide by; only for what has no faults.</summary>
    public InvitePolicy ToPolicy()
    {
        var groups = ApproverGroups.ToDictionary(it => it.Key, it => ToGroup(it.Key, it.Value), StringComparer.OrdinalIgnoreCase);
        groups[ApproverGroup.ManagerName] = ApproverGroup.Manager;

        return new(
            [
                .. Rules.Select(rule => new PolicyRule(
                    rule.Name.Trim(),
                    rule.When.Domains,
                    [.. rule.When.Roles.Select(role => DocSpaceRoleNames.Read(role)).OfType<DocSpaceRole>()],
                    rule.When.Requesters,
                    rule.Then ?? PolicyAnswer.Deny
                )
                {
                    Rooms = [.. rule.When.Rooms.Select(room => room.Trim())],
                    MoreThan = rule.When.MoreThan,
                    NewDomain = rule.When.NewDomain,
                    Approvers = [.. rule.Approvers.Select(name => groups[name.Trim()]).Distinct()],
                    Needed = rule.Needed,
                }),
            ],
            Otherwise,
            [.. groups.Values.Where(group => !group.IsManager)]
        );
    }

    private static ApproverGroup ToGroup(string name, GroupOptions group) =>
        new(name, [.. group.People.Select(person => new PersonEntry(person.Trim()))], group.Channel);

    internal sealed class RuleOptions
    {
        public string Name { get; init; } = "";

        public Condition When { get; init; } = new();

        public PolicyAnswer? Then { get; init; }

        /// <summary>Names of groups, or <c>@manager</c>; the first is asked first.</summary>
        public List<string> Approvers { get; init; } = [];

        /// <summary>How many approvers have to say yes.</summary>
        public int Needed { get; init; } = 1;
    }

    /// <summary>What is not said does not matter. A list that is there and empty would be met by everything, so there is none.</summary>
    internal sealed class Condition
    {
        /// <summary>The whole domain of the address, with <c>*</c> for any characters.</summary>
        [MinLength(1)]
        public List<string> Domains { get; init; } = [];

        [MinLength(1)]
        public List<string> Roles { get; init; } = [];

        /// <summary>Addresses, with <c>*</c> for any characters, or Entra object ids.</summary>
        [MinLength(1)]
        public List<string> Requesters { get; init; } = [];

        /// <summary>Titles, with <c>*</c> for any characters.</summary>
        [MinLength(1)]
        public List<string> Rooms { get; init; } = [];

        /// <summary>A request for more people than this.</summary>
        public int? MoreThan { get; init; }

        /// <summary>Nobody has been invited at the domain before (true), or somebody has (false).</summary>
        public bool? NewDomain { get; init; }
    }

    internal sealed class GroupOptions
    {
        /// <summary>Addresses or Entra object ids.</summary>
        public List<string> People { get; init; } = [];

        /// <summary>The id of a channel in which the question is put.</summary>
        public string? Channel { get; init; }
    }
}
