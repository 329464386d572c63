using System.Collections.Concurrent;

namespace Teams.Protocol.Connector;

/// <summary>
/// One lane for each conversation: one operation at a time, because concurrent ones get 412, and never faster than Teams allows a bot in one
/// conversation. Lanes nobody used for a while are given up, so that many conversations do not stay in memory.
/// </summary>
internal sealed class ConversationLanes(ConnectorLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private long sweptAt = clock.GetUtcNow().UtcTicks;

    /// <summary>How many conversations are remembered.</summary>
    public int Count => lanes.Count;

    /// <summary>Waits for the conversation's turn and for its limits.</summary>
    /// <exception cref="ConnectorException"><see cref="ConnectorFault.Throttled"/>: it would take longer than <paramref name="patience"/>.</exception>
    public async ValueTask<Turn> EnterAsync(string conversation, bool isRead, TimeSpan patience, CancellationToken cancellationToken)
    {
        Sweep();
        var started = clock.GetUtcNow();
        var lane = Join(conversation);
        var entered = false;
        try
        {
            await EnterAsync(lane, patience, cancellationToken);
            entered = true;
            var window = isRead ? lane.Reads : lane.Writes;
            while (true)
            {
                var now = clock.GetUtcNow();
                var wait = window.Wait(now);
                if (wait <= TimeSpan.Zero)
                {
                    window.Add(now);
                    return new Turn(lane);
                }

                if (now - started + wait > patience)
                {
                    throw Throttled(wait);
                }

                await Task.Delay(wait, clock, cancellationToken);
            }
        }
        catch
        {
            Leave(lane, entered);
            throw;
        }
    }

    private async ValueTask EnterAsync(Lane lane, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (await lane.Gate.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            return;
        }

        using var impatience = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(impatience.Token, cancellationToken);
        try
        {
            await lane.Gate.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Throttled(TimeSpan.FromSeconds(1));
        }
    }

    private static ConnectorException Throttled(TimeSpan wait) =>
        new(ConnectorFault.Throttled, "Too much at once for one conversation.") { RetryAfter = wait };

    private Lane Join(string conversation)
    {
        while (true)
        {
            var lane = lanes.GetOrAdd(conversation, static (_, limits) => new Lane(limits), limits);
            lock (lane)
            {
                if (!lane.IsGone)
                {
                    lane.Users++;
                    return lane;
                }
            }
        }
    }

    private static void Leave(Lane lane, bool entered)
    {
        if (entered)
        {
            lane.Gate.Release();
        }

        lock (lane)
        {
            lane.Users--;
        }
    }

    private void Sweep()
    {
        var now = clock.GetUtcNow();
        var last = Volatile.Read(ref sweptAt);
        if (now.UtcTicks - last < SweepInterval.Ticks || Interlocked.CompareExchange(ref sweptAt, now.UtcTicks, last) != last)
        {
            return;
        }

        foreach (var (conversation, lane) in lanes)
        {
            lock (lane)
            {
                if (lane.Users == 0 && lane.Writes.MayForget(now) && lane.Reads.MayForget(now))
                {
                    lane.IsGone = true;
                    lanes.TryRemove(conversation, out _);
                }
            }
        }
    }

    /// <summary>Gives the conversation free for the next operation.</summary>
    public readonly struct Turn(Lane lane) : IDisposable
    {
        public void Dispose() => Leave(lane, entered: true);
    }

    internal sealed class Lane(ConnectorLimits limits)
    {
        /// <summary>Never disposed: without a wait handle there is nothing to give back.</summary>
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public RateWindow Writes { get; } = new(limits.Writes);

        public RateWindow Reads { get; } = new(limits.Reads);

        public int Users { get; set; }

        public bool IsGone { get; set; }
    }
}
