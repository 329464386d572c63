using System.Globalization;

namespace DocSpaceBot.Lifecycle;

/// <summary>
/// The short words of the ledger. What was seen is kept in these words, which are English for everybody, because a record is never changed; what happened is
/// kept as its kind and read in the language of whoever looks.
/// </summary>
internal static class LedgerWords
{
    public static string For(LedgerKind kind) =>
        kind switch
        {
            LedgerKind.Requested => LifecycleTexts.LedgerRequested,
            LedgerKind.NotAllowed => LifecycleTexts.LedgerNotAllowed,
            LedgerKind.Asked => LifecycleTexts.LedgerAsked,
            LedgerKind.Allowed => LifecycleTexts.LedgerAllowed,
            LedgerKind.ApprovalAsked => LifecycleTexts.LedgerApprovalAsked,
            LedgerKind.ShownToApprovers => LifecycleTexts.LedgerShownToApprovers,
            LedgerKind.Approved => LifecycleTexts.LedgerApproved,
            LedgerKind.Denied => LifecycleTexts.LedgerDenied,
            LedgerKind.ApprovalTakenBack => LifecycleTexts.LedgerApprovalTakenBack,
            LedgerKind.Forbidden => LifecycleTexts.LedgerForbidden,
            LedgerKind.TakenBack => LifecycleTexts.LedgerTakenBack,
            LedgerKind.Cancelled => LifecycleTexts.LedgerCancelled,
            LedgerKind.CallBegun => LifecycleTexts.LedgerCallBegun,
            LedgerKind.CallNotMade => LifecycleTexts.LedgerCallNotMade,
            LedgerKind.InviteCallBegun => LifecycleTexts.LedgerInviteCallBegun,
            LedgerKind.InviteCallNotMade => LifecycleTexts.LedgerInviteCallNotMade,
            LedgerKind.LookedUp => LifecycleTexts.LedgerLookedUp,
            LedgerKind.Refused => LifecycleTexts.LedgerRefused,
            LedgerKind.Waiting => LifecycleTexts.LedgerWaiting,
            LedgerKind.GivenUp => LifecycleTexts.LedgerGivenUp,
            LedgerKind.TriedAgain => LifecycleTexts.LedgerTriedAgain,
            LedgerKind.WishAsked => LifecycleTexts.LedgerWishAsked,
            LedgerKind.WishBegun => LifecycleTexts.LedgerWishBegun,
            LedgerKind.WishNotMade => LifecycleTexts.LedgerWishNotMade,
            LedgerKind.WishDelayed => LifecycleTexts.LedgerWishDelayed,
            LedgerKind.WishSettled => LifecycleTexts.LedgerWishSettled,
            LedgerKind.SeenOnPortal => LifecycleTexts.LedgerSeenOnPortal,
            LedgerKind.PortalWelcome => LifecycleTexts.LedgerPortalWelcome,
            LedgerKind.WelcomeSettled => LifecycleTexts.LedgerWelcomeSettled,
            LedgerKind.Expired => LifecycleTexts.LedgerExpired,
            LedgerKind.LinkMade => LifecycleTexts.LedgerLinkMade,
            LedgerKind.LinkRenewed => LifecycleTexts.LedgerLinkRenewed,
            LedgerKind.LinkShared => LifecycleTexts.LedgerLinkShared,
            LedgerKind.LinkTaken => LifecycleTexts.LedgerLinkTaken,
            LedgerKind.LinkNotGiven => LifecycleTexts.LedgerLinkNotGiven,
            LedgerKind.LinkStopped => LifecycleTexts.LedgerLinkStopped,
            LedgerKind.LinkRevoked => LifecycleTexts.LedgerLinkRevoked,
            LedgerKind.LinkAlarm => LifecycleTexts.LedgerLinkAlarm,
            LedgerKind.HistoryRead => LifecycleTexts.LedgerHistoryRead,
            LedgerKind.LedgerExported => LifecycleTexts.LedgerExported,
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
            Wish.PasswordMail => "a mail to set a password",
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

    public static string For(LinkTerms terms)
    {
        var (count, unit) = LinkTerms.Rounded(terms.Life);
        var name = unit switch
        {
            TimeSpan.TicksPerDay => "day",
            TimeSpan.TicksPerHour => "hour",
            _ => "minute",
        };
        var people = terms.Uses == 1 ? "1 person" : $"{terms.Uses} people";
        var domains = terms.Domains.Count > 0 ? $", only {string.Join(", ", terms.Domains)}" : "";
        return $"for {people}, {count} {name}{(count == 1 ? "" : "s")} long{domains}";
    }

    /// <summary>To the minute.</summary>
    public static string For(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm' UTC'", CultureInfo.InvariantCulture);
}
