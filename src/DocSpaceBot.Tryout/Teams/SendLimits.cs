using System.Collections.Concurrent;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The limits Teams has per bot and conversation.</summary>
internal sealed class SendLimits(TimeProvider clock)
{
    private static readonly Window[] Sends = [new(1, 7), new(2, 8), new(30, 60), new(3600, 1800)];
    private static readonly Window[] Reads = [new(1, 14), new(2, 16), new(30, 120), new(3600, 3600)];
    private readonly ConcurrentDictionary<(string, bool), List<DateTimeOffset>> taken = new();

    /// <summary>Null when there is room, else how long to wait. A call that is refused does not count.</summary>
    public TimeSpan? TryTake(string conversationId, bool isRead)
    {
        var now = clock.GetUtcNow();
        var times = taken.GetOrAdd((conversationId, isRead), _ => []);
        lock (times)
        {
            times.RemoveAll(time => now - time >= TimeSpan.FromHours(1));

            TimeSpan? wait = null;
            foreach (var window in isRead ? Reads : Sends)
            {
                if (
                    times.Count >= window.Calls
                    && times[^window.Calls] + window.Length - now is { Ticks: > 0 } left
                    && (wait is null || left > wait)
                )
                {
                    wait = left;
                }
            }

            if (wait is null)
            {
                times.Add(now);
            }

            return wait;
        }
    }

    private sealed record Window(int Seconds, int Calls)
    {
        public TimeSpan Length => TimeSpan.FromSeconds(Seconds);
    }
}
