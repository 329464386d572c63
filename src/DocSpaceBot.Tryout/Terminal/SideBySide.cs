using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>
/// Columns of a card: <c>auto</c> ones are as wide as their content, the others share what is left by their weight.
/// Where that leaves too little to read, the columns are stacked.
/// </summary>
internal sealed class SideBySide(IReadOnlyList<(IRenderable Content, string? Width)> columns) : Renderable
{
    private const int Gap = 2;
    private const int Narrowest = 14;

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(Narrowest, maxWidth), maxWidth);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        if (Widths(options, maxWidth) is not { } widths)
            return columns.SelectMany(column => column.Content.Render(options, maxWidth));

        var cells = columns.Select((column, i) => Segment.SplitLines(column.Content.Render(options, widths[i]))).ToList();
        return Enumerable.Range(0, cells.Max(lines => lines.Count)).SelectMany(row => Row(cells, widths, row));
    }

    private static IEnumerable<Segment> Row(List<List<SegmentLine>> cells, int[] widths, int row)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            var line = row < cells[i].Count ? cells[i][row] : [];
            foreach (var segment in line)
                yield return segment;

            var isLast = i == cells.Count - 1;
            yield return Segment.Padding(Math.Max(0, widths[i] - Segment.CellCount(line)) + (isLast ? 0 : Gap));
        }

        yield return Segment.LineBreak;
    }

    private int[]? Widths(RenderOptions options, int maxWidth)
    {
        var left = maxWidth - Gap * (columns.Count - 1);
        var widths = columns.Select(column => IsAuto(column.Width) ? column.Content.Measure(options, maxWidth).Max : 0).ToArray();
        left -= widths.Sum();

        var weights = columns.Sum(column => Weight(column.Width));
        if (left < 0 || weights > 0 && left / columns.Count(column => !IsAuto(column.Width)) < Narrowest)
            return null;

        // What rounding leaves goes to the last, so that the right edge is straight.
        foreach (var i in Enumerable.Range(0, widths.Length).Where(i => !IsAuto(columns[i].Width)))
        {
            widths[i] = (int)Math.Round(left * Weight(columns[i].Width) / weights);
            left -= widths[i];
            weights -= Weight(columns[i].Width);
        }

        return widths;
    }

    private static bool IsAuto(string? width) =>
        width is not null
        && (width.Equals("auto", StringComparison.OrdinalIgnoreCase) || width.EndsWith("px", StringComparison.OrdinalIgnoreCase));

    private static double Weight(string? width) =>
        IsAuto(width) ? 0
        : double.TryParse(width, CultureInfo.InvariantCulture, out var weight) && weight is > 0 and < 1000 ? weight
        : 1;
}

/// <summary>Content that is never drawn wider than that, however wide the terminal is.</summary>
internal sealed class AtMost(int width, IRenderable content) : Renderable
{
    protected override Measurement Measure(RenderOptions options, int maxWidth) => content.Measure(options, Math.Min(width, maxWidth));

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        content.Render(options, Math.Min(width, maxWidth));
}
