using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>What the lists have in common: a heading, rows with the way to the card of each, and the buttons that turn the page.</summary>
internal static class OverviewFrame
{
    /// <summary>Room for the button; longer words of a state go onto a second line sooner than that an address is broken.</summary>
    private const string StateWidth = "112px";

    public static string Summary<T>(string title, ListPage<T> page) =>
        page.Number == 0 ? title : OverviewTexts.TitleAndPage.With(title, page.Number + 1);

    /// <param name="lines">What is said beneath the rows.</param>
    public static AdaptiveCard For<T>(
        string title,
        ListPage<T> page,
        Reader reader,
        Func<T, Container> row,
        string empty,
        params IEnumerable<string> lines
    ) =>
        new()
        {
            FallbackText = Summary(title, page),
            Body =
            [
                CardFrame.Heading(title, ContainerStyle.Emphasis),
                .. page.Rows.Select(row),
                .. page.Rows.Count > 0 ? [] : new[] { new TextBlock(page.Number == 0 ? empty : OverviewTexts.PageEmpty) },
                .. Below(page, reader, lines).Select(line => new TextBlock(line) { IsSubtle = true, Spacing = Spacing.Medium }),
            ],
            Actions = Buttons(page),
        };

    /// <param name="who">As it was typed or is called; escaped here.</param>
    /// <param name="what">Null where the state is told among the details.</param>
    /// <param name="details">Ready for a card.</param>
    public static Container Row(string who, string? what, IEnumerable<string> details, StandingCardOf it, Reader reader) =>
        new()
        {
            Separator = true,
            Spacing = Spacing.Small,
            Items =
            [
                new ColumnSet
                {
                    Columns =
                    [
                        new Column
                        {
                            Width = "stretch",
                            Items =
                            [
                                new TextBlock(CardText.Escape(who)),
                                .. details.Select(line => new TextBlock(line) { IsSubtle = true, Spacing = Spacing.None }),
                            ],
                        },
                        new Column
                        {
                            Width = StateWidth,
                            Items =
                            [
                                .. what is null ? [] : new[] { new TextBlock(what) { Weight = TextWeight.Bolder } },
                                .. WayTo(it, reader),
                            ],
                        },
                    ],
                },
            ],
        };

    /// <summary>A link where Teams has one; in the personal chat, where it has none, a button that brings the card down.</summary>
    public static IEnumerable<CardElement> WayTo(StandingCardOf it, Reader reader)
    {
        if (
            it.Card is { } card
            && CardPlace.LinkTo(reader.TenantId, card.ConversationType, card.ConversationId, card.ActivityId) is { } link
        )
        {
            yield return new TextBlock($"[{OverviewTexts.GoToCard}]({link})") { Spacing = Spacing.None };
        }
        else if (reader.IsPersonal && it.Request.Requester.Id == reader.Who.Id && it.Request.ConversationId == reader.ConversationId)
        {
            yield return new ActionSet
            {
                Spacing = Spacing.Small,
                Actions = [Button(OverviewTexts.ShowCard, ShowAgain.Verb, new() { ["id"] = it.Request.Id.Value })],
            };
        }
    }

    /// <summary>Clients that do not know Action.Execute send a message instead.</summary>
    private static ExecuteAction Button(string title, string verb, Dictionary<string, string> about) =>
        new(title, verb, about) { Fallback = new SubmitAction(title, new Dictionary<string, string>(about) { ["verb"] = verb }) };

    private static IEnumerable<string> Below<T>(ListPage<T> page, Reader reader, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            yield return line;
        }

        if (page.HasMore && page.Number + 1 >= ListPointer.MostPages)
        {
            yield return page.Pointer.Kind is ListKind.Mine ? OverviewTexts.OlderNotListed : OverviewTexts.LaterNotListed;
        }

        if (page.Number > 0)
        {
            yield return OverviewTexts.PageNumber.With(page.Number + 1);
        }

        if (!reader.IsPersonal)
        {
            yield return OverviewTexts.RestInPersonalChat;
        }
    }

    /// <summary>What is new stands first on one list, and what is old on the other.</summary>
    private static IReadOnlyList<AdaptiveAction> Buttons<T>(ListPage<T> page)
    {
        var newestFirst = page.Pointer.Kind is ListKind.Mine;
        AdaptiveAction[] back = page.Number > 0 ? [To(newestFirst ? OverviewTexts.Newer : OverviewTexts.Older, page.Number - 1)] : [];
        AdaptiveAction[] on =
            page.HasMore && page.Number + 1 < ListPointer.MostPages
                ? [To(newestFirst ? OverviewTexts.Older : OverviewTexts.Newer, page.Number + 1)]
                : [];
        return [.. back, .. on];

        ExecuteAction To(string title, int number) => Button(title, TurnPage.Verb, page.Pointer.To(number));
    }
}
