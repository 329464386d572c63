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
