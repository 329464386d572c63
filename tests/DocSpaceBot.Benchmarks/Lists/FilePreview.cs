namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>What the preview of a file costs the bot.</summary>
/// <param name="WhyNot">Why it could not be measured; the rest is zero then.</param>
internal sealed record FilePreview(TimeSpan ProcessorTime, double MegabytesGrown, double MostMegabytesGrown, TimeSpan After, string? WhyNot)
{
    private const double Megabyte = 1024 * 1024;
    private const int RowsToWarmUp = 20;

    private static readonly TimeSpan LongestPreview = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestFirstPreview = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ToComeToRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    public static async Task<FilePreview> MeasureAsync(Scenario scenario, IReadOnlyList<Newcomer> newcomers)
    {
        await using var work = await BotAtWork.StartAsync(scenario);

        if (await work.UploadAsync("few.csv", Newcomer.Make('f', RowsToWarmUp), LongestFirstPreview) is null)
        {
            return Not($"no preview came of a file with {RowsToWarmUp} people. {work.LastWords}");
        }

        await Task.Delay(ToComeToRest);
        var process = work.Bot.Process;
        var (processorTime, memory) = (process.ProcessorTime, process.ResidentMemory);
        using var seen = new CancellationTokenSource();
        var watch = HighestAsync(process, seen.Token);
        var preview = await work.UploadAsync("many.csv", newcomers, LongestPreview);
        var (processorTimeAfter, memoryAfter) = (process.ProcessorTime, process.ResidentMemory);
        await seen.CancelAsync();
        var highest = Math.Max(await watch, memoryAfter);

        return preview is null
            ? Not($"no preview came of a file with {newcomers.Count} people. {work.LastWords}")
            : new(
                processorTimeAfter - processorTime,
                (memoryAfter - memory) / Megabyte,
                (highest - memory) / Megabyte,
                preview.After,
                null
            );
    }

    private static FilePreview Not(string why) => new(TimeSpan.Zero, 0, 0, TimeSpan.Zero, why);

    private static async Task<long> HighestAsync(ChildProcess process, CancellationToken seen)
    {
        var highest = 0L;

        while (!seen.IsCancellationRequested)
        {
            highest = Math.Max(highest, process.ResidentMemory);
            await Task.Delay(BetweenLooks, seen).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return highest;
    }
}
