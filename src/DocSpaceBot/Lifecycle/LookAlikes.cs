using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DocSpaceBot.Lifecycle;

/// <summary>Letters that are not what they look like, as far as addresses are faked or mistyped with them; after Unicode's list of confusables.</summary>
internal static class LookAlikes
{
    /// <summary>A letter and what it looks like: Cyrillic, Greek, Armenian, unusual Latin.</summary>
    private const string Pairs =
        "аa вb еe кk мm нh оo рp сc тt уy хx ѕs іi їi јj ӏl һh ԁd ԛq ԝw ѵv ԍg ґr гr пn ьb "
        + "αa βb γy εe ηn ιi κk μu νv οo ρp τt υu χx ωw ϲc ϳj "
        + "օo սu ոn հh ցg յj քp աw ւl "
        + "ıi ɡg ɑa łl øo đd ħh ŧt ɩi ʟl ɴn ʀr ǀl";

    private static readonly FrozenDictionary<char, char> ToPlain = Pairs.Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private enum Script
    {
        None,
        Latin,
        LooksLatin,
        Other,
    }

    /// <summary>
    /// Without what cannot be seen (zero-width and bidi controls, blanks of every kind, halves of characters), and with full-width and other styled forms
    /// as the plain characters they stand for. Everything else stays as it is.
    /// </summary>
    public static string Clean(string text)
    {
        if (Ascii.IsValid(text) && !text.Any(c => c is <= ' ' or '\u007f'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);

        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var part in (IsStyled(rune) ? rune.ToString().Normalize(NormalizationForm.FormKC) : rune.ToString()).EnumerateRunes())
            {
                if (!IsInvisible(part))
                {
                    // The ideographic full stop separates the parts of a domain, too.
                    clean.Append(
                        part.Value == '。' ? "."
                        : IsStyled(rune) ? Rune.ToLowerInvariant(part).ToString()
                        : part.ToString()
                    );
                }
            }
        }

        return clean.ToString();
    }

    /// <summary>With plain Latin letters for those that only look like them or carry marks; others stay.</summary>
    public static string InPlainLatin(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);

        foreach (var rune in Clean(text).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            plain.Append(rune.IsBmp && ToPlain.TryGetValue((char)rune.Value, out var letter) ? letter.ToString() : rune.ToString());
        }

        return plain.ToString().Normalize();
    }

    /// <summary>
    /// Whether the word (a part of an address without dots) puts letters of an alphabet that looks like Latin among Latin ones, or is made of such letters
    /// altogether. A word in honest Cyrillic or Greek is neither.
    /// </summary>
    public static bool PretendsToBeLatin(string word)
    {
        var scripts = word.EnumerateRunes().Select(ScriptOf).Where(script => script != Script.None).Distinct().ToList();

        return scripts.Contains(Script.LooksLatin) && (scripts.Contains(Script.Latin) || Ascii.IsValid(InPlainLatin(word)));
    }

    /// <summary>The same for all ASCII texts that are hard to tell apart: 0 and o; 1, i and l; rn and m; vv and w; 5 and s; 3 and e.</summary>
    public static string Outline(string text) =>
        text.Replace("rn", "m", StringComparison.Ordinal)
            .Replace("vv", "w", StringComparison.Ordinal)
            .Replace('0', 'o')
            .Replace('1', 'l')
            .Replace('i', 'l')
            .Replace('5', 's')
            .Replace('3', 'e');

    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
        // Variation selectors, the grapheme joiner, and letters and patterns that are blank.
        || rune.Value
            is (>= 0xFE00 and <= 0xFE0F)
                or (>= 0xE0100 and <= 0xE01EF)
                or 0x034F
                or 0x115F
                or 0x1160
                or 0x3164
                or 0xFFA0
                or 0x2800;

    /// <summary>Full-width and half-width forms, small forms, ligatures, circled and mathematical letters, raised and lowered digits.</summary>
    private static bool IsStyled(Rune rune) =>
        rune.Value
            is (>= 0xFF00 and <= 0xFFEF)
                or (>= 0xFE50 and <= 0xFE6F)
                or (>= 0xFB00 and <= 0xFB06)
                or (>= 0x2070 and <= 0x209C)
                or (>= 0x2100 and <= 0x214F)
                or (>= 0x2460 and <= 0x24FF)
                or (>= 0x1D400 and <= 0x1D7FF);

    private static Script ScriptOf(Rune rune) =>
        rune.Value switch
        {
            (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Script.Latin,
            _ when !Rune.IsLetter(rune) => Script.None,
            (>= 0xC0 and <= 0x2AF) or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,

            // Greek, Cyrillic, Armenian, Cherokee.
            (>= 0x370 and <= 0x58F) or (>= 0x13A0 and <= 0x13FF) or (>= 0x1C80 and <= 0x1C8F) => Script.LooksLatin,
            (>= 0x1F00 and <= 0x1FFF) or (>= 0xA640 and <= 0xA69F) or (>= 0xAB70 and <= 0xABBF) => Script.LooksLatin,
            _ => Script.Other,
        };
}
