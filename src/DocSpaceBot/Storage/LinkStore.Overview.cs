using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Links as an overview shows them.</summary>
internal sealed partial class LinkStore
{
    /// <summary>Those of the links that there are, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<RequestId, SharedLink>> ListAsync(Unit unit, IReadOnlyCollection<RequestId> ids) =>
        ids.Count == 0
            ? new Dictionary<RequestId, SharedLink>()
            : (
                await unit.ListAsync<LinkRow>(
                    $"select {Columns} from links where id {(unit.IsPostgres ? "= any(@links)" : "in @links")}",
                    new { links = ids.Select(id => id.Value).ToArray() }
                )
            )
                .Select(row => row.ToLink())
                .ToDictionary(link => link.Id);
}
