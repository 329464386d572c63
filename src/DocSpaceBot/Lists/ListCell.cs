using System.Globalization;
using System.Text;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>What is safe and what is not in a cell that somebody else wrote, or that somebody else will open in a spreadsheet.</summary>
internal static class ListCell
{
    public const int MaxLength = 255;

    /// <summary>A cell that begins so is a formula to a spreadsheet; the wide forms count where people write Chinese or Japanese.</summary>
    /// <remarks>https://owasp.org/www-community/attacks/CSV_Injection</remarks>
    private const string FormulaLeads = "=+-@＝＋－＠";

    public static bool IsFormulaLead(char c) => FormulaLeads.Contains(c, StringComparison.Ordinal);

    /// <summary>
    /// The cell without what nobody sees: blanks around it, invisible characters that come with copied text, and the apostrophe that keeps a formula
    /// from being one. All kinds of blanks become the plain one.
    /// </summary>
    public static string Plain(string cell)
    {
        var text = new StringBuilder(cell.Length);

        foreach (var c in cell)
        {
            if (c is not ('\u00AD' or '\u200B' or '\u2060' or '\uFEFF'))
            {
                text.Append(char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator ? ' ' : c);
            }
        }

        var plain = text.ToString().Trim();
        return plain is ['\'', var lead, ..] && IsFormulaLead(lead) ? plain[1..] : plain;
    }

    /// <summary>The address in <c>Alice &lt;alice@example.com&gt;</c> and <c>mailto:alice@example.com</c>.</summary>
    public static string Address(string cell)
    {
        var plain = Plain(cell);

        if (plain.EndsWith('>') && plain.LastIndexOf('<') is >= 0 and var open)
        {
            plain = plain[(open + 1)..^1].Trim();
        }

        return plain.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? plain["mailto:".Length..].Trim() : plain;
    }

    public static bool IsAddress(string cell) => EmailAddress.WhyNot(EmailAddress.Normalise(Address(cell))) is null;

    /// <summary>Control characters, line breaks, and the marks that turn text around so that it reads as something else.</summary>
    public static bool IsControl(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';

    public static string WithoutControls(string text) => string.Concat(text.Where(c => !IsControl(c)));

    /// <summary>At most so many characters, without half a letter at the end.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text
        : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)]
        : text[..most];
}
