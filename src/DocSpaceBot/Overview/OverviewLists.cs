using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>The pages of the lists, as they are at this moment for whoever reads them.</summary>
internal sealed class OverviewLists(TimeProvider clock)
{
    /// <summary>The card and what a notification says of it. Whoever calls has made sure that the reader may see the list.</summary>
    public Task<(AdaptiveCard Card, string Summary)> DrawAsync(Unit unit, Reader reader, ListKind kind, int number) =>
        kind is ListKind.Mine ? DrawMineAsync(unit, reader, number) : DrawPendingAsync(unit, reader, kind, number);

    private async Task<(AdaptiveCard Card, string Summary)> DrawMineAsync(Unit unit, Reader reader, int number)
    {
        var rows = await InvitationStore.ListAskedAsync(unit, reader.Own, Skip(number), ListPointer.RowsOnAPage + 1);
        var page = await PageAsync(unit, new(ListKind.Mine, reader.Who.Id), number, rows, row => row.Request.Id);
        return (MineCard.For(page, reader, clock.GetUtcNow()), OverviewFrame.Summary(MineCard.Title(reader), page));
    }

    private async Task<(AdaptiveCard Card, string Summary)> DrawPendingAsync(Unit unit, Reader reader, ListKind kind, int number)
    {
        var scope = kind is ListKind.All ? reader.Everybodys : reader.Own;
        var rows = await InvitationStore.ListOpenAsync(unit, scope, clock.GetUtcNow(), Skip(number), ListPointer.RowsOnAPage + 1);
        var page = await PageAsync(unit, new(kind, reader.Who.Id), number, rows, row => row.Request.Id);
        var unconfirmed = kind is ListKind.All || number > 0 ? 0 : (await UnconfirmedAsync(unit, reader)).Count;
        return (PendingCard.For(page, reader, unconfirmed), OverviewFrame.Summary(PendingCard.Title(kind, reader), page));
    }

    /// <summary>What the reader has asked for and neither confirmed nor cancelled.</summary>
    public static async Task<IReadOnlyList<Draft>> UnconfirmedAsync(Unit unit, Reader reader) =>
        [
            .. (await DraftStore.ListOpenAsync(unit, reader.TenantId, reader.Who.Id)).Where(draft =>
                !draft.IsDryRun && (reader.Own.Place is not { } place || ConversationReference.RootOf(draft.ConversationId) == place)
            ),
        ];

    private static int Skip(int number) => number * ListPointer.RowsOnAPage;

    private static async Task<ListPage<T>> PageAsync<T>(
        Unit unit,
        ListPointer pointer,
        int number,
        IReadOnlyList<T> rows,
        Func<T, RequestId> requestOf
    )
    {
        IReadOnlyList<T> shown = [.. rows.Take(ListPointer.RowsOnAPage)];
        var cards = await SentCardStore.ListStandingAsync(unit, [.. shown.Select(requestOf)]);
        return new(pointer, number, shown, rows.Count > shown.Count, cards);
    }
}
