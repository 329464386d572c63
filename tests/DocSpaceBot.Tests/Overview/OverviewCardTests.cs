using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Overview;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Tests.Overview;

/// <summary>The lists and the counts, as people see them.</summary>
public sealed class OverviewCardTests
{
    private static readonly Reader Alice = new("tenant", An.Alice, "a:alice", IsPersonal: true);

    private static readonly Reader InGroup = new("tenant", An.Alice, "19:group@thread.v2", IsPersonal: false);

    private static readonly Reader Olga = new(
        "tenant",
        new("33333333-3333-4333-8333-333333333339", "Olga Orlova"),
        "a:olga",
        IsPersonal: true
    );

    private static readonly InviteRequest Request = An.Request();

    private static readonly InviteRequest FromGroup = An.Request() with
    {
        Id = new("019a0000-0000-7000-8000-0000000000ac"),
        ConversationId = "19:group@thread.v2",
        AskedAt = An.Instant.AddDays(-1),
    };

    private static readonly Dictionary<RequestId, StandingCard> Cards = new()
    {
        [FromGroup.Id] = new()
        {
            Subject = FromGroup.Id.Value,
            ConversationId = "19:group@thread.v2",
            ConversationType = "groupChat",
            ActivityId = "1700000000001",
        },
    };

    private static readonly AskedRequest[] Asked =
    [
        new(Request, [(InvitationStatus.LinkReady, 1)], Link(InvitationStatus.LinkReady), An.Link() with { Taken = 3 }),
        new(FromGroup, [(InvitationStatus.Invited, 9), (InvitationStatus.Joined, 2), (InvitationStatus.Failed, 1)], null, null),
        new(
            Request,
            [(InvitationStatus.PendingApproval, 1)],
            Person(InvitationStatus.PendingApproval, "very.long.name.of.somebody@department.example.com"),
            null
        ),
        new(
            Request,
            [(InvitationStatus.Welcomed, 1)],
            Person(InvitationStatus.Welcomed, "*dave*@example.com") with
            {
                Role = DocSpaceRole.RoomAdmin,
            },
            null
        ),
        new(Request, [(InvitationStatus.Denied, 1)], Link(InvitationStatus.Denied), null),
    ];

    private static readonly OpenItem[] Open =
    [
        new(Request, Person(InvitationStatus.PendingApproval) with { DecideBy = An.Instant.AddDays(7) }, null),
        new(FromGroup, Person(InvitationStatus.Invited) with { InvitedAt = An.Instant.AddDays(-3) }, null),
        new(
            Request,
            Person(InvitationStatus.Approved) with
            {
                Cause = Cause.PortalUnavailable,
                NextLookAt = An.Instant.AddMinutes(1),
            },
            null
        ),
        new(Request, null, An.Link() with { Taken = 3 }),
        new(Request, null, An.Link() with { Taken = 10 }),
    ];

    private static readonly StandingCounts Counts = new(
        new([(InvitationStatus.PendingApproval, 2), (InvitationStatus.Invited, 5)], IsAll: true),
        1,
        new([(InvitationStatus.Joined, 3), (InvitationStatus.Failed, 1)], IsAll: true)
    );

    [Fact]
    public void What_somebody_asked_for() =>
        ApprovedCard.Same("MineCard.First", MineCard.For(Page(ListKind.Mine, Asked, hasMore: true), Alice, An.Instant));

    [Fact]
    public void What_somebody_asked_for_where_others_read_along() =>
        ApprovedCard.Same("MineCard.InGroup", MineCard.For(Page(ListKind.Mine, [Asked[1]], number: 1), InGroup, An.Instant));

    [Fact]
    public void Nothing_that_somebody_asked_for() =>
        ApprovedCard.Same("MineCard.None", MineCard.For(Page<AskedRequest>(ListKind.Mine, []), Alice, An.Instant));

    [Fact]
    public void In_German() =>
        InGerman(() =>
        {
            ApprovedCard.Same("MineCard.None.de", MineCard.For(Page<AskedRequest>(ListKind.Mine, []), Alice, An.Instant));
            ApprovedCard.Same("PendingCard.None.de", PendingCard.For(Page<OpenItem>(ListKind.Pending, []), InGroup, unconfirmed: 2));
            ApprovedCard.Same("StatusCard.Nothing.de", StatusCard.For(Nothing, Nothing, new(An.Instant, null), Olga));
        });

    [Fact]
    public void What_is_not_finished() =>
        ApprovedCard.Same(
            "PendingCard.Own",
            PendingCard.For(Page(ListKind.Pending, Open, hasMore: true, number: 1), Alice, unconfirmed: 0)
        );

    [Fact]
    public void What_is_not_finished_of_everybodys() =>
        ApprovedCard.Same("PendingCard.Operator", PendingCard.For(Page(ListKind.All, Open), Olga, unconfirmed: 0));

    [Fact]
    public void Behind_the_last_page_it_is_said_how_to_find_the_rest()
    {
        var card = PendingCard.For(Page(ListKind.Pending, Open, hasMore: true, number: ListPointer.MostPages - 1), Alice, 0);

        Assert.Contains("Newer ones are not listed.", card.ToJson(), StringComparison.Ordinal);
        Assert.Equal("Older", Assert.Single(card.Actions).Title);
    }

    [Fact]
    public void The_counts() => ApprovedCard.Same("StatusCard.Own", StatusCard.For(Counts, null, null, Alice));

    [Fact]
    public void The_counts_for_an_operator() =>
        ApprovedCard.Same(
            "StatusCard.Operator",
            StatusCard.For(
                Nothing,
                Counts with
                {
                    Ended = new([(InvitationStatus.Joined, 10_000)], IsAll: false),
                    OpenLinks = 12,
                },
                new(An.Instant.AddMinutes(-3), An.Instant.AddMinutes(-1)),
                Olga
            )
        );

    [Fact]
    public void One_address_with_all_its_steps() =>
        ApprovedCard.Same(
            "AddressCard.Joined",
            AddressCard.For(
                [
                    Known(
                        Person(InvitationStatus.Welcomed) with
                        {
                            Votes = [new(An.Dana, An.Instant.AddMinutes(1), "managers")],
                            InvitedAt = An.Instant.AddMinutes(2),
                            JoinedAt = An.Instant.AddDays(2),
                        },
                        older: 1
                    ),
                ],
                Alice,
                isOperator: false,
                An.Instant
            )
        );

    [Fact]
    public void Who_was_waiting_before_is_not_said_to_have_been_accepted()
    {
        var steps = InvitationSteps.For(
            Request,
            Person(InvitationStatus.Invited) with
            {
                Before = Standing.Pending,
                InvitedAt = An.Instant,
            },
            null
        );

        Assert.EndsWith(
            "was there before, looked up",
            steps.Single(step => step.Title == "Accepted by DocSpace").Value,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Several_addresses_of_which_some_are_not_known() =>
        ApprovedCard.Same(
            "AddressCard.Several",
            AddressCard.For(
                [
                    Known(
                        Person(InvitationStatus.Denied) with
                        {
                            Denial = new(An.Dana, An.Instant.AddHours(1), "Not *this* year"),
                        },
                        older: 0,
                        FromGroup
                    ),
                    Known(
                        Person(InvitationStatus.Failed, "erin@example.com") with
                        {
                            Cause = Cause.SeatsFull,
                            Room = "Q4 [Audit]",
                        },
                        older: 7
                    ),
                    new("nobody@example.com", IsUnconfirmed: false, null),
                    new("listed@example.com", IsUnconfirmed: true, null),
                ],
                InGroup,
                isOperator: false,
                An.Instant
            )
        );

    private static StandingCounts Nothing => new(new([], IsAll: true), 0, new([], IsAll: true));

    private static Invitation Person(InvitationStatus status, string email = "carol@example.com") =>
        An.Invitation(status) with
        {
            Email = email,
        };

    private static Invitation Link(InvitationStatus status) => An.Invitation(status) with { Email = "", Link = LinkTerms.Usual };

    private static AddressStatus Known(Invitation it, int older, InviteRequest? request = null) =>
        new(it.Email, IsUnconfirmed: false, new(request ?? Request, it, older, Cards.GetValueOrDefault((request ?? Request).Id)));

    private static ListPage<T> Page<T>(ListKind kind, IReadOnlyList<T> rows, bool hasMore = false, int number = 0) =>
        new(new(kind, kind is ListKind.All ? Olga.Who.Id : An.Alice.Id), number, rows, hasMore, Cards);

    private static void InGerman(Action draw)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");

        try
        {
            draw();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
