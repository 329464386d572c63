using System.Collections.Concurrent;

namespace DocSpaceBot.Tryout.Tests;

public sealed class MovableClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_clock_with_a_start_stands_still_until_it_is_moved()
    {
        var clock = new MovableClock(Noon);
        Assert.Equal(Noon, clock.GetUtcNow());

        var before = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(Noon.AddDays(3), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(3), clock.GetElapsedTime(before));
    }

    [Fact]
    public void A_ticking_clock_keeps_the_distance_it_was_moved()
    {
        var clock = new MovableClock();
        clock.Advance(TimeSpan.FromDays(3));

        var ahead = clock.GetUtcNow() - TimeProvider.System.GetUtcNow();

        Assert.InRange(ahead, TimeSpan.FromDays(3) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Time_does_not_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovableClock(Noon).Advance(TimeSpan.FromTicks(-1)));

    [Fact]
    public void A_timer_fires_when_time_is_moved_to_its_due_time_and_not_before()
    {
        var clock = new MovableClock(Noon);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, fired);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, fired);

        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_a_jump_and_goes_on()
    {
        var clock = new MovableClock(Noon);
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        clock.Advance(TimeSpan.FromDays(3));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Noon.AddDays(3), Noon.AddDays(3).AddSeconds(1)], fired);
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due()
    {
        var clock = new MovableClock(Noon);
        var fired = new List<int>();
        int[] hours = [5, 1, 3];
        var timers = hours.Select(hour => clock.CreateTimer(_ => fired.Add(hour), null, TimeSpan.FromHours(hour), default)).ToList();

        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal([1, 3, 5], fired);
        timers.ForEach(timer => timer.Dispose());
    }

    [Fact]
    public void A_timer_that_was_changed_or_disposed_by_another_one_does_not_fire()
    {
        var clock = new MovableClock(Noon);
        var fired = 0;
        using var changed = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(2), default);
        var disposed = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(2), default);
        using var first = clock.CreateTimer(
            _ =>
            {
                changed.Change(TimeSpan.FromHours(2), default);
                disposed.Dispose();
            },
            null,
            TimeSpan.FromHours(1),
            default
        );

        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(0, fired);

        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, fired);
        Assert.False(disposed.Change(TimeSpan.Zero, default));
    }

    [Fact]
    public async Task A_timer_that_is_due_at_once_fires_though_the_clock_stands_still()
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = new MovableClock(Noon).CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, default);

        await fired.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_ticking_clock_fires_in_real_time_too()
    {
        var clock = new MovableClock();
        var ticks = 0;
        var thirdTick = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = clock.CreateTimer(
            _ =>
            {
                if (Interlocked.Increment(ref ticks) == 3)
                    thirdTick.TrySetResult();
            },
            null,
            TimeSpan.FromMilliseconds(5),
            TimeSpan.FromMilliseconds(5)
        );

        await thirdTick.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_ticking_clock_fires_early_when_it_is_moved()
    {
        var clock = new MovableClock();
        var delay = Task.Delay(TimeSpan.FromDays(40), clock, CancellationToken.None);
        using var timeout = new CancellationTokenSource(TimeSpan.FromDays(10), clock);

        clock.Advance(TimeSpan.FromDays(39));
        Assert.False(delay.IsCompleted);
        Assert.True(timeout.IsCancellationRequested);

        clock.Advance(TimeSpan.FromDays(1));
        await delay.WaitAsync(Patience);
    }

    [Fact]
    public void A_callback_may_use_the_clock_from_another_thread()
    {
        var clock = new MovableClock(Noon);
        var seen = default(DateTimeOffset);
        using var timer = clock.CreateTimer(
            _ =>
            {
                var other = new Thread(() => seen = clock.GetUtcNow());
                other.Start();
                other.Join(Patience);
            },
            null,
            TimeSpan.FromHours(1),
            default
        );

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Noon.AddHours(1), seen);
    }

    [Fact]
    public void A_callback_sees_the_context_its_timer_was_made_in()
    {
        var clock = new MovableClock(Noon);
        var who = new AsyncLocal<string> { Value = "maker" };
        string? seen = null;
        using var timer = clock.CreateTimer(_ => seen = who.Value, null, TimeSpan.FromHours(1), default);

        who.Value = "mover";
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("maker", seen);
    }

    [Fact]
    public async Task Moved_from_many_threads_each_timer_fires_exactly_once()
    {
        var clock = new MovableClock(Noon);
        var fired = new ConcurrentDictionary<int, int>();
        var timers = Enumerable
            .Range(0, 500)
            .Select(i =>
                clock.CreateTimer(_ => fired.AddOrUpdate(i, 1, (_, times) => times + 1), null, TimeSpan.FromSeconds(i + 1), default)
            )
            .ToList();

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 100; i++)
                            clock.Advance(TimeSpan.FromSeconds(1));
                    })
                )
        );

        Assert.Equal(Noon.AddSeconds(800), clock.GetUtcNow());
        Assert.Equal(500, fired.Count);
        Assert.All(fired.Values, times => Assert.Equal(1, times));
        timers.ForEach(timer => timer.Dispose());
    }
}
