using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Whose requests somebody looks at.</summary>
/// <param name="Requester">Null for everybody's of the tenant.</param>
/// <param name="Place">The conversation, without its threads, in which they were asked for; null for wherever.</param>
internal sealed record OverviewScope(string TenantId, string? Requester, string? Place);

/// <summary>How many invitations have each status. <paramref name="IsAll"/> is false where there are so many that only some were counted.</summary>
internal sealed record StatusCounts(IReadOnlyList<(InvitationStatus Status, int Count)> Counts, bool IsAll);

/// <summary>A request with what has come of it.</summary>
/// <param name="Only">Its invitation, where it has but one.</param>
internal sealed record AskedRequest(
    InviteRequest Request,
    IReadOnlyList<(InvitationStatus Status, int Count)> Counts,
    Invitation? Only,
    SharedLink? Link
);

/// <summary>Something that is not finished: an invitation, or a link that people can still get or use.</summary>
internal sealed record OpenItem(InviteRequest Request, Invitation? Invitation, SharedLink? Link);

/// <summary>
/// Where things stand. Every question is answered from an index that holds nothing else, so that it takes no longer with a hundred thousand invitations
/// of others; see 0008_overview.sql.
/// </summary>
internal sealed partial class InvitationStore
{
    /// <summary>More are not counted.</summary>
    public const int MostCounted = 5_000;

    private const string IsWaiting = "status in ('PendingApproval', 'Approved', 'Invited')";

    /// <summary>What was asked for, the newest first.</summary>
    public static async Task<IReadOnlyList<AskedRequest>> ListAskedAsync(Unit unit, OverviewScope scope, int skip, int most)
    {
        var requests = (
            await unit.ListAsync<RequestRow>(
                $"select {RequestColumns} from requests where {Whose(scope)} order by asked_at desc, id desc limit @most offset @skip",
                ValuesOf(scope, skip: skip, most: most)
            )
        )
            .Select(row => row.ToRequest())
            .ToList();

        if (requests.Count == 0)
        {
            return [];
        }

        string[] ids = [.. requests.Select(request => request.Id.Value)];
        var counts = (
            await unit.ListAsync<CountRow>(
                $"""
                select request_id, status, cast(count(*) as integer) as count from invitations
                 where request_id {AmongIds(unit)} group by request_id, status
                """,
                new { ids }
            )
        ).ToLookup(row => row.RequestId, StringComparer.Ordinal);
        var only = (await ListAsync(unit, "request_id", [.. ids.Where(id => counts[id].Sum(row => row.Count) == 1)])).ToDictionary(it =>
            it.Request
        );
        var links = await LinkStore.ListAsync(
            unit,
            [.. only.Values.Where(it => it.Status is InvitationStatus.LinkReady).Select(it => it.Request)]
        );

        return
        [
            .. requests.Select(request => new AskedRequest(
                request,
                Read(counts[request.Id.Value]),
                only.GetValueOrDefault(request.Id),
                links.GetValueOrDefault(request.Id)
            )),
        ];
    }

    /// <summary>What is not finished, the oldest first: who has not joined, and links that are open.</summary>
    public static async Task<IReadOnlyList<OpenItem>> ListOpenAsync(Unit unit, OverviewScope scope, DateTimeOffset now, int skip, int most)
    {
        var rows = await unit.ListAsync<OpenRow>(
            $"""
            select id, is_link from (
                select id, asked_at, is_link from (
                    select id, asked_at, 0 as is_link from invitations
                     where {Whose(scope)} and {IsWaiting} order by asked_at, id limit @upTo) waiting
                union all
                select id, made_at as asked_at, 1 as is_link from links where {WhoseLinks(scope)}) everything
             order by asked_at, id limit @most offset @skip
            """,
            ValuesOf(scope, skip: skip, most: most, now: now)
        );
        var invitations = await ListAsync(unit, "id", [.. rows.Where(row => !row.IsLink).Select(row => row.Id)]);
        var links = await LinkStore.ListAsync(unit, [.. rows.Where(row => row.IsLink).Select(row => new RequestId(row.Id))]);
        var requests = await ListRequestsAsync(unit, [.. invitations.Select(it => it.Request), .. links.Keys]);
        var byId = invitations.ToDictionary(it => it.Id.Value, StringComparer.Ordinal);

        return
        [
            .. rows.Select(row =>
                row.IsLink
                    ? new OpenItem(requests[new(row.Id)], null, links[new(row.Id)])
                    : new OpenItem(requests[byId[row.Id].Request], byId[row.Id], null)
            ),
        ];
    }

    public static Task<StatusCounts> CountOpenAsync(Unit unit, OverviewScope scope) => CountAsync(unit, scope, IsWaiting, default);

    /// <summary>What has come to its end since then.</summary>
    public static Task<StatusCounts> CountEndedAsync(Unit unit, OverviewScope scope, DateTimeOffset since) =>
        CountAsync(unit, scope, "ended_at > @since", since);

    public static Task<int> CountOpenLinksAsync(Unit unit, OverviewScope scope, DateTimeOffset now) =>
        unit.FindAsync<int>($"select cast(count(*) as integer) from links where {WhoseLinks(scope)}", ValuesOf(scope, now: now));

    /// <summary>The newest invitation of this address, and how many older ones there are.</summary>
    public static async Task<(InviteRequest Request, Invitation Invitation, int Older)?> FindNewestAsync(
        Unit unit,
        OverviewScope scope,
        string email
    )
    {
        var row = await unit.FindAsync<InvitationRow>(
            $"select {Columns} from invitations where email = @email and {Whose(scope)} order by asked_at desc, id desc limit 1",
            ValuesOf(scope, email: email)
        );

        if (row is null)
        {
            return null;
        }

        var all = await unit.FindAsync<int>(
            $"""
            select cast(count(*) as integer) from (
                select id from invitations where email = @email and {Whose(scope)} limit @mostCounted) counted
            """,
            ValuesOf(scope, email: email)
        );
        var newest = row.ToInvitation();
        return ((await FindRequestAsync(unit, newest.Request))!, newest, all - 1);
    }

    /// <summary>What was asked for elsewhere counts as seen, so that a place is counted in no more time than everything.</summary>
    private static async Task<StatusCounts> CountAsync(Unit unit, OverviewScope scope, string which, DateTimeOffset since)
    {
        var rows = await unit.ListAsync<CountRow>(
            $"""
            select status, cast({(
                scope.Place is null ? "count(*)" : "sum(case when place = @Place then 1 else 0 end)"
            )} as integer) as count,
                   cast(count(*) as integer) as seen
              from (select status{(scope.Place is null ? "" : ", place")} from invitations
                     where {Whose(scope with { Place = null })} and {which} limit @mostCounted) counted
             group by status
            """,
            ValuesOf(scope, since: since)
        );
        return new(Read(rows.Where(row => row.Count > 0)), rows.Sum(row => row.Seen) <= MostCounted);
    }

    private static async Task<IReadOnlyList<Invitation>> ListAsync(Unit unit, string column, string[] ids) =>
        ids.Length == 0
            ? []
            :
            [
                .. (
                    await unit.ListAsync<InvitationRow>($"select {Columns} from invitations where {column} {AmongIds(unit)}", new { ids })
                ).Select(row => row.ToInvitation()),
            ];

    private static async Task<IReadOnlyDictionary<RequestId, InviteRequest>> ListRequestsAsync(
        Unit unit,
        IReadOnlyCollection<RequestId> requests
    ) =>
        (
            await unit.ListAsync<RequestRow>(
                $"select {RequestColumns} from requests where id {AmongIds(unit)}",
                new { ids = requests.Select(id => id.Value).Distinct(StringComparer.Ordinal).ToArray() }
            )
        )
            .Select(row => row.ToRequest())
            .ToDictionary(request => request.Id);

    private static IReadOnlyList<(InvitationStatus Status, int Count)> Read(IEnumerable<CountRow> rows) =>
        [.. rows.Select(row => (Enum.Parse<InvitationStatus>(row.Status), row.Count)).OrderBy(it => it.Item1)];

    /// <summary>Only what is asked about is named, because a place that may be null keeps an index from being used.</summary>
    private static string Whose(OverviewScope scope) =>
        $"tenant_id = @TenantId{(scope.Requester is null ? "" : " and requester_id = @Requester")}{(scope.Place is null ? "" : " and place = @Place")}";

    private static string WhoseLinks(OverviewScope scope) =>
        $"""
            tenant_id = @TenantId{(
                scope.Requester is null ? "" : " and owner_id = @Requester"
            )} and stopped_at is null and expires_at > @now
            {(scope.Place is null ? "" : "and exists (select 1 from requests r where r.id = links.id and r.place = @Place)")}
            """;

    private static object ValuesOf(
        OverviewScope scope,
        int skip = 0,
        int most = 0,
        DateTimeOffset now = default,
        DateTimeOffset since = default,
        string email = ""
    ) =>
        new
        {
            scope.TenantId,
            scope.Requester,
            scope.Place,
            skip,
            most,
            upTo = skip + most,
            mostCounted = MostCounted + 1,
            now,
            since,
            email,
        };

    private static string AmongIds(Unit unit) => unit.IsPostgres ? "= any(@ids)" : "in @ids";

    private sealed class CountRow
    {
        public string RequestId { get; init; } = "";
        public string Status { get; init; } = "";
        public int Count { get; init; }
        public int Seen { get; init; }
    }

    private sealed class OpenRow
    {
        public string Id { get; init; } = "";
        public bool IsLink { get; init; }
    }
}
