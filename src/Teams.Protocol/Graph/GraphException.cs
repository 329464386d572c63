namespace Teams.Protocol.Graph;

/// <summary>Why Microsoft Graph did not say what it was asked.</summary>
public enum GraphFault
{
    /// <summary>The bot may not ask: a permission or its consent is missing, or the bot is not registered there. So it stays until somebody changes that.</summary>
    NotAllowed,

    /// <summary>Too many requests; see <see cref="GraphException.RetryAfter"/>.</summary>
    Throttled,

    /// <summary>The service is down, slow or gone; later it may work.</summary>
    Unavailable,

    /// <summary>The request is wrong and stays wrong.</summary>
    Invalid,
}

/// <summary>
/// A question to Microsoft Graph was not answered, short retries included. The message is in our own words and has no ids, addresses or tokens in
/// it, so it may be logged.
/// </summary>
public sealed class GraphException : Exception
{
    internal GraphException(GraphFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    public GraphFault Fault { get; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; internal init; }

    /// <summary>The service's own word, such as <c>Authorization_RequestDenied</c>.</summary>
    /// <remarks>https://learn.microsoft.com/graph/errors</remarks>
    public string? Code { get; internal init; }

    /// <summary>How long the service wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; internal init; }
}
