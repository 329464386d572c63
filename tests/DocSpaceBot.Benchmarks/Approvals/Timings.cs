using System.Globalization;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>How long many things took.</summary>
internal sealed class Timings
{
    private readonly double[] sorted;

    public Timings(IEnumerable<TimeSpan> all) => sorted = [.. all.Select(it => it.TotalMilliseconds).Order()];

    public int Count => sorted.Length;

    /// <summary>Milliseconds.</summary>
    public double Highest => sorted.Length == 0 ? double.NaN : sorted[^1];

    /// <summary>Milliseconds that this share of them took at most.</summary>
    public double Within(double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    /// <summary>As cells of a table: half of them, 95 and 99 of a hundred, all.</summary>
    public string[] Cells => [Cell(Within(0.5)), Cell(Within(0.95)), Cell(Within(0.99)), Cell(Highest)];

    private static string Cell(double milliseconds) => milliseconds.ToString("F1", CultureInfo.InvariantCulture);
}
