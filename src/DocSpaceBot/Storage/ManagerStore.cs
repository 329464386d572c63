namespace DocSpaceBot.Storage;

/// <summary>Somebody's manager, as Microsoft Graph told; without an id there is none.</summary>
internal sealed class KnownManager
{
    public string? ManagerId { get; init; }
    public string? ManagerName { get; init; }
    public DateTimeOffset LookedAt { get; init; }
}

internal static class ManagerStore
{
    public static Task<KnownManager?> FindAsync(Unit unit, string tenantId, string person) =>
        unit.FindAsync<KnownManager>(
            "select manager_id, manager_name, looked_at from managers where tenant_id = @tenantId and id = @person",
            new { tenantId, person }
        );

    public static Task KeepAsync(Unit unit, string tenantId, string person, string? managerId, string? managerName, DateTimeOffset now) =>
        unit.ExecuteAsync(
            """
            insert into managers (tenant_id, id, manager_id, manager_name, looked_at) values (@tenantId, @person, @managerId, @managerName, @now)
            on conflict (tenant_id, id) do update set
                manager_id = excluded.manager_id, manager_name = excluded.manager_name, looked_at = excluded.looked_at
            """,
            new
            {
                tenantId,
                person,
                managerId,
                managerName,
                now,
            }
        );
}
