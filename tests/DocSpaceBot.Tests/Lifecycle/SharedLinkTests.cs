using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class SharedLinkTests
{
    private const string Tenant = "tenant";

    private static readonly SharedLink Link = An.Link();

    [Fact]
    public void It_is_open_until_its_last_moment_and_not_in_it()
    {
        Assert.Equal(LinkState.Open, Link.StateAt(An.Instant));
        Assert.Equal(LinkState.Open, Link.StateAt(Link.ExpiresAt.AddMilliseconds(-1)));
        Assert.Equal(LinkState.Expired, Link.StateAt(Link.ExpiresAt));
    }

    [Fact]
    public void It_is_used_up_when_as_many_have_it_as_it_is_for()
    {
        Assert.Equal((LinkState.Open, 1), ((Link with { Taken = 9 }).StateAt(An.Instant), (Link with { Taken = 9 }).Left));
        Assert.Equal((LinkState.UsedUp, 0), ((Link with { Taken = 10 }).StateAt(An.Instant), (Link with { Taken = 10 }).Left));
    }

    [Fact]
    public void Being_stopped_counts_for_more_than_being_over_and_that_for_more_than_being_used_up()
    {
        var over = Link with { Taken = 10 };

        Assert.Equal(LinkState.Expired, over.StateAt(Link.ExpiresAt));
        Assert.Equal(LinkState.Stopped, (over with { StoppedAt = An.Instant }).StateAt(Link.ExpiresAt));
    }

    [Theory]
    [InlineData(LinkState.Open, true)]
    [InlineData(LinkState.UsedUp, true)]
    [InlineData(LinkState.Expired, false)]
    [InlineData(LinkState.Stopped, false)]
    internal void Whoever_has_it_can_use_it_also_when_nobody_else_gets_it(LinkState state, bool isGood) =>
        Assert.Equal(isGood, In(state).IsGoodAt(An.Instant));

    [Theory]
    [InlineData(LinkState.Open, null)]
    [InlineData(LinkState.UsedUp, "link-used-up")]
    [InlineData(LinkState.Expired, "link-expired")]
    [InlineData(LinkState.Stopped, "link-stopped")]
    internal void Who_is_too_late_is_told_why(LinkState state, string? code) =>
        Assert.Equal(code, In(state).WhyNotFor(Tenant, "example.com", An.Instant)?.Code);

    [Theory]
    [InlineData(LinkState.Open)]
    [InlineData(LinkState.Stopped)]
    internal void Nobody_of_another_tenant_learns_anything_of_it(LinkState state) =>
        Assert.Equal(Refusal.LinkNotForYou, In(state).WhyNotFor("other", "example.com", An.Instant));

    [Theory]
    [InlineData("contoso.com", true)]
    [InlineData("CONTOSO.COM", true)]
    [InlineData("contoso.de", true)]
    [InlineData("sub.contoso.com", false)]
    [InlineData("notcontoso.com", false)]
    [InlineData("contoso.com.evil.example", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_domains_that_it_is_for_get_it_and_nobody_whose_domain_is_not_known(string? domain, bool gets)
    {
        var link = Link with { Terms = Link.Terms with { Domains = ["contoso.com", "Contoso.de"] } };

        Assert.Equal(
            gets ? null
                : domain is null ? Refusal.LinkAddressUnknown
                : Refusal.LinkNotForYou,
            link.WhyNotFor(Tenant, domain, An.Instant)
        );
    }

    [Fact]
    public void Whom_it_is_not_for_does_not_learn_that_it_was_stopped()
    {
        var link = In(LinkState.Stopped) with { Terms = Link.Terms with { Domains = ["contoso.com"] } };

        Assert.Equal(Refusal.LinkNotForYou, link.WhyNotFor(Tenant, "example.com", An.Instant));
    }

    [Fact]
    public void Where_it_is_for_everybody_a_domain_that_is_not_known_is_no_hindrance() =>
        Assert.Null(Link.WhyNotFor(Tenant, null, An.Instant));

    [Fact]
    public void The_old_kind_is_replaced_after_six_days_unless_it_is_over_by_then()
    {
        var old = Link with { PortalLink = null, ExpiresAt = An.Instant.AddDays(30) };

        Assert.Equal(An.Instant.AddDays(6), old.RenewBy);
        Assert.Null((old with { ExpiresAt = An.Instant.AddDays(6) }).RenewBy);
        Assert.Null((old with { PortalLink = Guid.NewGuid() }).RenewBy);
    }

    [Theory]
    [InlineData(1, 5, "for 1 person, 5 minutes long")]
    [InlineData(2, 60, "for 2 people, 1 hour long")]
    [InlineData(10, 24 * 60, "for 10 people, 24 hours long")]
    [InlineData(10, 36 * 60, "for 10 people, 36 hours long")]
    [InlineData(10, 48 * 60, "for 10 people, 2 days long")]
    [InlineData(10, 90, "for 10 people, 90 minutes long")]
    public void Its_limits_are_said_in_words(int uses, int minutes, string words) =>
        Assert.Equal(words, new LinkTerms(TimeSpan.FromMinutes(minutes), uses).InWords());

    [Fact]
    public void The_domains_are_among_its_limits() =>
        Assert.Equal(
            "for 10 people, 7 days long, only contoso.com, contoso.de",
            (LinkTerms.Usual with { Domains = ["contoso.com", "contoso.de"] }).InWords()
        );

    private static SharedLink In(LinkState state) =>
        state switch
        {
            LinkState.UsedUp => Link with { Taken = 10 },
            LinkState.Expired => Link with { ExpiresAt = An.Instant },
            LinkState.Stopped => Link with { StoppedAt = An.Instant },
            _ => Link,
        };
}
