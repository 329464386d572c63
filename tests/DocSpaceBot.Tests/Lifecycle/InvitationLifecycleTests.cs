using System.Globalization;
using System.Text;
using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;
using static DocSpaceBot.Lifecycle.InvitationEvent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class InvitationLifecycleTests
{
    private static readonly Guid SomeUser = new("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");

    private static readonly InvitationEvent[] Everything =
    [
        new Allow(),
        new Undo(An.Alice),
        .. Enum.GetValues<Standing>().Select(standing => new LookedUp(standing, SomeUser, An.Instant)),
        new PortalRefused(Cause.SeatsFull, An.Instant),
        new PortalBusy(Cause.PortalLimit, An.Instant, An.Instant),
        new GaveUp(Cause.PortalUnavailable, An.Instant),
        new TryAgain(An.Alice),
        .. Enum.GetValues<Standing>().Select(standing => new SeenOnPortal(standing, An.Instant)),
        new PortalWelcomeMoved(PortalWelcome.Refused),
        .. Enum.GetValues<TeamsWelcome>().Select(outcome => new WelcomeSettled(outcome)),
        new DeadlinePassed(),
    ];

    [Fact]
    public void The_whole_table_is_as_approved()
    {
        var table = new StringBuilder();

        foreach (var status in Enum.GetValues<InvitationStatus>())
        {
            foreach (var before in status is InvitationStatus.Approved ? (Standing?[])[null, Standing.Absent] : [null])
            {
                table.AppendLine().AppendLine(before is null ? $"{status}" : $"{status}, nobody had the address at the first look");

                foreach (var happened in Everything)
                {
                    var it = An.Invitation(status) with { Before = before };
                    table.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"    {Name(happened), -32} {Result(InvitationLifecycle.Apply(it, happened))}"
                    );
                }
            }
        }

        Approved.Same("InvitationLifecycle.approved.txt", table.ToString());
    }

    [Fact]
    public void Every_event_there_is_has_a_place_in_the_table() =>
        Assert.Equal(
            typeof(InvitationEvent).GetNestedTypes().Select(type => type.Name).Order(),
            Everything.Select(happened => happened.GetType().Name).Distinct().Order()
        );

    [Fact]
    public void An_invitation_found_after_we_saw_nobody_is_ours_whatever_happened_to_the_answer()
    {
        var looked = Moved(An.Invitation(InvitationStatus.Approved), new LookedUp(Standing.Absent, null, An.Instant));
        var again = Moved(looked, new LookedUp(Standing.Pending, SomeUser, An.Instant));

        Assert.Equal(InvitationStatus.Invited, again.Status);
        Assert.False(again.WasPendingBefore);
    }

    [Fact]
    public void Somebody_who_was_pending_before_is_invited_without_the_claim_that_a_mail_went_out()
    {
        var found = Moved(An.Invitation(InvitationStatus.Approved), new LookedUp(Standing.Pending, SomeUser, An.Instant));

        Assert.Equal(InvitationStatus.Invited, found.Status);
        Assert.True(found.WasPendingBefore);
    }

    [Fact]
    public void Once_the_portal_has_been_looked_at_it_is_too_late_for_undo()
    {
        var looked = Moved(An.Invitation(InvitationStatus.Approved), new LookedUp(Standing.Absent, null, An.Instant));

        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(looked, new Undo(An.Alice)));
    }

    [Fact]
    public void A_text_that_waits_to_be_forwarded_is_not_called_a_welcome() =>
        Assert.Equal(
            InvitationStatus.Joined,
            Moved(An.Invitation(InvitationStatus.Joined), new WelcomeSettled(TeamsWelcome.Unreachable)).Status
        );

    [Fact]
    public void Whatever_happens_in_whatever_order_a_finished_invitation_stays_finished_and_nobody_is_invited_unseen() =>
        Prop.ForAll(
                Gen.Elements(Everything).ListOf().ToArbitrary(),
                events =>
                {
                    var it = An.Invitation();

                    foreach (var happened in events)
                    {
                        if (InvitationLifecycle.Apply(it, happened) is not Transition.Moved { Invitation: var next })
                        {
                            continue;
                        }

                        var finished =
                            it.Status is InvitationStatus.AlreadyMember or InvitationStatus.Cancelled or InvitationStatus.Expired;
                        Assert.False(finished && next.Status != it.Status);
                        Assert.True(next.Status is not InvitationStatus.Invited || next.PortalUser is not null);
                        Assert.True(next.Status is not (InvitationStatus.Joined or InvitationStatus.Welcomed) || next.JoinedAt is not null);
                        it = next;
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_status_has_words_of_its_own() =>
        Assert.Distinct(Enum.GetValues<InvitationStatus>().Select(status => Words.For(status)));

    private static Invitation Moved(Invitation it, InvitationEvent happened) =>
        Assert.IsType<Transition.Moved>(InvitationLifecycle.Apply(it, happened)).Invitation;

    private static string Name(InvitationEvent happened) =>
        happened switch
        {
            LookedUp e => $"LookedUp {e.Standing}",
            SeenOnPortal e => $"SeenOnPortal {e.Standing}",
            WelcomeSettled e => $"WelcomeSettled {e.Outcome}",
            _ => happened.GetType().Name,
        };

    private static string Result(Transition transition) =>
        transition switch
        {
            Transition.Moved moved =>
                $"{moved.Invitation.Status}{Because(moved.Invitation)}  {string.Join(", ", moved.Steps.Select(step => step.Kind))}".TrimEnd(),
            _ => "-",
        };

    private static string Because(Invitation it) => it.Cause is { } cause ? $" ({cause})" : "";
}
