using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Says that somebody is active, after how long, and what became of the welcome.</summary>
internal static class FollowUpCard
{
    public static string Summary(Invitation it) => FollowUpTexts.HasJoined.With(it.Email);

    public static AdaptiveCard For(Invitation it) =>
        new()
        {
            FallbackText = Summary(it),
            Body =
            [
                new Container
                {
                    Style = ContainerStyle.Good,
                    Bleed = true,
                    Items =
                    [
                        new TextBlock(FollowUpTexts.HasJoined.With(CardText.Escape(it.Email)))
                        {
                            Size = TextSize.Large,
                            Weight = TextWeight.Bolder,
                            Style = TextBlockStyle.Heading,
                        },
                    ],
                },
                new FactSet(
                    new Fact(FollowUpTexts.Active, FollowUpTexts.ActiveAfter.With(After(it))),
                    new Fact(FollowUpTexts.WelcomeByDocSpace, Words(it.PortalWelcome)),
                    new Fact(FollowUpTexts.WelcomeInTeams, Words(it.TeamsWelcome))
                ),
                .. it.TeamsWelcome is TeamsWelcome.Unreachable
                    ?
                    [
                        new TextBlock(FollowUpTexts.TextToForward) { IsSubtle = true, Spacing = Spacing.Medium },
                        new TextBlock(FollowUpTexts.WelcomeToForward) { Spacing = Spacing.Small },
                    ]
                    : Array.Empty<TextBlock>(),
            ],
        };

    private static string After(Invitation it)
    {
        var after = (it.JoinedAt - it.AskedAt) ?? TimeSpan.Zero;
        return after switch
        {
            { TotalDays: >= 2 } => FollowUpTexts.SeenAfterDays.With((int)after.TotalDays),
            { TotalHours: >= 2 } => FollowUpTexts.SeenAfterHours.With((int)after.TotalHours),
            { TotalMinutes: >= 2 } => FollowUpTexts.SeenAfterMinutes.With((int)after.TotalMinutes),
            _ => FollowUpTexts.SeenAtOnce,
        };
    }

    private static string Words(PortalWelcome welcome) =>
        welcome switch
        {
            PortalWelcome.Accepted => FollowUpTexts.PortalAccepted,
            PortalWelcome.Refused => FollowUpTexts.PortalRefused,
            PortalWelcome.KnownRefused => FollowUpTexts.PortalKnownRefused,
            PortalWelcome.SwitchedOff => FollowUpTexts.SwitchedOff,
            _ => FollowUpTexts.PortalUnknown,
        };

    private static string Words(TeamsWelcome welcome) =>
        welcome switch
        {
            TeamsWelcome.Sent => FollowUpTexts.TeamsSent,
            TeamsWelcome.Unreachable => FollowUpTexts.TeamsUnreachable,
            TeamsWelcome.NotNeeded => FollowUpTexts.TeamsNotNeeded,
            _ => FollowUpTexts.SwitchedOff,
        };
}
