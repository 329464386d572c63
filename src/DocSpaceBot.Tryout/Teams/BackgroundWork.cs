namespace DocSpaceBot.Tryout.Teams;

/// <summary>What goes on beside the calls of a test: automatic refreshes and repeated deliveries.</summary>
internal sealed class BackgroundWork(TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<ITimer> waiting = [];
    private int running;
    private TaskCompletionSource? idle;
    private bool disposed;

    public void Run(Func<Task> work)
    {
        lock (gate)
        {
            running++;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                Ended();
            }
        });
    }

    /// <summary>Runs it once the clock has moved on so far; <see cref="IdleAsync"/> does not wait for it before then.</summary>
    public void RunLater(TimeSpan delay, Func<Task> work)
    {
        ITimer? timer = null;
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            timer = clock.CreateTimer(
                _ =>
                {
                    Run(work);
                    Forget(timer);
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
            waiting.Add(timer);
        }

        // Started only now, so that the callback finds the timer it has to forget.
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task IdleAsync()
    {
        lock (gate)
        {
            return running == 0 ? Task.CompletedTask : (idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            foreach (var timer in waiting)
            {
                timer.Dispose();
            }

            waiting.Clear();
        }
    }

    private void Ended()
    {
        lock (gate)
        {
            if (--running == 0)
            {
                idle?.SetResult();
                idle = null;
            }
        }
    }

    private void Forget(ITimer? timer)
    {
        lock (gate)
        {
            if (timer is not null && waiting.Remove(timer))
            {
                timer.Dispose();
            }
        }
    }
}
