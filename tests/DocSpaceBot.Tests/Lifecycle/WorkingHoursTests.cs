using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class WorkingHoursTests
{
    private static readonly WorkingHours Office = new(
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        new(8, 0),
        new(18, 0)
    );

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // 2026-11-20 is a Friday.
    [Theory]
    [InlineData("2026-11-20T09:00Z", "2026-11-20T09:00Z")]
    [InlineData("2026-11-20T17:59Z", "2026-11-20T17:59Z")]
    [InlineData("2026-11-20T18:00Z", "2026-11-23T08:00Z")]
    [InlineData("2026-11-20T03:00Z", "2026-11-20T08:00Z")]
    [InlineData("2026-11-21T12:00Z", "2026-11-23T08:00Z")]
    [InlineData("2026-11-22T23:59Z", "2026-11-23T08:00Z")]
    public void Outside_of_them_it_is_the_next_morning_of_a_working_day(string at, string next) =>
        Assert.Equal(At(next), Office.Next(At(at), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("2026-11-20T06:30Z", "2026-11-20T07:00Z")]
    [InlineData("2026-07-20T05:30Z", "2026-07-20T06:00Z")]
    [InlineData("2026-11-20T17:30Z", "2026-11-23T07:00Z")]
    public void The_clock_on_the_wall_counts(string at, string next) => Assert.Equal(At(next), Office.Next(At(at), Berlin));

    [Fact]
    public void A_morning_that_the_clocks_leave_out_begins_an_hour_later()
    {
        // On Sunday 2026-03-29 it is three o'clock in Berlin when it was two.
        var night = new WorkingHours(Enum.GetValues<DayOfWeek>(), new(2, 30), new(4, 0));

        Assert.Equal(At("2026-03-29T01:30Z"), night.Next(At("2026-03-29T00:00Z"), Berlin));
    }

    [Theory]
    [InlineData("2026-11-20T07:59Z", "2026-11-20T08:00Z")]
    [InlineData("2026-11-20T08:00Z", "2026-11-23T08:00Z")]
    [InlineData("2026-11-19T12:00Z", "2026-11-20T08:00Z")]
    public void The_next_working_day_begins_after_now(string at, string next) =>
        Assert.Equal(At(next), Office.NextStart(At(at), TimeZoneInfo.Utc));

    [Fact]
    public void The_next_moment_is_never_before_never_a_week_away_and_stays_as_it_is() =>
        Prop.ForAll(
                Gen.Choose(0, 366 * 24 * 60).ToArbitrary(),
                minutes =>
                {
                    var at = At("2026-01-01T00:00Z").AddMinutes(minutes);
                    var next = Office.Next(at, Berlin);

                    Assert.InRange(next, at, at.AddDays(4));
                    Assert.Equal(next, Office.Next(next, Berlin));
                    Assert.Contains(TimeZoneInfo.ConvertTime(next, Berlin).DayOfWeek, Office.Days);
                }
            )
            .QuickCheckThrowOnFailure();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
