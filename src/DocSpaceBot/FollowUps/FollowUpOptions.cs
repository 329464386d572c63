using System.ComponentModel.DataAnnotations;
using DocSpaceBot.Lifecycle;

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

internal sealed class FollowUpOptions : IValidatableObject
{
    public const string Section = "FollowUps";

    /// <summary>Where the name goes in <see cref="WelcomeTexts"/>.</summary>
    public const string NamePlace = "{name}";

    private const int LongestWelcome = 2_000;

    /// <summary>How often the portal is asked who has joined.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When the requester is reminded of an invitation that nobody took.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan RemindAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>When an invitation that nobody took is called expired.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "it must be between {1} and {2}.")]
    public TimeSpan ExpireAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>An invitation that expires is withdrawn in DocSpace, too, so that the link in the mail no longer works.</summary>
    public bool RevokeExpired { get; init; }

    /// <summary>Operators are told once a day what was invited around the bot.</summary>
    public bool Drift { get; init; }

    [EnumDataType(typeof(WelcomeBy), ErrorMessage = "it is not one of the known values.")]
    public WelcomeBy Welcome { get; init; } = WelcomeBy.PortalThenTeams;

    /// <summary>
    /// The welcome in Teams in the operator's own words, by language (<c>en</c>, <c>de</c>); a language that is not here has the bot's own. <c>{name}</c> is
    /// who is welcomed.
    /// </summary>
    public Dictionary<string, string> WelcomeTexts { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (language, text) in WelcomeTexts)
        {
            if (!Language.All.Any(it => it.Name == language))
            {
                yield return new($"the languages are {string.Join(", ", Language.All)}.", [$"{nameof(WelcomeTexts)}:{language}"]);
            }
            else if (string.IsNullOrWhiteSpace(text) || text.Length > LongestWelcome)
            {
                yield return new("it must have 1 to 2000 letters.", [$"{nameof(WelcomeTexts)}:{language}"]);
            }
        }
    }
}
