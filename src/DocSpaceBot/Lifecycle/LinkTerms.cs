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

    /// <summary>For those who read it now; what is kept has the words of <see cref="LedgerWords"/>.</summary>
    public string InWords() =>
        Domains.Count == 0
            ? (Uses == 1 ? LifecycleTexts.LimitsForOne : LifecycleTexts.LimitsForMany).With(Uses, Span(Life))
            : (Uses == 1 ? LifecycleTexts.LimitsForOneAt : LifecycleTexts.LimitsForManyAt).With(
                Uses,
                Span(Life),
                string.Join(", ", Domains)
            );

    public static string Span(TimeSpan time) =>
        Rounded(time) switch
        {
            (var days, TimeSpan.TicksPerDay) => Wording.Count(days, LifecycleTexts.OneDay, LifecycleTexts.ManyDays),
            (var hours, TimeSpan.TicksPerHour) => Wording.Count(hours, LifecycleTexts.OneHour, LifecycleTexts.ManyHours),
            var (minutes, _) => Wording.Count(minutes, LifecycleTexts.OneMinute, LifecycleTexts.ManyMinutes),
        };

    /// <summary>In the largest unit that it is a whole number of.</summary>
    /// <returns>How many, and of how many ticks each.</returns>
    internal static (int Count, long Unit) Rounded(TimeSpan time) =>
        time >= TimeSpan.FromDays(2) && time.Ticks % TimeSpan.TicksPerDay == 0
            ? ((int)(time.Ticks / TimeSpan.TicksPerDay), TimeSpan.TicksPerDay)
        : time >= TimeSpan.FromHours(1) && time.Ticks % TimeSpan.TicksPerHour == 0
            ? ((int)(time.Ticks / TimeSpan.TicksPerHour), TimeSpan.TicksPerHour)
        : ((int)((time.Ticks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute), TimeSpan.TicksPerMinute);
}
