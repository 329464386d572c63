using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class ApprovalRightsTests
{
    private const string Channel = "19:approvals@thread.tacv2";

    private static readonly Decider Dana = new(An.Dana, ["DANA@EXAMPLE.COM", "DDORN@EXAMPLE.COM"], "a:dana");

    [Theory]
    [InlineData("dana@example.com", true)]
    [InlineData("Dana@Example.com ", true)]
    [InlineData("ddorn@example.com", true)]
    [InlineData("33333333-3333-4333-8333-333333333331", true)]
    [InlineData("33333333-3333-4333-8333-333333333330", false)]
    [InlineData("dana@example.com.evil", false)]
    [InlineData("*@example.com", false)]
    [InlineData("", false)]
    public void Somebody_is_named_by_a_whole_address_or_by_the_object_id(string entry, bool decides) =>
        Assert.Equal(decides ? "managers" : null, ApprovalRights.RightOf(Asks(People(entry)), Dana, null));

    [Fact]
    public void Somebody_whose_address_is_not_known_is_nobody_of_an_address() =>
        Assert.Null(ApprovalRights.RightOf(Asks(People("dana@example.com")), Dana with { Addresses = [] }, null));

    [Fact]
    public void The_manager_is_whoever_the_directory_calls_so() =>
        Assert.Equal(
            ["@manager", null, null],
            new[] { An.Dana.Id.ToUpperInvariant(), An.Alice.Id, null }.Select(manager =>
                ApprovalRights.RightOf(Asks(ApproverGroup.Manager), Dana, manager)
            )
        );

    [Theory]
    [InlineData(Channel, true)]
    [InlineData(Channel + ";messageid=1700000000000", true)]
    [InlineData(Channel + "x", false)]
    [InlineData("a:dana", false)]
    public void A_channel_alone_lets_those_decide_who_are_in_it(string place, bool decides) =>
        Assert.Equal(
            decides ? "managers" : null,
            ApprovalRights.RightOf(Asks(new ApproverGroup("managers", [], Channel)), Dana with { Place = place }, null)
        );

    [Fact]
    public void Beside_people_a_channel_only_shows_the_card() =>
        Assert.Null(
            ApprovalRights.RightOf(
                Asks(new ApproverGroup("managers", [new("max@example.com")], Channel)),
                Dana with
                {
                    Place = Channel,
                },
                null
            )
        );

    [Fact]
    public void Where_nobody_is_asked_nobody_has_a_right() =>
        Assert.All(
            new[] { PolicyAnswer.Allow, PolicyAnswer.Deny },
            answer => Assert.Null(ApprovalRights.RightOf(Asks(People("dana@example.com")) with { Answer = answer }, Dana, null))
        );

    [Fact]
    public void Without_an_object_id_nobody_decides() =>
        Assert.Null(ApprovalRights.RightOf(Asks(People("dana@example.com", "")), Dana with { Person = new("", "Dana") }, ""));

    [Theory]
    [InlineData(1, true, "dana@example.com")]
    [InlineData(2, false, "dana@example.com")]
    [InlineData(2, false, "dana@example.com", "DANA@example.com")]
    [InlineData(2, true, "dana@example.com", "max@example.com")]
    [InlineData(1, false, "alice@example.com")]
    [InlineData(2, false, "alice@example.com", "dana@example.com")]
    [InlineData(1, false)]
    public void There_have_to_be_as_many_besides_the_requester_as_are_needed(int needed, bool enough, params string[] people) =>
        Assert.Equal(
            enough,
            ApprovalRights.CanBeEnough(Asks(People(people)) with { Needed = needed }, new(An.Alice.Id, "ALICE@EXAMPLE.COM"))
        );

    [Fact]
    public void Whoever_has_a_right_is_named_and_whoever_is_named_has_one() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string[]>(),
                entries =>
                {
                    var verdict = Asks(People([.. entries.Select(entry => entry ?? "")]));
                    var right = ApprovalRights.RightOf(verdict, Dana, null);
                    var isNamed = entries.Any(entry =>
                        entry is not null && Dana.Addresses.Append(An.Dana.Id).Contains(entry.Trim(), StringComparer.OrdinalIgnoreCase)
                    );
                    Assert.Equal(isNamed, right is not null);
                }
            )
            .QuickCheckThrowOnFailure();

    private static Verdict Asks(params ApproverGroup[] groups) => new(PolicyAnswer.Ask, "rule") { Approvers = groups };

    private static ApproverGroup People(params string[] entries) =>
        new("managers", [.. entries.Select(entry => new PersonEntry(entry))], null);
}
