using System.Globalization;

namespace DocSpaceBot.Benchmarks;

/// <summary>How thoroughly to measure.</summary>
internal sealed record BenchmarkOptions(bool Check, int Rounds, TimeSpan Round)
{
    public const string Usage = "Usage: [--check] [--rounds NUMBER] [--seconds NUMBER]   (--check: exit code 1 when a target is missed)";

    /// <summary>Null when they cannot be understood.</summary>
    public static BenchmarkOptions? Read(string[] args)
    {
        var options = new BenchmarkOptions(Check: false, Rounds: 5, Round: TimeSpan.FromSeconds(4));

        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--check":
                    options = options with { Check = true };
                    break;
                case "--rounds"
                    when i + 1 < args.Length
                        && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
                        && rounds > 0:
                    options = options with { Rounds = rounds };
                    i++;
                    break;
                case "--seconds"
                    when i + 1 < args.Length
                        && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                        && seconds > 0:
                    options = options with { Round = TimeSpan.FromSeconds(seconds) };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
