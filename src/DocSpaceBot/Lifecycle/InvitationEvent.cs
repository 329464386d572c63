using DocSpace.Api;

namespace DocSpaceBot.Lifecycle;

/// <summary>What can happen to an invitation.</summary>
internal abstract record InvitationEvent
{
    /// <summary>The policy lets it pass without asking anybody.</summary>
    public sealed record Allow(string? Rule, DateTimeOffset At, TimeSpan UndoWindow) : InvitationEvent;

    /// <summary>The policy wants somebody's yes first.</summary>
    public sealed record Ask(string? Rule, int Needed, DateTimeOffset DecideBy) : InvitationEvent;

    /// <summary>The approvers are shown how the address stands in the portal.</summary>
    public sealed record ShownToApprovers(Standing Standing, DateTimeOffset At) : InvitationEvent
    {
        public DocSpaceRole? Role { get; init; }
    }

    /// <summary>Somebody who may decide says yes.</summary>
    /// <param name="Right">The group of the policy that gives the right.</param>
    /// <param name="StillEntitled">Who of those that said yes before may still decide; the others no longer count.</param>
    public sealed record Approve(
        Person By,
        Person Requester,
        string Right,
        int Needed,
        IReadOnlyList<string> StillEntitled,
        DateTimeOffset At,
        TimeSpan UndoWindow
    ) : InvitationEvent;

    /// <summary>Somebody who may decide says no. One no is enough.</summary>
    public sealed record Deny(Person By, Person Requester, string Right, string Reason, DateTimeOffset At) : InvitationEvent;

    /// <summary>Whoever said yes takes that back, as long as nothing has left.</summary>
    public sealed record TakeBackApproval(Person By, DateTimeOffset At) : InvitationEvent;

    /// <summary>It cannot be approved any more: the rules forbid it now, or nobody is left who could decide.</summary>
    public sealed record Forbid(string? Rule, Cause Cause) : InvitationEvent;

    /// <summary>The requester takes it back before anything has left.</summary>
    public sealed record Undo(Person By) : InvitationEvent;

    /// <summary>Somebody who may stops what has not been sent yet.</summary>
    public sealed record Cancel(Person By) : InvitationEvent;

    /// <summary>The call that invites is about to be made.</summary>
    public sealed record SendBegun(DateTimeOffset At) : InvitationEvent
    {
        /// <summary>The language of the mail, where nobody named one; null = the portal's own.</summary>
        public string? Language { get; init; }
    }

    /// <summary>The portal certainly did not carry it out, and a look has found nobody.</summary>
    public sealed record SendNotMade : InvitationEvent;

    /// <summary>The call that invites whom we created is about to be made.</summary>
    public sealed record InviteBegun(DateTimeOffset At) : InvitationEvent;

    /// <summary>That call certainly was not carried out.</summary>
    public sealed record InviteNotMade : InvitationEvent;

    /// <summary>The room of that title was found.</summary>
    public sealed record RoomFound(int RoomId) : InvitationEvent;

    /// <summary>The portal was asked who has the address, or who is in the room. A person who is not in the room may be in the portal.</summary>
    public sealed record LookedUp(Standing Standing, Guid? User, DateTimeOffset At) : InvitationEvent
    {
        public DocSpaceRole? Role { get; init; }

        public bool IsConfirmed { get; init; }
    }

    /// <summary>The link that was asked for is there.</summary>
    public sealed record LinkMade(DateTimeOffset At) : InvitationEvent;

    /// <summary>The portal says no, and asking again would not help.</summary>
    public sealed record PortalRefused(Cause Cause, DateTimeOffset At) : InvitationEvent;

    /// <summary>The portal cannot say yes or no at the moment.</summary>
    public sealed record PortalBusy(Cause Cause, DateTimeOffset NextLook, DateTimeOffset At) : InvitationEvent;

    /// <summary>We stop trying.</summary>
    public sealed record GaveUp(Cause Cause, DateTimeOffset At) : InvitationEvent;

    /// <summary>The requester wants a failed invitation tried once more.</summary>
    public sealed record TryAgain(Person By) : InvitationEvent;

    /// <summary>Somebody who may asks for more.</summary>
    public sealed record WishAsked(Wish Wish, Person By, DateTimeOffset At) : InvitationEvent;

    /// <summary>The call for it is about to be made.</summary>
    public sealed record WishBegun(Wish Wish) : InvitationEvent;

    /// <summary>That call certainly was not carried out. It is made again later.</summary>
    public sealed record WishNotMade(Wish Wish, Cause Cause) : InvitationEvent;

    /// <summary>It has to wait: the portal cannot be looked at.</summary>
    public sealed record WishDelayed(Wish Wish, Cause Cause) : InvitationEvent;

    /// <summary>What has come of it, as the portal showed afterwards.</summary>
    public sealed record WishSettled(Wish Wish, WishState Outcome, Cause? Cause, DateTimeOffset At) : InvitationEvent
    {
        public DocSpaceRole? Role { get; init; }
    }

    /// <summary>A look found the person no longer waiting.</summary>
    public sealed record SeenOnPortal(Standing Standing, DateTimeOffset At, NoticedBy By) : InvitationEvent
    {
        /// <summary>Null when the look did not tell.</summary>
        public DocSpaceRole? Role { get; init; }

        public bool IsConfirmed { get; init; }
    }

    /// <summary>The portal's own welcome is about to be asked for, or has been answered.</summary>
    public sealed record PortalWelcomeMoved(PortalWelcome Outcome) : InvitationEvent;

    /// <summary>Both ways of welcoming are settled.</summary>
    public sealed record WelcomeSettled(TeamsWelcome Outcome, DateTimeOffset At) : InvitationEvent;

    /// <summary>The requester is asked what to do, because nobody has joined since <see cref="Invitation.WaitsSince"/>.</summary>
    public sealed record Reminded(DateTimeOffset At) : InvitationEvent;

    /// <summary>Nobody decided, or nobody joined, in the time that is given.</summary>
    /// <param name="Revoke">The invitation is withdrawn in DocSpace, too, where it is ours.</param>
    public sealed record DeadlinePassed(bool Revoke = false) : InvitationEvent
    {
        /// <summary>The <see cref="Invitation.WaitsSince"/> that is long ago. Who has had a newer mail meanwhile is waited for anew.</summary>
        public DateTimeOffset? NobodySince { get; init; }
    }
}
