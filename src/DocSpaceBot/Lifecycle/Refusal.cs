namespace DocSpaceBot.Lifecycle;

/// <summary>A "no", with the words that people read: what happened, then what to do.</summary>
internal sealed record Refusal(string Code, string Text)
{
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
        "Guests cannot be invited to DocSpace by mail, only into a room. Name the room (--room \"Title\", or the column “room” in a file), or invite them as a user instead (--role user)."
    );

    public static readonly Refusal RoomIsForGuests = new(
        "room-is-for-guests",
        "A room is for guests. Leave the room out and share it in DocSpace once the person is there, or invite them as a guest (--role guest)."
    );

    public static readonly Refusal NeedsName = new(
        "needs-name",
        "This bot is set up to create people with their names. Say the name: --name \"First Last\", or Alice Smith <alice@example.com>."
    );

    public static readonly Refusal WishUnderWay = new("wish-under-way", "That is being done already. The card shows what comes of it.");

    public static Refusal PolicyDenies(string rule) =>
        new("policy-denies", $"The rule “{rule}” does not allow this invitation. Nobody was invited. An operator can change the rule.");

    public static readonly Refusal NobodyToAsk = new(
        "nobody-to-ask",
        "This invitation needs somebody's approval, and nobody is set up who could give it. Nobody was invited. Ask an operator to allow it or to name approvers."
    );

    public static readonly Refusal NotAllowed = new(
        "not-allowed",
        "Your organisation's rules do not allow this invitation. Nobody was invited. An operator can change the rules."
    );

    public static Refusal TooLate(InvitationStatus status) =>
        new("too-late", $"That is no longer possible: the invitation is “{Words.For(status)}”.");

    /// <summary>Why an invitation failed, or what was asked for after it, and what to do.</summary>
    public static string Because(Cause cause) =>
        cause switch
        {
            Cause.PortalUnavailable => "DocSpace cannot be reached. This person was not invited. Try again later, or tell an operator.",
            Cause.PortalLimit =>
                "DocSpace takes no more invitations at the moment. This person was not invited. Try again tomorrow, or ask an operator to raise the limit.",
            Cause.KeyRejected => "DocSpace does not accept the bot's key. This person was not invited. An operator has to set a valid key.",
            Cause.ScopeMissing =>
                "The bot's DocSpace key lacks a permission that is needed. This person was not invited. An operator has to add it (accounts:write and accounts:read).",
            Cause.Forbidden =>
                "DocSpace does not allow the bot to invite with this role. This person was not invited. Choose another role, or ask an operator.",
            Cause.PortalUnpaid => "The DocSpace subscription has run out. This person was not invited. An operator has to renew it.",
            Cause.SeatsFull =>
                "All paid seats of DocSpace are taken, and this role needs one. This person was not invited. Invite as user, or ask an operator for more seats.",
            Cause.AddressRejected => "DocSpace does not take this address. This person was not invited. Check how it is written.",
            Cause.AccountDisabled =>
                "This person's DocSpace account is disabled. This person was not invited. An administrator can enable it in DocSpace. (An invitation that was withdrawn leaves the account disabled, too.)",
            Cause.NothingHappened =>
                "DocSpace answered yes but did not create the invitation. This person was not invited. An operator can look at the portal's rules for this role.",
            Cause.RoomNotFound =>
                "DocSpace shows the bot no room of this title. This person was not invited. Check the title, or ask an operator to let the bot's key manage the room.",
            Cause.RoomAmbiguous => "Several rooms have this title. This person was not invited. Choose the room in the form: type /invite.",
            Cause.NotKnown =>
                "DocSpace was asked to invite, and after that the bot could not look into it any more. Whether this person was invited is not known. Try again: the bot looks first, and nobody gets a second mail. If it stays like this, tell an operator.",
            Cause.NotTheirs =>
                "This person may do more than was asked for. Only an administrator can take that away, in DocSpace; or whoever invited the person with that role.",
            Cause.Gone =>
                "The person is no longer in DocSpace. This person was not invited. To invite the person anew, ask for them with /invite.",
            _ =>
                "DocSpace gave an answer that the bot does not understand. As far as can be seen this person was not invited. Try again, or tell an operator.",
        };

    /// <summary>Why not one of the people of a request was invited, and what to do.</summary>
    public static string NobodyBecause(Cause cause) =>
        Because(cause)
            .Replace("This person was not invited", "Nobody was invited", StringComparison.Ordinal)
            .Replace("this person was not invited", "nobody was invited", StringComparison.Ordinal);

    /// <summary>Why an invitation has to wait.</summary>
    public static string WaitingBecause(Cause cause) =>
        cause switch
        {
            Cause.PortalLimit => "DocSpace asks to wait before it takes more invitations. Nothing is lost.",
            Cause.PortalUnavailable => "DocSpace cannot be reached at the moment. Nothing is lost.",
            _ => "DocSpace gave no clear answer. The bot looks again before it sends anything.",
        };
}
