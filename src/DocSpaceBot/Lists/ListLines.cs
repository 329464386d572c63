using System.Text;
using CsvHelper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>One line of a list, in cells.</summary>
/// <param name="Number">Where it begins in the file, counted from 1.</param>
/// <param name="HasWrongQuote">A quotation mark stands inside a cell, so that the cells may not be what their author meant.</param>
internal readonly record struct ListLine(int Number, string[] Cells, bool HasWrongQuote)
{
    public string At(int column) => column < Cells.Length ? Cells[column] : "";
}

/// <summary>The lines of a list that are not blank.</summary>
/// <param name="Kept">The first of them, as many as were wanted.</param>
/// <param name="Total">All of them.</param>
internal readonly record struct ListLines(IReadOnlyList<ListLine> Kept, int Total, Refusal? WhyNot)
{
    public const int MostColumns = 100;

    private const int LinesToJudgeBy = 20;
    private const int CharactersToJudgeBy = 16 * 1024;

    /// <summary>Of a longer cell only so many bytes are looked at, which is more than any cell may have and shows that it is too long.</summary>
    private const int MostBytesOfCell = 4096;

    private static readonly char[] Separators = [';', '\t', ','];

    /// <summary>Reads comma, semicolon or tab separated text.</summary>
    public static ListLines Read(string text, int most)
    {
        CsvMalformedReason? malformed = null;
        using var reader = CsvReader.FromText(
            text,
            new CsvReaderOptions
            {
                Separator = SeparatorOf(text),
                HasHeader = false,
                TrackLineNumbers = true,
                OnMalformedRecord = record => malformed = record.Reason,
            }
        );
        var kept = new List<ListLine>();
        var total = 0;

        for (; reader.Read(); malformed = null)
        {
            // Of several wrong quotation marks only the first is reported; one further on may have swallowed the next people.
            if (
                malformed is CsvMalformedReason.UnterminatedQuote
                || (malformed is not null && reader.RawRecord.ContainsAny((byte)'\r', (byte)'\n'))
            )
            {
                return new([], 0, ListRefusals.OpenQuote((int)reader.LineNumber));
            }

            if (reader.FieldCount > MostColumns)
            {
                return new([], 0, ListRefusals.TooManyColumns);
            }

            if (!IsBlank(reader) && ++total <= most)
            {
                kept.Add(new((int)reader.LineNumber, Cells(reader), malformed is not null));
            }
        }

        return new(kept, total, null);
    }

    /// <summary>
    /// The one that leaves most addresses on their own: it is right where commas also stand inside names. Null leaves it to the reader, which counts, and
    /// which knows the line <c>sep=;</c> that some programs write first.
    /// </summary>
    private static char? SeparatorOf(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var start = ListCell.Cut(text, CharactersToJudgeBy);
        var found = Array.ConvertAll(Separators, separator => CountAddresses(start, separator));
        var most = found.Max();
        return found.Count(count => count == most) == 1 ? Separators[Array.IndexOf(found, most)] : null;
    }

    private static int CountAddresses(string text, char separator)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = separator, HasHeader = false });
        var addresses = 0;

        for (var line = 0; line < LinesToJudgeBy && reader.Read(); line++)
        {
            for (var i = 0; i < Math.Min(reader.FieldCount, MostColumns); i++)
            {
                addresses += ListCell.IsAddress(Cell(reader, i)) ? 1 : 0;
            }
        }

        return addresses;
    }

    private static bool IsBlank(CsvReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (!string.IsNullOrWhiteSpace(Cell(reader, i)))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] Cells(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];

        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Cell(reader, i);
        }

        return cells;
    }

    private static string Cell(CsvReader reader, int column)
    {
        var bytes = reader.GetSpan(column);
        return Encoding.UTF8.GetString(bytes.Length > MostBytesOfCell ? bytes[..MostBytesOfCell] : bytes);
    }
}
