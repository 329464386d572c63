namespace DocSpaceBot.Storage;

/// <summary>Tells the worker that there is work, and whoever waits for quiet that something has changed.</summary>
internal sealed class WorkSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = Fresh();

    /// <summary>Completes at the next pulse. Take it before looking, then nothing that comes after the look is missed.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
            {
                return next.Task;
            }
        }
    }

    public void Pulse()
    {
        TaskCompletionSource now;

        lock (gate)
        {
            now = next;
            next = Fresh();
        }

        now.TrySetResult();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
