using System.Globalization;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>
/// Brings the same people in three ways, each from the beginning and one after the other, so that the figures can be compared whatever
/// else the machine does.
/// </summary>
internal static class ListsBenchmark
{
    private const int People = 1000;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var newcomers = Newcomer.Make('p', People);
        var figures = new ListsFigures();
        Say($"{Environment.ProcessorCount} processors, {People} people; a few minutes.");

        foreach (var scenario in (Scenario[])[Scenario.Limited, Scenario.Troubled, Scenario.Unlimited])
        {
            Say($"On {scenario.Title}:");
            var javaScript = Told(await GuideScript.JavaScript.RunAsync(scenario, newcomers));
            var python = Told(await GuideScript.Python.RunAsync(scenario, newcomers));
            var bot = Told(await BotContender.RunAsync(scenario, newcomers));
            figures.Races.Add(new(scenario, javaScript, python, bot));
        }

        figures.Preview = await FilePreview.MeasureAsync(Scenario.Limited, Newcomer.Make('q', People));
        figures.Print();
        return options.Check && !figures.AllReached ? 1 : 0;
    }

    private static Outcome Told(Outcome outcome)
    {
        Say(
            outcome.WhyNot is { } whyNot
                ? (FormattableString)$"  {outcome.Who}: not measured: {whyNot}"
                : $"  {outcome.Who}: {outcome.There} of {outcome.Wanted} in {outcome.Took.TotalSeconds:F1} s"
        );
        return outcome;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
