namespace DocSpaceBot.Lifecycle;

/// <summary>The kinds of durable work. A kind and a subject name one step: asking twice for the same work is asking once.</summary>
internal static class StepKind
{
    /// <summary>Says something in a conversation. Subject: an id of its own; payload: the message.</summary>
    public const string Reply = "reply";

    /// <summary>Says what the bot can do. Subject: an id of its own; payload: the conversation.</summary>
    public const string SendHelp = "send-help";

    /// <summary>Greets after installation. Subject: the conversation.</summary>
    public const string Greet = "greet";

    /// <summary>Learns who is in a conversation. Subject: the conversation.</summary>
    public const string LookUpPeople = "look-up-people";

    /// <summary>Posts the card of a request or edits it to the present state. Subject: the request.</summary>
    public const string ShowCard = "show-card";

    /// <summary>Posts the card of a request anew as the newest message. Subject: the request; payload: the message that carried it until then.</summary>
    public const string MoveCard = "move-card";

    /// <summary>Has DocSpace invite what is approved. Subject: the request.</summary>
    public const string SendInvitations = "send-invitations";

    /// <summary>Has DocSpace mail once more to everybody for whom that is asked. There is one for all, since few such calls may be made.</summary>
    public const string SendMailsAgain = "send-mails-again";

    /// <summary>Does what is asked for after the invitations of a request: another role, revoking. Subject: the request.</summary>
    public const string GrantWishes = "grant-wishes";

    /// <summary>Sees to it that whoever has to decide about a request knows of it, and in time. Subject: the request.</summary>
    public const string AskApprovers = "ask-approvers";

    /// <summary>Posts the card of a request to its approvers or edits it to the present state. Subject: the request.</summary>
    public const string ShowApprovals = "show-approvals";

    /// <summary>Reminds somebody of everything that waits for them. Subject: the tenant and the person.</summary>
    public const string RemindApprover = "remind-approver";

    /// <summary>Tells the requester what was decided. Subject: the request.</summary>
    public const string TellRequester = "tell-requester";

    /// <summary>Reads a list that somebody sent. Subject: the request that it becomes; payload: where the list is and who sent it.</summary>
    public const string ReadList = "read-list";

    /// <summary>Looks up everybody of a request that is not confirmed yet. Subject: the request.</summary>
    public const string LookBeforeSending = "look-before-sending";

    /// <summary>Offers somebody a file in their personal chat. Subject: the file, which for a result is the request.</summary>
    public const string OfferFile = "offer-result";

    /// <summary>Hands that file over, or takes the offer back. Subject: the file; payload: what was answered.</summary>
    public const string UploadFile = "upload-result";

    /// <summary>Reads the whole ledger and tells an operator whether it is in order. Subject: the conversation.</summary>
    public const string VerifyLedger = "verify-ledger";

    /// <summary>Looks whether everything is set up, and tells an operator. Subject: the conversation.</summary>
    public const string CheckSetup = "check-setup";

    /// <summary>Makes, renews and revokes the links of a role, so that DocSpace has what is open here. Subject: the role.</summary>
    public const string TendLinks = "tend-links";

    /// <summary>Posts the cards of a link or edits them to the present state. Subject: the link.</summary>
    public const string ShowLink = "show-link";

    /// <summary>Gives the link to somebody who took it, in their personal chat. Subject: the link and the person.</summary>
    public const string HandLink = "hand-link";

    /// <summary>Tells that a link goes away faster than people click. Subject: the link.</summary>
    public const string RaiseAlarm = "raise-alarm";

    /// <summary>Looks who has joined. There is one for all.</summary>
    public const string Sweep = "sweep";

    /// <summary>Looks whether one person has joined, of whom the portal has told something. Subject: the person in the portal.</summary>
    public const string LookAtPerson = "look-at-person";

    /// <summary>Welcomes somebody who joined. Subject: the invitation.</summary>
    public const string Welcome = "welcome";

    /// <summary>Tells the requester that somebody joined. Subject: the invitation.</summary>
    public const string FollowUp = "follow-up";

    /// <summary>The same for a long list, on one card. Subject: the request.</summary>
    public const string FollowUpList = "follow-up-list";

    /// <summary>Asks the requester what to do about those who have not joined, and keeps that card as it has to be. Subject: the request.</summary>
    public const string AskFollowUp = "ask-follow-up";

    /// <summary>Tells operators once a day what was invited around the bot. There is one for all.</summary>
    public const string TellDrift = "tell-drift";

    /// <summary>Forgets what is no longer needed. There is one for all.</summary>
    public const string Housekeeping = "housekeeping";
}

/// <summary>Work to be left with a change of an invitation. <see cref="After"/> counts from the moment the change is saved.</summary>
internal sealed record Step(string Kind, TimeSpan After = default);
