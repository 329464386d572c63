using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>The card of a request with several people: counts, a bar, and the rows that need attention first.</summary>
internal static class InvitationListCard
{
    /// <summary>Rows that are shown one by one; more are counted.</summary>
    private const int MostRows = 10;
    private const int MostRooms = 3;

    public static AdaptiveCard For(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        DateTimeOffset now,
        string? notice,
        IReadOnlyList<Approver> asked
    )
    {
        // Those that need somebody's attention come first.
        var rows = all.OrderBy(it => NeedsAttention(it) ? 0 : 1).ThenBy(it => it.Row).ToList();
        return new()
        {
            FallbackText = InvitationCard.Summary(all),
            Body =
            [
                CardFrame.Heading(
                    InvitationTexts.HeadingOfMany.With(all.Count),
                    all.Any(it => it.Status is InvitationStatus.Failed || it.HasOtherRole)
                        ? ContainerStyle.Warning
                        : ContainerStyle.Emphasis
                ),
                new FactSet([
                    new(InvitationTexts.Role, string.Join(" · ", all.Select(it => it.Role).Distinct().Select(DocSpaceRoleNames.For))),
                    .. Rooms(all),
                    .. InvitationCard.Reason(request),
                    new(InvitationTexts.AskedBy, CardText.Escape(request.Requester.Name)),
                    new(InvitationTexts.Status, string.Join(" · ", Counts(all))),
                ]),
                .. Countdown.IsRunning(all, now) ? [new TextBlock(Countdown.Words(all, now))] : Array.Empty<CardElement>(),
                .. all.Any(it => it.Status is InvitationStatus.Approved) ? [Progress(all)] : Array.Empty<CardElement>(),
                .. Asking.Lines(request, all, asked).Concat(Shared(all, now)).Select(line => new TextBlock(line)),
                .. LongList.Of(rows, MostRows, Row, it => (it.Email, Words.For(it.Status))),
                .. CardFrame.Notice(notice),
                CardFrame.Reference(request.Id),
            ],
            Actions = InvitationCard.Buttons(request, all, now),
        };
    }

    private static Fact[] Rooms(IReadOnlyList<Invitation> all)
    {
        var rooms = all.Select(it => it.Room).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var first = CardText.Escape(string.Join(" · ", rooms.Take(MostRooms)));
        var words = rooms.Count > MostRooms ? InvitationTexts.RoomsAndMore.With(first, rooms.Count - MostRooms) : first;
        return rooms.Count == 0 ? [] : [new(rooms.Count == 1 ? InvitationTexts.Room : InvitationTexts.Rooms, words)];
    }

    private static bool NeedsAttention(Invitation it) =>
        it.Status is InvitationStatus.Failed || it.HasOtherRole || it.WishState is WishState.Refused or WishState.Unknown;

    /// <summary>A bar of two columns whose widths are the numbers of those that are settled and those that are not; the words stand in the wider one.</summary>
    private static ColumnSet Progress(IReadOnlyList<Invitation> all)
    {
        var settled = all.Count(it => it.Status is not InvitationStatus.Approved);
        var left = all.Count - settled;
        var words = InvitationTexts.DoneOf.With(settled, all.Count);

        return new()
        {
            Spacing = Spacing.Medium,
            Columns =
            [
                .. settled == 0 ? Array.Empty<Column>() : [Part(settled, ContainerStyle.Good, settled >= left ? words : " ")],
                Part(left, ContainerStyle.Emphasis, settled >= left ? " " : words),
            ],
        };

        static Column Part(int weight, ContainerStyle style, string text) =>
            new()
            {
                Spacing = Spacing.None,
                Width = weight.ToString(CultureInfo.InvariantCulture),
                Style = style,
                Items = [new TextBlock(text) { Size = TextSize.Small }],
            };
    }

    private static Container Row(Invitation it) =>
        new()
        {
            Spacing = Spacing.Small,
            Items =
            [
                new ColumnSet { Columns = [.. LongList.WhoAndWhat(it.Email, Words.For(it.Status))] },
                .. RowLines(it).Select(line => new TextBlock(line) { IsSubtle = true, Spacing = Spacing.None }),
            ],
        };

    private static IEnumerable<string> RowLines(Invitation it)
    {
        if (it is { Status: InvitationStatus.Failed, Cause: { } cause })
        {
            yield return InvitationCard.Explain(it, cause);
        }

        foreach (var line in InvitationCard.Besides(it))
        {
            yield return line;
        }
    }

    /// <summary>What many people of a list have in common, who wait or were taken off: said once, and not beside each of them.</summary>
    private static IEnumerable<string> Shared(IReadOnlyList<Invitation> all, DateTimeOffset now)
    {
        foreach (
            var group in all.Where(it => it is { Status: InvitationStatus.Approved, Cause: not null })
                .GroupBy(it => it.Cause!.Value)
                .OrderBy(group => group.Key)
        )
        {
            var words = group.Count() == 1 ? InvitationTexts.OnePersonWaits : InvitationTexts.ManyPeopleWait;
            yield return words.With(
                Refusal.WaitingBecause(group.Key),
                InvitationCard.Time(group.Min(it => it.NextLookAt) ?? now),
                group.Count()
            );
        }

        switch (
            all.Count(it => it is { Status: InvitationStatus.Cancelled, InvitedAt: null, WasAsked: false } && it.Wish is not Wish.Revoke)
        )
        {
            case 0:
                break;
            case 1:
                yield return InvitationTexts.OneTakenOff;
                break;
            case var many:
                yield return InvitationTexts.ManyTakenOff.With(many);
                break;
        }
    }

    public static IEnumerable<string> Counts(IReadOnlyList<Invitation> all) =>
        all.GroupBy(it => it.Status).OrderBy(group => group.Key).Select(group => $"{Words.For(group.Key)} {group.Count()}");
}
