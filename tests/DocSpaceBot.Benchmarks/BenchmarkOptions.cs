using System.Globalization;

namespace DocSpaceBot.Benchmarks;

internal enum Measured
{
    /// <summary>How fast single messages are answered.</summary>
    Turns,

    /// <summary>How lists of people are brought in.</summary>
    Lists,

    /// <summary>How fast decisions are taken and shown, and whether everybody sees the same ones.</summary>
    Approvals,

    /// <summary>How fast pasted links are answered, and whether as many get a link as it is for.</summary>
    Links,

    /// <summary>How soon it is told that somebody has joined, what it costs to ask who has, and how fast storage answers when it is full.</summary>
    FollowUps,
}

/// <summary>What to measure, and how thoroughly.</summary>
internal sealed record BenchmarkOptions(Measured What, bool Check, int Rounds, TimeSpan Round)
{
    public const string Usage =
        "Usage: [--check] [--rounds NUMBER] [--seconds NUMBER]   or   lists [--check]   or   approvals [--check]   or   links [--check]   or   follow-ups [--part NUMBER] [--check]   (--check: exit code 1 when a target is missed)";

    /// <summary>The only part that is measured; null for all.</summary>
    public int? Part { get; init; }

    /// <summary>Null when they cannot be understood.</summary>
    public static BenchmarkOptions? Read(string[] args)
    {
        var options = new BenchmarkOptions(Measured.Turns, Check: false, Rounds: 5, Round: TimeSpan.FromSeconds(4));

        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "lists" when i == 0:
                    options = options with { What = Measured.Lists };
                    break;
                case "approvals" when i == 0:
                    options = options with { What = Measured.Approvals };
                    break;
                case "links" when i == 0:
                    options = options with { What = Measured.Links };
                    break;
                case "follow-ups" when i == 0:
                    options = options with { What = Measured.FollowUps };
                    break;
                case "--part" when options.What is Measured.FollowUps && NumberAt(args, i + 1) is { } part:
                    options = options with { Part = part };
                    i++;
                    break;
                case "--check":
                    options = options with { Check = true };
                    break;
                case "--rounds" when options.What is Measured.Turns && NumberAt(args, i + 1) is { } rounds:
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--seconds" when options.What is Measured.Turns && NumberAt(args, i + 1) is { } seconds:
                    options = options with { Round = TimeSpan.FromSeconds(seconds) };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static int? NumberAt(string[] args, int at) =>
        at < args.Length && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
