using System.Buffers;
using System.Globalization;
using System.Text;

namespace Teams.Protocol.Cards;

/// <summary>Makes text that people or other systems wrote safe to show inside a card.</summary>
public static class CardText
{
    private static readonly SearchValues<char> Markup = SearchValues.Create("\\*_[]()#<>~`");

    /// <summary>
    /// The text so that <see cref="TextBlock"/> and <see cref="FactSet"/>, which read Markdown, show it as it was written: markup escaped,
    /// list markers at the start and date functions (<c>{{DATE(…)}}</c>) disarmed, line breaks folded to a space, control characters and
    /// characters that change the writing direction taken out. At most twice as long, plus one.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features</remarks>
    public static string Escape(string? userText)
    {
        if (string.IsNullOrEmpty(userText))
        {
            return "";
        }

        var safe = new StringBuilder(userText.Length + 8);
        var atStart = true; // Only digits so far: "12." would begin a numbered list.
        var spaceOwed = false;
        var last = '\0';
        Span<char> utf16 = stackalloc char[2];
        foreach (var rune in userText.EnumerateRunes()) // Half a character comes as U+FFFD: it could not be written as UTF-8.
        {
            if (Rune.IsWhiteSpace(rune))
            {
                spaceOwed = safe.Length > 0;
                continue;
            }

            if (IsHidden(rune))
            {
                continue;
            }

            var c = rune.IsBmp ? (char)rune.Value : '\0';
            var isSecondBrace = c is '{' && last is '{' && !spaceOwed;
            if (spaceOwed)
            {
                safe.Append(' ');
                spaceOwed = false;
            }

            if (Markup.Contains(c) || isSecondBrace || (atStart && BeginsList(c, safe.Length)))
            {
                safe.Append('\\');
            }

            safe.Append(utf16[..rune.EncodeToUtf16(utf16)]);
            atStart &= char.IsAsciiDigit(c);
            last = c;
        }

        return safe.ToString();
    }

    /// <summary>
    /// The text for messages that are shown as they are: in one line, so that it cannot pass for lines of somebody else, and without control characters and
    /// characters that change the writing direction. Never longer.
    /// </summary>
    public static string OneLine(string? userText)
    {
        var line = new StringBuilder();
        var spaceOwed = false;

        foreach (var rune in (userText ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                spaceOwed = line.Length > 0;
            }
            else if (!IsHidden(rune))
            {
                line.Append(spaceOwed ? " " : "").Append(rune.ToString());
                spaceOwed = false;
            }
        }

        return line.ToString();
    }

    private static bool BeginsList(char c, int length) => c is '.' ? length > 0 : c is '-' or '+' or '=' && length == 0;

    /// <summary>Control and format characters, such as the one that turns the rest of the line around; those that join letters and emoji stay.</summary>
    private static bool IsHidden(Rune rune) =>
        rune.Value is not (0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
