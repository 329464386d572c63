namespace DocSpaceBot.Benchmarks;

/// <summary>Counts up without gaps, for many senders at once.</summary>
internal sealed class MessageNumbers
{
    private readonly Lock gate = new();
    private long next;

    /// <summary>The number that the next message will have.</summary>
    public long Next
    {
        get
        {
            lock (gate)
            {
                return next;
            }
        }
    }

    /// <summary>A number below <paramref name="end"/> that nobody else has; null when there is none.</summary>
    public long? Take(long end)
    {
        lock (gate)
        {
            return next < end ? next++ : null;
        }
    }
}
