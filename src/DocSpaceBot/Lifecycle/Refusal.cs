namespace DocSpaceBot.Lifecycle;

/// <summary>
/// A "no", with the words that people read: what happened, then what to do; the latter may be part of the former. They are in the language of whoever it is
/// made for, so it is made where it is said and not kept.
/// </summary>
internal sealed record Refusal(string Code, string Happened, string WhatToDo = "")
{
    public string Text => WhatToDo.Length == 0 ? Happened : $"{Happened} {WhatToDo}";

    public static Refusal NotAnAddress => new("not-an-address", LifecycleTexts.NotAnAddress);

    public static Refusal InternationalAddress => new("international-address", LifecycleTexts.InternationalAddress);

    public static Refusal InternationalMailbox => new("international-mailbox", LifecycleTexts.InternationalMailbox);

    public static Refusal NotYours => new("not-yours", LifecycleTexts.NotYours);

    public static Refusal UnderWay => new("under-way", LifecycleTexts.UnderWay);

    public static Refusal NobodyAsks => new("nobody-asks", LifecycleTexts.NobodyAsks);

    public static Refusal UnknownCard => new("unknown-card", LifecycleTexts.UnknownCard);

    public static Refusal GuestNeedsRoom => new("guest-needs-room", LifecycleTexts.GuestNeedsRoom, LifecycleTexts.GuestNeedsRoomAdvice);

    public static Refusal RoomIsForGuests =>
        new("room-is-for-guests", LifecycleTexts.RoomIsForGuests, LifecycleTexts.RoomIsForGuestsAdvice);

    public static Refusal NeedsName => new("needs-name", LifecycleTexts.NeedsName, LifecycleTexts.NeedsNameAdvice);

    public static Refusal UnknownLanguage(string language) => new("unknown-language", LifecycleTexts.UnknownLanguage.With(language));

    public static Refusal WishUnderWay => new("wish-under-way", LifecycleTexts.WishUnderWay);

    public static Refusal MailedJustNow => new("mailed-just-now", LifecycleTexts.MailedJustNow);

    public static Refusal PolicyDenies(string rule) =>
        new("policy-denies", LifecycleTexts.PolicyDenies.With(rule), LifecycleTexts.OperatorChangesRule);

    public static Refusal NobodyToAsk => new("nobody-to-ask", LifecycleTexts.NobodyToAsk, LifecycleTexts.OperatorNamesApprovers);

    public static Refusal OwnRequest => new("own-request", LifecycleTexts.OwnRequest);

    public static Refusal ApprovedAlready => new("approved-already", LifecycleTexts.ApprovedAlready);

    public static Refusal NotAnApprover => new("not-an-approver", LifecycleTexts.NotAnApprover);

    public static Refusal NeedsReason => new("needs-reason", LifecycleTexts.NeedsReason);

    public static Refusal RulesChanged => new("rules-changed", LifecycleTexts.RulesChanged);

    public static Refusal NoLongerAgreed => new("no-longer-agreed", LifecycleTexts.NoLongerAgreed, LifecycleTexts.AskAgain);

    public static Refusal NotAllowed => new("not-allowed", LifecycleTexts.NotAllowed, LifecycleTexts.OperatorChangesRules);

    public static Refusal PolicyDeniesLink(string rule) =>
        new("policy-denies", LifecycleTexts.PolicyDeniesLink.With(rule), LifecycleTexts.OperatorChangesRule);

    public static Refusal LinkNotAllowed => new("not-allowed", LifecycleTexts.LinkNotAllowed, LifecycleTexts.OperatorChangesRules);

    public static Refusal NoLinkNobodyToAsk =>
        new("nobody-to-ask", LifecycleTexts.NoLinkNobodyToAsk, LifecycleTexts.OperatorNamesApprovers);

    public static Refusal LinkNotForYou => new("link-not-for-you", LifecycleTexts.LinkNotForYou, LifecycleTexts.LinkNotForYouAdvice);

    public static Refusal LinkAddressUnknown =>
        new("link-address-unknown", LifecycleTexts.LinkAddressUnknown, LifecycleTexts.LinkAddressUnknownAdvice);

    public static Refusal LinkStopped => new("link-stopped", LifecycleTexts.LinkStopped, LifecycleTexts.AskForNewLink);

    public static Refusal LinkExpired => new("link-expired", LifecycleTexts.LinkExpired, LifecycleTexts.AskForNewLink);

    public static Refusal LinkUsedUp => new("link-used-up", LifecycleTexts.LinkUsedUp, LifecycleTexts.AskForNewLink);

    public static Refusal LinkElsewhere => new("link-elsewhere", LifecycleTexts.LinkElsewhere, LifecycleTexts.AskWhoShared);

    public static Refusal NotYourLink => new("not-your-link", LifecycleTexts.NotYourLink);

    public static Refusal UnknownLink => new("unknown-link", LifecycleTexts.UnknownLink);

    public static Refusal TooLate(InvitationStatus status) => new("too-late", LifecycleTexts.TooLate.With(Words.For(status)));

    /// <summary>Why an invitation failed, or what was asked for after it.</summary>
    public static Refusal Because(Cause cause) => Because(cause, LifecycleTexts.ThisPersonNotInvited);

    /// <summary>Why there is no link.</summary>
    public static string LinkBecause(Cause cause) => LinkBecause(cause, LifecycleTexts.ThereIsNoLink);

    /// <summary>Why there is no link, or no new one.</summary>
    /// <param name="outcome">What that means for whoever asked; nothing where it was said before.</param>
    public static string LinkBecause(Cause cause, string outcome) =>
        cause switch
        {
            Cause.PortalLimit => Said(LifecycleTexts.LinkPortalLimit, outcome, LifecycleTexts.TryLater),
            Cause.ScopeMissing => Said(LifecycleTexts.LinkScopeMissing, outcome, LifecycleTexts.LinkScopeMissingAdvice),
            Cause.SeatsFull => Said(LifecycleTexts.SeatsFull, outcome, LifecycleTexts.LinkSeatsFullAdvice),
            Cause.Forbidden => Said(LifecycleTexts.LinkForbidden, outcome, LifecycleTexts.AskOperator),
            Cause.PortalUnavailable
            or Cause.KeyRejected
            or Cause.PortalUnpaid
            or Cause.InvitingOff
            or Cause.NoLinkForRole
            or Cause.RulesForbid
            or Cause.NobodyToAsk => Because(cause, outcome).Text,
            _ => Said(LifecycleTexts.Unclear, outcome, LifecycleTexts.TryOrTell),
        };

    private static string Said(string why, string outcome, string whatToDo) =>
        outcome.Length == 0 ? $"{why} {whatToDo}" : $"{why} {outcome} {whatToDo}";

    /// <summary>Why a link has to wait.</summary>
    public static string LinkWaitsBecause(Cause cause) =>
        cause switch
        {
            Cause.PortalLimit => LifecycleTexts.LinkWaitsForLimit,
            Cause.PortalUnavailable => LifecycleTexts.WaitsForPortal,
            _ => LifecycleTexts.LinkWaitsUnclear,
        };

    /// <summary>Why not one of the people of a request was invited.</summary>
    public static Refusal NobodyBecause(Cause cause) => Because(cause, LifecycleTexts.NobodyInvited);

    private static Refusal Because(Cause cause, string outcome)
    {
        var (why, end, whatToDo) = WordsOf(cause);
        return new(cause.ToString(), $"{why} {end ?? outcome}".TrimEnd(), whatToDo);
    }

    /// <summary>Why, what that means where it is not simply that nobody was invited, and what to do.</summary>
    private static (string Why, string? End, string WhatToDo) WordsOf(Cause cause) =>
        cause switch
        {
            Cause.PortalUnavailable => (LifecycleTexts.PortalUnavailable, null, LifecycleTexts.TryLaterOrTell),
            Cause.PortalLimit => (LifecycleTexts.PortalLimit, null, LifecycleTexts.PortalLimitAdvice),
            Cause.KeyRejected => (LifecycleTexts.KeyRejected, null, LifecycleTexts.KeyRejectedAdvice),
            Cause.ScopeMissing => (LifecycleTexts.ScopeMissing, null, LifecycleTexts.ScopeMissingAdvice),
            Cause.Forbidden => (LifecycleTexts.Forbidden, null, LifecycleTexts.ForbiddenAdvice),
            Cause.PortalUnpaid => (LifecycleTexts.PortalUnpaid, null, LifecycleTexts.PortalUnpaidAdvice),
            Cause.SeatsFull => (LifecycleTexts.SeatsFull, null, LifecycleTexts.SeatsFullAdvice),
            Cause.AddressRejected => (LifecycleTexts.AddressRejected, null, LifecycleTexts.AddressRejectedAdvice),
            Cause.AccountDisabled => (LifecycleTexts.AccountDisabled, null, LifecycleTexts.AccountDisabledAdvice),
            Cause.NothingHappened => (LifecycleTexts.NothingHappened, null, LifecycleTexts.NothingHappenedAdvice),
            Cause.RoomNotFound => (LifecycleTexts.RoomNotFound, null, LifecycleTexts.RoomNotFoundAdvice),
            Cause.RoomAmbiguous => (LifecycleTexts.RoomAmbiguous, null, LifecycleTexts.RoomAmbiguousAdvice),
            Cause.NotKnown => (LifecycleTexts.NotKnown, LifecycleTexts.NotKnownOutcome, LifecycleTexts.NotKnownAdvice),
            Cause.NotTheirs => (LifecycleTexts.NotTheirs, "", LifecycleTexts.NotTheirsAdvice),
            Cause.RulesForbid => (LifecycleTexts.RulesForbid, null, LifecycleTexts.OperatorChangesRules),
            Cause.NobodyToAsk => (LifecycleTexts.NobodyCouldApprove, null, LifecycleTexts.OperatorNamesApprovers),
            Cause.NoLinkForRole => (LifecycleTexts.NoLinkForRole, null, LifecycleTexts.NoLinkForRoleAdvice),
            Cause.InvitingOff => (LifecycleTexts.InvitingOff, null, LifecycleTexts.InvitingOffAdvice),
            Cause.Gone => (LifecycleTexts.Gone, null, LifecycleTexts.GoneAdvice),
            _ => (LifecycleTexts.Unclear, LifecycleTexts.UnclearOutcome, LifecycleTexts.TryOrTell),
        };

    /// <summary>Why an invitation has to wait.</summary>
    public static string WaitingBecause(Cause cause) =>
        cause switch
        {
            Cause.PortalLimit => LifecycleTexts.WaitsForLimit,
            Cause.PortalUnavailable => LifecycleTexts.WaitsForPortal,
            _ => LifecycleTexts.WaitsUnclear,
        };
}
