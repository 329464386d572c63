using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Invitations;

internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    public List<RuleOptions> Rules { get; init; } = [];

    /// <summary>What happens to a request that no rule is about.</summary>
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
            Otherwise
        );

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

internal sealed class PolicyOptionsValidator : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];

            if (rule.Name.Length == 0)
            {
                return Fail($"{i}:Name must say what the rule is called.");
            }

            if (rule.Then is not { } then || !Enum.IsDefined(then))
            {
                return Fail($"{i}:Then must be Allow, Ask or Deny.");
            }

            if (rule.When.Roles.Find(role => DocSpaceRoleNames.Read(role) is null) is { } unknown)
            {
                return Fail($"{i}:When:Roles: there is no role {unknown}.");
            }
        }

        return Enum.IsDefined(options.Otherwise)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Policy:Otherwise must be Allow, Ask or Deny.");

        static ValidateOptionsResult Fail(string text) => ValidateOptionsResult.Fail($"Policy:Rules:{text}");
    }
}
