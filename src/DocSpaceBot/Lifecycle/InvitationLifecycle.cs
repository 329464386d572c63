using static DocSpaceBot.Lifecycle.InvitationEvent;
using static DocSpaceBot.Lifecycle.InvitationStatus;

namespace DocSpaceBot.Lifecycle;

/// <summary>What an event does to an invitation: it moves on and leaves steps, or the event is refused.</summary>
internal abstract record Transition
{
    public sealed record Moved(Invitation Invitation, IReadOnlyList<Step> Steps) : Transition;

    public sealed record Refused(Refusal Why) : Transition;
}

/// <summary>
/// The one table of what may happen when. Nothing else sets a status; a pair that is not here is refused, so that a step or a click
/// that comes late, twice or at the same time as its twin does no harm.
/// </summary>
internal static partial class InvitationLifecycle
{
    /// <summary>A portal mails on request, and people press twice; who has been mailed a moment ago has to look into the mail first.</summary>
    private static readonly TimeSpan BetweenMails = TimeSpan.FromHours(1);

    public static Transition Apply(Invitation it, InvitationEvent happened) =>
        (it.Status, happened) switch
        {
            // A link has no address to be looked up or mailed.
            (_, ShownToApprovers or RoomFound or SendBegun or SendNotMade or InviteBegun or InviteNotMade or LookedUp)
                when it.Link is not null => No(Refusal.TooLate(it.Status)),

            // The request has just been made, or the rules have changed while it waited.
            (PendingApproval, Allow e) => To(
                it with
                {
                    Status = Approved,
                    Rule = e.Rule,
                    SendFrom = e.At + e.UndoWindow,
                },
                it.WasAsked
                    ? [Send(it, e.UndoWindow), new Step(StepKind.TellRequester, e.UndoWindow), Show]
                    : [Send(it, e.UndoWindow), Show]
            ),
            (PendingApproval, Ask e) when it.DecideBy is null => To(
                it with
                {
                    Rule = e.Rule,
                    Needed = e.Needed,
                    DecideBy = e.DecideBy,
                },
                new Step(StepKind.AskApprovers),
                Show
            ),

            // Whoever found that out is asking already. Two instances that do not have the same rules yet would else wake each other all the time.
            (PendingApproval, Ask e) => To(it with { Rule = e.Rule, Needed = e.Needed }, Show),
            (PendingApproval, ShownToApprovers e) => To(it with { Shown = e.Standing, PortalRole = e.Role, LookedAt = e.At }, Show),

            (PendingApproval, Approve e) when e.By.Id == e.Requester.Id => No(Refusal.OwnRequest),
            (PendingApproval, Deny e) when e.By.Id == e.Requester.Id => No(Refusal.OwnRequest),
            (PendingApproval, Approve e) when e.At >= it.DecideBy => No(Refusal.TooLate(Expired)),
            (PendingApproval, Approve e) => Count(it, e),
            (PendingApproval, Deny e) => To(
                it with
                {
                    Status = Denied,
                    Denial = new(e.By, e.At, e.Reason),
                },
                new Step(StepKind.TellRequester),
                Show
            ),
            (PendingApproval, Forbid e) => To(
                it with
                {
                    Status = Denied,
                    Rule = e.Rule,
                    Cause = e.Cause,
                },
                new Step(StepKind.TellRequester),
                Show
            ),
            (PendingApproval, DeadlinePassed) => To(it with { Status = Expired }, new Step(StepKind.TellRequester), Show),

            // A slip of the finger: it waits for a decision again.
            (PendingApproval, TakeBackApproval e) when it.IsApprovedBy(e.By) => To(WithoutVote(it, e.By), Show),
            (Approved, TakeBackApproval e) when it.SendBegunAt is null && e.At < it.SendFrom && it.IsApprovedBy(e.By) => To(
                WithoutVote(it, e.By) with
                {
                    Status = PendingApproval,
                    SendFrom = null,
                },
                new Step(StepKind.AskApprovers),
                Show
            ),

            (PendingApproval, Cancel) => To(it with { Status = Cancelled }, new Step(StepKind.TellRequester), Show),

            // As long as the call has not begun nothing has left: it can still be taken back.
            (Approved, Undo or Cancel) when it.SendBegunAt is null => To(it with { Status = Cancelled }, Show),

            (Approved, RoomFound e) when it.SendBegunAt is null => To(it with { RoomId = e.RoomId }),

            // Noted before the call, never after it.
            (Approved, SendBegun e) when it.Before is Standing.Absent && !(e.At < it.SendFrom) => To(
                it with
                {
                    SendBegunAt = it.SendBegunAt ?? e.At,
                    Language = it.Language ?? e.Language,
                }
            ),
            (Approved, SendNotMade) when it is { SendBegunAt: not null, CreatedAt: null } => To(it with { SendBegunAt = null }),
            (Approved, InviteBegun e) when it is { CreatedAt: not null, InviteBegunAt: null } => To(it with { InviteBegunAt = e.At }),
            (Approved, InviteNotMade) when it.InviteBegunAt is not null => To(it with { InviteBegunAt = null }),

            // Shown as somebody who is in DocSpace, and something else was agreed to for them: whoever is gone by now is not invited unasked.
            (Approved, LookedUp { Standing: Standing.Absent } e) when it is { Wish: not null, SendBegunAt: null } => To(
                Fail(it, Cause.Gone, e.At),
                Show
            ),

            // The first look. What it finds is saved before anything is sent.
            (Approved, LookedUp { Standing: Standing.Absent } e) => To(
                it with
                {
                    Before = it.Before ?? Standing.Absent,
                    PortalUser = e.User,
                    PortalRole = e.Role,
                    WasInPortal = it.WasInPortal || (it.Before is null && e.User is not null),
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                }
            ),
            (Approved, LookedUp { Standing: Standing.Disabled } e) => To(Fail(it, Cause.AccountDisabled, e.At), Show),

            // We have created the person; the call that invites is still to be made.
            (Approved, LookedUp { Standing: Standing.Created } e)
                when it is { Creates: true, SendBegunAt: not null, InviteBegunAt: null } => To(
                it with
                {
                    CreatedAt = it.CreatedAt ?? e.At,
                    PortalUser = e.User,
                    PortalRole = e.Role,
                    LookedAt = e.At,
                }
            ),

            // Somebody has the address now, and nobody had it when our call began: that is our invitation, even if we
            // were killed between the call and its answer. Before our call it was somebody else's.
            (Approved, LookedUp { Standing: Standing.Pending or Standing.Created } e) => Land(
                it with
                {
                    Status = Invited,
                    Before = it.SendBegunAt is null ? e.Standing : it.Before,
                    PortalUser = e.User,
                    PortalRole = e.Role,
                    InvitedAt = e.At,
                    WaitsSince = e.At,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                }
            ),
            // Who was in the portal before has only been let into the room.
            (Approved, LookedUp { Standing: Standing.Active } e) when it is { SendBegunAt: not null, WasInPortal: true } => To(
                it with
                {
                    Status = AlreadyMember,
                    PortalRole = e.Role,
                    InvitedAt = e.At,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                },
                Show
            ),
            (Approved, LookedUp { Standing: Standing.Active } e) when it.SendBegunAt is not null => To(
                Join(
                    it with
                    {
                        PortalUser = e.User,
                        InvitedAt = e.At,
                    },
                    new(Standing.Active, e.At, NoticedBy.Look) { Role = e.Role, IsConfirmed = e.IsConfirmed }
                ),
                Show,
                new Step(StepKind.Welcome)
            ),
            (Approved, LookedUp { Standing: Standing.Active } e) => Land(
                it with
                {
                    Status = AlreadyMember,
                    Before = e.Standing,
                    PortalUser = e.User,
                    PortalRole = e.Role,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                }
            ),

            // Not what was taken back and approved once more while DocSpace made it: that can be taken back again.
            (Approved, LinkMade e) when it.Link is not null && !(e.At < it.SendFrom) => To(
                it with
                {
                    Status = LinkReady,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                },
                Show
            ),

            (Approved, PortalRefused e) => To(Fail(it, e.Cause, e.At), Show),
            (Approved, PortalBusy e) => To(
                it with
                {
                    Cause = e.Cause,
                    NextLookAt = e.NextLook,
                    WaitingSince = it.WaitingSince ?? e.At,
                },
                Show
            ),
            (Approved, GaveUp e) => To(Fail(it, e.Cause, e.At), Show),

            // What the first look found is kept, since an earlier try may have reached the portal after all. Where it certainly has not, whoever has the
            // address by now was brought in by others.
            (Failed, TryAgain) => To(
                (IsPlainNo(it) ? it with { Before = null, SendBegunAt = null, WasInPortal = false } : it) with
                {
                    Status = Approved,
                    Cause = null,
                    NextLookAt = null,
                    WaitingSince = null,
                },
                Send(it, TimeSpan.Zero),
                Show
            ),

            (_, WishAsked e) when IsMail(e.Wish) && WasMailed(it) && e.At - it.WaitsSince < BetweenMails => No(Refusal.MailedJustNow),

            // A new mail brings an invitation back to life whose time was over, unless it is being withdrawn at this moment.
            (Expired, WishAsked e) when it.WishState is WishState.Begun && IsMail(e.Wish) => No(Refusal.WishUnderWay),
            (Expired, WishAsked e) when it.InvitedAt is not null && IsMail(e.Wish) && Fits(it with { Status = Invited }, e.Wish) => Ask(
                it with
                {
                    Status = Invited,
                    WaitsSince = it.WaitsSince ?? it.InvitedAt,
                },
                e.Wish
            ),
            (Invited or AlreadyMember or Joined or Welcomed, WishAsked e) when Fits(it, e.Wish) => IsBusy(it, e.Wish)
                ? new Transition.Refused(Refusal.WishUnderWay)
                : Ask(it, e.Wish),
            (Invited or AlreadyMember or Joined or Welcomed or Expired, WishBegun e)
                when it.Wish == e.Wish && it.WishState is WishState.Asked => To(it with { WishState = WishState.Begun, WishCause = null }),
            (Invited or AlreadyMember or Joined or Welcomed or Expired, WishNotMade e) when it.Wish == e.Wish && it.HasOpenWish => To(
                it with
                {
                    WishState = WishState.Asked,
                    WishCause = e.Cause,
                },
                Show
            ),
            (Invited or AlreadyMember or Joined or Welcomed or Expired, WishDelayed e) when it.Wish == e.Wish && it.HasOpenWish => To(
                it with
                {
                    WishCause = e.Cause,
                },
                Show
            ),
            (Invited, WishSettled { Wish: Wish.Revoke, Outcome: WishState.Done } e) when it is { Wish: Wish.Revoke, HasOpenWish: true } =>
                To(Withdraw(it, e.At), Show),
            // Mailed again, so it is waited anew. Of a call whose end is not known the same is true: nobody mails once more at once.
            (Invited, WishSettled { Outcome: WishState.Done or WishState.Unknown } e)
                when IsMail(e.Wish) && it.Wish == e.Wish && it.HasOpenWish => To(Settle(it, e) with { WaitsSince = e.At }, Show),
            (Invited or AlreadyMember or Joined or Welcomed or Expired, WishSettled e) when it.Wish == e.Wish && it.HasOpenWish => To(
                Settle(it, e),
                Show
            ),

            // Nobody is told to be lost for having taken their time.
            (Invited, SeenOnPortal { Standing: Standing.Active } e) => To(Join(TooLate(it), e), Show, new Step(StepKind.Welcome)),
            (Expired, SeenOnPortal { Standing: Standing.Active } e) when it.InvitedAt is not null => To(
                Join(TooLate(it), e),
                Show,
                new Step(StepKind.Welcome)
            ),

            (Joined or Welcomed, SeenOnPortal { Standing: Standing.Active, IsConfirmed: true } e) when it.ConfirmedAt is null => To(
                it with
                {
                    ConfirmedAt = e.At,
                    LookedAt = e.At,
                },
                Show
            ),

            // Whoever disabled the account, ours was the wish; the call may have been ours too, and its answer lost.
            (Invited, SeenOnPortal { Standing: Standing.Disabled } e) when it is { Wish: Wish.Revoke, WishState: not null } => To(
                Withdraw(it, e.At),
                Show
            ),
            (Invited, SeenOnPortal { Standing: Standing.Disabled } e) => To(Fail(WithoutWish(it), Cause.AccountDisabled, e.At), Show),
            (Invited, SeenOnPortal { Standing: Standing.Absent } e) => To(
                WithoutWish(it) with
                {
                    Status = Cancelled,
                    LookedAt = e.At,
                },
                Show
            ),

            // A mail went out while it was looked whether they have joined.
            (Invited, DeadlinePassed e) when it.WaitsSince > e.NobodySince => No(Refusal.TooLate(it.Status)),
            (Invited, Reminded e) when it.WaitsSince > e.At => No(Refusal.TooLate(it.Status)),

            // First it is seen what comes of what was asked for.
            (Invited, DeadlinePassed { Revoke: true }) when it is { HasOpenWish: false, IsOurs: true } => Ask(
                it with
                {
                    Status = Expired,
                },
                Wish.Revoke
            ),
            (Invited, DeadlinePassed) when !it.HasOpenWish => To(it with { Status = Expired }, Show),

            (Invited, Reminded e) when it is { IsInQuestion: false, HasOpenWish: false } => To(
                it with
                {
                    RemindedAt = e.At,
                },
                new Step(StepKind.AskFollowUp)
            ),

            (Joined, PortalWelcomeMoved e) when it.TeamsWelcome is TeamsWelcome.NotTried => To(it with { PortalWelcome = e.Outcome }),

            // Welcomed is only what somebody really sent; a text that waits to be forwarded is not a welcome yet.
            (Joined, WelcomeSettled { Outcome: not TeamsWelcome.NotTried } e) when it.TeamsWelcome is TeamsWelcome.NotTried => To(
                it with
                {
                    TeamsWelcome = e.Outcome,
                    Status = e.Outcome is TeamsWelcome.Sent || it.PortalWelcome is PortalWelcome.Accepted ? Welcomed : Joined,
                    WelcomedAt = e.Outcome is TeamsWelcome.Sent || it.PortalWelcome is PortalWelcome.Accepted ? e.At : null,
                },
                Show
            ),

            _ => new Transition.Refused(Refusal.TooLate(it.Status)),
        };
}
