using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using static DocSpaceBot.Lifecycle.InvitationEvent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class LedgerEntriesTests
{
    private static readonly Guid SomeUser = new("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");

    /// <summary>One of each event.</summary>
    private static readonly InvitationEvent[] Everything =
    [
        new Allow("rule", An.Instant, TimeSpan.Zero),
        new Ask("rule", 2, An.Instant.AddDays(7)),
        new ShownToApprovers(Standing.Absent, An.Instant),
        new Approve(An.Dana, An.Alice, "managers", 1, [], An.Instant, TimeSpan.Zero),
        new Deny(An.Dana, An.Alice, "managers", "not with us", An.Instant),
        new TakeBackApproval(An.Dana, An.Instant),
        new Forbid("rule", Cause.RulesForbid),
        new Undo(An.Alice),
        new Cancel(An.Alice),
        new RoomFound(7),
        new SendBegun(An.Instant),
        new SendNotMade(),
        new InviteBegun(An.Instant),
        new InviteNotMade(),
        new LookedUp(Standing.Pending, SomeUser, An.Instant),
        new LinkMade(An.Instant),
        new PortalRefused(Cause.SeatsFull, An.Instant),
        new PortalBusy(Cause.PortalLimit, An.Instant, An.Instant),
        new GaveUp(Cause.PortalUnavailable, An.Instant),
        new TryAgain(An.Alice),
        new WishAsked(Wish.Resend, An.Alice, An.Instant),
        new WishBegun(Wish.Resend),
        new WishNotMade(Wish.Resend, Cause.PortalLimit),
        new WishDelayed(Wish.Resend, Cause.PortalLimit),
        new WishSettled(Wish.Resend, WishState.Done, null, An.Instant),
        new SeenOnPortal(Standing.Active, An.Instant, NoticedBy.Sweep),
        new PortalWelcomeMoved(PortalWelcome.Refused),
        new WelcomeSettled(TeamsWelcome.Sent, An.Instant),
        new Reminded(An.Instant),
        new DeadlinePassed(),
    ];

    [Fact]
    public void Every_event_there_is_has_a_place_in_the_ledger()
    {
        Assert.Equal(
            typeof(InvitationEvent).GetNestedTypes().Select(type => type.Name).Order(),
            Everything.Select(happened => happened.GetType().Name).Order()
        );
        Assert.Equal(
            [nameof(RoomFound), nameof(Reminded)],
            Everything.Where(happened => Told(happened) is null).Select(happened => happened.GetType().Name)
        );
    }

    [Fact]
    public void No_two_kinds_of_events_are_told_as_the_same() =>
        Assert.Distinct(Everything.Select(happened => Told(happened)?.Kind).Where(kind => kind is not null));

    [Fact]
    public void Every_kind_has_words_of_its_own() => Assert.Distinct(Enum.GetValues<LedgerKind>().Select(kind => LedgerWords.For(kind)));

    [Fact]
    public void Whatever_can_be_seen_has_words()
    {
        Assert.Distinct(Enum.GetValues<Standing>().Select(standing => LedgerWords.For(standing)));
        Assert.Distinct(Enum.GetValues<Cause>().Select(cause => LedgerWords.For(cause)));
        Assert.Distinct(Enum.GetValues<Wish>().Select(wish => LedgerWords.For(wish)));
        Assert.Distinct(Enum.GetValues<WishState>().Select(state => LedgerWords.For(state)));
        Assert.Distinct(Enum.GetValues<PortalWelcome>().Select(welcome => LedgerWords.For(welcome)));
        Assert.Distinct(Enum.GetValues<TeamsWelcome>().Select(welcome => LedgerWords.For(welcome)));
    }

    [Fact]
    public void Who_asked_acts_as_the_requester_and_nobody_else_does()
    {
        Assert.Equal((An.Alice, LedgerRight.Requester), By(new Cancel(An.Alice)));
        Assert.Equal((An.Dana, null), By(new Cancel(An.Dana)));
        Assert.Equal((null, null), By(new DeadlinePassed()));

        static (Person?, string?) By(InvitationEvent happened) => (Told(happened)!.Actor, Told(happened)!.Right);
    }

    [Fact]
    public void A_request_is_told_once_and_each_of_its_people_with_role_room_and_reason()
    {
        var guest = An.Invitation(InvitationStatus.Approved) with { Role = DocSpaceRole.Guest, Room = "Q4 Audit", Wish = Wish.Resend };

        var entries = LedgerEntries.Of(An.Request() with { Reason = "year end" }, [guest, An.Invitation()], An.Instant).ToList();

        Assert.Equal([LedgerKind.Requested, LedgerKind.Asked, LedgerKind.Asked], entries.Select(it => it.Kind));
        Assert.Equal("2 people, reason: year end", entries[0].Detail);
        Assert.Equal("as Guest, into the room “Q4 Audit”, if already there: the mail once more, reason: year end", entries[1].Detail);
        Assert.All(entries, it => Assert.Equal((An.Alice, LedgerRight.Requester), (it.Actor, it.Right)));
    }

    [Fact]
    [InGerman]
    public void What_is_kept_has_the_same_words_whoever_caused_it_and_only_what_happened_is_read_in_another_language()
    {
        var link = An.Invitation() with { Link = LinkTerms.Usual with { Uses = 1, Domains = ["contoso.com"] } };

        var entries = LedgerEntries.Of(An.Request(), [link], An.Instant).ToList();

        Assert.Equal("a link", entries[0].Detail);
        Assert.Equal("a link as User, for 1 person, 7 days long, only contoso.com", entries[1].Detail);
        Assert.Equal("DocSpace hat den Aufruf nicht ausgeführt", LedgerWords.For(LedgerKind.CallNotMade));
        Assert.All(Everything, happened => Assert.Equal(InEnglish(() => Told(happened)?.Detail), Told(happened)?.Detail));
    }

    [Fact]
    public void A_look_that_shows_what_was_known_is_not_told()
    {
        var looked = An.Invitation(InvitationStatus.Approved) with { Before = Standing.Absent, LookedAt = An.Instant };

        Assert.Null(Told(new LookedUp(Standing.Absent, null, An.Instant), looked, looked with { LookedAt = An.Instant.AddMinutes(1) }));
        Assert.NotNull(Told(new LookedUp(Standing.Absent, null, An.Instant), looked with { Before = null }, looked));
    }

    [Fact]
    public void What_a_look_into_a_room_shows_is_told_of_the_room()
    {
        var before = An.Invitation(InvitationStatus.Approved) with { Room = "Design", RoomId = 7 };

        Assert.Equal("not in the room, as User", Seen(Standing.Absent));
        Assert.Equal("in the room, active, as User", Seen(Standing.Active));
        Assert.Equal("account disabled, as User", Seen(Standing.Disabled));

        string? Seen(Standing standing) =>
            Told(new LookedUp(standing, SomeUser, An.Instant) { Role = DocSpaceRole.User }, before, before)?.Detail;
    }

    private static string? InEnglish(Func<string?> told)
    {
        var language = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Language.Usual;
        var words = told();
        CultureInfo.CurrentUICulture = language;
        return words;
    }

    private static LedgerEntry? Told(InvitationEvent happened) => Told(happened, An.Invitation(), An.Invitation(InvitationStatus.Approved));

    private static LedgerEntry? Told(InvitationEvent happened, Invitation before, Invitation after) =>
        LedgerEntries.Of("tenant", An.Alice.Id, before, happened, after, An.Instant);
}
