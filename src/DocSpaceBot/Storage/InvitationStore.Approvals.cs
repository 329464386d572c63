using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>What waits for somebody's decision.</summary>
internal sealed partial class InvitationStore
{
    public static async Task<InviteRequest?> FindRequestAsync(Unit unit, RequestId id) =>
        (await unit.FindAsync<RequestRow>($"select {RequestColumns} from requests where id = @id", new { id = id.Value }))?.ToRequest();

    public static async Task<InviteRequest?> FindRequestAsync(Unit unit, string tenantId, int number) =>
        (
            await unit.FindAsync<RequestRow>(
                $"select {RequestColumns} from requests where number = @number and tenant_id = @tenantId",
                new { number, tenantId }
            )
        )?.ToRequest();

    /// <summary>All invitations of a request, in the order in which they were asked for.</summary>
    /// <param name="forChange">Whoever wants to change them too waits, and then sees what has become of them.</param>
    public static async Task<IReadOnlyList<Invitation>> ListAsync(Unit unit, RequestId request, bool forChange = false) =>
        [
            .. (
                await unit.ListAsync<InvitationRow>(
                    $"select {Columns} from invitations where request_id = @request order by row_number {(forChange && unit.IsPostgres ? "for update" : "")}",
                    new { request = request.Value }
                )
            ).Select(row => row.ToInvitation()),
        ];

    /// <summary>The next number for a request that somebody has to decide about.</summary>
    public static async Task<int> NextNumberAsync(Unit unit) =>
        await unit.FindAsync<int>(
            """
            insert into counters (name, value) values ('requests', 1)
            on conflict (name) do update set value = counters.value + 1
            returning value
            """
        );

    /// <summary>Requests that somebody has to decide about, the oldest first.</summary>
    /// <param name="tenantId">Null for all.</param>
    public static async Task<IReadOnlyList<InviteRequest>> ListWaitingAsync(Unit unit, string? tenantId) =>
        [
            .. (
                await unit.ListAsync<RequestRow>(
                    $"""
                    select {RequestColumns} from requests
                     where id in (select request_id from invitations where status = 'PendingApproval')
                       {(tenantId is null ? "" : "and tenant_id = @tenantId")}
                     order by number
                    """,
                    new { tenantId }
                )
            ).Select(row => row.ToRequest()),
        ];

    public static Task KeepLevelAsync(Unit unit, RequestId request, int level, DateTimeOffset at) =>
        unit.ExecuteAsync(
            "update requests set level = @level, level_at = @at where id = @id",
            new
            {
                id = request.Value,
                level,
                at,
            }
        );

    /// <summary>True for the first who says it.</summary>
    public static async Task<bool> TryKeepToldAsync(Unit unit, RequestId request, DateTimeOffset at) =>
        await unit.ExecuteAsync("update requests set told_at = @at where id = @id and told_at is null", new { id = request.Value, at })
        == 1;

    /// <inheritdoc cref="TryKeepToldAsync"/>
    public static async Task<bool> TryKeepOperatorsToldAsync(Unit unit, RequestId request, DateTimeOffset at) =>
        await unit.ExecuteAsync(
            "update requests set operators_told_at = @at where id = @id and operators_told_at is null",
            new { id = request.Value, at }
        ) == 1;
}
