namespace DocSpaceBot.Benchmarks;

/// <summary>Figures below each other.</summary>
internal static class Table
{
    /// <param name="rows">The first one says what the columns are; all have as many cells.</param>
    public static void Print(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        Console.WriteLine();

        foreach (var row in rows)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
