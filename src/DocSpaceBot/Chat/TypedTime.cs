using System.Globalization;

namespace DocSpaceBot.Chat;

/// <summary>A length of time as people type it: <c>30m</c>, <c>12h</c>, <c>3d</c>, <c>2w</c>, <c>3 days</c>, <c>3 Tage</c>; a bare number is days.</summary>
internal static class TypedTime
{
    private const int Most = 1_000_000;

    /// <summary>Null when it is none.</summary>
    /// <param name="next">The word behind it, which may be its unit.</param>
    public static (TimeSpan Time, bool TakesNext)? Read(string text, string? next)
    {
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text.Length : end;
        var takesNext = digits == text.Length && next is not null && UnitOf(next) is not null;

        return
            int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= Most
            && UnitOf(takesNext ? next! : text[digits..]) is { } unit
            ? (unit * count, takesNext)
            : null;
    }

    private static TimeSpan? UnitOf(string unit) =>
        unit.ToUpperInvariant() switch
        {
            "M" or "MIN" or "MINUTE" or "MINUTES" or "MINUTEN" => TimeSpan.FromMinutes(1),
            "H" or "HOUR" or "HOURS" or "STUNDE" or "STUNDEN" => TimeSpan.FromHours(1),
            "" or "D" or "DAY" or "DAYS" or "TAG" or "TAGE" => TimeSpan.FromDays(1),
            "W" or "WEEK" or "WEEKS" or "WOCHE" or "WOCHEN" => TimeSpan.FromDays(7),
            _ => null,
        };
}
