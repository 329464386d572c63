namespace DocSpaceBot.Lifecycle;

/// <summary>What a record of the ledger tells of.</summary>
internal enum LedgerKind
{
    /// <summary>Somebody asked for people to be brought in; a record for each of them follows.</summary>
    Requested,

    /// <summary>Somebody asked for what the policy does not let pass; there is no request.</summary>
    NotAllowed,
    Asked,
    Allowed,

    /// <summary>The policy wants somebody's yes first.</summary>
    ApprovalAsked,
    ShownToApprovers,

    /// <summary>Somebody who may decide has said yes; as many as are needed make it go on.</summary>
    Approved,
    Denied,
    ApprovalTakenBack,

    /// <summary>The rules forbid it by now, or nobody is left who could decide.</summary>
    Forbidden,
    TakenBack,
    Cancelled,

    /// <summary>The call that invites, or creates, is about to be made.</summary>
    CallBegun,
    CallNotMade,

    /// <summary>The call that invites whom we created is about to be made.</summary>
    InviteCallBegun,
    InviteCallNotMade,
    LookedUp,
    Refused,

    /// <summary>The portal can say neither yes nor no.</summary>
    Waiting,
    GivenUp,
    TriedAgain,
    WishAsked,
    WishBegun,
    WishNotMade,
    WishDelayed,
    WishSettled,
    SeenOnPortal,
    PortalWelcome,
    WelcomeSettled,
    Expired,

    /// <summary>DocSpace has made the link that was asked for.</summary>
    LinkMade,

    /// <summary>DocSpace has replaced it by a new one.</summary>
    LinkRenewed,
    LinkShared,

    /// <summary>Somebody got the link.</summary>
    LinkTaken,

    /// <summary>Somebody wanted the link and did not get it.</summary>
    LinkNotGiven,
    LinkStopped,

    /// <summary>What DocSpace has made of that.</summary>
    LinkRevoked,

    /// <summary>More people took it at once than is usual.</summary>
    LinkAlarm,

    /// <summary>An operator has read what the ledger holds about an address.</summary>
    HistoryRead,

    /// <summary>An operator has asked for the ledger as a file.</summary>
    LedgerExported,
}

/// <summary>Something to be told in the ledger for good. It is recorded with the change that it tells of, or not at all.</summary>
internal sealed record LedgerEntry(LedgerKind Kind, DateTimeOffset At, string TenantId)
{
    public RequestId? Request { get; init; }

    public InvitationId? Invitation { get; init; }

    /// <summary>As invitations keep it.</summary>
    public string? Email { get; init; }

    /// <summary>Null for what the bot does by itself.</summary>
    public Person? Actor { get; init; }

    /// <summary>By which right: a rule, a group of approvers, or one of <see cref="LedgerRight"/>.</summary>
    public string? Right { get; init; }

    public InvitationStatus? Before { get; init; }

    public InvitationStatus? After { get; init; }

    /// <summary>What was seen, in a few plain words.</summary>
    public string? Detail { get; init; }

    /// <summary>It may be the same as was told last time, and is then not told again.</summary>
    public bool OncePerChange { get; init; }

    /// <summary>Kinds that go round and round while the portal can say neither yes nor no.</summary>
    public static bool GoesRound(LedgerKind kind) =>
        kind
            is LedgerKind.CallBegun
                or LedgerKind.CallNotMade
                or LedgerKind.InviteCallBegun
                or LedgerKind.InviteCallNotMade
                or LedgerKind.Waiting
                or LedgerKind.WishBegun
                or LedgerKind.WishNotMade
                or LedgerKind.WishDelayed;
}

/// <summary>Rights that no rule or group has a name for.</summary>
internal static class LedgerRight
{
    public const string Requester = "requester";
    public const string Policy = "policy";
    public const string Operator = "operator";
}
