using System.Text;

namespace DocSpaceBot.Lists;

/// <summary>Lines of a CSV file that people open in a spreadsheet, whoever wrote what is in it.</summary>
internal static class CsvLine
{
    /// <summary>The byte order mark, without which spreadsheets spoil the letters of most names.</summary>
    public const char Beginning = '\uFEFF';

    public static void Write(StringBuilder text, ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(i == 0 ? "\"" : ",\"");
            WriteHarmless(text, cells[i] ?? "");
            text.Append('"');
        }

        text.Append("\r\n");
    }

    /// <summary>
    /// An apostrophe goes before everything that a spreadsheet would calculate: at the start, and also after a separator or quotation mark, because a
    /// spreadsheet that expects another separator than ours cuts the cell there.
    /// </summary>
    private static void WriteHarmless(StringBuilder text, string cell)
    {
        var mayBegin = true;

        foreach (var c in cell)
        {
            if (ListCell.IsControl(c))
            {
                text.Append(' ');
                continue;
            }

            if (mayBegin && ListCell.IsFormulaLead(c))
            {
                text.Append('\'');
            }

            text.Append(c == '"' ? "\"\"" : c.ToString());
            mayBegin = c is ',' or ';' or '"' || (mayBegin && char.IsWhiteSpace(c));
        }
    }
}
