namespace DocSpaceBot.Lifecycle;

/// <summary>When people may be disturbed: on these days, from one time of the day until before another.</summary>
internal sealed record WorkingHours(IReadOnlyCollection<DayOfWeek> Days, TimeOnly From, TimeOnly Until)
{
    /// <summary>The first moment from <paramref name="at"/> on that lies within, where the clocks go as in <paramref name="zone"/>.</summary>
    public DateTimeOffset Next(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;

        if (Days.Contains(local.DayOfWeek) && TimeOnly.FromDateTime(local) >= From && TimeOnly.FromDateTime(local) < Until)
        {
            return at;
        }

        return NextStart(at, zone);
    }

    /// <summary>When the next working day begins after <paramref name="at"/>.</summary>
    public DateTimeOffset NextStart(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var day = DateOnly.FromDateTime(local);

        if (TimeOnly.FromDateTime(local) >= From)
        {
            day = day.AddDays(1);
        }

        while (!Days.Contains(day.DayOfWeek))
        {
            day = day.AddDays(1);
        }

        var start = day.ToDateTime(From);

        // The hour that is left out when the clocks go forward.
        if (zone.IsInvalidTime(start))
        {
            start = start.AddHours(1);
        }

        return new DateTimeOffset(start, zone.GetUtcOffset(start)).ToUniversalTime();
    }
}
