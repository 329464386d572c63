using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>What is not finished, the oldest first, with what it waits for.</summary>
internal static class PendingCard
{
    public static string Title(ListKind kind, Reader reader) =>
        kind is ListKind.All ? OverviewTexts.PendingTitleAll
        : reader.IsPersonal ? OverviewTexts.PendingTitle
        : OverviewTexts.PendingTitleHere;

    /// <param name="unconfirmed">Lists that wait for whoever reads this to confirm them.</param>
    public static AdaptiveCard For(ListPage<OpenItem> page, Reader reader, int unconfirmed) =>
        OverviewFrame.For(
            Title(page.Pointer.Kind, reader),
            page,
            reader,
            row => Row(row, page.Pointer.Kind, page.CardOf(row.Request), reader),
            page.Pointer.Kind is ListKind.All ? OverviewTexts.PendingNoneAll
                : reader.IsPersonal ? OverviewTexts.PendingNone
                : OverviewTexts.PendingNoneHere,
            unconfirmed == 0 ? [] : [Wording.Count(unconfirmed, OverviewTexts.OneNotConfirmed, OverviewTexts.ManyNotConfirmed)]
        );

    private static Container Row(OpenItem row, ListKind kind, StandingCardOf card, Reader reader)
    {
        var by = kind is ListKind.All ? OverviewTexts.AskedBy.With(CardText.Escape(row.Request.Requester.Name)) : null;
        return row switch
        {
            { Link: { } link } => OverviewFrame.Row(
                OverviewTexts.LinkWithRole.With(DocSpaceRoleNames.Short(link.Role)),
                OverviewWords.For(link.Left == 0 ? LinkState.UsedUp : LinkState.Open),
                [OverviewWords.Line(by, OverviewTexts.LinkTaken.With(link.Taken, link.Terms.Uses, InvitationCard.Time(link.ExpiresAt)))],
                card,
                reader
            ),
            { Invitation: { } it } => OverviewFrame.Row(
                OverviewWords.Who(it),
                Words.For(it.Status),
                [OverviewWords.Line([by, .. Since(it)]), .. InvitationSteps.Reason(it)],
                card,
                reader
            ),
            _ => throw new ArgumentException("There is neither an invitation nor a link.", nameof(row)),
        };
    }

    private static IEnumerable<string> Since(Invitation it) =>
        it switch
        {
            { Status: InvitationStatus.Invited, InvitedAt: { } invited } => [OverviewTexts.InvitedAt.With(InvitationCard.Time(invited))],
            { Status: InvitationStatus.PendingApproval, DecideBy: { } until } =>
            [
                OverviewTexts.AskedAt.With(InvitationCard.Time(it.AskedAt)),
                OverviewTexts.UndecidedUntil.With(InvitationCard.Time(until)),
            ],
            _ => [OverviewTexts.AskedAt.With(InvitationCard.Time(it.AskedAt))],
        };
}
