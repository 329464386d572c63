using DocSpace.Api;

namespace DocSpaceBot.Lifecycle;

internal enum LinkState
{
    Open,

    /// <summary>As many people have got it as it was meant for.</summary>
    UsedUp,
    Expired,
    Stopped,
}

/// <summary>What DocSpace has made of it that a link was stopped.</summary>
internal enum Revocation
{
    /// <summary>The link is gone there: that was looked up.</summary>
    Done,

    /// <summary>Links of the old kind cannot be revoked: whoever has one can use it until its time is over.</summary>
    CannotBe,

    /// <summary>DocSpace did not let the bot, or could not be asked.</summary>
    Failed,
}

/// <summary>
/// An invitation link that DocSpace has made, and that the bot hands out one by one. The limits are the bot's own: it gives the link to nobody when
/// they are reached, whatever DocSpace would still take.
/// </summary>
internal sealed record SharedLink(RequestId Id, string TenantId, Person Owner, string ConversationId, DocSpaceRole Role, LinkTerms Terms)
{
    /// <summary>How long a link of the old kind is good for (IV:146, <c>email:validinterval</c>).</summary>
    public static readonly TimeSpan OldKindLife = TimeSpan.FromDays(7);

    /// <summary>A link of the old kind that is older is replaced, so that whoever gets it has a day for it at least.</summary>
    private static readonly TimeSpan OldKindIsFresh = TimeSpan.FromDays(6);

    public DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How many people have got it.</summary>
    public int Taken { get; init; }

    /// <summary>DocSpace's own record of it, with limits and revocable; null for the old kind.</summary>
    public Guid? PortalLink { get; init; }

    /// <summary>The link itself, sealed.</summary>
    public string Secret { get; init; } = "";

    /// <summary>When DocSpace gave it out.</summary>
    public DateTimeOffset SecretAt { get; init; }

    /// <summary>Where it leads, when that is not the portal that the bot is set up for.</summary>
    public string? Host { get; init; }

    /// <summary>Somebody wants it replaced by a new one.</summary>
    public DateTimeOffset? RenewAskedAt { get; init; }

    public DateTimeOffset? RenewedAt { get; init; }

    /// <summary>Why it could not be replaced.</summary>
    public Cause? Cause { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public Person? StoppedBy { get; init; }

    public Revocation? Revoked { get; init; }

    public DateTimeOffset? AlarmedAt { get; init; }

    public int Left => Math.Max(0, Terms.Uses - Taken);

    public bool IsOldKind => PortalLink is null;

    public LinkState StateAt(DateTimeOffset now) =>
        StoppedAt is not null ? LinkState.Stopped
        : now >= ExpiresAt ? LinkState.Expired
        : Left == 0 ? LinkState.UsedUp
        : LinkState.Open;

    /// <summary>Whoever has got it can still use it, as far as the bot has a say in it.</summary>
    public bool IsGoodAt(DateTimeOffset now) => StateAt(now) is LinkState.Open or LinkState.UsedUp;

    /// <summary>When it has to be replaced because the old kind does not live as long as was asked for; null when never.</summary>
    public DateTimeOffset? RenewBy => IsOldKind && SecretAt + OldKindIsFresh is var by && by < ExpiresAt ? by : null;

    /// <summary>Why somebody who does not have it yet does not get it now; null when they do.</summary>
    /// <param name="domain">Of the address that the company's directory has for them; null where it is not known.</param>
    public Refusal? WhyNotFor(string tenantId, string? domain, DateTimeOffset now) =>
        tenantId != TenantId ? Refusal.LinkNotForYou
        : Terms.Domains.Count > 0 && domain is not null && !Terms.Domains.Contains(domain, StringComparer.OrdinalIgnoreCase)
            ? Refusal.LinkNotForYou
        : StateAt(now) switch
        {
            LinkState.Stopped => Refusal.LinkStopped,
            LinkState.Expired => Refusal.LinkExpired,
            LinkState.UsedUp => Refusal.LinkUsedUp,
            _ => Terms.Domains.Count > 0 && domain is null ? Refusal.LinkAddressUnknown : null,
        };
}

/// <summary>Somebody who got a link from the bot.</summary>
internal sealed record LinkTake(Person By, DateTimeOffset At);

/// <summary>A conversation in which a link was shared.</summary>
/// <param name="ConversationId">A group chat, a channel, or a thread of one.</param>
internal sealed record LinkShare(string ConversationId, Person By, DateTimeOffset At)
{
    /// <summary>The thread that was begun for the card in a channel.</summary>
    public string? ThreadId { get; init; }
}
