using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>What somebody has asked for, a line for each request, the newest first.</summary>
internal static class MineCard
{
    public static string Title(Reader reader) => reader.IsPersonal ? OverviewTexts.MineTitle : OverviewTexts.MineTitleHere;

    public static AdaptiveCard For(ListPage<AskedRequest> page, Reader reader, DateTimeOffset now) =>
        OverviewFrame.For(
            Title(reader),
            page,
            reader,
            row => Row(row, page.CardOf(row.Request), reader, now),
            reader.IsPersonal ? OverviewTexts.MineNone : OverviewTexts.MineNoneHere
        );

    private static Container Row(AskedRequest row, StandingCardOf card, Reader reader, DateTimeOffset now)
    {
        var asked = OverviewTexts.AskedAt.With(InvitationCard.Time(row.Request.AskedAt));
        return row.Only is { } it
            ? OverviewFrame.Row(
                OverviewWords.Who(it),
                OverviewWords.For(it, row.Link, now),
                [OverviewWords.Line(it.Link is null ? DocSpaceRoleNames.Short(it.Role) : null, asked)],
                card,
                reader
            )
            : OverviewFrame.Row(
                Wording.Count(row.Counts.Sum(it => it.Count), OverviewTexts.OnePerson, OverviewTexts.ManyPeople),
                what: null,
                [OverviewWords.Of(row.Counts), asked],
                card,
                reader
            );
    }
}
