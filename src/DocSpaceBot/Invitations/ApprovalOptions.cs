using System.ComponentModel.DataAnnotations;
using System.Globalization;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

internal sealed class ApprovalOptions : IValidatableObject
{
    public const string Section = "Approvals";

    private static readonly TimeSpan LongestReminder = TimeSpan.FromDays(30);

    /// <summary>How long approvers have before a request expires.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromDays(7);

    /// <summary>When approvers are reminded, counted from when they were asked.</summary>
    public List<TimeSpan> Reminders { get; init; } = [];

    /// <summary>How long a group of approvers is waited for before the next one is asked too.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan EscalateAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>On which days people are reminded; none means every day.</summary>
    public List<DayOfWeek> WorkDays { get; init; } = [];

    /// <summary>Between which times of the day, such as <c>08:00-18:00</c>.</summary>
    [RegularExpression(@"^\d{2}:\d{2}-\d{2}:\d{2}$", ErrorMessage = "it must be two times such as 08:00-18:00.")]
    public string WorkHours { get; init; } = "08:00-18:00";

    /// <summary>Where somebody's own time zone is not known.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How long a request can be taken back before anything leaves.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromSeconds(10);

    public WorkingHours Hours =>
        field ??= Read(WorkHours) is var (from, until)
            ? new WorkingHours(WorkDays.Count == 0 ? Enum.GetValues<DayOfWeek>() : [.. WorkDays], from, until)
            : throw new InvalidOperationException("The working hours have not been checked.");

    public TimeZoneInfo Zone => field ??= TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (i, reminder) in Reminders.Index())
        {
            if (reminder <= TimeSpan.Zero || reminder > LongestReminder || (i > 0 && reminder <= Reminders[i - 1]))
            {
                yield return new("it must be longer than the one before, and 30 days at most.", [$"Reminders:{i}"]);
            }
        }

        if (Read(WorkHours) is not var (from, until) || from >= until)
        {
            yield return new("it must be two times of a day, the earlier one first, such as 08:00-18:00.", [nameof(WorkHours)]);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new("this machine knows no time zone of that name. Name it like Europe/Berlin.", [nameof(TimeZone)]);
        }
    }

    private static (TimeOnly From, TimeOnly Until)? Read(string hours) =>
        hours.Split('-') is [var from, var until]
        && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
        && TimeOnly.TryParseExact(until, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            ? (start, end)
            : null;
}
