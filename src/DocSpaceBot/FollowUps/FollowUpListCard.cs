using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Who of a long list is active, on one card that is edited: hundreds of cards of their own would bury the chat.</summary>
internal static class FollowUpListCard
{
    private const int MostRows = 10;

    public static string Summary(IReadOnlyList<Invitation> all, IReadOnlyList<Invitation> joined) => Title(all, joined, joined[0].Email);

    /// <param name="joined">Those of all who have joined, the newest first; at least one.</param>
    public static AdaptiveCard For(IReadOnlyList<Invitation> all, IReadOnlyList<Invitation> joined)
    {
        var welcomed = joined.Count(it => it.Status is InvitationStatus.Welcomed);
        var others = joined.Count(it => it.HasOtherRole);
        return new()
        {
            FallbackText = Summary(all, joined),
            Body =
            [
                CardFrame.Heading(
                    Title(all, joined, CardText.Escape(joined[0].Email)),
                    others > 0 ? ContainerStyle.Warning : ContainerStyle.Good
                ),
                new TextBlock(FollowUpTexts.WelcomedCounts.With(welcomed, joined.Count - welcomed)) { IsSubtle = true },
                .. others > 0 ? [new TextBlock(FollowUpTexts.OtherRoles.With(others))] : Array.Empty<CardElement>(),
                .. LongList.Of(joined, MostRows, Row, it => (it.Email, Words.For(it.Status))),
            ],
        };
    }

    private static string Title(IReadOnlyList<Invitation> all, IReadOnlyList<Invitation> joined, string first) =>
        joined.Count == 1
            ? FollowUpTexts.OneOfManyHasJoined.With(first, all.Count)
            : FollowUpTexts.ManyHaveJoined.With(joined.Count, all.Count);

    private static Container Row(Invitation it) =>
        new()
        {
            Spacing = Spacing.Small,
            Items =
            [
                new ColumnSet { Columns = [.. LongList.WhoAndWhat(it.Email, Words.For(it.Status))] },
                new TextBlock(FollowUpCard.After(it)) { IsSubtle = true, Spacing = Spacing.None },
            ],
        };
}
