namespace Teams.Protocol.Graph;

/// <summary>How patient the client is. Somebody may be waiting for the answer to a button, which Teams gives up after about ten seconds.</summary>
internal sealed class GraphLimits
{
    /// <summary>One HTTP request.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>A whole question, token and pauses between attempts included.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Before the second attempt; doubled each time, plus or minus a quarter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);
}
