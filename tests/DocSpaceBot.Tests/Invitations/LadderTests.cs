using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Invitations;

public sealed class LadderTests
{
    /// <summary>The time of the welcome has not always been kept.</summary>
    [Theory]
    [InlineData(nameof(PortalWelcome.KnownRefused), nameof(TeamsWelcome.Sent), "✓ in Teams")]
    [InlineData(nameof(PortalWelcome.Refused), nameof(TeamsWelcome.Sent), "✓ in Teams")]
    [InlineData(nameof(PortalWelcome.Accepted), nameof(TeamsWelcome.NotNeeded), "✓ by DocSpace")]
    [InlineData(nameof(PortalWelcome.Refused), nameof(TeamsWelcome.SwitchedOff), "– refused by DocSpace")]
    public void Who_was_welcomed_is_not_called_refused_because_nobody_knows_when(string byPortal, string byTeams, string words)
    {
        var it = An.Invitation(InvitationStatus.Welcomed) with
        {
            InvitedAt = An.Instant,
            JoinedAt = An.Instant,
            PortalWelcome = Enum.Parse<PortalWelcome>(byPortal),
            TeamsWelcome = Enum.Parse<TeamsWelcome>(byTeams),
        };

        Assert.Equal(words, Ladder.Of(it, lookEvery: null).Last().Value);
    }
}
