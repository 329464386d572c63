using System.Globalization;

namespace DocSpaceBot.Invitations;

/// <summary>Languages as the portal names them: de, de-DE, sr-Latn-RS.</summary>
internal static class LanguageName
{
    /// <summary>Reads such a name in any letter case, with hyphens or underscores; null when it has another shape.</summary>
    public static string? Read(string text) =>
        text.Trim().Replace('_', '-').Split('-') switch
        {
            [var language] when IsLetters(language, 2) => Lower(language),
            [var language, var country] when IsLetters(language, 2) && IsLetters(country, 2) =>
                $"{Lower(language)}-{country.ToUpperInvariant()}",
            [var language, var script, var country] when IsLetters(language, 2) && IsLetters(script, 4) && IsLetters(country, 2) =>
                $"{Lower(language)}-{char.ToUpperInvariant(script[0])}{Lower(script[1..])}-{country.ToUpperInvariant()}",
            _ => null,
        };

    /// <summary>The language that is called so in English or by those who speak it.</summary>
    public static string? Called(string name) =>
        Array
            .Find(
                CultureInfo.GetCultures(CultureTypes.NeutralCultures),
                it =>
                    it.Name.Length == 2
                    && (
                        string.Equals(it.EnglishName, name, StringComparison.OrdinalIgnoreCase)
                        || string.Equals(it.NativeName, name, StringComparison.OrdinalIgnoreCase)
                    )
            )
            ?.Name;

    /// <summary>
    /// The one of the portal's languages that is meant, as the portal spells it: the same, or one of the same language. Null when there is none: with a
    /// language that it does not know, the portal would leave people invited without a mail.
    /// </summary>
    public static string? Among(IReadOnlyList<string> known, string? wanted) =>
        wanted is null
            ? null
            : known.FirstOrDefault(it => string.Equals(it, wanted, StringComparison.OrdinalIgnoreCase))
                ?? known.FirstOrDefault(it => it.Split('-')[0] == wanted);

    private static bool IsLetters(string text, int length) => text.Length == length && text.All(char.IsAsciiLetter);

    private static string Lower(string text) => string.Concat(text.Select(char.ToLowerInvariant));
}
