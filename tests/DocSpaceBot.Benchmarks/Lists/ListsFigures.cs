using System.Globalization;

namespace DocSpaceBot.Benchmarks.Lists;

/// <summary>How the three got on with one portal.</summary>
internal sealed record Race(Scenario Scenario, Outcome JavaScript, Outcome Python, Outcome Bot)
{
    public IReadOnlyList<Outcome> Outcomes => [JavaScript, Python, Bot];
}

/// <summary>What was measured, and what must be reached.</summary>
internal sealed class ListsFigures
{
    private const int CallsMustBeAtMost = 120;
    private const double ProcessorTimeMustBeBelow = 2;
    private const double GrowthMustBeBelow = 30;

    public List<Race> Races { get; } = [];

    public FilePreview? Preview { get; set; }

    /// <summary>False also when something could not be measured.</summary>
    public bool AllReached => Targets().All(target => target.IsReached);

    public void Print()
    {
        foreach (var race in Races)
        {
            Console.WriteLine();
            Console.WriteLine($"On {race.Scenario.Title}:");
            Table.Print([
                ["who", "there", "lost", "mailed twice", "paid seats taken", "calls", "until the last came: s", "preview: s"],
                .. race.Outcomes.Select(Row),
            ]);
        }

        Console.WriteLine();
        Console.WriteLine("Calls by route:");

        foreach (var (scenario, outcome) in Outcomes.Where(it => it.Outcome.WhyNot is null))
        {
            var calls = outcome.Calls.OrderByDescending(count => count.Value).Select(count => Text($"{count.Value} {count.Key}"));
            Console.WriteLine($"  {scenario.Name}, {outcome.Who}: {string.Join(", ", calls)}");
        }

        Table.Print([
            ["what", "measured", "must be", ""],
            .. Targets().Select(it => new[] { it.What, it.Measured, it.MustBe, it.IsReached ? "reached" : "MISSED" }),
        ]);
        Console.WriteLine();
        Console.WriteLine(
            "There is who has an account on the portal and a letter to get into it with. The time runs from the word to go - for the bot from the"
        );
        Console.WriteLine(
            "press of the button under its preview, or from the message where no preview comes - until the last of those who ever came was there."
        );
        Console.WriteLine("The calls of the bot are all from the message on: for the preview, for sending, and for looking afterwards.");

        foreach (var oddity in Oddities())
        {
            Console.WriteLine(oddity);
        }
    }

    private IEnumerable<(Scenario Scenario, Outcome Outcome)> Outcomes =>
        Races.SelectMany(race => race.Outcomes.Select(outcome => (race.Scenario, outcome)));

    private IEnumerable<string> Oddities()
    {
        foreach (var (scenario, outcome) in Outcomes)
        {
            if (outcome.WhyNot is { } whyNot)
            {
                yield return $"{scenario.Name}: {outcome.Who} was not measured: {whyNot}";
            }
            else if (outcome.Remark is { } remark)
            {
                yield return $"{scenario.Name}: {remark}";
            }
        }

        if (Preview?.WhyNot is { } none)
        {
            yield return $"The preview of a file was not measured: {none}";
        }
    }

    private IEnumerable<Target> Targets()
    {
        var limited = Races.Single(race => race.Scenario == Scenario.Limited);
        var troubled = Races.Single(race => race.Scenario == Scenario.Troubled);
        var bot = limited.Bot;
        var calls = bot.Calls.Values.Sum();

        yield return new(
            "the bot's calls to the portal",
            bot.WhyNot is null ? Text($"{calls}") : "-",
            Text($"<= {CallsMustBeAtMost}"),
            bot.WhyNot is null && calls <= CallsMustBeAtMost
        );
        yield return Whole("the bot: lost, mailed twice", bot);
        yield return Faster(bot, limited.JavaScript);
        yield return Faster(bot, limited.Python);
        yield return Whole("the bot, one call in ten failing: lost, mailed twice", troubled.Bot);
        yield return new(
            "preview of a file with 1,000 rows, the bot's processor time: s",
            Preview is { WhyNot: null }
                ? Text($"{Preview.ProcessorTime.TotalSeconds:F2} (seen after {Preview.After.TotalSeconds:F2})")
                : "-",
            Text($"< {ProcessorTimeMustBeBelow}"),
            Preview is { WhyNot: null } && Preview.ProcessorTime.TotalSeconds < ProcessorTimeMustBeBelow
        );
        yield return new(
            "preview of a file with 1,000 rows, growth of resident memory: MB",
            Preview is { WhyNot: null } ? Text($"{Preview.MegabytesGrown:F1} (at most {Preview.MostMegabytesGrown:F1})") : "-",
            Text($"< {GrowthMustBeBelow}"),
            Preview is { WhyNot: null } && Preview.MegabytesGrown < GrowthMustBeBelow
        );
    }

    private static Target Whole(string what, Outcome bot) =>
        new(what, bot.WhyNot is null ? Text($"{bot.Lost}, {bot.Doubled}") : "-", "0, 0", bot.HasEverybody && bot.Doubled == 0);

    /// <summary>Who never has everybody has not come to the end, however soon it stopped.</summary>
    private static Target Faster(Outcome bot, Outcome script) =>
        new(
            $"everybody there, the bot and {script.Who}: s",
            Text($"{End(bot)} and {End(script)}"),
            "the bot sooner",
            bot.HasEverybody && script.WhyNot is null && (!script.HasEverybody || bot.Took < script.Took)
        );

    private static string End(Outcome outcome) =>
        outcome.WhyNot is not null ? "-"
        : outcome.HasEverybody ? Text($"{outcome.Took.TotalSeconds:F1}")
        : "never";

    private static string[] Row(Outcome outcome) =>
        outcome.WhyNot is not null
            ? [outcome.Who, "-", "-", "-", "-", "-", "-", ""]
            :
            [
                outcome.Who,
                Text($"{outcome.There} of {outcome.Wanted}"),
                Text($"{outcome.Lost}"),
                Text($"{outcome.Doubled}"),
                Text($"{outcome.Seats}"),
                Text($"{outcome.Calls.Values.Sum()}"),
                Text($"{outcome.Took.TotalSeconds:F2}"),
                outcome.Preview is { } preview ? Text($"{preview.TotalSeconds:F2}") : "",
            ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Target(string What, string Measured, string MustBe, bool IsReached);
}
