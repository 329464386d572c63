using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DocSpaceBot.Invitations;

/// <summary>
/// A name as DocSpace takes it: letters, apostrophes, blanks and hyphens, at most 64 characters each (<c>UserManagerWrapper.cs</c>); the last name may be missing.
/// </summary>
internal sealed record PersonName(string First, string? Last)
{
    public const int MaxLength = 64;

    /// <summary>They belong to the last name when they are written small: Ludwig van Beethoven, María de la Cruz.</summary>
    private static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet([
        .. "af al av bin da das de dei del della den der di do dos du el la le ibn ten ter tot van vom von y zu zum zur".Split(' '),
    ]);

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(
        [.. "mr mrs ms miss mx dr prof professor herr frau mme mlle sir ing dipl jr sr ii iii phd md mba msc bsc".Split(' ')],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether there is nothing in it that a name cannot have; commas and points are for the order and for titles.</summary>
    public static bool IsClean(string text) => text.EnumerateRunes().All(rune => IsOfName(rune) || rune.Value is ',' or '.' or '’' or '\t');

    /// <summary>Whether DocSpace takes it as a first or as a last name.</summary>
    public static bool IsPart(string text) =>
        text.Length is > 0 and <= MaxLength && text.EnumerateRunes().All(IsOfName) && text.EnumerateRunes().Any(Rune.IsLetter);

    /// <summary>
    /// Takes a name apart, written in either order (Alice Smith; Smith, Alice), and leaves out titles and what is no part of a name (Smith, Alice (Sales)).
    /// Null when nothing is left or too much.
    /// </summary>
    public static PersonName? Read(string text)
    {
        var parts = WithoutBrackets(text).Split(',').Select(WordsOf).Where(words => words.Count > 0).ToList();

        return parts switch
        {
            [] => null,
            [var words] => Of(words),
            [var last, var first, ..] => Of(string.Join(' ', first), string.Join(' ', last)),
        };
    }

    /// <summary>In an order that is read back as the same name.</summary>
    public override string ToString() =>
        Last is null ? First
        : Of([.. First.Split(' '), .. Last.Split(' ')]) == this ? $"{First} {Last}"
        : $"{Last}, {First}";

    private static PersonName? Of(List<string> words)
    {
        if (words.Count == 1)
        {
            return Of(words[0], null);
        }

        var last = words.FindIndex(1, Particles.Contains);

        if (last < 0 || last == words.Count - 1)
        {
            last = words.Count - 1;
        }

        return Of(string.Join(' ', words[..last]), string.Join(' ', words[last..]));
    }

    private static PersonName? Of(string first, string? last) =>
        first.Length <= MaxLength && (last?.Length ?? 0) <= MaxLength ? new(first, last) : null;

    private static List<string> WordsOf(string part)
    {
        var words = new List<string>();

        foreach (
            var written in part.Replace('’', '\'')
                .Replace('.', ' ')
                .Replace('_', ' ')
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var word = string.Concat(written.EnumerateRunes().Where(IsOfName)).Trim('\'', '-', ' ');

            if (word.EnumerateRunes().Any(Rune.IsLetter) && !Titles.Contains(word) && !written.Any(char.IsDigit))
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>Directories put departments and companies in brackets behind the name.</summary>
    private static string WithoutBrackets(string text)
    {
        var outside = new StringBuilder(text.Length);
        var depth = 0;

        foreach (var c in text)
        {
            depth += c is '(' or '[' ? 1 : 0;

            if (depth == 0)
            {
                outside.Append(c);
            }

            depth = Math.Max(0, depth - (c is ')' or ']' ? 1 : 0));
        }

        return outside.ToString();
    }

    private static bool IsOfName(Rune rune) =>
        rune.Value is ' ' or '\'' or '-'
        || Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
}
