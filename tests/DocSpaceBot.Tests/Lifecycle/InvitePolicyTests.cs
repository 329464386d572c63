using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class InvitePolicyTests
{
    private static readonly Asker Alice = new("alice-id", "ALICE@EXAMPLE.COM");
    private static readonly Asker Stranger = new("stranger-id", null);

    [Fact]
    public void Without_rules_it_is_as_otherwise_says() =>
        Assert.All(
            Enum.GetValues<PolicyAnswer>(),
            answer => Assert.Equal(answer, new InvitePolicy([], answer, []).Decide(new(Alice, "a@x.org", DocSpaceRole.User)).Answer)
        );

    [Theory]
    [InlineData("partner.com", "p@partner.com", true)]
    [InlineData("partner.com", "p@PARTNER.com", true)]
    [InlineData("@partner.com", "p@partner.com", true)]
    [InlineData("partner.com", "p@notpartner.com", false)]
    [InlineData("partner.com", "p@sub.partner.com", false)]
    [InlineData("*.partner.com", "p@sub.partner.com", true)]
    [InlineData("*.partner.com", "p@partner.com", false)]
    [InlineData("partner.com", "partner.com@evil.com", false)]
    public void A_domain_is_the_whole_domain(string domain, string email, bool matches)
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Allow) with { Domains = [domain] }], PolicyAnswer.Ask, []);

        Assert.Equal(matches ? PolicyAnswer.Allow : PolicyAnswer.Ask, policy.Decide(new(Alice, email, DocSpaceRole.User)).Answer);
    }

    [Theory]
    [InlineData("*@example.com", true)]
    [InlineData("alice@example.com", true)]
    [InlineData("ALICE-ID", true)]
    [InlineData("*@other.com", false)]
    [InlineData("alice@example.com.evil", false)]
    public void A_requester_is_an_address_or_an_id(string requester, bool matches)
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Allow) with { Requesters = [requester] }], PolicyAnswer.Ask, []);

        Assert.Equal(matches ? PolicyAnswer.Allow : PolicyAnswer.Ask, policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User)).Answer);
    }

    [Fact]
    public void The_first_rule_that_fits_decides()
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Ask) with { Name = "first" }, Rule(PolicyAnswer.Allow)], PolicyAnswer.Deny, []);

        Assert.Equal(new Verdict(PolicyAnswer.Ask, "first"), policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User)));
    }

    [Fact]
    public void A_denial_that_fits_wins_wherever_it_stands() =>
        Prop.ForAll(
                Rules(),
                rules =>
                {
                    var policy = new InvitePolicy([.. rules, Rule(PolicyAnswer.Deny)], PolicyAnswer.Allow, []);
                    Assert.Equal(PolicyAnswer.Deny, policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User)).Answer);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Not_to_know_who_asks_never_gets_more_than_to_know_it() =>
        Prop.ForAll(
                Rules(),
                rules =>
                {
                    var policy = new InvitePolicy([.. rules], PolicyAnswer.Deny, []);
                    var known = policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User)).Answer;
                    var unknown = policy.Decide(new(Alice with { Email = null }, "a@x.org", DocSpaceRole.User)).Answer;

                    Assert.True(known is not PolicyAnswer.Deny || unknown is PolicyAnswer.Deny);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_about_addresses_lets_nobody_in_whose_address_is_unknown() =>
        Prop.ForAll(
                Rules(),
                rules =>
                {
                    var about = rules.Select(rule => rule with { Requesters = ["*@example.com"] }).ToList();
                    Assert.Equal(
                        PolicyAnswer.Deny,
                        new InvitePolicy(about, PolicyAnswer.Deny, []).Decide(new(Stranger, "a@x.org", DocSpaceRole.User)).Answer
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    private static PolicyRule Rule(PolicyAnswer then) => new("rule", [], [], [], then);

    private static Arbitrary<IList<PolicyRule>> Rules() =>
        (
            from domains in Gen.Elements<string[]>([], ["x.org"], ["*"], ["y.org"])
            from roles in Gen.Elements<DocSpaceRole[]>([], [DocSpaceRole.User], [DocSpaceRole.RoomAdmin])
            from requesters in Gen.Elements<string[]>([], ["*@example.com"], ["alice-id"], ["*"], ["bob@example.com"])
            from then in Gen.Elements(Enum.GetValues<PolicyAnswer>())
            select new PolicyRule("some rule", domains, roles, requesters, then)
        )
            .ListOf()
            .Select(list => (IList<PolicyRule>)list)
            .ToArbitrary();
}
