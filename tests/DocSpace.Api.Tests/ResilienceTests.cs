using DocSpace.Api.Http;
using DocSpace.Api.Tests.World;
using Microsoft.AspNetCore.Http;
using static DocSpace.Api.DocSpaceProblemKind;

namespace DocSpace.Api.Tests;

/// <summary>Repeats, timeouts, the breaker and the limit, by a clock that moves when told.</summary>
public sealed class ResilienceTests
{
    private const string Self = """{"response":{"id":"0d9c1f6a-2a0e-4a70-8a5b-2f5c52fb0a01","status":1,"activationStatus":1}}""";

    private static readonly Guid Bob = Guid.Parse("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");
    private static readonly EmailInvitation[] Invitations = [new("bob@example.com", DocSpaceRole.User)];
    private static readonly Func<TimeSpan, bool> ShortWait = wait => wait > TimeSpan.Zero && wait <= PortalPipeline.LongestRetryWait;

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_after_a_passing_fault(int status)
    {
        await using var portal = await FakePortal.StartAsync();
        portal.Answer = it => portal.Arrivals.Count == 1 ? it.Response.HtmlAsync(status) : it.Response.JsonAsync(Self);

        var call = portal.Client.GetSelfAsync(default);
        await PassShortWaitAsync(portal);

        Assert.True((await call).HasJoined);
        Assert.Equal(2, portal.Arrivals.Count);
    }

    [Fact]
    public async Task A_read_is_given_up_after_two_repeats()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.HtmlAsync(503));

        var call = portal.Client.GetSelfAsync(default);
        await PassShortWaitAsync(portal);
        await portal.ArrivedAsync(2);
        await PassShortWaitAsync(portal);

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { HttpStatus = 503 }, await ProblemAsync(call));
        Assert.Equal(3, portal.Arrivals.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_changes_something_is_sent_once_only(int status)
    {
        await using var portal = await FakePortal.StartAsync(it =>
        {
            it.Response.Headers.RetryAfter = "1";
            return it.Response.EmptyAsync(status);
        });
        var client = portal.Client;

        Task[] calls =
        [
            client.InviteAsync(Invitations, null, default),
            client.CreatePersonAsync(new("bob@example.com", "Bob", "B", DocSpaceRole.User), default),
            client.ResendAsync([Bob], default),
            client.ResendAllAsync(default),
            client.SetStatusAsync([Bob], PersonStatus.Terminated, default),
            client.SetRoleAsync([Bob], DocSpaceRole.RoomAdmin, default),
            client.SendCongratulationsAsync(Bob, "welcome_guest", default),
        ];

        foreach (var call in calls)
        {
            var problem = await ProblemAsync(call);
            Assert.Equal((status != 429, TimeSpan.FromSeconds(1)), (problem.MayHaveHappened, problem.RetryAfter));
        }

        Assert.Equal(calls.Length, portal.Arrivals.Count);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("Tue, 01 Sep 2026 08:30:05 GMT", 5)]
    public async Task A_short_wait_the_portal_asks_for_is_kept(string retryAfter, int seconds)
    {
        await using var portal = await FakePortal.StartAsync();
        portal.Answer = it =>
        {
            if (portal.Arrivals.Count > 1)
            {
                return it.Response.JsonAsync(Self);
            }

            it.Response.Headers.RetryAfter = retryAfter;
            return it.Response.EmptyAsync(429);
        };

        var call = portal.Client.GetSelfAsync(default);
        await portal.Clock.WaitedForAsync(wait => wait == TimeSpan.FromSeconds(seconds));
        Assert.Single(portal.Arrivals);
        portal.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.True((await call).HasJoined);
        Assert.Equal(TimeSpan.FromSeconds(seconds), portal.Arrivals[1].At - portal.Arrivals[0].At);
    }

    [Theory]
    [InlineData("Retry-After", "120", 120)]
    [InlineData("Retry-After", "Tue, 01 Sep 2026 08:40:00 GMT", 600)]
    [InlineData("Retry-After", "99999999", 31 * 24 * 3600)]
    [InlineData("Retry-After", "0", 60)]
    [InlineData("Retry-After", "Tue, 01 Sep 2026 08:20:00 GMT", 60)]
    [InlineData("X-RateLimit-Reset", "1788253200", 1800)]
    [InlineData("X-RateLimit-Limit", "5", 900)]
    [InlineData("X-RateLimit-Limit", "1500", 60)]
    [InlineData("X-RateLimit-Limit", "nonsense", 60)]
    public async Task A_long_wait_is_handed_to_the_caller(string header, string value, int seconds)
    {
        await using var portal = await FakePortal.StartAsync(it =>
        {
            it.Response.Headers[header] = value;
            return it.Response.EmptyAsync(429);
        });

        var problem = await ProblemAsync(portal.Client.GetSelfAsync(default));

        Assert.Equal(new DocSpaceProblem(LimitReached) { HttpStatus = 429, RetryAfter = TimeSpan.FromSeconds(seconds) }, problem);
        Assert.Single(portal.Arrivals);
    }

    [Theory]
    [InlineData("15")]
    [InlineData("50")]
    public async Task Too_many_at_once_is_a_matter_of_a_moment(string limit)
    {
        await using var portal = await FakePortal.StartAsync();
        portal.Answer = it =>
        {
            it.Response.Headers["X-RateLimit-Limit"] = limit;
            return portal.Arrivals.Count == 1 ? it.Response.EmptyAsync(429) : it.Response.JsonAsync(Self);
        };

        var call = portal.Client.GetSelfAsync(default);
        await PassShortWaitAsync(portal);

        Assert.True((await call).HasJoined);
    }

    [Fact]
    public async Task A_portal_too_slow_to_read_from_is_given_up_after_45_seconds()
    {
        await using var portal = await FakePortal.StartAsync(it => it.HangAsync());
        var started = portal.Clock.GetUtcNow();

        var call = portal.Client.GetSelfAsync(default);
        await portal.ArrivedAsync(1);
        portal.Clock.Advance(TimeSpan.FromSeconds(20));
        await PassShortWaitAsync(portal);
        await portal.ArrivedAsync(2);
        portal.Clock.Advance(started + TimeSpan.FromSeconds(45) - portal.Clock.GetUtcNow());

        Assert.Equal(new DocSpaceProblem(PortalUnavailable), await ProblemAsync(call));
    }

    [Fact]
    public async Task An_invitation_may_take_100_seconds_and_has_perhaps_happened_when_it_takes_longer()
    {
        await using var portal = await FakePortal.StartAsync(it => it.HangAsync());

        var call = portal.Client.InviteAsync(Invitations, null, default);
        await portal.ArrivedAsync(1);
        portal.Clock.Advance(TimeSpan.FromSeconds(99));
        Assert.False(call.IsCompleted);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { MayHaveHappened = true }, await ProblemAsync(call));
        Assert.Single(portal.Arrivals);
    }

    [Fact]
    public async Task A_body_that_trickles_is_bound_by_the_same_time()
    {
        await using var portal = await FakePortal.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{\"response\":");
            await context.Response.Body.FlushAsync();
            await context.HangAsync();
        });

        var call = portal.Client.SetStatusAsync([Bob], PersonStatus.Terminated, default);
        await portal.ArrivedAsync(1);
        portal.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { MayHaveHappened = true }, await ProblemAsync(call));
    }

    [Fact]
    public async Task Not_more_calls_than_allowed_are_under_way()
    {
        const int Most = 3;
        var underWay = 0;
        var peak = 0;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var portal = await FakePortal.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref peak, now);
            if (now == Most)
            {
                full.TrySetResult();
            }

            await together.Task;
            Interlocked.Decrement(ref underWay);
            await context.Response.JsonAsync(Self);
        });
        portal.Services(("MaxConcurrency", "3"));

        var calls = Enumerable.Range(0, 20).Select(_ => portal.Client.GetSelfAsync(default)).ToList();
        await full.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(Most, portal.Arrivals.Count);
        together.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(Most, peak);
        Assert.Equal(20, portal.Arrivals.Count);
    }

    [Fact]
    public async Task Waiting_for_a_place_is_not_held_against_the_portal()
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var portal = await FakePortal.StartAsync(async context =>
        {
            await free.Task;
            await context.Response.JsonAsync("{\"response\":[]}");
        });
        portal.Services(("MaxConcurrency", "1"));

        var slow = portal.Client.InviteAsync(Invitations, null, default);
        await portal.ArrivedAsync(1);
        var waiting = portal.Client.SetStatusAsync([Bob], PersonStatus.Terminated, default);
        portal.Clock.Advance(TimeSpan.FromSeconds(60)); // Twice as long as the second call may take once it is sent.
        Assert.False(waiting.IsCompleted);
        free.SetResult();

        await Task.WhenAll(slow, waiting);
    }

    [Fact]
    public async Task A_call_that_never_got_a_place_has_not_happened()
    {
        await using var portal = await FakePortal.StartAsync(it => it.HangAsync());
        portal.Services(("MaxConcurrency", "1"));

        var slow = portal.Client.InviteAsync(Invitations, null, default);
        await portal.ArrivedAsync(1);
        var waiting = portal.Client.SetStatusAsync([Bob], PersonStatus.Terminated, default);
        portal.Clock.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(new DocSpaceProblem(PortalUnavailable), await ProblemAsync(waiting));
        Assert.Single(portal.Arrivals);
        portal.Clock.Advance(TimeSpan.FromSeconds(10));
        await ProblemAsync(slow);
    }

    [Fact]
    public async Task A_portal_that_keeps_failing_is_left_alone_for_a_while_and_then_asked_again()
    {
        var isDown = true;
        await using var portal = await FakePortal.StartAsync(it =>
            isDown ? it.Response.HtmlAsync(502) : it.Response.JsonAsync("{\"response\":[]}")
        );
        var client = portal.Client;

        for (var i = 0; i < PortalPipeline.BreakerThroughput; i++)
        {
            await ProblemAsync(client.DeleteInvitationLinkAsync(Bob, default));
        }

        var refused = await ProblemAsync(client.DeleteInvitationLinkAsync(Bob, default));
        Assert.Equal(new DocSpaceProblem(PortalUnavailable) { RetryAfter = PortalPipeline.BreakDuration }, refused);
        Assert.Equal(PortalPipeline.BreakerThroughput, portal.Arrivals.Count);

        isDown = false;
        portal.Clock.Advance(PortalPipeline.BreakDuration);
        await client.DeleteInvitationLinkAsync(Bob, default);
        await client.DeleteInvitationLinkAsync(Bob, default);
        Assert.Equal(PortalPipeline.BreakerThroughput + 2, portal.Arrivals.Count);
    }

    [Fact]
    public async Task Refusals_and_internal_errors_do_not_stop_the_calls()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.ErrorAsync(500));

        for (var i = 0; i < 2 * PortalPipeline.BreakerThroughput; i++)
        {
            Assert.Equal(Unknown, (await ProblemAsync(portal.Client.InviteAsync(Invitations, null, default))).Kind);
        }

        Assert.Equal(2 * PortalPipeline.BreakerThroughput, portal.Arrivals.Count);
    }

    private static async Task PassShortWaitAsync(FakePortal portal)
    {
        await portal.Clock.WaitedForAsync(ShortWait);
        portal.Clock.Advance(PortalPipeline.LongestRetryWait);
    }

    private static void InterlockedMax(ref int peak, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref peak)) < value && Interlocked.CompareExchange(ref peak, value, seen) != seen)
        {
            // Somebody else was faster; look again.
        }
    }

    private static async Task<DocSpaceProblem> ProblemAsync(Task call) =>
        (await Assert.ThrowsAsync<DocSpaceException>(() => call.WaitAsync(TimeSpan.FromSeconds(30)))).Problem;
}
