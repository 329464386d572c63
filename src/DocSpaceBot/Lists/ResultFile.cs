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
    /// <summary>What can be read as a list again keeps its name in all languages.</summary>
    private static string[] Header => ["E-mail", ListTexts.Name, "Role", ListTexts.Status, ListTexts.WhatHappened, ListTexts.NextAction];

    /// <summary>CSV in UTF-8 with a byte order mark.</summary>
    public static byte[] Write(IReadOnlyList<ResultRow> rows)
    {
        var text = new StringBuilder(128 * (rows.Count + 1)).Append(CsvLine.Beginning);
        CsvLine.Write(text, Header);

        foreach (var row in rows)
        {
            CsvLine.Write(text, [row.Email, row.Name, row.Role, row.Status, row.WhatHappened, row.NextAction]);
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
}
