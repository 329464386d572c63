namespace DocSpaceBot.Tryout.Teams;

/// <summary>Wakes whoever waits for something to change.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource next = New();

    /// <summary>Completes at the next change. Take it before looking, so that no change is missed in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>False when <paramref name="condition"/> has not come true within <paramref name="timeout"/> of real time.</summary>
    public async Task<bool> WaitAsync(Func<bool> condition, TimeSpan timeout)
    {
        // Real time on purpose: a clock that stands still would let a person wait for ever.
        using var patience = new CancellationTokenSource(timeout);
        while (true)
        {
            var changed = Next;
            if (condition())
            {
                return true;
            }

            await changed.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (patience.IsCancellationRequested)
            {
                return condition();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
