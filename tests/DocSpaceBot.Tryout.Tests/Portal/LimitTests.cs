using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class LimitTests
{
    private static readonly PortalSetup Hosted = new() { RateLimits = true };

    [Fact]
    public async Task Sending_again_works_five_times_in_a_quarter_of_an_hour_and_says_not_when_again()
    {
        await using var it = await PortalFixture.StartAsync(Hosted);
        for (var times = 0; times < 5; times++)
            Assert.Equal(200, (await AgainAsync(it)).Status);

        var refused = await AgainAsync(it);

        Assert.Equal(
            (429, "", "5", "0"),
            (refused.Status, refused.Text, refused.Headers["X-RateLimit-Limit"], refused.Headers["X-RateLimit-Remaining"])
        );
        Assert.False(refused.Headers.ContainsKey("Retry-After"));
        it.Clock.Move(TimeSpan.FromMinutes(15));
        Assert.Equal(200, (await AgainAsync(it)).Status);
    }

    [Fact]
    public async Task A_self_hosted_portal_has_no_limits()
    {
        await using var it = await PortalFixture.StartAsync();

        for (var times = 0; times < 10; times++)
            Assert.Equal(200, (await AgainAsync(it)).Status);
    }

    [Fact]
    public async Task Fifteen_hundred_calls_a_minute_are_the_end()
    {
        await using var it = await PortalFixture.StartAsync(Hosted);
        for (var times = 0; times < 1_500; times++)
            await it.GetAsync("keys/@self");

        Assert.Equal("1500", (await it.GetAsync("keys/@self")).Headers["X-RateLimit-Limit"]);
        it.Clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await it.GetAsync("keys/@self")).Status);
    }

    [Fact]
    public async Task The_sixteenth_write_at_once_is_refused()
    {
        await using var it = await PortalFixture.StartAsync(Hosted with { Latency = TimeSpan.FromSeconds(1) });
        var calls = Enumerable.Range(0, 16).Select(number => it.InviteAsync($"person{number}@example.com")).ToList();

        var refused = await await Task.WhenAny(calls);
        Assert.Equal((429, "15"), (refused.Status, refused.Headers["X-RateLimit-Limit"]));

        it.Clock.Move(TimeSpan.FromSeconds(1));
        var replies = await Task.WhenAll(calls);
        Assert.Equal(15, replies.Count(reply => reply.Status == 200));
    }

    [Fact]
    public async Task Every_posted_address_counts_against_the_day_and_the_answer_says_when_it_ends()
    {
        await using var it = await PortalFixture.StartAsync(Hosted with { EmailInvitationsPerDay = 2 });
        await it.InviteAsync("one@example.com");
        Assert.Equal(400, (await it.InviteAsync("not-an-email")).Status);
        it.Clock.Move(TimeSpan.FromHours(1));

        var refused = await it.InviteAsync("two@example.com");

        Assert.Equal(
            (429, (23 * 3600).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            (refused.Status, refused.Headers["Retry-After"])
        );
        Assert.Equal("1788337800", refused.Headers["X-RateLimit-Reset"]);
        it.Clock.Move(TimeSpan.FromHours(23));
        Assert.Equal(200, (await it.InviteAsync("two@example.com")).Status);
    }

    private static Task<PortalReply> AgainAsync(PortalFixture it) => it.PutAsync("people/invite", new { userIds = Array.Empty<Guid>() });
}
