using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>How many things stand where.</summary>
/// <param name="Ended">Lately.</param>
internal sealed record StandingCounts(StatusCounts Open, int OpenLinks, StatusCounts Ended);

/// <summary>What is heard of the portal.</summary>
/// <param name="LastAsked">When it last answered who has joined.</param>
/// <param name="LastEvent">When it last told something by itself.</param>
internal sealed record PortalNews(DateTimeOffset? LastAsked, DateTimeOffset? LastEvent);

/// <summary>Where things stand, in numbers.</summary>
internal static class StatusCard
{
    /// <param name="everybodys">For operators.</param>
    public static AdaptiveCard For(StandingCounts own, StandingCounts? everybodys, PortalNews? portal, Reader reader) =>
        new()
        {
            FallbackText = OverviewTexts.StatusTitle,
            Body =
            [
                CardFrame.Heading(OverviewTexts.StatusTitle, ContainerStyle.Emphasis),
                .. Block(reader.IsPersonal ? OverviewTexts.Yours : OverviewTexts.YoursHere, own, null),
                .. everybodys is null ? [] : Block(OverviewTexts.Everybodys, everybodys, portal),
                new TextBlock(reader.IsPersonal ? OverviewTexts.WhatElse : OverviewTexts.RestInPersonalChat)
                {
                    IsSubtle = true,
                    Spacing = Spacing.Medium,
                },
            ],
        };

    private static IEnumerable<CardElement> Block(string title, StandingCounts counts, PortalNews? portal)
    {
        var days = (int)StatusCommand.Lately.TotalDays;
        yield return new TextBlock(title) { Weight = TextWeight.Bolder, Spacing = Spacing.Medium };
        yield return new FactSet([
            new(OverviewTexts.OpenNow, Words(counts.Open, counts.OpenLinks)),
            new(OverviewTexts.LastDays.With(days), Words(counts.Ended, links: 0)),
            .. portal is null
                ? Array.Empty<Fact>()
                :
                [
                    new Fact(
                        OverviewTexts.WhoHasJoined,
                        portal.LastAsked is { } asked
                            ? InvitationCard.Time(asked)
                            : OverviewTexts.NotAskedLately.With((int)PortalFacts.LastAskedIsKept.TotalDays)
                    ),
                    new Fact(
                        OverviewTexts.Webhook,
                        portal.LastEvent is { } last
                            ? OverviewTexts.LastEvent.With(InvitationCard.Time(last))
                            : OverviewTexts.NoEvent.With((int)PortalEvents.OldestTaken.TotalDays)
                    ),
                ],
        ]);
    }

    private static string Words(StatusCounts counts, int links)
    {
        var all = OverviewWords.Line(
            counts.Counts.Count == 0 ? null : OverviewWords.Of(counts.Counts),
            links == 0 ? null : Wording.Count(links, OverviewTexts.OneOpenLink, OverviewTexts.ManyOpenLinks)
        );
        return all.Length == 0 ? OverviewTexts.Nothing
            : counts.IsAll ? all
            : OverviewTexts.AtLeast.With(all);
    }
}
