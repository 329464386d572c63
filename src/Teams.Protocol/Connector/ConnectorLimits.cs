using System.Runtime.InteropServices;

namespace Teams.Protocol.Connector;

/// <summary>How patient the client is. Anything that takes longer is the product's to try again later.</summary>
internal sealed class ConnectorLimits
{
    /// <summary>One HTTP request.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All waiting of one call together: for its turn in the conversation, for the limits, between attempts.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Before the second attempt; doubled each time, plus or minus a quarter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Teams takes about 100 KB a message, counted as UTF-16: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages</summary>
    public int LargestMessage { get; init; } = 100 * 1024;

    /// <summary>Sends or creates of one bot in one conversation: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit</summary>
    public IReadOnlyList<RateLimit> Writes { get; init; } =
    [new(7, TimeSpan.FromSeconds(1)), new(8, TimeSpan.FromSeconds(2)), new(60, TimeSpan.FromSeconds(30)), new(1800, TimeSpan.FromHours(1))];

    /// <summary>Reads of members of one bot in one conversation.</summary>
    public IReadOnlyList<RateLimit> Reads { get; init; } =
    [
        new(14, TimeSpan.FromSeconds(1)),
        new(16, TimeSpan.FromSeconds(2)),
        new(120, TimeSpan.FromSeconds(30)),
        new(3600, TimeSpan.FromHours(1)),
    ];
}

/// <summary>At most <paramref name="Count"/> in any <paramref name="Window"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateLimit(int Count, TimeSpan Window);
