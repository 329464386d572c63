namespace Teams.Protocol.Connector;

/// <summary>Why the connector did not do what it was asked to.</summary>
public enum ConnectorFault
{
    /// <summary>The bot's own registration or token is not accepted. Nothing that is sent again will be, until somebody changes a setting.</summary>
    Unauthorized,

    /// <summary>The service URL is not on the allow list; nothing was sent.</summary>
    NotAllowed,

    /// <summary>The conversation cannot be written to: blocked, uninstalled, not a member. Try again only after the next inbound activity.</summary>
    Unreachable,

    /// <summary>No such conversation, activity or person.</summary>
    NotFound,

    /// <summary>Too many requests; see <see cref="ConnectorException.RetryAfter"/>.</summary>
    Throttled,

    /// <summary>The message is too big; a smaller one would be taken.</summary>
    TooBig,

    /// <summary>The request is wrong and stays wrong.</summary>
    Invalid,

    /// <summary>The service is down, slow or gone; later it may work.</summary>
    Unavailable,
}

/// <summary>
/// A call to the connector failed for good, short retries included. The message is in our own words and has no ids, addresses, tokens or texts
/// in it, so it may be logged.
/// </summary>
public sealed class ConnectorException : Exception
{
    internal ConnectorException(ConnectorFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    public ConnectorFault Fault { get; }

    /// <summary>The HTTP status, where there was an answer.</summary>
    public int? Status { get; internal init; }

    /// <summary>The service's own word, such as <c>BotNotInConversationRoster</c>.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages</remarks>
    public string? Code { get; internal init; }

    /// <summary>How long the service, or our own limit for a conversation, wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>True when something new may have been created although no answer says so; sending again can show it twice.</summary>
    public bool MayHaveHappened { get; internal init; }
}
