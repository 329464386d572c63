namespace DocSpaceBot.Tryout.Tests.Portal;

/// <summary>A clock that stands until it is moved, timers included.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = new(2026, 9, 1, 8, 30, 0, TimeSpan.Zero);
    private TaskCompletionSource armed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Move(TimeSpan by)
    {
        List<Alarm> due;
        lock (gate)
        {
            now += by;
            due = alarms.FindAll(alarm => alarm.Due <= now);
            alarms.RemoveAll(alarm => alarm.Due <= now);
        }
        due.ForEach(alarm => alarm.Ring());
    }

    /// <summary>Waits until somebody waits for this clock, so that a move is not missed.</summary>
    public async Task SomebodyWaitsAsync()
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (alarms.Count > 0)
                    return;
                next = armed.Task;
            }
            await next.WaitAsync(TimeSpan.FromSeconds(10));
        }
    }

    private sealed class Alarm(MovableClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.alarms.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock.now + dueTime;
                clock.alarms.Add(this);
                clock.armed.TrySetResult();
                clock.armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
