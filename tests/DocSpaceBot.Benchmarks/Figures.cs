using System.Globalization;

namespace DocSpaceBot.Benchmarks;

/// <summary>What was measured, and what must be reached.</summary>
internal sealed class Figures
{
    private const double HelpMustBe = 5;
    private const double InviteMustBe = 1;
    private const double StartMustBeBelow = 1.5;
    private const double MemoryMustBeBelow = 150;

    /// <summary>Seconds.</summary>
    public List<double> Starts { get; } = [];

    public double ResidentMegabytes { get; set; }

    /// <summary>Per second, one for each round; empty when there is no echo bot.</summary>
    public List<double> Echo { get; } = [];

    public List<double> Help { get; } = [];

    public List<double> HelpWithNewTokens { get; } = [];

    public List<double> Invite { get; } = [];

    public string WhyNoEcho { get; set; } = "";

    /// <summary>False also when something could not be measured.</summary>
    public bool AllReached =>
        Ratio(Help) is { } help
        && help >= HelpMustBe
        && Ratio(Invite) is { } invite
        && invite >= InviteMustBe
        && Median(Starts) < StartMustBeBelow
        && ResidentMegabytes < MemoryMustBeBelow;

    public void Print()
    {
        var rows = new List<string[]>
        {
            new[] { "what", "median", "from - to", "times the echo", "must be", "" },
            Rate("echo bot, JavaScript SDK, nobody authenticated: replies/s", Echo, null),
            Rate("/help, every token validated: replies/s", Help, HelpMustBe),
            Rate("/help, every token new to the bot: replies/s", HelpWithNewTokens, null),
            Rate("/invite, on disk when accepted: accepted/s", Invite, InviteMustBe),
            new[]
            {
                "process start to readyz 200: s",
                Text($"{Median(Starts):F2}"),
                Text($"{Starts.Min():F2} - {Starts.Max():F2}"),
                "",
                Text($"< {StartMustBeBelow}"),
                Verdict(Median(Starts) < StartMustBeBelow),
            },
            new[]
            {
                "resident memory after 10,000 turns: MB",
                Text($"{ResidentMegabytes:F0}"),
                "",
                "",
                Text($"< {MemoryMustBeBelow}"),
                Verdict(ResidentMegabytes < MemoryMustBeBelow),
            },
        };
        Table.Print(rows);
        Console.WriteLine();
        Console.WriteLine(
            "A reply is counted when it has arrived at the connector and the message was answered with 2xx. An invitation is counted when"
        );
        Console.WriteLine(
            "it was answered with 2xx, which is after its commit (synchronous=FULL); its card and the call to DocSpace come later. Each"
        );
        Console.WriteLine(
            "round's bot was then killed and its file read: every accepted invitation was there. All bots had the same senders and connector."
        );

        if (Echo.Count == 0)
        {
            Console.WriteLine($"The echo bot was not measured, so there is nothing to compare with. {WhyNoEcho}");
        }
    }

    private string[] Rate(string what, List<double> perSecond, double? mustBe) =>
        perSecond.Count == 0
            ? [what, "-", "", "", "", ""]
            :
            [
                what,
                Text($"{Median(perSecond):F0}"),
                Text($"{perSecond.Min():F0} - {perSecond.Max():F0}"),
                perSecond != Echo && Ratio(perSecond) is { } ratio ? Text($"{ratio:F1}") : "",
                mustBe is { } least ? Text($">= {least} times") : "",
                mustBe is { } bound && Ratio(perSecond) is { } reached ? Verdict(reached >= bound) : "",
            ];

    /// <summary>Of the medians; null when there is no echo.</summary>
    private double? Ratio(List<double> perSecond) => Echo.Count == 0 ? null : Median(perSecond) / Median(Echo);

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Verdict(bool reached) => reached ? "reached" : "MISSED";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
