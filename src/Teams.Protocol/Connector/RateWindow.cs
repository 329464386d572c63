namespace Teams.Protocol.Connector;

/// <summary>
/// Remembers when things were done, as far back as the longest limit looks. Exact where refilling buckets are not: a full bucket and its
/// refill together let twice the limit through in one window. Not for several threads.
/// </summary>
internal sealed class RateWindow(IReadOnlyList<RateLimit> limits)
{
    private const int FirstSize = 8;

    private DateTimeOffset[] times = [];
    private int newest = -1;
    private int count;

    /// <summary>How long to wait until one more is within every limit; zero when it is already.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        var wait = TimeSpan.Zero;
        for (var i = 0; i < limits.Count; i++)
        {
            var limit = limits[i];
            if (count >= limit.Count)
            {
                var until = Ago(limit.Count - 1) + limit.Window - now;
                wait = until > wait ? until : wait;
            }
        }

        return wait;
    }

    public void Add(DateTimeOffset now)
    {
        var longest = limits[^1];
        if (count == times.Length && count < longest.Count)
        {
            Grow(Math.Min(Math.Max(FirstSize, count * 2), longest.Count));
        }

        newest = (newest + 1) % times.Length;
        times[newest] = now;
        count = Math.Min(count + 1, times.Length);
    }

    /// <summary>Whether forgetting everything would let no more through than remembering it.</summary>
    public bool MayForget(DateTimeOffset now)
    {
        if (count == 0)
        {
            return true;
        }

        // A handful of old sends is far below the long limits even if they came in every half minute.
        var quiet = now - Ago(0);
        return quiet >= limits[^1].Window || (count <= FirstSize && quiet >= limits[^2].Window);
    }

    private DateTimeOffset Ago(int steps) => times[(newest - steps + times.Length) % times.Length];

    private void Grow(int size)
    {
        var grown = new DateTimeOffset[size];
        for (var i = 0; i < count; i++)
        {
            grown[count - 1 - i] = Ago(i);
        }

        times = grown;
        newest = count - 1;
    }
}
