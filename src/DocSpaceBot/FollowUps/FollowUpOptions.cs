using System.ComponentModel.DataAnnotations;

namespace DocSpaceBot.FollowUps;

/// <summary>Who welcomes somebody who has joined.</summary>
internal enum WelcomeBy
{
    /// <summary>The portal's documented call first; where the portal refuses it, the bot in Teams.</summary>
    PortalThenTeams,
    Portal,
    Teams,
    None,
}

internal sealed class FollowUpOptions
{
    public const string Section = "FollowUps";

    /// <summary>How often the portal is asked who has joined.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When the requester is reminded of an invitation that nobody took.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan RemindAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>When an invitation that nobody took is called expired.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan ExpireAfter { get; init; } = TimeSpan.FromDays(30);

    [EnumDataType(typeof(WelcomeBy), ErrorMessage = "it is not one of the known values.")]
    public WelcomeBy Welcome { get; init; } = WelcomeBy.PortalThenTeams;
}
