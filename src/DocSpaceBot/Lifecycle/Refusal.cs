namespace DocSpaceBot.Lifecycle;

/// <summary>A "no", with the words that people read: what happened, then what to do; the latter may be part of the former.</summary>
internal sealed record Refusal(string Code, string Happened, string WhatToDo = "")
{
    public string Text => WhatToDo.Length == 0 ? Happened : $"{Happened} {WhatToDo}";

    public static readonly Refusal NotAnAddress = new("not-an-address", "is not an e-mail address. Write it like alice@example.com.");

    public static readonly Refusal InternationalAddress = new(
        "international-address",
        "has a domain with letters that DocSpace does not take. Use an address whose domain is written in plain Latin letters."
    );

    public static readonly Refusal InternationalMailbox = new(
        "international-mailbox",
        "has letters before the @ that DocSpace does not take. Some only look like plain ones, or cannot be seen. Type the address anew in plain Latin letters."
    );

    public static readonly Refusal NotYours = new("not-yours", "Only the person who asked can do that.");

    public static readonly Refusal UnderWay = new(
        "under-way",
        "This person is being invited by another request already. Nothing more is needed."
    );

    public static readonly Refusal NobodyAsks = new(
        "nobody-asks",
        "Teams did not say who you are, so I cannot take this request. Nobody was invited. Ask an operator."
    );

    public static readonly Refusal UnknownCard = new("unknown-card", "This card is no longer known. Type /invite to ask again.");

    public static readonly Refusal GuestNeedsRoom = new(
        "guest-needs-room",
        "Guests cannot be invited to DocSpace by mail, only into a room.",
        "Name the room (--room \"Title\", or the column “room” in a file), or invite them as a user instead (--role user)."
    );

    public static readonly Refusal RoomIsForGuests = new(
        "room-is-for-guests",
        "A room is for guests.",
        "Leave the room out and share it in DocSpace once the person is there, or invite them as a guest (--role guest)."
    );

    public static readonly Refusal NeedsName = new(
        "needs-name",
        "This bot is set up to create people with their names.",
        "Say the name: --name \"First Last\", or Alice Smith <alice@example.com>."
    );

    public static Refusal UnknownLanguage(string language) => new("unknown-language", $"DocSpace does not know the language “{language}”.");

    public static readonly Refusal WishUnderWay = new("wish-under-way", "That is being done already. The card shows what comes of it.");

    public static Refusal PolicyDenies(string rule) =>
        new("policy-denies", $"The rule “{rule}” does not allow this invitation. Nobody was invited.", "An operator can change the rule.");

    public static readonly Refusal NobodyToAsk = new(
        "nobody-to-ask",
        "This invitation needs somebody's approval, and nobody is set up who could give it. Nobody was invited.",
        "Ask an operator to allow it or to name approvers."
    );

    public static readonly Refusal OwnRequest = new(
        "own-request",
        "You asked for this invitation, so somebody else has to decide about it."
    );

    public static readonly Refusal ApprovedAlready = new(
        "approved-already",
        "You have approved this already. Somebody else has to approve it, too."
    );

    public static readonly Refusal NotAnApprover = new(
        "not-an-approver",
        "You are not among the people who decide about this request. Nothing was changed."
    );

    public static readonly Refusal NeedsReason = new("needs-reason", "Say why: the person who asked reads it. Nothing was changed.");

    public static readonly Refusal RulesChanged = new(
        "rules-changed",
        "The rules have changed and forbid this invitation now. Nothing was approved."
    );

    public static readonly Refusal NoLongerAgreed = new(
        "no-longer-agreed",
        "The rules or those who decide have changed since this was agreed to. Nothing was done.",
        "Ask again with /invite."
    );

    public static readonly Refusal NotAllowed = new(
        "not-allowed",
        "Your organisation's rules do not allow this invitation. Nobody was invited.",
        "An operator can change the rules."
    );

    public static Refusal PolicyDeniesLink(string rule) =>
        new("policy-denies", $"The rule “{rule}” does not allow this link, so there is none.", "An operator can change the rule.");

    public static readonly Refusal LinkNotAllowed = new(
        "not-allowed",
        "Your organisation's rules do not allow this link, so there is none.",
        "An operator can change the rules."
    );

    public static readonly Refusal NoLinkNobodyToAsk = new(
        "nobody-to-ask",
        "A link needs somebody's approval, and nobody is set up who could give it. There is no link.",
        "Ask an operator to allow it or to name approvers."
    );

    public static readonly Refusal LinkNotForYou = new(
        "link-not-for-you",
        "This link is not meant for you, so you did not get it.",
        "Ask whoever shared it to invite you with /invite and your address."
    );

    public static readonly Refusal LinkAddressUnknown = new(
        "link-address-unknown",
        "It depends on your address whether you get this link, and Teams does not tell it, so you did not get it.",
        "Try again in a minute, or ask whoever shared it to invite you with /invite and your address."
    );

    public static readonly Refusal LinkStopped = new(
        "link-stopped",
        "This link was stopped, so nobody gets it any more.",
        "Ask whoever shared it for a new one."
    );

    public static readonly Refusal LinkExpired = new(
        "link-expired",
        "The time of this link is over, so nobody gets it any more.",
        "Ask whoever shared it for a new one."
    );

    public static readonly Refusal LinkUsedUp = new(
        "link-used-up",
        "As many people as it was meant for have got this link, so you did not get it.",
        "Ask whoever shared it for a new one."
    );

    public static readonly Refusal LinkElsewhere = new(
        "link-elsewhere",
        "This card belongs to another conversation, so nobody gets the link here.",
        "Ask whoever shared it."
    );

    public static readonly Refusal NotYourLink = new(
        "not-your-link",
        "Only the person who asked for the link, or an operator, can do that."
    );

    public static readonly Refusal UnknownLink = new("unknown-link", "This link is no longer known. Type /link to ask for a new one.");

    public static Refusal TooLate(InvitationStatus status) =>
        new("too-late", $"That is no longer possible: the invitation is “{Words.For(status)}”.");

    /// <summary>Why an invitation failed, or what was asked for after it.</summary>
    public static Refusal Because(Cause cause) => Because(cause, "This person was not invited.");

    /// <summary>Why there is no link, or no new one.</summary>
    /// <param name="outcome">What that means for whoever asked; nothing where it was said before.</param>
    public static string LinkBecause(Cause cause, string outcome = "There is no link. ") =>
        cause switch
        {
            Cause.PortalUnavailable or Cause.KeyRejected or Cause.PortalUnpaid or Cause.InvitingOff or Cause.NoLinkForRole => Said(
                cause,
                outcome.TrimEnd()
            ),
            Cause.PortalLimit => $"DocSpace takes no more calls at the moment. {outcome}Try again later.",
            Cause.ScopeMissing =>
                $"The bot's DocSpace key lacks a permission that links need. {outcome}An operator has to add it (*:read, and *:write for links that can be revoked).",
            Cause.SeatsFull =>
                $"All paid seats of DocSpace are taken, and this role needs one. {outcome}Ask for a user link, or ask an operator for more seats.",
            Cause.Forbidden => $"DocSpace does not let the bot make links. {outcome}Ask an operator.",
            Cause.RulesForbid or Cause.NobodyToAsk => Said(cause, outcome.TrimEnd()),
            _ => $"DocSpace gave an answer that the bot does not understand. {outcome}Try again, or tell an operator.",
        };

    private static string Said(Cause cause, string outcome) => Because(cause, outcome).Text;

    /// <summary>Why a link has to wait.</summary>
    public static string LinkWaitsBecause(Cause cause) =>
        cause switch
        {
            Cause.PortalLimit => "DocSpace asks to wait before it takes more calls. Nothing is lost.",
            Cause.PortalUnavailable => "DocSpace cannot be reached at the moment. Nothing is lost.",
            _ => "DocSpace gave no clear answer. The bot looks again before it asks once more.",
        };

    /// <summary>Why not one of the people of a request was invited.</summary>
    public static Refusal NobodyBecause(Cause cause) => Because(cause, "Nobody was invited.");

    private static Refusal Because(Cause cause, string outcome)
    {
        var (why, end, whatToDo) = WordsOf(cause);
        return new(cause.ToString(), $"{why} {end ?? outcome}".TrimEnd(), whatToDo);
    }

    /// <summary>Why, what that means where it is not simply that nobody was invited, and what to do.</summary>
    private static (string Why, string? End, string WhatToDo) WordsOf(Cause cause) =>
        cause switch
        {
            Cause.PortalUnavailable => ("DocSpace cannot be reached.", null, "Try again later, or tell an operator."),
            Cause.PortalLimit => (
                "DocSpace takes no more invitations at the moment.",
                null,
                "Try again tomorrow, or ask an operator to raise the limit."
            ),
            Cause.KeyRejected => ("DocSpace does not accept the bot's key.", null, "An operator has to set a valid key."),
            Cause.ScopeMissing => (
                "The bot's DocSpace key lacks a permission that is needed.",
                null,
                "An operator has to add it (accounts:write and accounts:read)."
            ),
            Cause.Forbidden => (
                "DocSpace does not allow the bot to invite with this role.",
                null,
                "Choose another role, or ask an operator."
            ),
            Cause.PortalUnpaid => ("The DocSpace subscription has run out.", null, "An operator has to renew it."),
            Cause.SeatsFull => (
                "All paid seats of DocSpace are taken, and this role needs one.",
                null,
                "Invite as user, or ask an operator for more seats."
            ),
            Cause.AddressRejected => ("DocSpace does not take this address.", null, "Check how it is written."),
            Cause.AccountDisabled => (
                "This person's DocSpace account is disabled.",
                null,
                "An administrator can enable it in DocSpace. (An invitation that was withdrawn leaves the account disabled, too.)"
            ),
            Cause.NothingHappened => (
                "DocSpace answered yes but did not create the invitation.",
                null,
                "An operator can look at the portal's rules for this role."
            ),
            Cause.RoomNotFound => (
                "DocSpace shows the bot no room of this title.",
                null,
                "Check the title, or ask an operator to let the bot's key manage the room."
            ),
            Cause.RoomAmbiguous => ("Several rooms have this title.", null, "Choose the room in the form: type /invite."),
            Cause.NotKnown => (
                "DocSpace was asked to invite, and after that the bot could not look into it any more.",
                "Whether this person was invited is not known.",
                "Try again: the bot looks first, and nobody gets a second mail. If it stays like this, tell an operator."
            ),
            Cause.NotTheirs => (
                "This person may do more than was asked for.",
                "",
                "Only an administrator can take that away, in DocSpace; or whoever invited the person with that role."
            ),
            Cause.RulesForbid => (
                "The rules were changed and do not allow this invitation any more.",
                null,
                "An operator can change the rules."
            ),
            Cause.NobodyToAsk => ("Nobody can be found who could approve it.", null, "Ask an operator to allow it or to name approvers."),
            Cause.NoLinkForRole => (
                "DocSpace gives the bot no link for this role.",
                null,
                "Choose another role, or ask an operator: the key's owner may not bring in this role."
            ),
            Cause.InvitingOff => (
                "DocSpace's administrators have switched inviting off.",
                null,
                "One of them can switch it on: Settings, Security, Invitation settings."
            ),
            Cause.Gone => ("The person is no longer in DocSpace.", null, "To invite the person anew, ask for them with /invite."),
            _ => (
                "DocSpace gave an answer that the bot does not understand.",
                "As far as can be seen nobody was invited.",
                "Try again, or tell an operator."
            ),
        };

    /// <summary>Why an invitation has to wait.</summary>
    public static string WaitingBecause(Cause cause) =>
        cause switch
        {
            Cause.PortalLimit => "DocSpace asks to wait before it takes more invitations. Nothing is lost.",
            Cause.PortalUnavailable => "DocSpace cannot be reached at the moment. Nothing is lost.",
            _ => "DocSpace gave no clear answer. The bot looks again before it sends anything.",
        };
}
