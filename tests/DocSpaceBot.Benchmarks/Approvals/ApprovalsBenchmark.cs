using System.Globalization;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>How fast a press on an approval card is answered and shown to everybody, and whether many who press at once agree in the end.</summary>
internal static class ApprovalsBenchmark
{
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        Say($"{Environment.ProcessorCount} processors; about ten minutes.");
        var whyNot = "";
        var figures = new ApprovalsFigures
        {
            Steady = await SteadyClicks.MeasureAsync(isWatching: false, line => Say($"One bot on SQLite: {line}.")),
            Watched = await SteadyClicks.MeasureAsync(isWatching: true, line => Say($"One bot on SQLite, everybody watching: {line}.")),
        };
        var postgres = await Postgres.TryStartAsync(why => whyNot = why);

        if (postgres is not null)
        {
            await using (postgres)
            {
                figures.Crowded = await CrowdedClicks.MeasureAsync(postgres, line => Say($"Two bots on PostgreSQL: {line}."));
            }
        }

        figures.WhyNotCrowded = whyNot;
        figures.Print();
        return options.Check && !figures.AllReached ? 1 : 0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
