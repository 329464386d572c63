using System.Globalization;
using System.Text;

namespace DocSpaceBot.Lists;

/// <summary>What became of one person of a request, in words.</summary>
/// <param name="Status">Such as "Invited".</param>
/// <param name="WhatHappened">What the portal showed.</param>
/// <param name="NextAction">What somebody should do now; empty when nothing.</param>
internal sealed record ResultRow(string Email, string? Name, string Role, string Status, string WhatHappened, string? NextAction);

/// <summary>Writes what became of everybody in a request, for people who open it in a spreadsheet.</summary>
internal static class ResultFile
{
    private static readonly string[] Header = ["E-mail", "Name", "Role", "Status", "What happened", "Next action"];

    /// <summary>CSV in UTF-8 with a byte order mark, without which spreadsheets spoil the letters of most names.</summary>
    public static byte[] Write(IReadOnlyList<ResultRow> rows)
    {
        var text = new StringBuilder("\uFEFF", 128 * (rows.Count + 1));
        WriteLine(text, Header);

        foreach (var row in rows)
        {
            WriteLine(text, [row.Email, row.Name, row.Role, row.Status, row.WhatHappened, row.NextAction]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A name made by us: nothing that somebody typed is in it.</summary>
    /// <param name="reference">The reference of the request; all but ASCII letters, digits and hyphens is left out.</param>
    public static string NameFor(DateOnly day, string reference)
    {
        var plain = string.Concat(reference.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        return string.Create(CultureInfo.InvariantCulture, $"docspace-invitations-{day:yyyy-MM-dd}-{ListCell.Cut(plain, 40)}.csv");
    }

    private static void WriteLine(StringBuilder text, ReadOnlySpan<string?> cells)
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
