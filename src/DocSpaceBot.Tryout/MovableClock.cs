namespace DocSpaceBot.Tryout;

/// <summary>
/// A clock that can be moved forward. By default it ticks like the real one, from now; with a start given it stands still
/// until it is moved, as tests want it.
/// </summary>
/// <remarks>
/// Time jumps in one go: a periodic timer that was due many times meanwhile fires once, like on a machine that slept.
/// Timers that became due are fired by <see cref="Advance"/> itself, the earliest first, before it returns. What they set
/// going (the continuation of an awaited delay, for example) may go on after that.
/// </remarks>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<MovableTimer> timers = [];
    private readonly DateTimeOffset start;
    private readonly long? realStart;
    private TimeSpan moved;
    private long changes;

    /// <summary>A clock that ticks.</summary>
    public MovableClock()
    {
        start = System.GetUtcNow();
        realStart = System.GetTimestamp();
    }

    /// <summary>A clock that stands still at <paramref name="start"/> until it is moved.</summary>
    public MovableClock(DateTimeOffset start) => this.start = start.ToUniversalTime();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private bool Ticks => realStart is not null;

    /// <summary>Time since the start: moved and, where the clock ticks, really gone by.</summary>
    private TimeSpan Elapsed
    {
        get
        {
            lock (gate)
            {
                return moved + (realStart is { } since ? System.GetElapsedTime(since) : TimeSpan.Zero);
            }
        }
    }

    /// <summary>How far to move it until the next wait ends that was begun for at most <paramref name="longest"/>; null when there is none.</summary>
    public TimeSpan? UntilNext(TimeSpan longest)
    {
        lock (gate)
        {
            var waits = timers.Where(timer => timer.Wait <= longest).ToList();
            return waits.Count == 0 ? null : TimeSpan.FromTicks(Math.Max(0, (waits.Min(timer => timer.Due) - Elapsed).Ticks));
        }
    }

    /// <summary>Grows with everybody who begins or ends a wait: while it does, somebody is at work.</summary>
    public long Changes
    {
        get
        {
            lock (gate)
            {
                return changes;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new MovableTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and fires what became due. Time never goes back.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);

        MovableTimer[] due;
        lock (gate)
        {
            moved += by;
            var now = Elapsed;
            due = [.. timers.Where(timer => timer.Due <= now).OrderBy(timer => timer.Due)];
        }

        // Each timer looks again whether it is due: another thread or an earlier callback may have changed or fired it.
        foreach (var timer in due)
            timer.FireIfDue();
    }

    private sealed class MovableTimer : ITimer
    {
        // The longest wait a timer of the runtime takes is about 49 days; a longer one is waited for in parts.
        private static readonly TimeSpan LongestRealWait = TimeSpan.FromDays(1);
        private static readonly TimeSpan ShortestRealWait = TimeSpan.FromMilliseconds(1);

        private readonly MovableClock clock;
        private readonly TimerCallback callback;
        private readonly object? state;
        private readonly ExecutionContext? context = ExecutionContext.Capture();
        private readonly ITimer real;
        private TimeSpan period;
        private bool disposed;

        public MovableTimer(MovableClock clock, TimerCallback callback, object? state)
        {
            (this.clock, this.callback, this.state) = (clock, callback, state);
            using (ExecutionContext.SuppressFlow())
            {
                real = System.CreateTimer(
                    static timer => ((MovableTimer)timer!).FireIfDue(),
                    this,
                    Timeout.InfiniteTimeSpan,
                    Timeout.InfiniteTimeSpan
                );
            }
        }

        /// <summary>When it fires next, as time since the clock's start; the greatest value: never.</summary>
        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        /// <summary>How long after it was set that is.</summary>
        public TimeSpan Wait { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ThrowIfOutOfRange(dueTime);
            ThrowIfOutOfRange(period);

            lock (clock.gate)
            {
                if (disposed)
                    return false;

                this.period = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
                SetDue(dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : clock.Elapsed + dueTime);
                return true;
            }
        }

        public void FireIfDue()
        {
            lock (clock.gate)
            {
                var now = clock.Elapsed;
                if (disposed || Due > now)
                {
                    if (!disposed)
                        WaitForReal(now);
                    return;
                }

                SetDue(period > TimeSpan.Zero ? now + period : TimeSpan.MaxValue);
            }

            // Outside the lock: the callback may use the clock, also from another thread that it waits for.
            if (context is null)
                callback(state);
            else
                ExecutionContext.Run(context, static timer => ((MovableTimer)timer!).callback(((MovableTimer)timer).state), this);
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                Due = TimeSpan.MaxValue;
                clock.timers.Remove(this);
                clock.changes++;
                real.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static void ThrowIfOutOfRange(TimeSpan time)
        {
            if (time != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        }

        private void SetDue(TimeSpan due)
        {
            Due = due;
            Wait = due == TimeSpan.MaxValue ? TimeSpan.MaxValue : due - clock.Elapsed;
            clock.changes++;
            if (due == TimeSpan.MaxValue)
                clock.timers.Remove(this);
            else
                clock.timers.Add(this);
            WaitForReal(clock.Elapsed);
        }

        /// <summary>Asks to be woken in real time. A clock that stands still wakes only what is due at once.</summary>
        private void WaitForReal(TimeSpan now)
        {
            var left = Due == TimeSpan.MaxValue ? TimeSpan.MaxValue : Due - now;
            if (left <= TimeSpan.Zero)
                real.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            else if (left == TimeSpan.MaxValue || !clock.Ticks)
                real.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            else
                real.Change(
                    TimeSpan.FromTicks(Math.Clamp(left.Ticks, ShortestRealWait.Ticks, LongestRealWait.Ticks)),
                    Timeout.InfiniteTimeSpan
                );
        }
    }
}
