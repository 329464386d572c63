using System.Globalization;

namespace DocSpaceBot.Lifecycle;

/// <summary>The short words of the ledger. What was seen is kept in these words; what happened is kept as its kind and read with them.</summary>
internal static class LedgerWords
{
    public static string For(LedgerKind kind) =>
        kind switch
        {
            LedgerKind.Requested => "request made",
            LedgerKind.NotAllowed => "asked for and not allowed",
            LedgerKind.Asked => "asked for",
            LedgerKind.Allowed => "allowed",
            LedgerKind.ApprovalAsked => "approval asked for",
            LedgerKind.ShownToApprovers => "looked up for those who decide",
            LedgerKind.Approved => "approved",
            LedgerKind.Denied => "denied",
            LedgerKind.ApprovalTakenBack => "approval taken back",
            LedgerKind.Forbidden => "can no longer be approved",
            LedgerKind.TakenBack => "taken back",
            LedgerKind.Cancelled => "cancelled",
            LedgerKind.CallBegun => "DocSpace is asked to bring the person in",
            LedgerKind.CallNotMade => "DocSpace did not carry the call out",
            LedgerKind.InviteCallBegun => "DocSpace is asked to invite whom it created",
            LedgerKind.InviteCallNotMade => "DocSpace did not carry the call to invite out",
            LedgerKind.LookedUp => "looked up in DocSpace",
            LedgerKind.Refused => "refused by DocSpace",
            LedgerKind.Waiting => "waiting for DocSpace",
            LedgerKind.GivenUp => "given up",
            LedgerKind.TriedAgain => "to be tried again",
            LedgerKind.WishAsked => "asked for afterwards",
            LedgerKind.WishBegun => "DocSpace is asked for it",
            LedgerKind.WishNotMade => "DocSpace did not carry it out",
            LedgerKind.WishDelayed => "has to wait for DocSpace",
            LedgerKind.WishSettled => "settled",
            LedgerKind.SeenOnPortal => "seen in DocSpace",
            LedgerKind.PortalWelcome => "welcome by DocSpace",
            LedgerKind.WelcomeSettled => "welcome in Teams",
            LedgerKind.Expired => "expired: the time is over",
            LedgerKind.LinkMade => "link made by DocSpace",
            LedgerKind.LinkRenewed => "link replaced by a new one",
            LedgerKind.LinkShared => "link shared",
            LedgerKind.LinkTaken => "link taken",
            LedgerKind.LinkNotGiven => "link not given",
            LedgerKind.LinkStopped => "link stopped",
            LedgerKind.LinkRevoked => "link revoked in DocSpace",
            LedgerKind.LinkAlarm => "link taken by many at once",
            LedgerKind.HistoryRead => "looked up in the ledger",
            LedgerKind.LedgerExported => "ledger asked for as a file",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    public static string For(Standing standing) =>
        standing switch
        {
            Standing.Absent => "nobody there",
            Standing.Pending => "invited and not registered",
            Standing.Created => "created and not activated",
            Standing.Active => "active",
            Standing.Disabled => "account disabled",
            _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
        };

    public static string For(Cause cause) =>
        cause switch
        {
            Cause.RulesForbid => "forbidden by changed rules",
            Cause.NobodyToAsk => "nobody left to ask",
            Cause.PortalUnavailable => "cannot be reached",
            Cause.PortalLimit => "takes no more at the moment",
            Cause.KeyRejected => "key not accepted",
            Cause.ScopeMissing => "key lacks a permission",
            Cause.Forbidden => "not allowed with this role",
            Cause.PortalUnpaid => "subscription has run out",
            Cause.SeatsFull => "no paid seat left",
            Cause.AddressRejected => "address not taken",
            Cause.AccountDisabled => "account disabled",
            Cause.NothingHappened => "said yes and did nothing",
            Cause.Unclear => "no clear answer",
            Cause.RoomNotFound => "no such room",
            Cause.RoomAmbiguous => "several rooms of that title",
            Cause.NotKnown => "asked, and not to be looked at since",
            Cause.NotTheirs => "may do more than was asked for",
            Cause.Gone => "account gone",
            Cause.NoLinkForRole => "no link for this role",
            Cause.InvitingOff => "inviting is switched off",
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
        };

    public static string For(Wish wish) =>
        wish switch
        {
            Wish.Resend => "the mail once more",
            Wish.ChangeRole => "the role that was asked for",
            Wish.Revoke => "withdrawing the invitation",
            _ => throw new ArgumentOutOfRangeException(nameof(wish), wish, null),
        };

    public static string For(WishState state) =>
        state switch
        {
            WishState.Asked => "asked",
            WishState.Begun => "begun",
            WishState.Done => "done",
            WishState.Refused => "refused",
            WishState.Unknown => "not known what came of it",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };

    public static string For(PortalWelcome welcome) =>
        welcome switch
        {
            PortalWelcome.NotTried => "not asked for",
            PortalWelcome.Trying => "asked for",
            PortalWelcome.Accepted => "accepted",
            PortalWelcome.Refused => "refused",
            PortalWelcome.KnownRefused => "not asked for, because it was refused a short time ago",
            PortalWelcome.Unknown => "not known what came of it",
            PortalWelcome.SwitchedOff => "switched off",
            _ => throw new ArgumentOutOfRangeException(nameof(welcome), welcome, null),
        };

    public static string For(TeamsWelcome welcome) =>
        welcome switch
        {
            TeamsWelcome.NotTried => "not sent",
            TeamsWelcome.Sent => "sent",
            TeamsWelcome.Unreachable => "the person cannot be reached in Teams",
            TeamsWelcome.NotNeeded => "not needed",
            TeamsWelcome.SwitchedOff => "switched off",
            _ => throw new ArgumentOutOfRangeException(nameof(welcome), welcome, null),
        };

    /// <summary>To the minute.</summary>
    public static string For(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm' UTC'", CultureInfo.InvariantCulture);
}
