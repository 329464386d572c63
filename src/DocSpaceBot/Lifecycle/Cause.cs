namespace DocSpaceBot.Lifecycle;

/// <summary>Why an invitation failed or has to wait, or what was asked for after it. The words for people are in <see cref="Refusal"/>.</summary>
internal enum Cause
{
    /// <summary>The portal does not answer, answers with an error page, or is being moved.</summary>
    PortalUnavailable,

    /// <summary>The portal limits how many mails or calls it takes and named a time.</summary>
    PortalLimit,
    KeyRejected,
    ScopeMissing,
    Forbidden,
    PortalUnpaid,
    SeatsFull,

    /// <summary>The portal does not take this address.</summary>
    AddressRejected,
    AccountDisabled,

    /// <summary>The portal said yes, but the look afterwards found nobody.</summary>
    NothingHappened,

    /// <summary>The portal answered something that we cannot read as yes or no.</summary>
    Unclear,

    /// <summary>There is no room of that title, or none that the key may manage.</summary>
    RoomNotFound,

    /// <summary>Several rooms have that title.</summary>
    RoomAmbiguous,

    /// <summary>The portal was asked to invite, or may have been, and since then cannot be looked at.</summary>
    NotKnown,

    /// <summary>The person may do more than was asked for, and the requester is not who brought them in like that.</summary>
    NotTheirs,

    /// <summary>Nobody has the account any more.</summary>
    Gone,

    /// <summary>The rules of the policy were changed while it waited for a decision, and forbid it now.</summary>
    RulesForbid,

    /// <summary>The portal gives the key's owner no link for that role.</summary>
    NoLinkForRole,

    /// <summary>The portal's administrators have switched inviting off.</summary>
    InvitingOff,

    /// <summary>Nobody is left who could decide.</summary>
    NobodyToAsk,
}
