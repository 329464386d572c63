using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Our own welcome, for somebody who has joined.</summary>
internal static class WelcomeCard
{
    public const string Summary = "Welcome to DocSpace";

    /// <summary>The same as text, for the requester to forward.</summary>
    public const string Text =
        "Welcome to DocSpace! You can open shared rooms, edit documents together and create documents of your own. If you miss a room, ask whoever invited you.";

    public static AdaptiveCard For(string portal) =>
        new()
        {
            FallbackText = Text,
            Body =
            [
                new TextBlock("Welcome to DocSpace")
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Style = TextBlockStyle.Heading,
                },
                new TextBlock(
                    "Your account is active. You can open shared rooms, edit documents together and create documents of your own."
                ),
                new TextBlock("If you miss a room, ask whoever invited you.") { IsSubtle = true },
            ],
            Actions = [new OpenUrlAction("Open DocSpace", portal)],
        };
}
