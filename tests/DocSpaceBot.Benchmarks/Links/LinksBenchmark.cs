using System.Globalization;
using DocSpaceBot.Benchmarks.Approvals;

namespace DocSpaceBot.Benchmarks.Links;

/// <summary>How fast the card of a pasted link is there, and whether as many people get a link as it is for when many press at once.</summary>
internal static class LinksBenchmark
{
    private const double UnfurlMustBeBelow = 50;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        Say($"{Environment.ProcessorCount} processors; about two minutes.");
        var pasted = await Pasting.MeasureAsync();
        Say($"{pasted.Pasted} links were pasted, {Pasting.PerSecond} a second, one bot on SQLite.");
        var (crowds, whyNot) = (new List<CrowdOutcome> { await Crowd.MeasureAsync(postgres: null, bots: 1) }, "");
        var postgres = await Postgres.TryStartAsync(why => whyNot = why);

        if (postgres is not null)
        {
            await using (postgres)
            {
                crowds.Add(await Crowd.MeasureAsync(postgres, bots: 2));
            }
        }

        Table.Print([
            ["what: ms", "half", "95 %", "99 %", "all"],
            ["paste to card", .. pasted.Answers.Cells],
            .. crowds.Select(it => it.Cells),
        ]);

        if (whyNot.Length > 0)
        {
            Say($"{whyNot}");
        }

        Table.Print([
            ["what", "measured", "must be", ""],
            Row(
                "paste to card, 99 %: ms",
                Text($"{pasted.Answers.Within(0.99):F1}"),
                Text($"< {UnfurlMustBeBelow:F0}"),
                pasted.Answers.Within(0.99) < UnfurlMustBeBelow
            ),
            Row("pasted links not answered as they should", Text($"{pasted.Wrong}"), "0", pasted.Wrong == 0),
            .. crowds.Select(it =>
                Row(
                    Text(
                        $"{it.Where}: rounds in which not exactly {Crowd.Uses} of {Crowd.People} got it, by their answers and by what is kept"
                    ),
                    Text($"{it.Wrong} of {it.Rounds}"),
                    "0",
                    it.Wrong == 0
                )
            ),
        ]);
        Say($"All of it shares {Environment.ProcessorCount} processors with the stand-ins and with those who paste and press.");
        var reached =
            pasted.Answers.Within(0.99) < UnfurlMustBeBelow
            && pasted.Wrong == 0
            && crowds.Count == 2
            && crowds.TrueForAll(it => it.Wrong == 0);
        return options.Check && !reached ? 1 : 0;
    }

    private static string[] Row(string what, string measured, string mustBe, bool isReached) =>
        [what, measured, mustBe, isReached ? "reached" : "MISSED"];

    private static void Say(FormattableString line) => Console.WriteLine(Text(line));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
