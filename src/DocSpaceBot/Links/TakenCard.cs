using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>The link, for one person who took it; where it is no longer good the card no longer holds it.</summary>
internal static class TakenCard
{
    public static string Summary(string portal) => $"Your invitation to DocSpace ({portal})";

    /// <param name="url">Null where it cannot be shown.</param>
    public static AdaptiveCard For(SharedLink link, string? url, string portal, DateTimeOffset now)
    {
        var isGood = link.IsGoodAt(now);

        return new()
        {
            FallbackText = Summary(portal),
            Body =
            [
                CardFrame.Heading(
                    isGood ? "Your invitation to DocSpace" : $"Your invitation to DocSpace · {LinkWords.For(link.StateAt(now))}",
                    isGood ? ContainerStyle.Good : LinkWords.StyleOf(link.StateAt(now))
                ),
                new FactSet([
                    new("DocSpace", CardText.Escape(portal)),
                    new("Role", DocSpaceRoleNames.Short(link.Role)),
                    new("From", CardText.Escape(link.Owner.Name)),
                    .. LinkWords.End(link with { ExpiresAt = Ends(link) }, now) is { } end ? [end] : Array.Empty<Fact>(),
                ]),
                .. Lines(link, url, portal, now),
            ],
            Actions = isGood && url is not null ? [new OpenUrlAction("Join DocSpace", url)] : [],
        };
    }

    private static DateTimeOffset Ends(SharedLink link) =>
        link.IsOldKind && link.SecretAt + SharedLink.OldKindLife < link.ExpiresAt ? link.SecretAt + SharedLink.OldKindLife : link.ExpiresAt;

    private static IEnumerable<CardElement> Lines(SharedLink link, string? url, string portal, DateTimeOffset now)
    {
        if (!link.IsGoodAt(now))
        {
            yield return new TextBlock(
                link.StateAt(now) is LinkState.Stopped
                    ? "It was stopped. If you have joined already, nothing changes for you; else ask whoever shared it."
                    : "Its time is over. If you have joined already, nothing changes for you; else ask whoever shared it."
            );
            yield break;
        }

        if (url is null)
        {
            yield return new TextBlock("DocSpace is asked for the link. It comes in our personal chat.");
            yield break;
        }

        yield return LinkWords.Shown(url);
        yield return new TextBlock(
            "Open it, and DocSpace asks for your name and a password. The link is meant for you: please do not pass it on."
        );

        if (link.Host is { } host)
        {
            yield return new TextBlock(
                $"Beware: it leads to {CardText.Escape(host)}, not to {CardText.Escape(portal)}. Ask whoever shared it whether that is right."
            )
            {
                Color = TextColor.Attention,
            };
        }
    }
}
