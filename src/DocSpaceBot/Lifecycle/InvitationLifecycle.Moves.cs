using static DocSpaceBot.Lifecycle.InvitationEvent;
using static DocSpaceBot.Lifecycle.InvitationStatus;

namespace DocSpaceBot.Lifecycle;

/// <summary>The moves and conditions that several places of the table share.</summary>
internal static partial class InvitationLifecycle
{
    /// <summary>The portal said no, and the look after that found nobody.</summary>
    private static bool IsPlainNo(Invitation it) =>
        it
            is {
                CreatedAt: null,
                Cause: Cause.AddressRejected
                    or Cause.Forbidden
                    or Cause.SeatsFull
                    or Cause.PortalUnpaid
                    or Cause.KeyRejected
                    or Cause.ScopeMissing
            };

    private static bool Fits(Invitation it, Wish wish) =>
        wish switch
        {
            // A person who was created has an activation link; an invitation link would not let them in.
            Wish.Resend => it is { Status: Invited, WasCreated: false },
            Wish.PasswordMail => it is { Status: Invited, WasCreated: true },
            Wish.ChangeRole => it.HasOtherRole,
            _ => it is { Status: Invited, IsOurs: true },
        };

    /// <summary>One thing at a time; but who withdraws an invitation wants nothing else of it that has not begun.</summary>
    private static bool IsBusy(Invitation it, Wish wish) =>
        it.HasOpenWish && !(wish is Wish.Revoke && it is { Wish: not Wish.Revoke, WishState: WishState.Asked });

    /// <summary>What fits only somebody who has not joined. A call that has begun is settled by whoever made it.</summary>
    private static Invitation TooLate(Invitation it) =>
        it is { Wish: Wish.Resend or Wish.PasswordMail or Wish.Revoke, WishState: WishState.Asked }
            ? it with
            {
                WishState = WishState.Refused,
                WishCause = null,
            }
            : it;

    private static bool IsMail(Wish wish) => wish is Wish.Resend or Wish.PasswordMail;

    /// <summary>It has been mailed again, or perhaps it has.</summary>
    private static bool WasMailed(Invitation it) =>
        it is { Wish: Wish.Resend or Wish.PasswordMail, WishState: WishState.Done or WishState.Unknown };

    private static Transition.Moved Ask(Invitation it, Wish wish) =>
        To(it with { Wish = wish, WishState = WishState.Asked, WishCause = null }, Grant(wish), Show);

    private static Step Grant(Wish wish) => new(IsMail(wish) ? StepKind.SendMailsAgain : StepKind.GrantWishes);

    private static Invitation Settle(Invitation it, WishSettled e) =>
        it with
        {
            WishState = e.Outcome,
            WishCause = e.Cause,
            PortalRole = e.Role ?? it.PortalRole,
            LookedAt = e.At,
        };

    private static Invitation WithoutWish(Invitation it) => it with { Wish = null, WishState = null, WishCause = null };

    private static Invitation Withdraw(Invitation it, DateTimeOffset at) =>
        it with
        {
            Status = Cancelled,
            WishState = WishState.Done,
            WishCause = null,
            LookedAt = at,
        };

    private static readonly Step Show = new(StepKind.ShowCard);

    private static Step Send(Invitation it, TimeSpan after) => new(it.Link is null ? StepKind.SendInvitations : StepKind.TendLinks, after);

    /// <summary>Somebody is there; what was asked for besides is done now, if there is still need of it.</summary>
    private static Transition.Moved Land(Invitation it) =>
        it is { Wish: { } wish, WishState: null } && Fits(it, wish)
            ? To(it with { WishState = WishState.Asked }, Grant(wish), Show)
            : To(it, Show);

    /// <summary>
    /// Whoever was asked has a card of it too, and so has the requester who was asked what to do about somebody who has not joined, or was told that they have.
    /// </summary>
    private static Transition.Moved To(Invitation it, params Step[] steps)
    {
        var all = steps.ToList();

        if (steps.Contains(Show))
        {
            if (it.WasAsked)
            {
                all.Add(new(StepKind.ShowApprovals));
            }

            if (it.RemindedAt is not null)
            {
                all.Add(new(StepKind.AskFollowUp));
            }

            if (it.TeamsWelcome is not TeamsWelcome.NotTried)
            {
                all.Add(new(StepKind.FollowUp));
            }
        }

        return new(it, all);
    }

    private static Transition.Refused No(Refusal why) => new(why);

    /// <summary>One more yes. Whoever said yes before and may no longer decide does not count.</summary>
    private static Transition Count(Invitation it, Approve e)
    {
        var entitled = it.Votes.Where(vote => vote.By.Id != e.By.Id && e.StillEntitled.Contains(vote.By.Id)).ToList();

        if (it.IsApprovedBy(e.By) && entitled.Count + 1 < e.Needed)
        {
            return No(Refusal.ApprovedAlready);
        }

        var counted = it with { Votes = [.. entitled, new Vote(e.By, e.At, e.Right)], Needed = e.Needed };

        return counted.Votes.Count < e.Needed
            ? To(counted, Show)
            : To(
                counted with
                {
                    Status = Approved,
                    SendFrom = e.At + e.UndoWindow,
                },
                Send(it, e.UndoWindow),
                new Step(StepKind.TellRequester, e.UndoWindow),
                Show
            );
    }

    private static Invitation WithoutVote(Invitation it, Person by) => it with { Votes = [.. it.Votes.Where(vote => vote.By.Id != by.Id)] };

    private static Invitation Fail(Invitation it, Cause cause, DateTimeOffset at) =>
        it with
        {
            Status = Failed,
            Cause = cause,
            LookedAt = at,
            NextLookAt = null,
        };

    private static Invitation Join(Invitation it, SeenOnPortal e) =>
        it with
        {
            Status = Joined,
            JoinedAt = e.At,
            JoinedBy = e.By,
            ConfirmedAt = e.IsConfirmed ? e.At : null,
            PortalRole = e.Role ?? it.PortalRole,
            LookedAt = e.At,
            NextLookAt = null,
            Cause = null,
        };
}
