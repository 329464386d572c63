using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Connector;

/// <summary>Here time moves only when told.</summary>
public sealed class ConversationLanesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FakeClock clock = new();
    private readonly ConversationLanes lanes;

    public ConversationLanesTests() => lanes = new ConversationLanes(new ConnectorLimits(), clock);

    [Fact]
    public async Task Seven_go_at_once_and_the_eighth_after_a_second_and_the_ninth_after_two()
    {
        await DoAsync(7);
        var eighth = DoAsync(1);
        await clock.WaitsAsync(1);
        Assert.False(eighth.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await eighth;

        var ninth = DoAsync(1);
        await clock.WaitsAsync(1);
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(ninth.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await ninth;
    }

    [Fact]
    public async Task No_window_ever_sees_more_than_its_limit()
    {
        var skipping = new FakeClock { SkipWaits = true };
        var own = new ConversationLanes(new ConnectorLimits(), skipping);
        var times = new List<DateTimeOffset>();
        while (times.Count < 2000)
        {
            try
            {
                using var turn = await own.EnterAsync("a", isRead: false, Patience, default);
                times.Add(skipping.GetUtcNow());
            }
            catch (ConnectorException throttled)
            {
                skipping.Advance(throttled.RetryAfter!.Value);
            }
        }

        foreach (var limit in new ConnectorLimits().Writes)
        {
            for (var i = limit.Count; i < times.Count; i++)
            {
                Assert.True(times[i] - times[i - limit.Count] >= limit.Window, $"{limit} broken at {i}");
            }
        }
    }

    [Fact]
    public async Task A_long_wait_is_refused_with_its_length()
    {
        for (var i = 0; i < 60; i++)
        {
            using var turn = await lanes.EnterAsync("a", isRead: false, Patience, default);
            clock.Advance(TimeSpan.FromMilliseconds(260));
        }

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => DoAsync(1));

        Assert.Equal(ConnectorFault.Throttled, refused.Fault);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        Assert.False(refused.MayHaveHappened);
    }

    [Fact]
    public async Task One_operation_at_a_time_in_one_conversation_and_others_are_not_held_up()
    {
        var first = await lanes.EnterAsync("a", isRead: false, Patience, default);
        var second = lanes.EnterAsync("a", isRead: true, Patience, default).AsTask();
        using (await lanes.EnterAsync("b", isRead: false, Patience, default))
        {
            Assert.False(second.IsCompleted);
        }

        first.Dispose();

        (await second.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_turn_is_told_so_and_leaves_nothing_behind()
    {
        var first = await lanes.EnterAsync("a", isRead: false, Patience, default);
        var second = lanes.EnterAsync("a", isRead: false, Patience, default).AsTask();
        await clock.WaitsAsync(1);
        clock.Advance(Patience);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => second);

        Assert.Equal(ConnectorFault.Throttled, refused.Fault);
        first.Dispose();
        await DoAsync(1);
    }

    [Fact]
    public async Task Who_gives_up_while_waiting_leaves_the_turn_to_the_next()
    {
        await DoAsync(8 - 1);
        using var patience = new CancellationTokenSource();
        var waiting = lanes.EnterAsync("a", isRead: false, Patience, patience.Token).AsTask();
        await clock.WaitsAsync(1);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        clock.Advance(TimeSpan.FromSeconds(1));
        await DoAsync(1);
    }

    [Fact]
    public async Task Reads_have_limits_of_their_own()
    {
        await DoAsync(7);
        await DoAsync(14, isRead: true);

        var next = DoAsync(1, isRead: true);
        await clock.WaitsAsync(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        await next;
    }

    [Fact]
    public async Task A_hundred_thousand_conversations_do_not_stay_in_memory()
    {
        for (var i = 0; i < 100_000; i++)
        {
            using var turn = await lanes.EnterAsync($"a:{i}", isRead: false, Patience, default);
        }

        var busy = await lanes.EnterAsync("busy", isRead: false, Patience, default);
        clock.Advance(TimeSpan.FromMinutes(1));
        await DoAsync(1);

        Assert.InRange(lanes.Count, 1, 3);
        busy.Dispose();
    }

    [Fact]
    public async Task A_conversation_with_much_traffic_is_remembered_for_the_hour_it_counts()
    {
        for (var i = 0; i < 30; i++)
        {
            using var turn = await lanes.EnterAsync("loud", isRead: false, Patience, default);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        clock.Advance(TimeSpan.FromMinutes(10));
        await DoAsync(1, "other");
        Assert.Equal(2, lanes.Count);

        clock.Advance(TimeSpan.FromHours(1));
        await DoAsync(1, "third");
        Assert.Equal(1, lanes.Count);
    }

    [Fact]
    public async Task Many_threads_on_few_conversations_never_meet_in_one()
    {
        var own = new ConversationLanes(new ConnectorLimits { Writes = [new(int.MaxValue, TimeSpan.FromSeconds(1))] }, TimeProvider.System);
        var inside = new int[3];
        var met = 0;

        await Parallel.ForAsync(
            0,
            3_000,
            async (i, cancellationToken) =>
            {
                using var turn = await own.EnterAsync($"a:{i % 3}", isRead: false, TimeSpan.FromMinutes(1), cancellationToken);
                if (Interlocked.Increment(ref inside[i % 3]) > 1)
                {
                    Interlocked.Increment(ref met);
                }

                await Task.Yield();
                Interlocked.Decrement(ref inside[i % 3]);
            }
        );

        Assert.Equal(0, met);
    }

    private async Task DoAsync(int times, string conversation = "a", bool isRead = false)
    {
        for (var i = 0; i < times; i++)
        {
            using var turn = await lanes.EnterAsync(conversation, isRead, Patience, default);
        }
    }
}
