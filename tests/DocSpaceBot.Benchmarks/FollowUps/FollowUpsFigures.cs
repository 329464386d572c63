using System.Globalization;

namespace DocSpaceBot.Benchmarks.FollowUps;

/// <summary>What was measured, and what must be reached. What was not measured is left out.</summary>
internal sealed class FollowUpsFigures
{
    private const double TellingMustBeBelow = 1000;
    private const double AnswerMustBeBelow = 10;

    /// <summary>The number may stay the same while one comes and one goes, so everybody is looked at now and then.</summary>
    private const int FullRoundsOfADay = 4;

    /// <summary>One for the number, and the pages.</summary>
    private const int CallsOfFullRound = 101;

    public JoinOutcome? Joining { get; set; }

    public JoinOutcome? Killed { get; set; }

    public QuietDayOutcome? Asking { get; set; }

    public List<(string Where, IReadOnlyList<StorageTiming> Timings)> Storing { get; } = [];

    public string WhyNoPostgres { get; set; } = "";

    public bool AllReached => WhyNoPostgres.Length == 0 && Targets().All(target => target.IsReached);

    public void Print()
    {
        Table.Print([
            ["what: ms", "half", "95 %", "99 %", "all"],
            .. Rush("", Joining),
            .. Rush(", the bot killed meanwhile", Killed),
            .. Storing.SelectMany(it => it.Timings.Select(timing => (string[])[$"{timing.What}, {it.Where}", .. timing.Took.Cells])),
        ]);
        Table.Print([
            ["what", "measured", "must be", ""],
            .. Targets().Select(it => new[] { it.What, it.Measured, it.MustBe, it.IsReached ? "reached" : "MISSED" }),
        ]);
        Console.WriteLine();

        foreach (var line in Remarks())
        {
            Console.WriteLine(line);
        }
    }

    private static IEnumerable<string[]> Rush(string how, JoinOutcome? outcome) =>
        outcome is null
            ? []
            :
            [
                [$"webhook to edited card{how}", .. outcome.Edits.Cells],
                [$"webhook to follow-up posted{how}", .. outcome.Posts.Cells],
            ];

    private IEnumerable<string> Remarks()
    {
        if (Joining is { } joining)
        {
            yield return Text(
                $"{JoinRush.PerSecond} join in a second for {JoinRush.Seconds} s, after {JoinRush.SecondsToWarmUp} s that are not counted, one bot on SQLite, FollowUps:Welcome=PortalThenTeams and a portal that refuses. Meanwhile the bot"
            );
            yield return Text(
                $"used {joining.ShareOfBot:F2} of one of {Environment.ProcessorCount} processors and made {joining.CallsPerSecond:F0} calls to Teams a second; this process with the stand-ins for Teams and DocSpace used {joining.ShareOfStandIns:F2}."
            );
        }

        if (Killed is { } killed)
        {
            yield return Text(
                $"The bot was killed after {JoinRush.SecondsToKill} of {JoinRush.Seconds} s and ready again {killed.Restart?.TotalSeconds:F1} s later. Nobody was told of later than {Math.Max(killed.Edits.Highest, killed.Posts.Highest) / 1000:F1} s after joining, and of the last {killed.Last.TotalSeconds:F1} s after all had joined; {killed.PostedTwice} follow-ups were posted twice."
            );
        }

        if (Asking is { } asking)
        {
            yield return Text(
                $"{asking.Waiting} wait, a simulated day of rounds every 5 minutes, the bot in this process: {asking.Short} rounds of one call ({asking.ShortTook.TotalMilliseconds:F0} ms), {asking.Full} in which everybody was looked at"
            );
            yield return Text(
                $"({asking.MostCalls} calls, {asking.FullTook.TotalMilliseconds:F0} ms), {asking.Calls} calls in all. The guides ask for each: {asking.CallsOfGuide} calls and {asking.GuideTook.TotalSeconds:F1} s a round, {(long)asking.CallsOfGuide * QuietDay.RoundsOfADay} calls a day."
            );
        }

        if (Storing.Count > 0)
        {
            yield return Text(
                $"{FullStorage.Invitations} invitations are kept, {FullStorage.Own} of them of whoever asks, each in a request of its own; the worker takes steps of which {FullStorage.Steps} wait, {FullStorage.DueSteps} of them due."
            );
        }

        if (WhyNoPostgres.Length > 0)
        {
            yield return WhyNoPostgres;
        }
    }

    private IEnumerable<Target> Targets()
    {
        if (Joining is { } joining)
        {
            yield return Below("webhook to edited card, 99 %: ms", joining.Edits.Within(0.99), TellingMustBeBelow);
            yield return Below("webhook to follow-up posted, 99 %: ms", joining.Posts.Within(0.99), TellingMustBeBelow);
            yield return Whole("joined, and both told; the ledger", joining);
        }

        if (Killed is { } killed)
        {
            yield return Whole("killed: joined, and both told; the ledger", killed);
        }

        if (Asking is { } asking)
        {
            yield return new(
                "rounds of a day: of one call, of everybody, others",
                Text($"{asking.Short}, {asking.Full}, {asking.Other}"),
                Text($"{QuietDay.RoundsOfADay - FullRoundsOfADay}, {FullRoundsOfADay}, 0"),
                asking is { Full: FullRoundsOfADay, Other: 0 }
            );
            yield return new(
                "calls of a round of everybody",
                Text($"{asking.MostCalls}"),
                Text($"<= {CallsOfFullRound}"),
                asking.MostCalls <= CallsOfFullRound
            );
            yield return new(
                Text($"found in the next round, of {QuietDay.Joining} who joined (with {asking.CallsToFind} calls)"),
                Text($"{asking.Found}"),
                Text($"{QuietDay.Joining}"),
                asking.Found == QuietDay.Joining
            );
        }

        foreach (var (where, timings) in Storing)
        {
            foreach (var timing in timings)
            {
                yield return new(
                    $"{timing.What}, {where}, half and 99 %: ms",
                    Text($"{timing.Took.Within(0.5):F1} and {timing.Took.Within(0.99):F1}"),
                    Text($"both < {AnswerMustBeBelow:F0}"),
                    timing.Took.Within(0.99) < AnswerMustBeBelow
                );
            }
        }
    }

    private static Target Below(string what, double measured, double bound) =>
        new(what, Text($"{measured:F1}"), Text($"< {bound:F0}"), measured < bound);

    private static Target Whole(string what, JoinOutcome outcome) =>
        new(
            what,
            Text($"{outcome.Joined}, {outcome.Edited} and {outcome.Posted}; {(outcome.IsLedgerInOrder ? "in order" : "NOT in order")}"),
            "all; in order",
            outcome is { Lost: 0, IsLedgerInOrder: true }
        );

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Target(string What, string Measured, string MustBe, bool IsReached);
}
