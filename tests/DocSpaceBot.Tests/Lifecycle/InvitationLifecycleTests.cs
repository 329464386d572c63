using System.Globalization;
using System.Text;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;
using static DocSpaceBot.Lifecycle.InvitationEvent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class InvitationLifecycleTests
{
    private static readonly Guid SomeUser = new("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");

    private static readonly Invitation Invited = An.Invitation(InvitationStatus.Invited) with
    {
        Before = Standing.Absent,
        SendBegunAt = An.Instant,
        PortalUser = SomeUser,
    };

    private static readonly InvitationEvent[] Wishes =
    [
        .. Enum.GetValues<Wish>().Select(wish => new WishAsked(wish, An.Alice, An.Instant)),
        .. Enum.GetValues<Wish>().Select(wish => new WishBegun(wish)),
        .. Enum.GetValues<Wish>().Select(wish => new WishNotMade(wish, Cause.PortalUnavailable)),
        .. Enum.GetValues<Wish>().Select(wish => new WishDelayed(wish, Cause.PortalUnavailable)),
        .. from wish in Enum.GetValues<Wish>()
        from outcome in (WishState[])[WishState.Done, WishState.Refused, WishState.Unknown]
        select new WishSettled(wish, outcome, null, An.Instant),
    ];

    private static readonly InvitationEvent[] Everything =
    [
        new Allow("rule", An.Instant, TimeSpan.Zero),
        new Ask("rule", 1, An.Instant.AddDays(7)),
        new ShownToApprovers(Standing.Absent, An.Instant),
        new Approve(An.Dana, An.Alice, "managers", 1, [], An.Instant, TimeSpan.FromSeconds(10)),
        new Deny(An.Dana, An.Alice, "managers", "not with us", An.Instant),
        new TakeBackApproval(An.Dana, An.Instant.AddSeconds(-1)),
        new Forbid("rule", Cause.RulesForbid),
        new Undo(An.Alice),
        new Cancel(An.Alice),
        new RoomFound(7),
        new SendBegun(An.Instant),
        new SendNotMade(),
        new InviteBegun(An.Instant),
        new InviteNotMade(),
        .. Enum.GetValues<Standing>().Select(standing => new LookedUp(standing, SomeUser, An.Instant)),
        new LinkMade(An.Instant),
        new PortalRefused(Cause.SeatsFull, An.Instant),
        new PortalBusy(Cause.PortalLimit, An.Instant, An.Instant),
        new GaveUp(Cause.PortalUnavailable, An.Instant),
        new TryAgain(An.Alice),
        .. Enum.GetValues<Standing>().Select(standing => new SeenOnPortal(standing, An.Instant, NoticedBy.Sweep)),
        new SeenOnPortal(Standing.Active, An.Instant, NoticedBy.Webhook) { IsConfirmed = true },
        new PortalWelcomeMoved(PortalWelcome.Refused),
        .. Enum.GetValues<TeamsWelcome>().Select(outcome => new WelcomeSettled(outcome, An.Instant)),
        new Reminded(An.Instant),
        new DeadlinePassed(),
        new DeadlinePassed(Revoke: true),
        .. Wishes,
    ];

    /// <summary>An invitation in each status, and where more than the status decides, in each state of that.</summary>
    private static IEnumerable<(string Name, Invitation It)> Variants()
    {
        foreach (var status in Enum.GetValues<InvitationStatus>())
        {
            yield return ($"{status}", An.Invitation(status));

            switch (status)
            {
                case InvitationStatus.PendingApproval:
                    var asked = An.Invitation(status) with { DecideBy = An.Instant.AddDays(7) };
                    yield return ($"{status}, somebody is asked", asked);
                    yield return ($"{status}, two are needed", asked with { Needed = 2 });
                    yield return ($"{status}, a link that somebody is asked for", asked with { Link = LinkTerms.Usual });
                    yield return (
                        $"{status}, this person has approved and another is needed",
                        asked with
                        {
                            Needed = 2,
                            Votes = [new(An.Dana, An.Instant, "managers")],
                        }
                    );
                    break;

                case InvitationStatus.Approved:
                    yield return (
                        $"{status} by somebody, a moment ago",
                        An.Invitation(status) with
                        {
                            DecideBy = An.Instant.AddDays(7),
                            Votes = [new(An.Dana, An.Instant, "managers")],
                        }
                    );
                    var seen = An.Invitation(status) with { Before = Standing.Absent };
                    yield return ($"{status}, shown as being there already", An.Invitation(status) with { Wish = Wish.Resend });
                    yield return ($"{status}, nobody had the address at the first look", seen);
                    seen = seen with { SendBegunAt = An.Instant };
                    yield return ($"{status}, and the call has begun", seen);
                    yield return ($"{status}, and the person is created", seen with { Creates = true, CreatedAt = An.Instant });
                    yield return ($"{status}, and the person had DocSpace before", seen with { WasInPortal = true });
                    yield return ($"{status}, a link", An.Invitation(status) with { Link = LinkTerms.Usual });
                    break;

                case InvitationStatus.Invited:
                    var ours = An.Invitation(status) with
                    {
                        Before = Standing.Absent,
                        SendBegunAt = An.Instant,
                        PortalUser = SomeUser,
                        PortalRole = DocSpaceRole.RoomAdmin,
                    };
                    yield return ($"{status} by us, with another role", ours);
                    yield return (
                        $"{status} by us, and the requester was asked",
                        ours with
                        {
                            WaitsSince = An.Instant,
                            RemindedAt = An.Instant,
                        }
                    );
                    yield return (
                        $"{status} by us, mailed again a moment ago",
                        ours with
                        {
                            WaitsSince = An.Instant,
                            Wish = Wish.Resend,
                            WishState = WishState.Done,
                        }
                    );
                    yield return ($"{status} by us, created", ours with { CreatedAt = An.Instant });

                    foreach (var wish in Enum.GetValues<Wish>())
                    {
                        foreach (var state in Enum.GetValues<WishState>())
                        {
                            yield return ($"{status} by us, {wish} {state}", ours with { Wish = wish, WishState = state });
                        }
                    }

                    break;

                case InvitationStatus.Expired:
                    var late = An.Invitation(status) with { InvitedAt = An.Instant, Before = Standing.Absent, SendBegunAt = An.Instant };
                    yield return ($"{status} after the invitation", late);
                    yield return ($"{status}, Revoke Begun", late with { Wish = Wish.Revoke, WishState = WishState.Begun });
                    break;

                case InvitationStatus.Welcomed:
                    yield return ($"{status} and confirmed", An.Invitation(status) with { ConfirmedAt = An.Instant });
                    break;

                case InvitationStatus.AlreadyMember:
                    yield return ($"{status}, with another role", An.Invitation(status) with { PortalRole = DocSpaceRole.RoomAdmin });
                    break;

                case InvitationStatus.Joined:
                    yield return ($"{status}, with another role", An.Invitation(status) with { PortalRole = DocSpaceRole.RoomAdmin });

                    foreach (var wish in Enum.GetValues<Wish>())
                    {
                        yield return ($"{status}, {wish} Begun", An.Invitation(status) with { Wish = wish, WishState = WishState.Begun });
                    }

                    break;
            }
        }
    }

    [Fact]
    public void The_whole_table_is_as_approved()
    {
        var table = new StringBuilder().AppendLine("What is not listed is refused.");

        foreach (var (name, it) in Variants())
        {
            table.AppendLine().AppendLine(name);
            var moves = 0;

            foreach (var happened in Everything)
            {
                if (InvitationLifecycle.Apply(it, happened) is Transition.Moved moved)
                {
                    moves++;
                    table.AppendLine(CultureInfo.InvariantCulture, $"    {Name(happened), -32} {Result(moved)}");
                }
            }

            if (moves == 0)
            {
                table.AppendLine("    -");
            }
        }

        Approved.Same("InvitationLifecycle.approved.txt", table.ToString());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(60, false)]
    public void Nobody_approves_when_the_time_is_over_though_it_has_not_expired_yet(int secondsAfter, bool isPossible)
    {
        var asked = An.Invitation() with { DecideBy = An.Instant };
        var approved = new Approve(An.Dana, An.Alice, "managers", 1, [], An.Instant.AddSeconds(secondsAfter), TimeSpan.Zero);

        Assert.Equal(isPossible, InvitationLifecycle.Apply(asked, approved) is Transition.Moved);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void A_link_that_can_be_taken_back_is_not_made(int secondsAfter, bool isMade)
    {
        var approved = An.Invitation(InvitationStatus.Approved) with { Link = LinkTerms.Usual, SendFrom = An.Instant };

        var made = InvitationLifecycle.Apply(approved, new LinkMade(An.Instant.AddSeconds(secondsAfter)));

        Assert.Equal(isMade, made is Transition.Moved);
    }

    [Fact]
    public void Who_finds_that_the_rules_have_changed_does_not_wake_others_to_find_that_too()
    {
        var asked = An.Invitation() with { DecideBy = An.Instant.AddDays(7) };

        var moved = Assert.IsType<Transition.Moved>(InvitationLifecycle.Apply(asked, new Ask("stricter", 2, An.Instant.AddDays(9))));

        Assert.Equal(("stricter", 2, asked.DecideBy), (moved.Invitation.Rule, moved.Invitation.Needed, moved.Invitation.DecideBy));
        Assert.DoesNotContain(moved.Steps, step => step.Kind == StepKind.AskApprovers);
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
        var begun = Moved(looked, new SendBegun(An.Instant));
        var again = Moved(begun, new LookedUp(Standing.Pending, SomeUser, An.Instant));

        Assert.Equal(InvitationStatus.Invited, again.Status);
        Assert.False(again.WasPendingBefore);
    }

    [Theory]
    [InlineData(nameof(Cause.SeatsFull), false)]
    [InlineData(nameof(Cause.Forbidden), false)]
    [InlineData(nameof(Cause.PortalUnavailable), true)]
    [InlineData(nameof(Cause.NotKnown), true)]
    public void Who_is_found_after_a_plain_no_was_brought_in_by_others(string cause, bool isOurs)
    {
        var failed = An.Invitation(InvitationStatus.Failed) with
        {
            Cause = Enum.Parse<Cause>(cause),
            Before = Standing.Absent,
            SendBegunAt = An.Instant,
        };

        var found = Moved(Moved(failed, new TryAgain(An.Alice)), new LookedUp(Standing.Pending, SomeUser, An.Instant));

        Assert.Equal((InvitationStatus.Invited, isOurs), (found.Status, found.IsOurs));
        Assert.Equal(!isOurs, found.WasPendingBefore);
        Assert.Equal(isOurs, InvitationLifecycle.Apply(found, new WishAsked(Wish.Revoke, An.Alice, An.Instant)) is Transition.Moved);
    }

    [Fact]
    public void Somebody_who_was_pending_before_is_invited_without_the_claim_that_a_mail_went_out()
    {
        var found = Moved(An.Invitation(InvitationStatus.Approved), new LookedUp(Standing.Pending, SomeUser, An.Instant));

        Assert.Equal(InvitationStatus.Invited, found.Status);
        Assert.True(found.WasPendingBefore);
    }

    [Fact]
    public void A_text_that_waits_to_be_forwarded_is_not_called_a_welcome() =>
        Assert.Equal(
            InvitationStatus.Joined,
            Moved(An.Invitation(InvitationStatus.Joined), new WelcomeSettled(TeamsWelcome.Unreachable, An.Instant)).Status
        );

    [Fact]
    public void Once_the_call_has_begun_it_is_too_late_to_take_it_back()
    {
        var looked = Moved(An.Invitation(InvitationStatus.Approved), new LookedUp(Standing.Absent, null, An.Instant));
        var begun = Moved(looked, new SendBegun(An.Instant));

        Assert.Equal(InvitationStatus.Cancelled, Moved(looked, new Cancel(An.Alice)).Status);
        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(begun, new Undo(An.Alice)));
        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(begun, new Cancel(An.Alice)));
    }

    [Fact]
    public void A_mail_is_sent_again_once_however_often_it_is_wished_for()
    {
        var done = Moved(
            Moved(Moved(Invited, new WishAsked(Wish.Resend, An.Alice, An.Instant)), new WishBegun(Wish.Resend)),
            new WishSettled(Wish.Resend, WishState.Done, null, An.Instant)
        );

        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(done, new WishAsked(Wish.Resend, An.Alice, An.Instant)));
    }

    [Fact]
    public void Who_was_mailed_again_while_it_was_looked_whether_they_have_joined_is_neither_expired_nor_asked_about()
    {
        var mailed = Invited with { WaitsSince = An.Instant };
        var before = An.Instant.AddMinutes(-1);

        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(mailed, new DeadlinePassed(Revoke: true) { NobodySince = before }));
        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(mailed, new DeadlinePassed { NobodySince = before }));
        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(mailed, new Reminded(before)));
        Assert.Equal(InvitationStatus.Expired, Moved(mailed, new DeadlinePassed { NobodySince = An.Instant }).Status);
    }

    [Fact]
    public void What_is_just_being_withdrawn_because_it_expired_is_not_mailed_again_at_the_same_time()
    {
        var expired = Moved(Invited with { InvitedAt = An.Instant }, new DeadlinePassed(Revoke: true));
        var begun = Moved(expired, new WishBegun(Wish.Revoke));

        Assert.Equal(Refusal.WishUnderWay, Assert.IsType<Transition.Refused>(Resend(begun)).Why);
        Assert.Equal(InvitationStatus.Invited, Assert.IsType<Transition.Moved>(Resend(expired)).Invitation.Status);

        static Transition Resend(Invitation it) =>
            InvitationLifecycle.Apply(it, new WishAsked(Wish.Resend, An.Alice, An.Instant.AddDays(31)));
    }

    [Fact]
    public void What_expired_before_it_was_kept_since_when_it_waits_can_expire_again_after_it_came_back()
    {
        var expired = An.Invitation(InvitationStatus.Expired) with
        {
            InvitedAt = An.Instant,
            PortalUser = SomeUser,
            Before = Standing.Absent,
            SendBegunAt = An.Instant,
        };

        var back = Moved(expired, new WishAsked(Wish.Resend, An.Alice, An.Instant.AddDays(31)));

        Assert.Equal(An.Instant, back.WaitsSince);
    }

    [Fact]
    public void Who_withdraws_an_invitation_does_not_have_to_wait_for_a_mail_that_has_not_gone_out()
    {
        var asked = Moved(Invited, new WishAsked(Wish.Resend, An.Alice, An.Instant));
        var withdrawn = Moved(asked, new WishAsked(Wish.Revoke, An.Alice, An.Instant));

        Assert.Equal((Wish.Revoke, WishState.Asked), (withdrawn.Wish, withdrawn.WishState));
        Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(withdrawn, new WishBegun(Wish.Resend)));
    }

    [Fact]
    public void An_account_that_is_found_disabled_while_we_withdraw_it_is_withdrawn()
    {
        var begun = Moved(Moved(Invited, new WishAsked(Wish.Revoke, An.Alice, An.Instant)), new WishBegun(Wish.Revoke));
        var seen = Moved(begun, new SeenOnPortal(Standing.Disabled, An.Instant, NoticedBy.Sweep));

        Assert.Equal((InvitationStatus.Cancelled, WishState.Done), (seen.Status, seen.WishState));
    }

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

                        // Of what expired after the invitation the account is still there: a mail or the person can bring it back.
                        var canComeBack = it is { Status: InvitationStatus.Expired, InvitedAt: not null };
                        var finished =
                            it.Status is InvitationStatus.AlreadyMember or InvitationStatus.Cancelled or InvitationStatus.Expired
                            && !canComeBack;
                        Assert.True(
                            !canComeBack || next.Status is InvitationStatus.Expired or InvitationStatus.Invited or InvitationStatus.Joined
                        );
                        Assert.False(finished && next.Status != it.Status);
                        Assert.False(finished && it.Status is not InvitationStatus.AlreadyMember && next.HasOpenWish);
                        Assert.False(next.HasOpenWish && next.Wish is null);
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
            SeenOnPortal { IsConfirmed: true } e => $"SeenOnPortal {e.Standing} confirmed",
            SeenOnPortal e => $"SeenOnPortal {e.Standing}",
            DeadlinePassed { Revoke: true } => "DeadlinePassed, withdraw",
            WelcomeSettled e => $"WelcomeSettled {e.Outcome}",
            WishAsked e => $"WishAsked {e.Wish}",
            WishBegun e => $"WishBegun {e.Wish}",
            WishNotMade e => $"WishNotMade {e.Wish}",
            WishDelayed e => $"WishDelayed {e.Wish}",
            WishSettled e => $"WishSettled {e.Wish} {e.Outcome}",
            _ => happened.GetType().Name,
        };

    private static string Result(Transition.Moved moved) =>
        $"{moved.Invitation.Status}{Because(moved.Invitation)}{Wished(moved.Invitation)}  {string.Join(", ", moved.Steps.Select(step => step.Kind))}".TrimEnd();

    private static string Because(Invitation it) => it.Cause is { } cause ? $" ({cause})" : "";

    private static string Wished(Invitation it) => it.WishState is { } state ? $", {it.Wish} {state}" : "";
}
