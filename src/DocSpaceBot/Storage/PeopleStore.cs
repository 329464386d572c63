using System.Collections.Concurrent;
using Dapper;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Storage;

/// <summary>Somebody in Teams whom the bot has met. The address comes from Teams only and may be missing or out of date.</summary>
internal sealed class KnownPerson
{
    public string Id { get; init; } = "";
    public string TenantId { get; init; } = "";
    public string? TeamsId { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }

    /// <summary>The personal chat with the bot, once there is one.</summary>
    public string? ConversationId { get; init; }
}

internal sealed class PeopleStore(Database database, TimeProvider clock)
{
    private const string Columns = "id, tenant_id, teams_id, name, email, conversation_id";

    private const int RememberedInMemory = 20_000;

    /// <summary>What this process has written last, so that a chat does not cost a write for each message.</summary>
    private readonly ConcurrentDictionary<string, string> chats = new(StringComparer.Ordinal);

    /// <summary>Keeps what a member look-up told.</summary>
    public static Task KeepAsync(Unit unit, string tenantId, ChannelMember member, DateTimeOffset now) =>
        member.AadObjectId is not { Length: > 0 } id
            ? Task.CompletedTask
            : unit.ExecuteAsync(
                """
                insert into people (id, tenant_id, teams_id, name, email, looked_at) values (@id, @tenantId, @teamsId, @name, @email, @now)
                on conflict (tenant_id, id) do update set
                    teams_id = excluded.teams_id, name = excluded.name, email = excluded.email, looked_at = excluded.looked_at
                """,
                new
                {
                    id,
                    tenantId,
                    teamsId = member.Id,
                    name = member.Name,
                    email = (member.Email ?? member.UserPrincipalName)?.Trim().ToUpperInvariant(),
                    now,
                }
            );

    public Task KeepAsync(string tenantId, IReadOnlyCollection<ChannelMember> members, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                foreach (var member in members)
                {
                    await KeepAsync(unit, tenantId, member, clock.GetUtcNow());
                }
            },
            cancellationToken
        );

    /// <summary>Keeps which conversation is the personal chat with somebody.</summary>
    public async Task RememberChatAsync(Unit unit, string tenantId, ChannelAccount account, string conversationId)
    {
        if (account.AadObjectId is not { Length: > 0 } id || (chats.TryGetValue(id, out var known) && known == conversationId))
        {
            return;
        }

        await unit.ExecuteAsync(
            """
            insert into people (id, tenant_id, teams_id, name, conversation_id) values (@id, @tenantId, @teamsId, @name, @conversationId)
            on conflict (tenant_id, id) do update set
                teams_id = excluded.teams_id, name = coalesce(excluded.name, people.name), conversation_id = excluded.conversation_id
            """,
            new
            {
                id,
                tenantId,
                teamsId = account.Id,
                name = account.Name,
                conversationId,
            }
        );
        unit.AfterCommit(() =>
        {
            if (chats.Count >= RememberedInMemory)
            {
                chats.Clear();
            }

            chats[id] = conversationId;
        });
    }

    public Task<KnownPerson?> FindAsync(string tenantId, string id, CancellationToken cancellationToken) =>
        FindAsync("tenant_id = @tenantId and id = @value", tenantId, id, cancellationToken);

    public Task<KnownPerson?> FindByEmailAsync(string tenantId, string email, CancellationToken cancellationToken) =>
        FindAsync("tenant_id = @tenantId and email = @value", tenantId, email.Trim().ToUpperInvariant(), cancellationToken);

    private Task<KnownPerson?> FindAsync(string where, string tenantId, string value, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                db.QueryFirstOrDefaultAsync<KnownPerson>(
                    new CommandDefinition(
                        $"select {Columns} from people where {where} order by looked_at desc limit 1",
                        new { tenantId, value },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );
}
