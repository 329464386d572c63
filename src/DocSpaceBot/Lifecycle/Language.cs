using System.Globalization;

namespace DocSpaceBot.Lifecycle;

/// <summary>
/// The languages that the bot speaks. What is read is the UI culture of whoever runs: a turn sets the language of whoever wrote or pressed, a step that of
/// whom it writes to.
/// </summary>
internal static class Language
{
    public static readonly CultureInfo Usual = CultureInfo.GetCultureInfo("en");

    public static readonly IReadOnlyList<CultureInfo> All = [Usual, CultureInfo.GetCultureInfo("de")];

    /// <summary>The language for what Teams calls a locale, such as <c>de-AT</c>; the usual one where it is none of ours.</summary>
    public static CultureInfo For(string? locale)
    {
        var language = locale?.Split('-')[0];
        return All.FirstOrDefault(it => string.Equals(it.Name, language, StringComparison.OrdinalIgnoreCase)) ?? Usual;
    }
}
