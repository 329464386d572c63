using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Somebody who was asked to decide about a request, or a channel in which its card stands.</summary>
internal sealed class Approver
{
    public string RequestId { get; init; } = "";

    /// <summary>The Entra object id of a person, the id of a channel.</summary>
    public string Id { get; init; } = "";
    public bool IsChannel { get; init; }
    public string? Name { get; init; }

    /// <summary>Which asking it was: the first group is asked at level 0.</summary>
    public int Level { get; init; }
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>How many of the reminders have been sent.</summary>
    public int Reminded { get; init; }
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>False when the bot is not installed there, or the person is gone.</summary>
    public bool IsReachable { get; init; }

    /// <summary>Where the card stands; null as long as there is none.</summary>
    public string? ConversationId { get; init; }
}

internal sealed class ApproverStore(Database database)
{
    private const string Columns =
        "request_id, id, is_channel, name, level, asked_at, reminded, reminded_at, is_reachable, conversation_id";

    /// <summary>The card stands in that conversation, or would: it is the personal chat of somebody who has no card.</summary>
    private const string IsThere = """
        (a.conversation_id = @conversationId
         or (a.conversation_id is null and a.id in (select p.id from people p where p.conversation_id = @conversationId)))
        """;

    /// <summary>The subject under which the cards of the approvers of a request are kept.</summary>
    public static string CardOf(RequestId request) => $"approval of {request}";

    /// <summary>The subject of the steps about one person's approvals.</summary>
    public static string SubjectOf(string tenantId, string person) => $"{tenantId} {person}";

    public Task<IReadOnlyList<Approver>> ListAsync(RequestId request, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyList<Approver>)
                    (
                        await db.QueryAsync<Approver>(
                            new CommandDefinition(
                                $"select {Columns} from approvers where request_id = @request order by level, is_channel, name, id",
                                new { request = request.Value },
                                cancellationToken: cancellationToken
                            )
                        )
                    ).AsList(),
            cancellationToken
        );

    public static Task<IReadOnlyList<Approver>> ListAsync(Unit unit, RequestId request) =>
        unit.ListAsync<Approver>(
            $"select {Columns} from approvers where request_id = @request order by level, is_channel, name, id",
            new { request = request.Value }
        );

    /// <summary>How Teams calls those who were asked, by their Entra object id; whom it has not told of are missing.</summary>
    public Task<IReadOnlyDictionary<string, string>> TeamsIdsAsync(InviteRequest request, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyDictionary<string, string>)
                    (
                        await db.QueryAsync<(string Id, string TeamsId)>(
                            new CommandDefinition(
                                """
                                select p.id, p.teams_id from people p
                                 where p.tenant_id = @TenantId and p.teams_id <> ''
                                   and p.id in (select a.id from approvers a where a.request_id = @request and not a.is_channel)
                                """,
                                new { request.TenantId, request = request.Id.Value },
                                cancellationToken: cancellationToken
                            )
                        )
                    ).ToDictionary(it => it.Id, it => it.TeamsId, StringComparer.Ordinal),
            cancellationToken
        );

    /// <summary>False when they were asked before.</summary>
    public static async Task<bool> TryAddAsync(Unit unit, Approver approver) =>
        await unit.ExecuteAsync(
            """
            insert into approvers (request_id, id, is_channel, name, level, asked_at, reminded, is_reachable)
            values (@RequestId, @Id, @IsChannel, @Name, @Level, @AskedAt, 0, @IsReachable)
            on conflict (request_id, id) do nothing
            """,
            approver
        ) == 1;

    /// <summary>Where the card stands from now on.</summary>
    public static Task PlaceAsync(Unit unit, Approver approver, string conversationId) =>
        unit.ExecuteAsync(
            "update approvers set conversation_id = @conversationId, is_reachable = @reachable where request_id = @RequestId and id = @Id",
            new
            {
                approver.RequestId,
                approver.Id,
                conversationId,
                reachable = true,
            }
        );

    /// <summary>True when that was not known.</summary>
    public static async Task<bool> TryGiveUpAsync(Unit unit, string request, string id) =>
        await unit.ExecuteAsync(
            "update approvers set is_reachable = @no where request_id = @request and id = @id and is_reachable",
            new
            {
                request,
                id,
                no = false,
            }
        ) == 1;

    public static Task KeepRemindedAsync(Unit unit, Approver approver, int reminded, DateTimeOffset at) =>
        unit.ExecuteAsync(
            "update approvers set reminded = @reminded, reminded_at = @at where request_id = @RequestId and id = @Id",
            new
            {
                approver.RequestId,
                approver.Id,
                reminded,
                at,
            }
        );

    /// <summary>Somebody can be reached for the first time: the requests that still wait for them are theirs to see.</summary>
    public static async Task ComeAsync(Unit unit, string tenantId, string person, DateTimeOffset now) =>
        await ShowAgainAsync(
            unit,
            await unit.ListAsync<Approver>(
                $"""
                select {Columns} from approvers a
                 where a.id = @person and not a.is_reachable
                   and exists (select 1 from requests r where r.id = a.request_id and r.tenant_id = @tenantId)
                   and exists (select 1 from invitations i where i.request_id = a.request_id and i.status = 'PendingApproval')
                """,
                new { person, tenantId }
            ),
            now
        );

    /// <summary>A conversation has been closed: where somebody is waited for who was to decide there, others are asked in their place.</summary>
    public static async Task GoAsync(Unit unit, string conversationId, DateTimeOffset now)
    {
        var waited = await unit.ListAsync<Approver>(
            $"""
            select {Columns} from approvers a
             where {IsThere} and a.is_reachable
               and exists (select 1 from invitations i where i.request_id = a.request_id and i.status in ('PendingApproval', 'Approved'))
             order by a.request_id
            """,
            new { conversationId }
        );

        foreach (var approver in waited)
        {
            await TryGiveUpAsync(unit, approver.RequestId, approver.Id);
            await StepQueue.AddAsync(unit, StepKind.AskApprovers, approver.RequestId, now);
            await StepQueue.AddAsync(unit, StepKind.ShowCard, approver.RequestId, now);
        }
    }

    /// <summary>A conversation that was closed is open again.</summary>
    public static async Task ComeBackAsync(Unit unit, string conversationId, DateTimeOffset now) =>
        await ShowAgainAsync(
            unit,
            await unit.ListAsync<Approver>(
                $"select {Columns} from approvers a where {IsThere} and not a.is_reachable order by a.request_id",
                new { conversationId }
            ),
            now
        );

    /// <summary>Reminders have ended with the last that could be reached.</summary>
    private static async Task ShowAgainAsync(Unit unit, IReadOnlyList<Approver> back, DateTimeOffset now)
    {
        foreach (var approver in back)
        {
            if (!approver.IsChannel && await InvitationStore.FindRequestAsync(unit, new(approver.RequestId)) is { } request)
            {
                await StepQueue.AddAsync(unit, StepKind.RemindApprover, SubjectOf(request.TenantId, approver.Id), now);
            }

            await unit.ExecuteAsync(
                "update approvers set is_reachable = @yes where request_id = @RequestId and id = @Id",
                new
                {
                    approver.RequestId,
                    approver.Id,
                    yes = true,
                }
            );
            await StepQueue.AddAsync(unit, StepKind.ShowApprovals, approver.RequestId, now);
            await StepQueue.AddAsync(unit, StepKind.ShowCard, approver.RequestId, now);
        }
    }

    /// <summary>What has been asked of somebody and still waits, the oldest first.</summary>
    public static Task<IReadOnlyList<Approver>> ListWaitingForAsync(Unit unit, string tenantId, string person) =>
        unit.ListAsync<Approver>(
            $"""
            select {Columns} from approvers a
             where a.id = @person
               and exists (select 1 from requests r where r.id = a.request_id and r.tenant_id = @tenantId)
               and exists (select 1 from invitations i where i.request_id = a.request_id and i.status = 'PendingApproval')
             order by a.asked_at
            """,
            new { person, tenantId }
        );
}
