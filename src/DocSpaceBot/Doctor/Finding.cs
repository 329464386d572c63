namespace DocSpaceBot.Doctor;

internal enum Health
{
    Good,

    /// <summary>Something does not work as well as it could.</summary>
    Attention,

    /// <summary>Nobody can be invited, or nearly.</summary>
    Broken,
}

/// <summary>One thing that was looked at. The texts read Markdown.</summary>
/// <param name="Advice">What an operator can do about it; null where nothing is to be done.</param>
internal sealed record Finding(string About, Health Health, string Text, string? Advice = null);
