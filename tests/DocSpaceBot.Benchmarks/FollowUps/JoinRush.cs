using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DocSpaceBot.Benchmarks.Approvals;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>How soon it was told of many who joined.</summary>
/// <param name="Edits">From the moment at which the person joined and the portal sent its webhook, until the edit of the request's card had arrived in Teams.</param>
/// <param name="Posts">The same until the follow-up card had.</param>
internal sealed record JoinOutcome(Timings Edits, Timings Posts)
{
    /// <summary>How many joined, all told, and of how many of them both was told.</summary>
    public required int Joined { get; init; }

    public required int Edited { get; init; }

    public required int Posted { get; init; }

    public required int PostedTwice { get; init; }

    /// <summary>From the last who joined to the last that was told.</summary>
    public required TimeSpan Last { get; init; }

    /// <summary>From the kill to the first 200 of <c>/readyz</c>; null when nothing was killed.</summary>
    public TimeSpan? Restart { get; init; }

    /// <summary>Of one processor, while people joined.</summary>
    public double ShareOfBot { get; init; }

    public double ShareOfStandIns { get; init; }

    public double CallsPerSecond { get; init; }

    public bool IsLedgerInOrder { get; init; }

    public int Lost => 2 * Joined - Edited - Posted;
}

/// <summary>A hundred people join in a second, each of another request, and the portal tells it by its webhook.</summary>
internal static class JoinRush
{
    public const int PerSecond = 100;
    public const int Seconds = 30;

    /// <summary>Not counted: until nothing is compiled any more.</summary>
    public const int SecondsToWarmUp = 15;

    /// <summary>After so many the bot is killed.</summary>
    public const int SecondsToKill = 15;

    private const int Seed = 20260302;

    private static readonly TimeSpan SweepAfterKill = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    public static Task<JoinOutcome> MeasureAsync() => MeasureAsync(SecondsToWarmUp * PerSecond, "00:05:00", _ => Task.CompletedTask);

    /// <summary>The bot is killed while they join, and started again at once.</summary>
    public static async Task<JoinOutcome> MeasureKilledAsync()
    {
        TimeSpan? restart = null;
        var outcome = await MeasureAsync(
            0,
            SweepAfterKill.ToString("c"),
            async bot =>
            {
                await Task.Delay(TimeSpan.FromSeconds(SecondsToKill));
                await bot.RestartAsync();
                restart = bot.StartTime;
            }
        );
        return outcome with { Restart = restart };
    }

    private static async Task<JoinOutcome> MeasureAsync(int warmUp, string sweepInterval, Func<BotProcess, Task> disturb)
    {
        await using var room = await WaitingRoom.StartAsync(warmUp + (Seconds * PerSecond), TimeProvider.System);
        using var bot = await BotProcess.StartAsync(
            (address, database) => new(room.Settings(address, database)) { ["FollowUps:SweepInterval"] = sweepInterval },
            room.KeepAsync
        );
        var state = new KeptState(false, $"Data Source={bot.Database}");
        await UntilAsync(async () =>
            await state.AskAsync<long>("select count(*) from portal_facts where name = 'pending-total'") == 1 && await state.IsQuietAsync()
        );
        room.Portal.AddWebhook(new(bot.Address, "api/docspace/webhook"), WaitingRoom.Secret);
        var watch = new JoinWatch(room.Teams, room.Count);
        var (usedByBot, usedHere, calls) = (bot.Process.ProcessorTime, Environment.CpuUsage.TotalTime, room.Teams.CallCount);
        var started = Stopwatch.GetTimestamp();
        var joining = Task.Factory.StartNew(
            () => Join(room, started),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await disturb(bot);
        var joined = await joining;
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var shares = new
        {
            Bot = (bot.Process.ProcessorTime - usedByBot).TotalSeconds / took,
            Own = (Environment.CpuUsage.TotalTime - usedHere).TotalSeconds / took,
            Calls = (room.Teams.CallCount - calls) / took,
        };
        await UntilAsync(() => Task.FromResult(watch.Complete == room.Count));
        await UntilAsync(state.IsQuietAsync);

        return new(watch.Edits(joined, warmUp), watch.Posts(joined, warmUp))
        {
            Joined = room.Count,
            Edited = watch.Edited,
            Posted = watch.Posted,
            PostedTwice = watch.PostedTwice,
            Last = Stopwatch.GetElapsedTime(joined[^1], watch.LastAt),
            ShareOfBot = shares.Bot,
            ShareOfStandIns = shares.Own,
            CallsPerSecond = shares.Calls,
            IsLedgerInOrder = await state.IsLedgerInOrderAsync(),
        };
    }

    /// <summary>When each joined. They come by chance and not in step.</summary>
    [SuppressMessage("Security", "S2245", Justification = "The same order in every run; nothing is kept secret by it.")]
    private static long[] Join(WaitingRoom room, long started)
    {
        var random = new Random(Seed);
        var joined = new long[room.Count];
        var due = TimeSpan.Zero;

        for (var number = 0; number < joined.Length; number++)
        {
            ClickRush.SleepUntil(started + (long)(due.TotalSeconds * Stopwatch.Frequency));
            joined[number] = Stopwatch.GetTimestamp();
            room.JoinAsync(number).GetAwaiter().GetResult();
            due += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / PerSecond);
        }

        return joined;
    }

    /// <summary>What has not come by then is counted as lost.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var started = Stopwatch.GetTimestamp();

        while (!await isSo() && Stopwatch.GetElapsedTime(started) < LongestWait)
        {
            await Task.Delay(BetweenLooks);
        }
    }
}
