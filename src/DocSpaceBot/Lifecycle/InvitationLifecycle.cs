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
internal static class InvitationLifecycle
{
    public static Transition Apply(Invitation it, InvitationEvent happened) =>
        (it.Status, happened) switch
        {
            // The request has just been made, and no approval is needed.
            (PendingApproval, Allow) => To(it with { Status = Approved }, new Step(StepKind.SendInvitations), Show),

            // As long as the call has not begun nothing has left: it can still be taken back.
            (Approved, Undo or Cancel) when it.SendBegunAt is null => To(it with { Status = Cancelled }, Show),

            // Noted before the call, never after it.
            (Approved, SendBegun e) when it.Before is Standing.Absent => To(it with { SendBegunAt = it.SendBegunAt ?? e.At }),

            // The first look. What it finds is saved before anything is sent.
            (Approved, LookedUp { Standing: Standing.Absent } e) => To(
                it with
                {
                    Before = it.Before ?? Standing.Absent,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                }
            ),
            (Approved, LookedUp { Standing: Standing.Disabled } e) => To(Fail(it, Cause.AccountDisabled, e.At), Show),

            // Somebody has the address now, and nobody had it when our call began: that is our invitation, even if we
            // were killed between the call and its answer. Before our call it was somebody else's.
            (Approved, LookedUp { Standing: Standing.Pending or Standing.Created } e) => To(
                it with
                {
                    Status = Invited,
                    Before = it.SendBegunAt is null ? e.Standing : it.Before,
                    PortalUser = e.User,
                    InvitedAt = e.At,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                },
                Show
            ),
            (Approved, LookedUp { Standing: Standing.Active } e) when it.SendBegunAt is not null => To(
                Join(it with { PortalUser = e.User, InvitedAt = e.At }, e.At),
                Show,
                new Step(StepKind.Welcome)
            ),
            (Approved, LookedUp { Standing: Standing.Active } e) => To(
                it with
                {
                    Status = AlreadyMember,
                    Before = e.Standing,
                    PortalUser = e.User,
                    LookedAt = e.At,
                    NextLookAt = null,
                    Cause = null,
                },
                Show
            ),

            (Approved, PortalRefused e) => To(Fail(it, e.Cause, e.At), Show),
            (Approved, PortalBusy e) => To(it with { Cause = e.Cause, NextLookAt = e.NextLook }, Show),
            (Approved, GaveUp e) => To(Fail(it, e.Cause, e.At), Show),

            // What the first look found is kept: an earlier try may have reached the portal after all.
            (Failed, TryAgain) => To(
                it with
                {
                    Status = Approved,
                    Cause = null,
                    NextLookAt = null,
                },
                new Step(StepKind.SendInvitations),
                Show
            ),

            (Invited, SeenOnPortal { Standing: Standing.Active } e) => To(Join(it, e.At), Show, new Step(StepKind.Welcome)),
            (Invited, SeenOnPortal { Standing: Standing.Disabled } e) => To(Fail(it, Cause.AccountDisabled, e.At), Show),
            (Invited, SeenOnPortal { Standing: Standing.Absent } e) => To(it with { Status = Cancelled, LookedAt = e.At }, Show),
            (Invited, DeadlinePassed) => To(it with { Status = Expired }, Show),

            (Joined, PortalWelcomeMoved e) when it.TeamsWelcome is TeamsWelcome.NotTried => To(it with { PortalWelcome = e.Outcome }),

            // Welcomed is only what somebody really sent; a text that waits to be forwarded is not a welcome yet.
            (Joined, WelcomeSettled { Outcome: not TeamsWelcome.NotTried } e) when it.TeamsWelcome is TeamsWelcome.NotTried => To(
                it with
                {
                    TeamsWelcome = e.Outcome,
                    Status = e.Outcome is TeamsWelcome.Sent || it.PortalWelcome is PortalWelcome.Accepted ? Welcomed : Joined,
                },
                Show,
                new Step(StepKind.FollowUp)
            ),

            _ => new Transition.Refused(Refusal.TooLate(it.Status)),
        };

    private static readonly Step Show = new(StepKind.ShowCard);

    private static Transition.Moved To(Invitation it, params Step[] steps) => new(it, steps);

    private static Invitation Fail(Invitation it, Cause cause, DateTimeOffset at) =>
        it with
        {
            Status = Failed,
            Cause = cause,
            LookedAt = at,
            NextLookAt = null,
        };

    private static Invitation Join(Invitation it, DateTimeOffset at) =>
        it with
        {
            Status = Joined,
            JoinedAt = at,
            LookedAt = at,
            NextLookAt = null,
            Cause = null,
        };
}
