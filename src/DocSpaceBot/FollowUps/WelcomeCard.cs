using System.Globalization;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Our own welcome, for somebody who has joined: in the words of the settings, else in our own.</summary>
internal static class WelcomeCard
{
    public static string Summary => FollowUpTexts.WelcomeTitle;

    /// <summary>The same as text, for the requester to forward.</summary>
    public static string ToForward(FollowUpOptions options, Invitation it) => Own(options, it.FirstName) ?? FollowUpTexts.WelcomeToForward;

    /// <param name="name">Whom it greets, where that is known.</param>
    public static AdaptiveCard For(FollowUpOptions options, string? name, string portal)
    {
        var own = Own(options, name);
        return new()
        {
            FallbackText = own ?? FollowUpTexts.WelcomeToForward,
            Body =
            [
                CardFrame.Title(FollowUpTexts.WelcomeTitle),
                new TextBlock(own ?? FollowUpTexts.WelcomeText),
                .. own is null ? [new TextBlock(FollowUpTexts.WelcomeMissingRoom) { IsSubtle = true }] : Array.Empty<TextBlock>(),
            ],
            Actions = [new OpenUrlAction(FollowUpTexts.OpenDocSpace, portal)],
        };
    }

    /// <summary>Nobody is greeted by a name that is not known.</summary>
    private static string? Own(FollowUpOptions options, string? name) =>
        !options.WelcomeTexts.TryGetValue(CultureInfo.CurrentUICulture.Name, out var text) ? null
        : string.IsNullOrWhiteSpace(name)
            ? text.Replace($" {FollowUpOptions.NamePlace}", "", StringComparison.Ordinal)
                .Replace(FollowUpOptions.NamePlace, "", StringComparison.Ordinal)
                .Trim()
        : text.Replace(FollowUpOptions.NamePlace, CardText.Escape(name), StringComparison.Ordinal).Trim();
}
