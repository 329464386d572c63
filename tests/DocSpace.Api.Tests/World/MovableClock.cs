namespace DocSpace.Api.Tests.World;

/// <summary>Time that moves when told; whatever waits by it wakes up on the way.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private readonly List<(Func<TimeSpan, bool> Matches, TaskCompletionSource Set)> _watchers = [];
    private DateTimeOffset _now = new(2026, 9, 1, 8, 30, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Completes when somebody waits for a time that matches.</summary>
    public Task WaitedForAsync(Func<TimeSpan, bool> matches)
    {
        lock (_gate)
        {
            if (_alarms.Any(alarm => matches(alarm.Due - _now)))
            {
                return Task.CompletedTask;
            }

            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((matches, set));
            return set.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset target;
        lock (_gate)
        {
            target = _now + by;
        }

        while (NextUntil(target) is { } alarm)
        {
            alarm.Ring();
        }
    }

    private Alarm? NextUntil(DateTimeOffset target)
    {
        lock (_gate)
        {
            var next = _alarms.Where(alarm => alarm.Due <= target).MinBy(alarm => alarm.Due);
            _now = next is null ? target : (next.Due > _now ? next.Due : _now);
            if (next is not null)
            {
                _alarms.Remove(next);
            }

            return next;
        }
    }

    private sealed class Alarm(MovableClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock._now + dueTime;
                    clock._alarms.Add(this);
                    foreach (var (matches, set) in clock._watchers)
                    {
                        if (matches(dueTime))
                        {
                            set.TrySetResult();
                        }
                    }
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
