using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class FaultTests
{
    private const string Bob = "bob@example.com";

    public static TheoryData<string, int, string?> Answers =>
        new()
        {
            { "Html", 502, "text/html" },
            { "Json500", 500, "application/json; charset=utf-8" },
            { "Empty401", 401, null },
            { "Unpaid402", 402, "application/problem+json; charset=utf-8" },
            { "Scope403", 403, null },
            { "Role403", 403, "application/json; charset=utf-8" },
            { "IpRestricted403", 403, "text/plain; charset=utf-8" },
            { "Suspended404", 404, "application/problem+json; charset=utf-8" },
            { "TooMany", 429, null },
            { "GarbageJson", 200, "application/json; charset=utf-8" },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_planned_fault_happens_as_often_as_planned_and_before_any_effect(string fault, int status, string? contentType)
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.Faults.FailNext(request => request.Path.Value!.EndsWith("/invite", StringComparison.Ordinal), FaultOf(fault), times: 2);

        Assert.Equal(200, (await it.GetAsync("settings")).Status);
        for (var times = 0; times < 2; times++)
        {
            var reply = await it.InviteAsync(Bob);
            Assert.Equal((status, contentType), (reply.Status, reply.ContentType));
        }
        Assert.Null(it.Portal.Find(Bob));

        Assert.Equal(200, (await it.InviteAsync(Bob)).Status);
        Assert.Equal(1, it.Portal.InvitationMailsTo(Bob));
    }

    [Fact]
    public async Task A_share_of_all_calls_goes_wrong_and_with_the_same_seed_the_same_ones()
    {
        var first = await StatusesAsync(seed: 1);

        Assert.Equal(first, await StatusesAsync(seed: 1));
        Assert.NotEqual(first, await StatusesAsync(seed: 2));
        Assert.InRange(first.Count(status => status != 200), 10, 40);
        Assert.Equal([200, 429, 502], first.Distinct().Order());

        static async Task<List<int>> StatusesAsync(int seed)
        {
            await using var it = await PortalFixture.StartAsync();
            it.Portal.Faults.FailSome(0.25, seed, [PortalFault.TooMany(), PortalFault.Html(502)]);
            var statuses = new List<int>();
            for (var call = 0; call < 100; call++)
                statuses.Add((await it.GetAsync("settings")).Status);

            it.Portal.Faults.Clear();
            Assert.Equal(200, (await it.GetAsync("settings")).Status);
            return statuses;
        }
    }

    [Fact]
    public async Task An_answer_may_be_lost_after_the_effect()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.Faults.FailNext(_ => true, PortalFault.DropConnection(afterEffect: true));

        await Assert.ThrowsAsync<HttpRequestException>(() => it.InviteAsync(Bob));
        Assert.Equal(1, it.Portal.InvitationMailsTo(Bob));

        it.Portal.Faults.FailNext(_ => true, PortalFault.DropConnection());
        await Assert.ThrowsAsync<HttpRequestException>(() => it.InviteAsync("two@example.com"));
        Assert.Null(it.Portal.Find("two@example.com"));

        it.Portal.Faults.FailNext(_ => true, PortalFault.Html(504) with { AfterEffect = true });
        Assert.Equal(504, (await it.InviteAsync("two@example.com")).Status);
        Assert.NotNull(it.Portal.Find("two@example.com"));
    }

    [Fact]
    public async Task A_portal_that_hangs_answers_never()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.Faults.FailNext(_ => true, PortalFault.Hang);
        using var patience = new CancellationTokenSource();
        it.Portal.AfterCall = _ => patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => it.Client.GetAsync("settings", patience.Token));
    }

    [Fact]
    public async Task A_portal_that_is_down_cuts_the_connection_and_comes_back()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.Faults.Down = true;
        await Assert.ThrowsAsync<HttpRequestException>(() => it.InviteAsync(Bob));
        it.Portal.Faults.Down = false;

        Assert.Equal(200, (await it.InviteAsync(Bob)).Status);
        Assert.Single(it.Portal.Calls);
    }

    [Fact]
    public async Task A_slow_portal_takes_its_time_by_the_clock_and_does_the_work_even_for_who_has_gone()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.Faults.Slow = TimeSpan.FromSeconds(20);
        var done = new TaskCompletionSource();
        it.Portal.AfterCall = _ =>
        {
            done.SetResult();
            return Task.CompletedTask;
        };
        using var patience = new CancellationTokenSource();
        using var content = System.Net.Http.Json.JsonContent.Create(new { invitations = new[] { new { email = Bob, type = "User" } } });
        var call = it.Client.PostAsync("people/invite", content, patience.Token);
        await it.Clock.SomebodyWaitsAsync();
        Assert.Null(it.Portal.Find(Bob));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        it.Clock.Move(TimeSpan.FromSeconds(20));
        await done.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(1, it.Portal.InvitationMailsTo(Bob));
    }

    [Fact]
    public async Task Conditions_last_until_they_are_lifted()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.Faults.Limited = true;
        var limited = await it.GetAsync("people/filter");
        Assert.Equal((429, "", "1500"), (limited.Status, limited.Text, limited.Headers["X-RateLimit-Limit"]));
        it.Portal.Faults.Clear();

        it.Portal.Faults.Unpaid = true;
        Assert.Equal(402, (await it.GetAsync("people/filter")).Status);
        Assert.Equal(200, (await it.GetAsync("people/@self")).Status);
        Assert.Equal(3, (await it.GetAsync("portal/tariff")).Response.GetProperty("state").GetInt32());
        it.Portal.Faults.Clear();

        it.Portal.Faults.Busy = true;
        Assert.Equal(403, (await it.GetAsync("people/filter")).Status);
        Assert.Equal(200, (await it.GetAsync("settings")).Status);
        it.Portal.Faults.Clear();

        Assert.Equal(200, (await it.GetAsync("people/filter")).Status);
    }

    [Fact]
    public async Task The_hooks_stand_on_either_side_of_the_effect_and_calls_are_kept()
    {
        await using var it = await PortalFixture.StartAsync();
        var seen = new List<string>();
        it.Portal.BeforeCall = call => Note($"before {call.Status} {it.Portal.Mails.Count}");
        it.Portal.AfterCall = call => Note($"after {call.Status} {it.Portal.Mails.Count}");

        await it.InviteAsync(Bob);

        Assert.Equal("before 0 0, after 200 1", string.Join(", ", seen));
        var kept = Assert.Single(it.Portal.Calls);
        Assert.Equal(("POST", "/api/2.0/people/invite", 200), (kept.Method, kept.Path, kept.Status));
        Assert.Contains(Bob, kept.Body, StringComparison.Ordinal);

        Task Note(string what)
        {
            seen.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Many_calls_at_once_invite_everybody_exactly_once()
    {
        await using var it = await PortalFixture.StartAsync();
        var emails = Enumerable.Range(0, 200).Select(number => $"person{number % 100}@example.com");

        await Parallel.ForEachAsync(
            emails,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (email, _) => await it.InviteAsync(email)
        );

        Assert.Equal(100, it.Portal.Mails.Count);
    }

    private static PortalFault FaultOf(string name) =>
        name switch
        {
            "Html" => PortalFault.Html(502),
            "Json500" => PortalFault.Json500,
            "Empty401" => PortalFault.Empty401,
            "Unpaid402" => PortalFault.Unpaid402,
            "Scope403" => PortalFault.Scope403,
            "Role403" => PortalFault.Role403,
            "IpRestricted403" => PortalFault.IpRestricted403,
            "Suspended404" => PortalFault.Suspended404,
            "TooMany" => PortalFault.TooMany(TimeSpan.FromSeconds(30)),
            _ => PortalFault.GarbageJson,
        };
}
