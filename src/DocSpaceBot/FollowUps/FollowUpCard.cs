using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Says that somebody is active, after how long, and what became of the welcome.</summary>
internal static class FollowUpCard
{
    public static string Summary(Invitation it) => $"{it.Email} has joined DocSpace";

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
                        new TextBlock($"{CardText.Escape(it.Email)} has joined DocSpace")
                        {
                            Size = TextSize.Large,
                            Weight = TextWeight.Bolder,
                            Style = TextBlockStyle.Heading,
                        },
                    ],
                },
                new FactSet(
                    new Fact("Active", $"yes, {After(it)}"),
                    new Fact("Welcome by DocSpace", Words(it.PortalWelcome)),
                    new Fact("Welcome in Teams", Words(it.TeamsWelcome))
                ),
                .. it.TeamsWelcome is TeamsWelcome.Unreachable
                    ?
                    [
                        new TextBlock("Text to forward:") { IsSubtle = true, Spacing = Spacing.Medium },
                        new TextBlock(WelcomeCard.Text) { Spacing = Spacing.Small },
                    ]
                    : Array.Empty<TextBlock>(),
            ],
        };

    private static string After(Invitation it)
    {
        var after = (it.JoinedAt - it.AskedAt) ?? TimeSpan.Zero;
        return after switch
        {
            { TotalDays: >= 2 } => $"seen {(int)after.TotalDays} days after the request",
            { TotalHours: >= 2 } => $"seen {(int)after.TotalHours} hours after the request",
            { TotalMinutes: >= 2 } => $"seen {(int)after.TotalMinutes} minutes after the request",
            _ => "seen within two minutes of the request",
        };
    }

    private static string Words(PortalWelcome welcome) =>
        welcome switch
        {
            PortalWelcome.Accepted => "accepted by DocSpace",
            PortalWelcome.Refused => "refused: this portal does not offer the call",
            PortalWelcome.KnownRefused => "not asked for: this portal refused it less than a day ago",
            PortalWelcome.SwitchedOff => "switched off",
            _ => "unknown: DocSpace gave no clear answer, and it is asked once only",
        };

    private static string Words(TeamsWelcome welcome) =>
        welcome switch
        {
            TeamsWelcome.Sent => "sent in the personal chat",
            TeamsWelcome.Unreachable => "not sent: the person cannot be reached in Teams",
            TeamsWelcome.NotNeeded => "not needed",
            _ => "switched off",
        };
}
