using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Our own welcome, for somebody who has joined.</summary>
internal static class WelcomeCard
{
    public static string Summary => FollowUpTexts.WelcomeTitle;

    public static AdaptiveCard For(string portal) =>
        new()
        {
            FallbackText = FollowUpTexts.WelcomeToForward,
            Body =
            [
                new TextBlock(FollowUpTexts.WelcomeTitle)
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Style = TextBlockStyle.Heading,
                },
                new TextBlock(FollowUpTexts.WelcomeText),
                new TextBlock(FollowUpTexts.WelcomeMissingRoom) { IsSubtle = true },
            ],
            Actions = [new OpenUrlAction(FollowUpTexts.OpenDocSpace, portal)],
        };
}
