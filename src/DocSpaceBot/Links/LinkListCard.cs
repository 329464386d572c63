using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>The links that are open, with what can be done about each. No link itself is on it, so that it may stand in a channel.</summary>
internal static class LinkListCard
{
    private const int MostRows = 10;

    public static string Summary(LinkList all) => Wording.Count(all.Rows.Count, LinkTexts.OneOpen, LinkTexts.ManyOpen);

    /// <param name="here">The channel or group in which it stands, where each link can be shared; null in the personal chat.</param>
    public static AdaptiveCard For(LinkList all, DateTimeOffset now, string? here, string? notice) =>
        new()
        {
            FallbackText = Summary(all),
            Body =
            [
                CardFrame.Heading(Summary(all), ContainerStyle.Emphasis),
                .. all.Rows.Count == 0 ? [new TextBlock(LinkTexts.NoneIsOpen)] : Array.Empty<CardElement>(),
                .. LongList.Of(
                    all.Rows,
                    MostRows,
                    row => Row(row.Link, row.Shares, all.IsEverybodys, now, here),
                    row => ($"{DocSpaceRoleNames.Short(row.Link.Role)} · {row.Link.Owner.Name}", LinkWords.Taken(row.Link))
                ),
                .. CardFrame.Notice(notice is null ? null : CardText.Escape(notice)),
            ],
        };

    private static Container Row(SharedLink link, int shares, bool byWhom, DateTimeOffset now, string? here)
    {
        var about = LinkCard.About(link.Id, LinkCard.ListView);
        var isOpen = link.StateAt(now) is LinkState.Open;

        return new()
        {
            Spacing = Spacing.Small,
            Separator = true,
            Items =
            [
                new ColumnSet
                {
                    Columns =
                    [
                        .. LongList.WhoAndWhat(
                            $"{DocSpaceRoleNames.Short(link.Role)}{(byWhom ? $" · {link.Owner.Name}" : "")}",
                            isOpen ? LinkTexts.CountLeft.With(link.Left) : LinkTexts.StateUsedUp
                        ),
                    ],
                },
                new TextBlock(Details(link, shares)) { IsSubtle = true, Spacing = Spacing.None },
                new ActionSet
                {
                    Spacing = Spacing.Small,
                    Actions =
                    [
                        .. isOpen && (here is not null || !byWhom)
                            ? [LinkCard.Button(here is null ? LinkTexts.Share : LinkTexts.ShareHere, SharedVerbs.ShareLink, about)]
                            : Array.Empty<AdaptiveAction>(),
                        LinkCard.Button(LinkTexts.NewLink, SharedVerbs.RenewLink, about),
                        LinkCard.Button(LinkTexts.Stop, SharedVerbs.StopLink, about, ActionStyle.Destructive),
                    ],
                },
            ],
        };
    }

    private static string Details(SharedLink link, int shares) =>
        string.Join(
            " · ",
            new[]
            {
                LinkTexts.CountHandedOut.With(link.Taken, link.Terms.Uses),
                LinkTexts.EndsAt.With(InvitationCard.Time(link.ExpiresAt)),
                shares == 0 ? LinkTexts.NotShared : Wording.Count(shares, LinkTexts.SharedInOne, LinkTexts.SharedInMany),
                link.RenewAskedAt is not null ? LinkTexts.NewOneIsMade : null,
                LinkTexts.Reference.With(link.Id.Reference),
            }.OfType<string>()
        );
}
