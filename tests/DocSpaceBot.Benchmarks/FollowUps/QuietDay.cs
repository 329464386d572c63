using System.Diagnostics;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Tryout;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>What it costs to ask who has joined.</summary>
internal sealed record QuietDayOutcome
{
    public required int Waiting { get; init; }

    /// <summary>Rounds of the day in which one call was enough, in which everybody was looked at, and others; and the calls of all.</summary>
    public required int Short { get; init; }

    public required int Full { get; init; }

    public required int Other { get; init; }

    public required int Calls { get; init; }

    /// <summary>Of those rounds of the day in which everybody was looked at, the one with most calls.</summary>
    public required int MostCalls { get; init; }

    /// <summary>In real time.</summary>
    public required TimeSpan ShortTook { get; init; }

    public required TimeSpan FullTook { get; init; }

    public required int Found { get; init; }

    public required int CallsToFind { get; init; }

    /// <summary>What the guides do to learn who has joined: one call for each.</summary>
    public required int CallsOfGuide { get; init; }

    public required TimeSpan GuideTook { get; init; }
}

/// <summary>
/// A day in which ten thousand wait and nobody joins, and one more round before which two hundred have. The bot runs in this process, with a clock that is
/// moved from round to round.
/// </summary>
internal static class QuietDay
{
    public const int People = 10_000;
    public const int Joining = 200;
    public const int RoundsOfADay = 288;

    private const int PageSize = 100;

    private static readonly TimeSpan Round = TimeSpan.FromDays(1) / RoundsOfADay;

    public static async Task<QuietDayOutcome> MeasureAsync()
    {
        var clock = new MovableClock();
        await using var room = await WaitingRoom.StartAsync(People, clock);
        var folder = Directory.CreateTempSubdirectory("docspacebot-benchmark-");
        var database = Path.Combine(folder.FullName, "docspacebot.db");
        await room.KeepAsync(database);
        var calls = 0;
        room.Portal.AfterCall = _ =>
        {
            Interlocked.Increment(ref calls);
            return Task.CompletedTask;
        };
        var settings = new Dictionary<string, string?>(room.Settings(World.FreeAddress(), database), StringComparer.OrdinalIgnoreCase)
        {
            ["FollowUps:SweepInterval"] = Round.ToString("c"),
            ["Serilog:MinimumLevel:Default"] = "Fatal",
        };
        var bot = await RealBot.StartAsync(settings, clock, CancellationToken.None);

        try
        {
            await bot.WhenIdleAsync(CancellationToken.None);
            var rounds = new List<(int Calls, TimeSpan Took)>();

            for (var round = 0; round < RoundsOfADay; round++)
            {
                rounds.Add(await SweepAsync());
            }

            for (var number = 0; number < Joining; number++)
            {
                await room.JoinAsync(number);
            }

            var finding = await SweepAsync();
            var state = new KeptState(false, $"Data Source={database}");
            var found = await state.AskAsync<long>("select count(*) from invitations where status in ('Joined', 'Welcomed')");
            var guide = await AskAsTheGuideDoesAsync(room);
            var full = rounds.Where(round => round.Calls >= People / PageSize).ToList();

            return new()
            {
                Waiting = People,
                Short = rounds.Count(round => round.Calls == 1),
                Full = full.Count,
                Other = rounds.Count(round => round.Calls != 1) - full.Count,
                Calls = rounds.Sum(round => round.Calls),
                MostCalls = rounds.Max(round => round.Calls),
                ShortTook = Average(rounds.Where(round => round.Calls == 1)),
                FullTook = Average(full),
                Found = (int)found,
                CallsToFind = finding.Calls,
                CallsOfGuide = People,
                GuideTook = guide,
            };
        }
        finally
        {
            await bot.StopAsync();
            folder.Delete(recursive: true);
        }

        async Task<(int Calls, TimeSpan Took)> SweepAsync()
        {
            var before = Volatile.Read(ref calls);
            var started = Stopwatch.GetTimestamp();
            clock.Advance(Round);
            await bot.WhenIdleAsync(CancellationToken.None);
            return (Volatile.Read(ref calls) - before, Stopwatch.GetElapsedTime(started));
        }
    }

    private static TimeSpan Average(IEnumerable<(int Calls, TimeSpan Took)> rounds) =>
        TimeSpan.FromMilliseconds(rounds.Select(round => round.Took.TotalMilliseconds).DefaultIfEmpty().Average());

    /// <summary>One round of it.</summary>
    private static async Task<TimeSpan> AskAsTheGuideDoesAsync(WaitingRoom room)
    {
        using var http = WaitingRoom.ClientOf(room.Portal);
        var started = Stopwatch.GetTimestamp();

        foreach (var user in room.PortalUsers)
        {
            using var answer = await http.GetAsync(new Uri($"api/2.0/portal/users/{user}", UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
