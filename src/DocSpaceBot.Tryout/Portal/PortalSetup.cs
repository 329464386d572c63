namespace DocSpaceBot.Tryout.Portal;

/// <summary>Which DocSpace the stand-in behaves like.</summary>
internal enum PortalDialect
{
    /// <summary>DocSpace 3.7: bad invitations are refused, with the batch half done.</summary>
    V37,

    /// <summary>DocSpace 3.6: bad invitations are skipped with HTTP 200; no <c>people/exists</c>, no <c>invitationlink</c>.</summary>
    V36,

    /// <summary>What the official guides promise: creating mails nobody, inviting the created ones mails them, congratulations work.</summary>
    Documented,
}

/// <summary>How a <see cref="StandInPortal"/> is set up; the defaults are a friendly, fast and fully licensed 3.7 portal.</summary>
internal sealed record PortalSetup
{
    public PortalDialect Dialect { get; init; } = PortalDialect.V37;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the API key may do, as the words of <c>keys/permissions</c>; empty is everything.</summary>
    public IReadOnlyList<string> KeyScopes { get; init; } = [];

    /// <summary>Who made the API key; the key acts as this person.</summary>
    public KeyCreator KeyCreator { get; init; } = KeyCreator.Owner;

    /// <summary>Paid seats (owner, DocSpace admins, Room admins; pending ones count); negative is unlimited.</summary>
    public int Seats { get; init; } = 10;

    /// <summary>Invitation mails the portal sends in 24 hours; null is unlimited.</summary>
    public int? InvitationLimit { get; init; }

    /// <summary>Whether calls are limited as on a hosted portal; a self-hosted one ships with limits off.</summary>
    public bool RateLimits { get; init; }

    /// <summary>With <see cref="RateLimits"/>: addresses that may be posted for invitation in a day; null is no such limit.</summary>
    public int? EmailInvitationsPerDay { get; init; }

    /// <summary>How long every call takes, by the <see cref="Clock"/>.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The port to listen on at 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    public bool AllowInvitingMembers { get; init; } = true;

    public bool AllowInvitingGuests { get; init; } = true;

    /// <summary>Whether webhooks may point at loopback and private addresses, as when an administrator narrowed the black list.</summary>
    public bool AllowPrivateWebhooks { get; init; } = true;

    /// <summary>Whether <c>BOB@example.com</c> finds <c>bob@example.com</c>: so on MySQL, not so on PostgreSQL.</summary>
    public bool EmailsIgnoreCase { get; init; }
}

internal enum KeyCreator
{
    Owner,
    DocSpaceAdmin,
    RoomAdmin,
    User,
}
