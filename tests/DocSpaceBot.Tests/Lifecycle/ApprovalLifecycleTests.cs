using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;
using static DocSpaceBot.Lifecycle.InvitationEvent;

namespace DocSpaceBot.Tests.Lifecycle;

/// <summary>Whatever happens in whatever order: nobody is brought in without as many a yes as are needed.</summary>
public sealed class ApprovalLifecycleTests
{
    private const int Needed = 2;

    private static readonly TimeSpan Undo = TimeSpan.FromSeconds(10);

    private static readonly Person[] People =
    [
        An.Alice,
        An.Dana,
        new("33333333-3333-4333-8333-333333333332", "Max"),
        new("33333333-3333-4333-8333-333333333333", "Olga"),
    ];

    private static readonly Invitation Asked = An.Invitation() with { Needed = Needed, DecideBy = An.Instant.AddDays(7) };

    [Fact]
    public void Nothing_leaves_without_the_votes_of_as_many_as_are_needed_besides_the_requester() =>
        Prop.ForAll(
                Events().ListOf().ToArbitrary(),
                events =>
                {
                    var it = Asked;

                    foreach (var happened in events)
                    {
                        if (InvitationLifecycle.Apply(it, happened) is not Transition.Moved moved)
                        {
                            continue;
                        }

                        it = moved.Invitation;
                        Assert.DoesNotContain(it.Votes, vote => vote.By.Id == An.Alice.Id);
                        Assert.Equal(it.Votes.Count, it.Votes.Select(vote => vote.By.Id).Distinct().Count());

                        if (it.Status is InvitationStatus.Approved || it.SendBegunAt is not null)
                        {
                            Assert.InRange(it.Votes.Count, Needed, People.Length - 1);
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_leaves_before_the_time_to_take_it_back_is_over() =>
        Prop.ForAll(
                Gen.Choose(-20, 20).ToArbitrary(),
                seconds =>
                {
                    var approved = Asked with
                    {
                        Status = InvitationStatus.Approved,
                        Before = Standing.Absent,
                        SendFrom = An.Instant,
                        Votes = [new(An.Dana, An.Instant, "managers")],
                    };
                    var at = An.Instant.AddSeconds(seconds);

                    Assert.Equal(seconds >= 0, InvitationLifecycle.Apply(approved, new SendBegun(at)) is Transition.Moved);
                    Assert.Equal(seconds < 0, InvitationLifecycle.Apply(approved, new TakeBackApproval(An.Dana, at)) is Transition.Moved);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Once_it_is_denied_expired_or_taken_back_nobody_approves_it_any_more() =>
        Assert.All(
            new[] { InvitationStatus.Denied, InvitationStatus.Expired, InvitationStatus.Cancelled },
            status => Assert.IsType<Transition.Refused>(InvitationLifecycle.Apply(Asked with { Status = status }, Yes(An.Dana, [])))
        );

    [Fact]
    public void A_yes_of_somebody_who_has_lost_the_right_is_dropped_when_the_next_one_comes()
    {
        var one = Moved(Asked, Yes(An.Dana, []));
        var two = Moved(one, Yes(People[2], []));

        Assert.Equal(InvitationStatus.PendingApproval, two.Status);
        Assert.Equal([People[2]], two.Votes.Select(vote => vote.By));
    }

    private static Gen<InvitationEvent> Events() =>
        Gen.OneOf(
            from who in Gen.Elements(People)
            from entitled in Gen.SubListOf(People.Select(person => person.Id))
            select (InvitationEvent)Yes(who, [.. entitled]),
            from who in Gen.Elements(People)
            select (InvitationEvent)new TakeBackApproval(who, An.Instant.AddSeconds(1)),
            from late in Gen.Elements(0, 5, 60)
            select (InvitationEvent)new SendBegun(An.Instant.AddSeconds(late)),
            Gen.Elements<InvitationEvent>(
                new ShownToApprovers(Standing.Absent, An.Instant),
                new LookedUp(Standing.Absent, null, An.Instant),
                new LookedUp(Standing.Pending, Guid.Empty, An.Instant),
                new PortalRefused(Cause.SeatsFull, An.Instant),
                new TryAgain(An.Alice),
                new Undo(An.Alice),
                new WishAsked(Wish.Resend, An.Alice, An.Instant),
                new DeadlinePassed()
            )
        );

    private static Approve Yes(Person who, IReadOnlyList<string> entitled) =>
        new(who, An.Alice, "managers", Needed, entitled, An.Instant, Undo);

    private static Invitation Moved(Invitation it, InvitationEvent happened) =>
        Assert.IsType<Transition.Moved>(InvitationLifecycle.Apply(it, happened)).Invitation;
}
