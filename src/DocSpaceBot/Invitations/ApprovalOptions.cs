using System.ComponentModel.DataAnnotations;

namespace DocSpaceBot.Invitations;

internal sealed class ApprovalOptions
{
    public const string Section = "Approvals";

    /// <summary>How long approvers have before a request expires.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromDays(7);

    /// <summary>When approvers are reminded, counted from the request.</summary>
    public List<TimeSpan> Reminders { get; init; } = [];

    /// <summary>How long a request can be taken back before anything leaves.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan UndoWindow { get; init; } = TimeSpan.FromSeconds(10);
}
