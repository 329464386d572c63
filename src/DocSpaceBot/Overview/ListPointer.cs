using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Overview;

internal enum ListKind
{
    /// <summary>All that somebody has asked for.</summary>
    Mine,

    /// <summary>What is not finished of that.</summary>
    Pending,

    /// <summary>What is not finished of everybody's.</summary>
    All,
}

/// <summary>Which list a button turns the page of, and whose it is. It says nothing about what is in it, nor whether whoever presses may see that.</summary>
internal readonly record struct ListPointer(ListKind Kind, string Person)
{
    public const int RowsOnAPage = 8;

    /// <summary>Nobody turns so many pages, and each costs a little more than the one before.</summary>
    public const int MostPages = 250;

    public string Command =>
        Kind switch
        {
            ListKind.Mine => $"/{MineCommand.Name}",
            ListKind.Pending => $"/{PendingCommand.Name}",
            _ => $"/{PendingCommand.Name} {PendingCommand.All}",
        };

    /// <summary>Null for what no card of ours has.</summary>
    public static ListPointer? Read(string id) =>
        id.Split(':') is [var kind, { Length: > 0 } person]
            ? kind switch
            {
                "mine" => new(ListKind.Mine, person),
                "pending" => new(ListKind.Pending, person),
                "all" => new(ListKind.All, person),
                _ => null,
            }
            : null;

    /// <summary>Null for what is no page.</summary>
    public static int? ReadPage(string? row) =>
        int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page < MostPages ? page : null;

    public Dictionary<string, string> To(int page) =>
        new() { ["id"] = $"{WordOf(Kind)}:{Person}", ["row"] = page.ToString(CultureInfo.InvariantCulture) };

    private static string WordOf(ListKind kind) =>
        kind switch
        {
            ListKind.Mine => "mine",
            ListKind.Pending => "pending",
            _ => "all",
        };
}

/// <summary>One page of a list. Pages are counted from 0, and read from 1.</summary>
/// <param name="HasMore">There are rows behind these.</param>
/// <param name="Cards">The cards that stand somewhere, by request.</param>
internal sealed record ListPage<T>(
    ListPointer Pointer,
    int Number,
    IReadOnlyList<T> Rows,
    bool HasMore,
    IReadOnlyDictionary<RequestId, StandingCard> Cards
)
{
    public StandingCardOf CardOf(InviteRequest request) => new(request, Cards.GetValueOrDefault(request.Id));
}

/// <summary>A request and where its card stands; null where it stands nowhere.</summary>
internal readonly record struct StandingCardOf(InviteRequest Request, StandingCard? Card);
