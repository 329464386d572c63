using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>A file with people in it, as somebody sent it: everything in it is text, and nothing is believed.</summary>
internal abstract record PeopleList
{
    public const int MostBytes = 1024 * 1024;
    public const int MostRows = 1000;

    private static readonly string[] FileTypes = [".csv", ".tsv", ".txt"];

    /// <summary>The people, in the order of the file; each may have problems.</summary>
    /// <param name="IgnoredColumns">Names of the columns that are about nothing we know; they were written by the file's author.</param>
    public sealed record People(IReadOnlyList<ListRow> Rows, IReadOnlyList<string> IgnoredColumns) : PeopleList;

    /// <summary>The whole file is no list.</summary>
    public sealed record Refused(Refusal Why) : PeopleList;

    /// <summary>Whether it is worth fetching.</summary>
    public static bool IsNamedLikeOne(string fileName) =>
        FileTypes.Contains(Path.GetExtension(fileName.Trim()), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads CSV as programs and people write it: UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon or tab, with or without a header in
    /// English or German. Never throws, whatever the bytes are.
    /// </summary>
    /// <param name="fileName">Only its ending counts.</param>
    public static PeopleList Read(ReadOnlyMemory<byte> file, string fileName, int mostRows = MostRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 1);

        if (file.IsEmpty)
        {
            return new Refused(ListRefusals.Empty);
        }

        if (!IsNamedLikeOne(fileName))
        {
            return new Refused(ListRefusals.WrongType);
        }

        if (file.Length > MostBytes)
        {
            return new Refused(ListRefusals.TooBig);
        }

        var (text, whyNot) = ListText.Read(file.Span);
        return whyNot is null ? Read(text, mostRows) : new Refused(whyNot);
    }

    private static PeopleList Read(string text, int mostRows)
    {
        var lines = ListLines.Read(text, mostRows + 1);

        if (lines.WhyNot is { } no)
        {
            return new Refused(no);
        }

        if (lines.Total == 0)
        {
            return new Refused(ListRefusals.Empty);
        }

        if (ListColumns.Of(lines.Kept) is not { } columns)
        {
            return new Refused(ListRefusals.NoAddressColumn);
        }

        var people = columns.HasHeader ? lines.Total - 1 : lines.Total;

        if (people == 0)
        {
            return new Refused(ListRefusals.Empty);
        }

        if (people > mostRows)
        {
            return new Refused(ListRefusals.TooManyRows(people, mostRows));
        }

        var rows = new ListRows(columns);
        return new People([.. lines.Kept.Skip(columns.HasHeader ? 1 : 0).Select(rows.Read)], columns.Ignored);
    }
}
