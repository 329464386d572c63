using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>The link, for one person who took it; where it is no longer good the card no longer holds it.</summary>
internal static class TakenCard
{
    public static string Summary(string portal) => LinkTexts.YoursWithPortal.With(portal);

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
                    isGood ? LinkTexts.Yours : LinkTexts.YoursIs.With(LinkWords.For(link.StateAt(now))),
                    isGood ? ContainerStyle.Good : LinkWords.StyleOf(link.StateAt(now))
                ),
                new FactSet([
                    new("DocSpace", CardText.Escape(portal)),
                    new(LinkTexts.Role, DocSpaceRoleNames.Short(link.Role)),
                    new(LinkTexts.From, CardText.Escape(link.Owner.Name)),
                    .. LinkWords.End(link with { ExpiresAt = Ends(link) }, now) is { } end ? [end] : Array.Empty<Fact>(),
                ]),
                .. Lines(link, url, portal, now),
            ],
            Actions = isGood && url is not null ? [new OpenUrlAction(LinkTexts.JoinDocSpace, url)] : [],
        };
    }

    private static DateTimeOffset Ends(SharedLink link) =>
        link.IsOldKind && link.SecretAt + SharedLink.OldKindLife < link.ExpiresAt ? link.SecretAt + SharedLink.OldKindLife : link.ExpiresAt;

    private static IEnumerable<CardElement> Lines(SharedLink link, string? url, string portal, DateTimeOffset now)
    {
        if (!link.IsGoodAt(now))
        {
            yield return new TextBlock(link.StateAt(now) is LinkState.Stopped ? LinkTexts.YoursStopped : LinkTexts.YoursExpired);
            yield break;
        }

        if (url is null)
        {
            yield return new TextBlock(LinkTexts.YoursComes);
            yield break;
        }

        yield return LinkWords.Shown(url);
        yield return new TextBlock(LinkTexts.OpenIt);

        if (link.Host is { } host)
        {
            yield return new TextBlock(LinkTexts.YoursLeadsElsewhere.With(CardText.Escape(host), CardText.Escape(portal)))
            {
                Color = TextColor.Attention,
            };
        }
    }
}
