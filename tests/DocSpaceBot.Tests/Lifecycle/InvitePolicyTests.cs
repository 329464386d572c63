using System.Text.RegularExpressions;
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
    public void A_rule_that_may_be_about_whoever_asks_lets_them_ask_where_they_would_else_be_allowed()
    {
        var interns = Rule(PolicyAnswer.Ask) with { Name = "interns", Requesters = ["intern-*@example.com"] };
        var policy = new InvitePolicy([interns, Rule(PolicyAnswer.Allow)], PolicyAnswer.Deny, []);

        Assert.Equal(PolicyAnswer.Allow, policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User)).Answer);
        Assert.Equal((PolicyAnswer.Ask, "interns"), AnswerOf(policy.Decide(new(Stranger, "a@x.org", DocSpaceRole.User))));

        // Where nobody else is let in, they are not.
        Assert.Equal(
            (PolicyAnswer.Deny, null),
            AnswerOf(new InvitePolicy([interns], PolicyAnswer.Deny, []).Decide(new(Stranger, "a@x.org", DocSpaceRole.User)))
        );

        static (PolicyAnswer, string?) AnswerOf(Verdict verdict) => (verdict.Answer, verdict.Rule);
    }

    [Fact]
    public void A_denial_by_id_is_about_nobody_else()
    {
        var policy = new InvitePolicy(
            [Rule(PolicyAnswer.Deny) with { Requesters = ["d0000000-1000-4000-8000-000000000001"] }],
            PolicyAnswer.Allow,
            []
        );

        Assert.Equal(PolicyAnswer.Allow, policy.Decide(new(Stranger, "a@x.org", DocSpaceRole.User)).Answer);
        Assert.Equal(
            PolicyAnswer.Deny,
            policy.Decide(new(new("D0000000-1000-4000-8000-000000000001", null), "a@x.org", DocSpaceRole.User)).Answer
        );
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
                Questions(),
                it =>
                {
                    foreach (var at in Enumerable.Range(0, it.Policy.Rules.Count + 1))
                    {
                        var policy = it.Policy with
                        {
                            Rules = [.. it.Policy.Rules.Take(at), Rule(PolicyAnswer.Deny), .. it.Policy.Rules.Skip(at)],
                        };
                        Assert.Equal(PolicyAnswer.Deny, policy.Decide(it.Question).Answer);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_that_asks_or_allows_changes_nothing_behind_the_first_that_fits() =>
        Prop.ForAll(
                Questions(),
                Rules(PolicyAnswer.Allow, PolicyAnswer.Ask),
                (it, more) =>
                {
                    var all = it.Policy.Rules.Append(Rule(PolicyAnswer.Allow)).ToList();
                    var before = it.Policy with { Rules = all };
                    var after = it.Policy with { Rules = [.. all, .. more] };

                    AssertSame(before.Decide(it.Question), after.Decide(it.Question));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Rules_that_are_about_something_else_change_nothing() =>
        Prop.ForAll(
                Questions(),
                Rules(Enum.GetValues<PolicyAnswer>()),
                (it, others) =>
                {
                    var mixed = it.Policy.Rules.SelectMany(rule =>
                        others.Select(other => other with { Domains = ["elsewhere.net"] }).Append(rule)
                    );

                    AssertSame(it.Policy.Decide(it.Question), (it.Policy with { Rules = [.. mixed] }).Decide(it.Question));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Not_to_know_who_asks_never_gets_more_than_to_know_it() =>
        Prop.ForAll(
                Questions(),
                it =>
                {
                    var unknown = it.Policy.Decide(it.Question with { Asker = it.Question.Asker with { Email = null } }).Answer;
                    var known = it.Policy.Decide(it.Question).Answer;

                    Assert.True(unknown >= known, $"{unknown} instead of {known}");
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_about_addresses_lets_nobody_in_whose_address_is_unknown() =>
        Prop.ForAll(
                Questions(),
                it =>
                {
                    var about = it.Policy.Rules.Select(rule => rule with { Requesters = ["*@example.com"] }).ToList();
                    var policy = new InvitePolicy(about, PolicyAnswer.Ask, []);

                    Assert.NotEqual(PolicyAnswer.Allow, policy.Decide(it.Question with { Asker = Stranger }).Answer);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Q4 Audit", "q4 audit", true)]
    [InlineData("* Audit", "Q4 Audit", true)]
    [InlineData("* Audit", "Q4 Audits", false)]
    [InlineData("What?", "What?", true)]
    [InlineData("What?", "Whats", false)]
    [InlineData(@"R\D", @"R\D", true)]
    [InlineData("*", null, false)]
    public void A_room_is_its_title_and_who_goes_into_none_is_in_none(string room, string? into, bool matches)
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Deny) with { Rooms = [room] }], PolicyAnswer.Allow, []);

        Assert.Equal(
            matches ? PolicyAnswer.Deny : PolicyAnswer.Allow,
            policy.Decide(new(Alice, "a@x.org", DocSpaceRole.Guest) { Room = into }).Answer
        );
    }

    [Theory]
    [InlineData(10, 10, false)]
    [InlineData(10, 11, true)]
    [InlineData(0, 1, true)]
    public void A_request_is_large_when_it_is_for_more_people_than_that(int most, int people, bool matches)
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Deny) with { MoreThan = most }], PolicyAnswer.Allow, []);

        Assert.Equal(
            matches ? PolicyAnswer.Deny : PolicyAnswer.Allow,
            policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User) { People = people }).Answer
        );
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(null, true, true)]
    public void A_domain_is_new_or_known(bool? wanted, bool isNew, bool matches)
    {
        var policy = new InvitePolicy([Rule(PolicyAnswer.Deny) with { NewDomain = wanted }], PolicyAnswer.Allow, []);

        Assert.Equal(
            matches ? PolicyAnswer.Deny : PolicyAnswer.Allow,
            policy.Decide(new(Alice, "a@x.org", DocSpaceRole.User) { IsNewDomain = isNew }).Answer
        );
    }

    [Fact]
    public void A_pattern_means_what_a_regular_expression_with_its_stars_means() =>
        Prop.ForAll(
                Gen.Elements("ab*?.A".ToCharArray()).ArrayOf().ToArbitrary(),
                Gen.Elements("ab?.B".ToCharArray()).ArrayOf().ToArbitrary(),
                (pattern, text) =>
                {
                    var meant = $"^{string.Join(".*", new string(pattern).Split('*').Select(Regex.Escape))}$";

                    Assert.Equal(
                        Regex.IsMatch(
                            new string(text),
                            meant,
                            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                            TimeSpan.FromSeconds(10)
                        ),
                        Glob.Matches(pattern, text)
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    private static PolicyRule Rule(PolicyAnswer then) => new("rule", [], [], [], then);

    private static void AssertSame(Verdict expected, Verdict verdict) =>
        Assert.Equal((expected.Answer, expected.Rule, expected.Needed), (verdict.Answer, verdict.Rule, verdict.Needed));

    /// <summary>A policy and something that is asked of it.</summary>
    private static Arbitrary<(InvitePolicy Policy, PolicyQuestion Question)> Questions() =>
        (
            from rules in RuleGen(Enum.GetValues<PolicyAnswer>()).ListOf()
            from otherwise in Gen.Elements(Enum.GetValues<PolicyAnswer>())
            from role in Gen.Elements(DocSpaceRole.User, DocSpaceRole.Guest)
            from room in Gen.Elements(null, "Audit")
            from people in Gen.Elements(1, 6)
            from isNew in Gen.Elements(true, false)
            select (
                new InvitePolicy([.. rules], otherwise, []),
                new PolicyQuestion(Alice, "a@x.org", role)
                {
                    Room = room,
                    People = people,
                    IsNewDomain = isNew,
                }
            )
        ).ToArbitrary();

    private static Arbitrary<IList<PolicyRule>> Rules(params PolicyAnswer[] answers) =>
        RuleGen(answers).ListOf().Select(list => (IList<PolicyRule>)list).ToArbitrary();

    private static Gen<PolicyRule> RuleGen(PolicyAnswer[] answers) =>
        from domains in Gen.Elements<string[]>([], ["x.org"], ["*"], ["y.org"])
        from roles in Gen.Elements<DocSpaceRole[]>([], [DocSpaceRole.User], [DocSpaceRole.RoomAdmin])
        from requesters in Gen.Elements<string[]>(
            [],
            ["*@example.com"],
            ["alice-id"],
            ["*"],
            ["bob@example.com"],
            ["d0000000-1000-4000-8000-000000000001"]
        )
        from rooms in Gen.Elements<string[]>([], ["Audit"], ["*"])
        from most in Gen.Elements<int?>(null, 5)
        from isNew in Gen.Elements<bool?>(null, true, false)
        from needed in Gen.Choose(1, 3)
        from then in Gen.Elements(answers)
        select new PolicyRule($"rule for {needed}", domains, roles, requesters, then)
        {
            Rooms = rooms,
            MoreThan = most,
            NewDomain = isNew,
            Needed = needed,
        };
}
