using System.ComponentModel.DataAnnotations;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

internal sealed class PolicyOptions : IValidatableObject
{
    public const string Section = "Policy";

    public List<RuleOptions> Rules { get; init; } = [];

    /// <summary>What happens to a request that no rule is about.</summary>
    [EnumDataType(typeof(PolicyAnswer), ErrorMessage = "it must be Allow, Ask or Deny.")]
    public PolicyAnswer Otherwise { get; init; } = PolicyAnswer.Ask;

    /// <summary>Who is meant by the names under <c>Approvers</c> of a rule.</summary>
    public Dictionary<string, ApproverGroup> ApproverGroups { get; init; } = [];

    public bool AsksForRequester => Rules.Exists(rule => rule.When.Requesters.Count > 0);

    public InvitePolicy Policy =>
        field ??= new InvitePolicy(
            [
                .. Rules.Select(rule => new PolicyRule(
                    rule.Name,
                    rule.When.Domains,
                    [.. rule.When.Roles.Select(role => DocSpaceRoleNames.Read(role)).OfType<DocSpaceRole>()],
                    rule.When.Requesters,
                    rule.Then ?? PolicyAnswer.Deny
                )),
            ],
            Otherwise,
            []
        );

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (i, rule) in Rules.Index())
        {
            if (rule.Name.Length == 0)
            {
                yield return new("it must say what the rule is called.", [$"Rules:{i}:Name"]);
            }

            if (rule.Then is not { } then || !Enum.IsDefined(then))
            {
                yield return new("it must be Allow, Ask or Deny.", [$"Rules:{i}:Then"]);
            }

            if (rule.When.Roles.Find(role => DocSpaceRoleNames.Read(role) is null) is { } unknown)
            {
                yield return new($"there is no role {unknown}.", [$"Rules:{i}:When:Roles"]);
            }
        }
    }

    internal sealed class RuleOptions
    {
        public string Name { get; init; } = "";

        public Condition When { get; init; } = new();

        public PolicyAnswer? Then { get; init; }

        public List<string> Approvers { get; init; } = [];

        /// <summary>How many approvers have to say yes.</summary>
        public int Needed { get; init; } = 1;
    }

    internal sealed class ApproverGroup
    {
        public List<string> People { get; init; } = [];
        public string Channel { get; init; } = "";
    }

    internal sealed class Condition
    {
        public List<string> Domains { get; init; } = [];
        public List<string> Roles { get; init; } = [];
        public List<string> Requesters { get; init; } = [];
    }
}
