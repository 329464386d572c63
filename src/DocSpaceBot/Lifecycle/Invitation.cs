using DocSpace.Api;

namespace DocSpaceBot.Lifecycle;

internal readonly record struct RequestId(string Value)
{
    public static RequestId New() => new(Guid.CreateVersion7().ToString());

    /// <summary>What people quote when they ask about a request: the random end of the id.</summary>
    public string Reference => Value.Length < 8 ? Value : Value[^8..].ToUpperInvariant();

    public override string ToString() => Value;
}

internal readonly record struct InvitationId(string Value)
{
    public static InvitationId New() => new(Guid.CreateVersion7().ToString());

    public override string ToString() => Value;
}

internal enum InvitationStatus
{
    PendingApproval,
    Approved,
    Invited,
    Joined,
    Welcomed,
    AlreadyMember,

    /// <summary>Of a link that was asked for: DocSpace has made it. Its own life begins here, see <see cref="SharedLink"/>.</summary>
    LinkReady,
    Denied,
    Cancelled,
    Expired,
    Failed,
}

/// <summary>A person in Teams, known by the Entra object id; the name is only for reading.</summary>
internal sealed record Person(string Id, string Name);

/// <summary>What one person asked for in one go. It holds one or many invitations and has one card for its whole life.</summary>
internal sealed record InviteRequest(
    RequestId Id,
    string TenantId,
    Person Requester,
    string ConversationId,
    string? Reason,
    DateTimeOffset AskedAt
)
{
    /// <summary>How many people were asked for, also those who could not be invited.</summary>
    public int People { get; init; } = 1;

    /// <summary>What approvers call it by when they type; null as long as nobody was asked.</summary>
    public int? Number { get; init; }

    /// <summary>How often the next group of approvers was asked too, and when that was last.</summary>
    public int Level { get; init; }

    public DateTimeOffset? LevelAt { get; init; }

    /// <summary>The requester has been told what was decided.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>An operator has been told that nobody can be reached who decides.</summary>
    public DateTimeOffset? OperatorsToldAt { get; init; }
}

/// <summary>A yes, as long as it has not been taken back.</summary>
/// <param name="Right">The group of the policy that gave the right.</param>
internal sealed record Vote(Person By, DateTimeOffset At, string Right);

/// <summary>A no.</summary>
internal sealed record Denial(Person By, DateTimeOffset At, string Reason);

/// <summary>Our record of bringing one address into DocSpace, from asking to the end.</summary>
internal sealed record Invitation(InvitationId Id, RequestId Request, int Row, string Email, DocSpaceRole Role, DateTimeOffset AskedAt)
{
    public InvitationStatus Status { get; init; } = InvitationStatus.PendingApproval;

    /// <summary>What is asked for is not a person but a link, which brings in whoever gets it; <see cref="Email"/> is empty then.</summary>
    public LinkTerms? Link { get; init; }

    /// <summary>Whom or what it is about, in plain text.</summary>
    public string Who => Link is null ? Email : LifecycleTexts.AnInvitationLink;

    /// <summary>Counts the changes; a change is only saved over the version it was made from.</summary>
    public int Version { get; init; }

    /// <summary>
    /// What the portal said about the address before anything was sent. Saved before the call that has an effect: after a crash it
    /// tells "we made this person" from "this person was there before us".
    /// </summary>
    public Standing? Before { get; init; }

    /// <summary>
    /// When the call that invites was about to be made; saved before it. From then on nothing can be taken back, and whoever is found with
    /// the address was invited by us.
    /// </summary>
    public DateTimeOffset? SendBegunAt { get; init; }

    /// <summary>Nothing leaves before; until then a decision can be taken back.</summary>
    public DateTimeOffset? SendFrom { get; init; }

    /// <summary>The rule of the policy that decided what happens; null when no rule is about it.</summary>
    public string? Rule { get; init; }

    /// <summary>Nobody had been invited at this domain when it was asked for.</summary>
    public bool IsNewDomain { get; init; }

    /// <summary>When it expires unless somebody decides; null when nobody had to be asked.</summary>
    public DateTimeOffset? DecideBy { get; init; }

    /// <summary>How many have to say yes.</summary>
    public int Needed { get; init; } = 1;

    public IReadOnlyList<Vote> Votes { get; init; } = [];

    public Denial? Denial { get; init; }

    /// <summary>How the address stood in the portal when the approvers were asked.</summary>
    public Standing? Shown { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>The language of DocSpace's mail, as <c>de-DE</c>; null for the portal's own.</summary>
    public string? Language { get; init; }

    /// <summary>The title of the room that a guest is invited into, and its number once it is known.</summary>
    public string? Room { get; init; }

    public int? RoomId { get; init; }

    /// <summary>The person had DocSpace before and was only let into the room.</summary>
    public bool WasInPortal { get; init; }

    /// <summary>The person is created with a name first, and then invited.</summary>
    public bool Creates { get; init; }

    /// <summary>When the person that we created was found.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the call that invites whom we created was about to be made.</summary>
    public DateTimeOffset? InviteBegunAt { get; init; }

    /// <summary>Since when the portal has been able to say neither yes nor no.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The role that the portal showed at the last look; it may be another than was asked for.</summary>
    public DocSpaceRole? PortalRole { get; init; }

    /// <summary>What looked odd about the address when it was asked for, in words.</summary>
    public string? Note { get; init; }

    /// <summary>What is asked for after the invitation, one thing at a time.</summary>
    public Wish? Wish { get; init; }

    public WishState? WishState { get; init; }

    /// <summary>Why it was refused, or why it has to wait.</summary>
    public Cause? WishCause { get; init; }

    public Guid? PortalUser { get; init; }

    /// <summary>Why it failed, or why it is not done yet.</summary>
    public Cause? Cause { get; init; }

    /// <summary>When the portal was last looked at for this address, and when it is next.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    public DateTimeOffset? NextLookAt { get; init; }

    public DateTimeOffset? InvitedAt { get; init; }

    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>How it was noticed that the person has joined.</summary>
    public NoticedBy? JoinedBy { get; init; }

    /// <summary>When it was first seen that the person has confirmed the address; who joined by a link does so later, or never.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? WelcomedAt { get; init; }

    /// <summary>Since when the person has had the newest mail without joining.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>When the requester was last asked what to do about somebody who has not joined.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    public PortalWelcome PortalWelcome { get; init; }

    public TeamsWelcome TeamsWelcome { get; init; }

    /// <summary>The portal shows another role than was asked for. A room takes people of every role.</summary>
    public bool HasOtherRole => Room is null && PortalRole is { } role && role != Role;

    /// <summary>It was our call that brought the person in, so that we may take it back.</summary>
    public bool IsOurs => SendBegunAt is not null && Before is Standing.Absent && !WasInPortal;

    /// <summary>Somebody had to say yes first.</summary>
    public bool WasAsked => DecideBy is not null;

    /// <summary>It was denied, taken back or not decided in time, so that nobody was invited by it.</summary>
    public bool CameToNothing =>
        Status is InvitationStatus.Denied || (Status is InvitationStatus.Cancelled or InvitationStatus.Expired && InvitedAt is null);

    public bool IsApprovedBy(Person person) => Votes.Any(vote => vote.By.Id == person.Id);

    /// <summary>This person can move it on: they have not said yes, or fewer are needed now than when they did.</summary>
    public bool WaitsForYesOf(Person person) => !IsApprovedBy(person) || Votes.Count >= Needed;

    /// <summary>Something is wanted, and what comes of it is not known yet.</summary>
    public bool HasOpenWish => WishState is Lifecycle.WishState.Asked or Lifecycle.WishState.Begun;

    /// <summary>The person has an account that an administrator, or we, created: an invitation link would not let them in.</summary>
    public bool WasCreated => CreatedAt is not null || Before is Standing.Created;

    /// <summary>The requester has been asked what to do, and nothing has been done yet.</summary>
    public bool IsInQuestion => Status is InvitationStatus.Invited && RemindedAt >= WaitsSince;

    /// <summary>It is waited for that the person joins, or somebody may still do something about it.</summary>
    public bool IsWaitedFor => Status is InvitationStatus.Invited || (Status is InvitationStatus.Expired && InvitedAt is not null);

    /// <summary>DocSpace had the person as invited before we asked, so that no new mail went out.</summary>
    public bool WasPendingBefore => Before is Standing.Pending or Standing.Created;
}

/// <summary>What somebody can still want for a person who is in DocSpace.</summary>
internal enum Wish
{
    /// <summary>The mail once more to somebody who has not registered.</summary>
    Resend,

    /// <summary>DocSpace's mail to set a password, for somebody who was created and has not taken the account into use: no other mail helps them.</summary>
    PasswordMail,

    /// <summary>The role that was asked for, for somebody who has another.</summary>
    ChangeRole,

    /// <summary>That the invitation is no longer good.</summary>
    Revoke,
}

internal enum WishState
{
    Asked,

    /// <summary>The call has begun. Found after a crash it means that nobody knows, and a mail is not sent again.</summary>
    Begun,
    Done,
    Refused,
    Unknown,
}

/// <summary>How an address stands in the portal.</summary>
internal enum Standing
{
    /// <summary>Nobody has this address.</summary>
    Absent,

    /// <summary>Invited by mail and not registered yet.</summary>
    Pending,

    /// <summary>Created by an administrator and not yet activated by the person.</summary>
    Created,

    Active,

    Disabled,
}

/// <summary>Where it came from that somebody has joined. It was looked up in each case.</summary>
internal enum NoticedBy
{
    /// <summary>DocSpace told that something had happened to the person.</summary>
    Webhook,

    /// <summary>The bot asked in its rounds.</summary>
    Sweep,

    /// <summary>The bot looked for another reason.</summary>
    Look,
}

/// <summary>What became of the portal's own welcome letter.</summary>
internal enum PortalWelcome
{
    NotTried,

    /// <summary>The call has begun. Found after a crash it means that nobody knows, and the call is not made again.</summary>
    Trying,
    Accepted,
    Refused,

    /// <summary>Not asked, because this portal refused it less than a day ago.</summary>
    KnownRefused,
    Unknown,
    SwitchedOff,
}

/// <summary>What became of our own welcome message in Teams.</summary>
internal enum TeamsWelcome
{
    NotTried,
    Sent,

    /// <summary>The person cannot be reached in Teams: the requester is given the text to forward.</summary>
    Unreachable,
    NotNeeded,
    SwitchedOff,
}
