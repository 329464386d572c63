using System.Globalization;

namespace DocSpaceBot.Lifecycle;

/// <summary>What an invitation link is to be good for. The bot keeps these limits itself, whatever DocSpace keeps.</summary>
/// <param name="Life">From <see cref="ShortestLife"/> to <see cref="LongestLife"/>, counted from the moment at which the link is there.</param>
/// <param name="Uses">How many people get it, 1 to <see cref="MostUses"/>: DocSpace takes no more for one link (PortalController.cs:195).</param>
internal sealed record LinkTerms(TimeSpan Life, int Uses)
{
    public const int MostUses = 1000;

    public static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    public static readonly LinkTerms Usual = new(TimeSpan.FromDays(7), 10);

    /// <summary>Only people with an address there get it from the bot; empty = everybody of the tenant.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The conversation that it is shared in as soon as it is there; null = nowhere by itself.</summary>
    public string? ShareIn { get; init; }

    public string InWords() =>
        $"for {(Uses == 1 ? "1 person" : $"{Uses} people")}, {Span(Life)} long{(Domains.Count > 0 ? $", only {string.Join(", ", Domains)}" : "")}";

    public static string Span(TimeSpan time)
    {
        var (count, unit) =
            time >= TimeSpan.FromDays(2) && time.Ticks % TimeSpan.TicksPerDay == 0 ? (time.Ticks / TimeSpan.TicksPerDay, "day")
            : time >= TimeSpan.FromHours(1) && time.Ticks % TimeSpan.TicksPerHour == 0 ? (time.Ticks / TimeSpan.TicksPerHour, "hour")
            : ((time.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute, "minute");
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }
}
