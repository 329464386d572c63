using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Requests that are not confirmed yet. A change is saved only over the version it was made from.</summary>
internal sealed partial class DraftStore(Database database)
{
    /// <summary>An unconfirmed request is forgotten after this time, with the addresses in it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private const string Columns =
        "id, tenant_id, requester_id, requester_name, conversation_id, reason, asked_at, state, version, content";

    public static Task AddAsync(Unit unit, Draft draft) =>
        unit.ExecuteAsync(
            $"""
            insert into drafts ({Columns})
            values (@Id, @TenantId, @RequesterId, @RequesterName, @ConversationId, @Reason, @AskedAt, @State, @Version, @Content)
            """,
            DraftTableRow.Of(draft)
        );

    public Task<Draft?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QuerySingleOrDefaultAsync<DraftTableRow>(
                        new CommandDefinition(
                            $"select {Columns} from drafts where id = @id",
                            new { id = id.Value },
                            cancellationToken: cancellationToken
                        )
                    )
                )?.ToDraft(),
            cancellationToken
        );

    public static async Task<Draft?> FindAsync(Unit unit, RequestId id) =>
        (
            await unit.FindAsync<DraftTableRow>(
                $"select {Columns} from drafts where id = @id {(unit.IsPostgres ? "for update" : "")}",
                new { id = id.Value }
            )
        )?.ToDraft();

    /// <summary>What one person has asked for and neither confirmed nor cancelled, the newest first.</summary>
    public static async Task<IReadOnlyList<Draft>> ListOpenAsync(Unit unit, string tenantId, string requester) =>
        [
            .. (
                await unit.ListAsync<DraftTableRow>(
                    $"""
                    select {Columns} from drafts
                     where tenant_id = @tenantId and requester_id = @requester and state in ('Looking', 'Ready', 'Failed')
                     order by asked_at desc, id desc {(unit.IsPostgres ? "for update" : "")}
                    """,
                    new { tenantId, requester }
                )
            ).Select(row => row.ToDraft()),
        ];

    /// <summary>False when it has changed since it was read.</summary>
    public static async Task<bool> TrySaveAsync(Unit unit, Draft draft)
    {
        var row = DraftTableRow.Of(draft);
        return await unit.ExecuteAsync(
                "update drafts set state = @State, content = @Content, version = version + 1 where id = @Id and version = @Version",
                new
                {
                    row.Id,
                    row.State,
                    row.Content,
                    row.Version,
                }
            ) == 1;
    }

    public static Task ForgetAsync(Unit unit, DateTimeOffset before) =>
        unit.ExecuteAsync("delete from drafts where asked_at < @before", new { before });

    private sealed class DraftTableRow
    {
        public string Id { get; init; } = "";
        public string TenantId { get; init; } = "";
        public string RequesterId { get; init; } = "";
        public string RequesterName { get; init; } = "";
        public string ConversationId { get; init; } = "";
        public string? Reason { get; init; }
        public DateTimeOffset AskedAt { get; init; }
        public string State { get; init; } = "";
        public int Version { get; init; }
        public string Content { get; init; } = "";

        public static DraftTableRow Of(Draft draft) =>
            new()
            {
                Id = draft.Id.Value,
                TenantId = draft.TenantId,
                RequesterId = draft.Requester.Id,
                RequesterName = draft.Requester.Name,
                ConversationId = draft.ConversationId,
                Reason = draft.Reason,
                AskedAt = draft.AskedAt,
                State = draft.State.ToString(),
                Version = draft.Version,
                Content = JsonSerializer.Serialize(
                    new(draft.IsDryRun, draft.IsList, draft.Problem, draft.Rows),
                    DraftJson.Default.DraftContent
                ),
            };

        public Draft ToDraft()
        {
            var content = JsonSerializer.Deserialize(Content, DraftJson.Default.DraftContent)!;
            return new(new(Id), TenantId, new(RequesterId, RequesterName), ConversationId, Reason, AskedAt)
            {
                State = Enum.Parse<DraftState>(State),
                Version = Version,
                IsDryRun = content.IsDryRun,
                IsList = content.IsList,
                Problem = content.Problem,
                Rows = content.Rows,
            };
        }
    }

    internal sealed record DraftContent(bool IsDryRun, bool IsList, string? Problem, IReadOnlyList<DraftRow> Rows);

    [JsonSourceGenerationOptions(
        UseStringEnumConverter = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true
    )]
    [JsonSerializable(typeof(DraftContent))]
    private sealed partial class DraftJson : JsonSerializerContext;
}
