using DocSpaceBot.FollowUps;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Tests.FollowUps;

public sealed class WaitingCardTests
{
    private static readonly DateTimeOffset Asked = An.Instant.AddDays(3);

    private static readonly Invitation Waiting = An.Invitation(InvitationStatus.Invited) with
    {
        Before = Standing.Absent,
        SendBegunAt = An.Instant,
        PortalUser = Guid.Empty,
        InvitedAt = An.Instant,
        WaitsSince = An.Instant,
        RemindedAt = Asked,
    };

    [Fact]
    public void Somebody_who_has_not_joined() => ApprovedCard.Same("WaitingCard", Card(Asked, Waiting));

    [Fact]
    [InGerman]
    public void Somebody_who_has_not_joined_in_german() => ApprovedCard.Same("WaitingCard.de", Card(Asked, Waiting));

    [Fact]
    public void When_the_link_has_run_out_it_says_so() => ApprovedCard.Same("WaitingCard.LinkRunOut", Card(An.Instant.AddDays(8), Waiting));

    [Fact]
    public void Somebody_who_was_created_can_only_be_mailed_a_link_to_set_a_password() =>
        ApprovedCard.Same("WaitingCard.Created", Card(Asked, Waiting with { CreatedAt = An.Instant }));

    [Fact]
    public void Of_many_some_have_been_seen_to() =>
        ApprovedCard.Same(
            "WaitingCard.Many",
            Card(
                Asked.AddHours(2),
                [
                    .. Enumerable.Range(0, 12).Select(row => Waiting with { Row = row, Email = $"person{row}@example.com" }),
                    Waiting with
                    {
                        Row = 12,
                        Email = "mailed@example.com",
                        WaitsSince = Asked.AddHours(1),
                        Wish = Wish.Resend,
                        WishState = WishState.Done,
                    },
                    Waiting with
                    {
                        Row = 13,
                        Email = "joined@example.com",
                        Status = InvitationStatus.Joined,
                    },
                    Waiting with
                    {
                        Row = 14,
                        Email = "never.asked.about@example.com",
                        RemindedAt = null,
                    },
                ]
            )
        );

    [Fact]
    public void With_a_thousand_people_it_still_fits_into_a_message() =>
        Assert.InRange(
            Card(
                    Asked,
                    [
                        .. Enumerable
                            .Range(0, 1_000)
                            .Select(row =>
                                Waiting with
                                {
                                    Row = row,
                                    Email = $"a.rather.long.name.of.person.{row}@subsidiary.example.com",
                                }
                            ),
                    ]
                )
                .ToUtf8()
                .Length,
            1,
            26_000
        );

    [Fact]
    public void When_all_is_done_nothing_can_be_pressed() =>
        Assert.Empty(Card(Asked, Waiting with { Status = InvitationStatus.Cancelled }).Actions);

    private static AdaptiveCard Card(DateTimeOffset now, params Invitation[] all) =>
        WaitingCard.For(An.Request(), all, now, TimeSpan.FromDays(30));
}
