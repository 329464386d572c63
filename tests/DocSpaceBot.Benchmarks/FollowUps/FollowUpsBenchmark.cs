using System.Globalization;
using DocSpaceBot.Benchmarks.Approvals;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>
/// How soon it is told that somebody has joined, whether anything is lost when the bot is killed meanwhile, what it costs to ask who has joined, and how fast
/// storage answers when it is full.
/// </summary>
internal static class FollowUpsBenchmark
{
    private const int Joining = 1;
    private const int Killed = 2;
    private const int Asking = 3;
    private const int Storing = 4;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var figures = new FollowUpsFigures();
        Say($"{Environment.ProcessorCount} processors; about six minutes. {MachineLoad.Now}");

        if (IsWanted(Joining))
        {
            figures.Joining = await JoinRush.MeasureAsync();
            Say($"{figures.Joining.Joined} people have joined. {MachineLoad.Now}");
        }

        if (IsWanted(Killed))
        {
            figures.Killed = await JoinRush.MeasureKilledAsync();
            Say($"{figures.Killed.Joined} people have joined, and the bot was killed meanwhile. {MachineLoad.Now}");
        }

        if (IsWanted(Asking))
        {
            figures.Asking = await QuietDay.MeasureAsync();
            Say($"A day of {QuietDay.RoundsOfADay} rounds has passed. {MachineLoad.Now}");
        }

        if (IsWanted(Storing))
        {
            await StoreAsync(figures);
        }

        figures.Print();
        return options.Check && !figures.AllReached ? 1 : 0;

        bool IsWanted(int part) => options.Part is null || options.Part == part;
    }

    private static async Task StoreAsync(FollowUpsFigures figures)
    {
        var folder = Directory.CreateTempSubdirectory("docspacebot-benchmark-");

        try
        {
            var file = Path.Combine(folder.FullName, "docspacebot.db");
            figures.Storing.Add(("SQLite", await FullStorage.MeasureAsync(StorageProvider.Sqlite, $"Data Source={file}")));
            Say($"SQLite was asked. {MachineLoad.Now}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var postgres = await Postgres.TryStartAsync(why => figures.WhyNoPostgres = why);

        if (postgres is not null)
        {
            await using (postgres)
            {
                var timings = await FullStorage.MeasureAsync(StorageProvider.Postgres, postgres.ConnectionString);
                figures.Storing.Add(($"PostgreSQL ({postgres.Safety})", timings));
                Say($"PostgreSQL was asked. {MachineLoad.Now}");
            }
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
