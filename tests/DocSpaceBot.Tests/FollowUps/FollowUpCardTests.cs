using DocSpace.Api;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Tests.FollowUps;

public sealed class FollowUpCardTests
{
    private const string Portal = "https://docspace.example.com";

    private static readonly Invitation Joined = An.Invitation(InvitationStatus.Welcomed) with
    {
        InvitedAt = An.Instant,
        JoinedAt = An.Instant.AddDays(3),
        PortalWelcome = PortalWelcome.Refused,
        TeamsWelcome = TeamsWelcome.Sent,
        JoinedBy = NoticedBy.Webhook,
        ConfirmedAt = An.Instant.AddDays(3),
        PortalRole = DocSpaceRole.User,
    };

    [Fact]
    public void Welcomed_in_Teams() => ApprovedCard.Same("FollowUpCard.WelcomedInTeams", Card(Joined));

    [Fact]
    public void Welcomed_by_the_portal() =>
        ApprovedCard.Same(
            "FollowUpCard.WelcomedByPortal",
            Card(Joined with { PortalWelcome = PortalWelcome.Accepted, TeamsWelcome = TeamsWelcome.NotNeeded })
        );

    [Fact]
    public void Not_reachable_in_Teams() =>
        ApprovedCard.Same(
            "FollowUpCard.TextToForward",
            Card(
                Joined with
                {
                    Status = InvitationStatus.Joined,
                    JoinedAt = An.Instant.AddMinutes(50),
                    PortalWelcome = PortalWelcome.KnownRefused,
                    TeamsWelcome = TeamsWelcome.Unreachable,
                }
            )
        );

    [Fact]
    public void Landed_with_another_role_than_was_asked_for() =>
        ApprovedCard.Same("FollowUpCard.OtherRole", Card(Joined with { Role = DocSpaceRole.RoomAdmin }));

    [Fact]
    [InGerman]
    public void Welcomed_in_Teams_in_german() => ApprovedCard.Same("FollowUpCard.WelcomedInTeams.de", Card(Joined));

    [Fact]
    public void Of_a_long_list_there_is_one_card() =>
        ApprovedCard.Same(
            "FollowUpListCard",
            FollowUpListCard.For(
                [.. Enumerable.Range(0, 40).Select(row => Joined with { Row = row })],
                [
                    Joined with
                    {
                        Email = "landed@example.com",
                        Role = DocSpaceRole.RoomAdmin,
                    },
                    .. Enumerable
                        .Range(0, 12)
                        .Select(row => Joined with { Email = $"person{row}@example.com", JoinedAt = An.Instant.AddHours(40 - row) }),
                ]
            )
        );

    [Fact]
    public void With_a_thousand_who_have_joined_it_still_fits_into_a_message()
    {
        List<Invitation> all =
        [
            .. Enumerable
                .Range(0, 1_000)
                .Select(row => Joined with { Email = $"a.rather.long.name.of.person.{row}@subsidiary.example.com" }),
        ];

        Assert.InRange(FollowUpListCard.For(all, all).ToUtf8().Length, 1, 26_000);
    }

    [Fact]
    public void Welcome_in_the_operators_own_words() =>
        ApprovedCard.Same(
            "WelcomeCard.OwnWords",
            WelcomeCard.For(
                new() { WelcomeTexts = { ["en"] = "Hello {name}, good to have you here. Start in the room **Welcome**." } },
                "Bob *Brown*",
                Portal
            )
        );

    [Fact]
    public void Welcome_for_the_invitee() => ApprovedCard.Same("WelcomeCard", WelcomeCard.For(new(), "Bob", Portal));

    [Theory]
    [InlineData(30, "seen within two minutes of the request")]
    [InlineData(120, "seen 2 minutes after the request")]
    [InlineData(7199, "seen 119 minutes after the request")]
    [InlineData(7200, "seen 2 hours after the request")]
    [InlineData(172_799, "seen 47 hours after the request")]
    [InlineData(172_800, "seen 2 days after the request")]
    public void The_time_it_took_is_told_in_round_numbers(int seconds, string words) =>
        Assert.Contains(words, Card(Joined with { JoinedAt = An.Instant.AddSeconds(seconds) }).ToJson(), StringComparison.Ordinal);

    private static AdaptiveCard Card(Invitation it) => FollowUpCard.For(it, Portal, WelcomeCard.ToForward(new(), it));
}
