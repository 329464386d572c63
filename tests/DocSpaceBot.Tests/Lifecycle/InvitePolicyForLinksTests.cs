using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lifecycle;

/// <summary>The policy asked about a link: whom it brings in is not known before.</summary>
public sealed class InvitePolicyForLinksTests
{
    private static readonly Asker Alice = new("alice-id", "alice@example.com");
    private static readonly Asker Unknown = new("alice-id", null);

    private static readonly string[] Domains = ["x.org", "y.org", "sub.x.org", "example.com", "evil.example"];

    [Theory]
    [InlineData("x.org")]
    [InlineData("*")]
    public void A_rule_that_allows_a_domain_never_allows_a_link(string domain)
    {
        var allow = Rule(PolicyAnswer.Allow) with { Domains = [domain] };

        Assert.Equal((PolicyAnswer.Ask, null), For(new([allow], PolicyAnswer.Ask, [])));
        Assert.Equal((PolicyAnswer.Deny, null), For(new([allow], PolicyAnswer.Deny, [])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rule_that_allows_known_or_new_domains_never_allows_a_link(bool isNew) =>
        Assert.Equal((PolicyAnswer.Deny, null), For(new([Rule(PolicyAnswer.Allow) with { NewDomain = isNew }], PolicyAnswer.Deny, [])));

    [Fact]
    public void A_rule_that_denies_a_domain_lets_somebody_decide_about_a_link_that_would_else_be_allowed()
    {
        var deny = Rule(PolicyAnswer.Deny) with { Name = "no x", Domains = ["x.org"] };
        IReadOnlyList<ApproverGroup> groups = [new("managers", [new("dana@example.com")], null)];

        var verdict = new InvitePolicy([Rule(PolicyAnswer.Allow), deny], PolicyAnswer.Deny, groups).Decide(Link());

        Assert.Equal((PolicyAnswer.Ask, "no x"), (verdict.Answer, verdict.Rule));
        Assert.Equal(groups, verdict.Approvers);
        Assert.Equal((PolicyAnswer.Ask, "no x"), For(new([deny], PolicyAnswer.Allow, groups)));
        Assert.Equal((PolicyAnswer.Deny, null), For(new([deny], PolicyAnswer.Deny, groups)));
    }

    [Fact]
    public void A_rule_that_denies_new_domains_lets_somebody_decide_too() =>
        Assert.Equal((PolicyAnswer.Ask, "rule"), For(new([Rule(PolicyAnswer.Deny) with { NewDomain = true }], PolicyAnswer.Allow, [])));

    [Fact]
    public void Where_a_rule_asks_about_a_domain_those_whom_it_names_are_asked_about_a_link()
    {
        IReadOnlyList<ApproverGroup> owners = [new("owners", [new("max@example.com")], null)];
        var ask = Rule(PolicyAnswer.Ask) with { Name = "partners", Domains = ["x.org"], Approvers = owners, Needed = 2 };

        var verdict = new InvitePolicy([ask, Rule(PolicyAnswer.Allow)], PolicyAnswer.Deny, []).Decide(Link());

        Assert.Equal((PolicyAnswer.Ask, "partners", 2), (verdict.Answer, verdict.Rule, verdict.Needed));
        Assert.Equal(owners, verdict.Approvers);
    }

    [Fact]
    public void What_is_denied_by_role_by_requester_or_by_size_is_denied()
    {
        Assert.Equal((PolicyAnswer.Deny, "rule"), Denied(Rule(PolicyAnswer.Deny) with { Roles = [DocSpaceRole.User] }));
        Assert.Equal((PolicyAnswer.Deny, "rule"), Denied(Rule(PolicyAnswer.Deny) with { Requesters = ["*@example.com"] }));
        Assert.Equal((PolicyAnswer.Deny, "rule"), Denied(Rule(PolicyAnswer.Deny) with { MoreThan = 9 }));
        Assert.Equal((PolicyAnswer.Allow, "all"), Denied(Rule(PolicyAnswer.Deny) with { MoreThan = 10 }));
        Assert.Equal((PolicyAnswer.Allow, "all"), Denied(Rule(PolicyAnswer.Deny) with { Roles = [DocSpaceRole.Guest] }));
        Assert.Equal(
            (PolicyAnswer.Allow, "all"),
            Denied(Rule(PolicyAnswer.Deny) with { Roles = [DocSpaceRole.Guest], Domains = ["x.org"] })
        );

        static (PolicyAnswer, string?) Denied(PolicyRule rule) =>
            For(new([Rule(PolicyAnswer.Allow) with { Name = "all" }, rule], PolicyAnswer.Deny, []));
    }

    [Fact]
    public void A_denial_of_who_asks_that_cannot_be_ruled_out_denies()
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Deny) with { Requesters = ["intern-*@example.com"] }], PolicyAnswer.Allow, []);

        Assert.Equal(PolicyAnswer.Allow, policy.Decide(Link()).Answer);
        Assert.Equal(PolicyAnswer.Deny, policy.Decide(Link() with { Asker = Unknown }).Answer);
    }

    [Fact]
    public void Where_every_address_anywhere_would_be_denied_a_link_is_not_allowed() =>
        Prop.ForAll(
                Policies(),
                it =>
                {
                    if (People(it).All(answer => answer is PolicyAnswer.Deny))
                    {
                        Assert.NotEqual(PolicyAnswer.Allow, it.Policy.Decide(it.Link).Answer);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Who_may_have_a_link_at_once_may_invite_anybody_at_once_whom_it_could_bring_in() =>
        Prop.ForAll(
                Policies(),
                it =>
                {
                    if (it.Policy.Decide(it.Link).Answer is PolicyAnswer.Allow)
                    {
                        Assert.All(People(it), answer => Assert.Equal(PolicyAnswer.Allow, answer));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Not_to_know_who_asks_never_gets_more_of_a_link_either() =>
        Prop.ForAll(
                Policies(),
                it =>
                {
                    var unknown = it.Policy.Decide(it.Link with { Asker = Unknown }).Answer;
                    var known = it.Policy.Decide(it.Link).Answer;

                    Assert.True(unknown >= known, $"{unknown} instead of {known}");
                }
            )
            .QuickCheckThrowOnFailure();

    private static IEnumerable<PolicyAnswer> People((InvitePolicy Policy, PolicyQuestion Link) it) =>
        from domain in Domains
        from isNew in new[] { true, false }
        select it.Policy.Decide(it.Link with { Email = $"a@{domain}", IsNewDomain = isNew }).Answer;

    private static (PolicyAnswer Answer, string? Rule) For(InvitePolicy policy)
    {
        var verdict = policy.Decide(Link());
        return (verdict.Answer, verdict.Rule);
    }

    private static PolicyQuestion Link() => new(Alice, null, DocSpaceRole.User) { People = 10 };

    private static PolicyRule Rule(PolicyAnswer then) => new("rule", [], [], [], then);

    private static Arbitrary<(InvitePolicy Policy, PolicyQuestion Link)> Policies() =>
        (
            from rules in Rules().ListOf()
            from otherwise in Gen.Elements(Enum.GetValues<PolicyAnswer>())
            from role in Gen.Elements(DocSpaceRole.User, DocSpaceRole.Guest)
            from people in Gen.Elements(1, 6)
            select (new InvitePolicy([.. rules], otherwise, []), new PolicyQuestion(Alice, null, role) { People = people })
        ).ToArbitrary();

    private static Gen<PolicyRule> Rules() =>
        from domains in Gen.Elements<string[]>([], ["x.org"], ["*"], ["*.x.org", "y.org"])
        from roles in Gen.Elements<DocSpaceRole[]>([], [DocSpaceRole.User], [DocSpaceRole.RoomAdmin])
        from requesters in Gen.Elements<string[]>([], ["*@example.com"], ["alice-id"], ["*"], ["bob@example.com"])
        from rooms in Gen.Frequency((6, Gen.Constant<string[]>([])), (1, Gen.Constant<string[]>(["*"])))
        from most in Gen.Elements<int?>(null, null, 5)
        from isNew in Gen.Elements<bool?>(null, null, true, false)
        from then in Gen.Elements(Enum.GetValues<PolicyAnswer>())
        select new PolicyRule("rule", domains, roles, requesters, then)
        {
            Rooms = rooms,
            MoreThan = most,
            NewDomain = isNew,
        };
}
