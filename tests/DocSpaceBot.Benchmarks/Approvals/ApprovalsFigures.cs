using System.Globalization;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>What was measured, and what must be reached.</summary>
internal sealed class ApprovalsFigures
{
    private const double AnswerMustBeBelow = 50;
    private const double CopiesMustBeBelow = 2000;

    public required SteadyOutcome Steady { get; init; }

    /// <summary>The same while everybody has every card on the screen; not held against any goal.</summary>
    public required SteadyOutcome Watched { get; init; }

    public CrowdedOutcome? Crowded { get; set; }

    public string WhyNotCrowded { get; set; } = "";

    /// <summary>False also when something could not be measured.</summary>
    public bool AllReached => Targets().All(target => target.IsReached);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(
            Text(
                $"{SteadyClicks.PerSecond} presses a second for {SteadyClicks.Seconds} s, one bot on SQLite, {Steady.Approvers} approvers, 4 and their requester with a card of each request:"
            )
        );
        Table.Print([
            ["what: ms", "half", "95 %", "99 %", "all"],
            ["press to answer", .. Steady.Answers.Cells],
            ["press to the last of the copies edited", .. Steady.Copies.Cells],
            ["press to answer, everybody watching", .. Watched.Answers.Cells],
            ["press to the last of the copies edited, everybody watching", .. Watched.Copies.Cells],
        ]);
        PrintCrowded();
        Table.Print([
            ["what", "measured", "must be", ""],
            .. Targets().Select(it => new[] { it.What, it.Measured, it.MustBe, it.IsReached ? "reached" : "MISSED" }),
        ]);
        Console.WriteLine();
        Console.WriteLine(
            Text(
                $"All of it shares {Environment.ProcessorCount} processors: while buttons were pressed the bot used {Steady.ShareOfBot:F2} of one, this process with the stand-ins for Teams"
            )
        );
        Console.WriteLine(
            Text(
                $"and DocSpace and with the pressers {Steady.ShareOfStandIns:F2}; the bot made {Steady.CallsPerSecond:F0} calls to Teams a second, and a press with all that came of it cost it {Steady.MillisecondsOfBotEach:F1} ms of a processor. Everybody watching, which means that every card is fetched"
            )
        );
        Console.WriteLine(
            Text(
                $"anew by its reader's client after each edit, the bot used {Watched.ShareOfBot:F2}, this process {Watched.ShareOfStandIns:F2}, and {Watched.RefreshesPerSecond:F0} cards were fetched a second."
            )
        );
        Console.WriteLine(
            "Presses come by chance and not in step, and are timed from the moment at which they were to be made. What is approved goes out while others"
        );
        Console.WriteLine(
            "press. Teams lets one bot make about 50 calls a second in a company, and two a second in a chat; only the second is kept to here, by the bot."
        );
    }

    private void PrintCrowded()
    {
        Console.WriteLine();

        if (Crowded is not { } it)
        {
            Console.WriteLine($"Two bots on one PostgreSQL were not measured. {WhyNotCrowded}");
            return;
        }

        Console.WriteLine(
            Text(
                $"{CrowdedClicks.Approvers} approvers press on all of {it.Requests} requests at once, {CrowdedClicks.Needed} have to agree, {CrowdedClicks.Bots} bots on one PostgreSQL ({it.Safety}):"
            )
        );
        Table.Print([
            ["what", "count", "after: s"],
            ["presses, each answered", Text($"{it.Presses}"), Text($"{it.AllAnswered.TotalSeconds:F1}")],
            ["of these told that others were faster", Text($"{it.TooLate}"), ""],
            ["requests invited", Text($"{it.Invited}"), Text($"{it.AllInvited.TotalSeconds:F1}")],
            ["requests denied", Text($"{it.Denied}"), ""],
            [
                "copies of cards that say what was decided",
                Text($"{it.Copies}"),
                it.AllShown is { } shown ? Text($"{shown.TotalSeconds:F1}") : "never",
            ],
        ]);
    }

    private IEnumerable<Target> Targets()
    {
        yield return Below("press to answer, 99 %: ms", Steady.Answers.Within(0.99), AnswerMustBeBelow);
        yield return Below("press to the last of the copies edited, all: ms", Steady.Copies.Highest, CopiesMustBeBelow);
        yield return None("presses not answered as they should, wrong mails, stale cards", Steady.Wrong, Steady.IsLedgerInOrder);
        yield return Crowded is null
            ? new("two bots: requests not decided exactly once", "-", "0", false)
            : None(
                "two bots: presses not answered, requests not decided exactly once, wrong mails, stale cards",
                Crowded.Wrong,
                Crowded.IsLedgerInOrder
            );
    }

    private static Target Below(string what, double measured, double bound) =>
        new(what, Text($"{measured:F1}"), Text($"< {bound:F0}"), measured < bound);

    private static Target None(string what, IReadOnlyList<int> counts, bool isLedgerInOrder) =>
        new(
            $"{what}; the ledger",
            $"{string.Join(", ", counts.Select(count => Text($"{count}")))}; {(isLedgerInOrder ? "in order" : "NOT in order")}",
            $"{string.Join(", ", counts.Select(_ => "0"))}; in order",
            isLedgerInOrder && counts.All(count => count == 0)
        );

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Target(string What, string Measured, string MustBe, bool IsReached);
}
