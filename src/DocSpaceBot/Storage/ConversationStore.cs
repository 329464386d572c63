using System.Collections.Concurrent;
using Dapper;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Storage;

/// <summary>Where the bot can write. The reference is replaced by the newest one that came in, because service URLs change.</summary>
internal sealed class ConversationStore(Database database, TimeProvider clock)
{
    private const int RememberedInMemory = 20_000;

    private const int CardsBroughtUpToDate = 20;

    /// <summary>What this process has written last, so that a chat does not cost a write for each message.</summary>
    private readonly ConcurrentDictionary<string, ConversationReference> written = new(StringComparer.Ordinal);

    /// <summary>Keeps the reference and, where it was given up, takes it into use again.</summary>
    public async Task RememberAsync(Unit unit, ConversationReference reference)
    {
        if (written.TryGetValue(reference.ConversationId, out var known) && known == reference)
        {
            return;
        }

        var isBack =
            await unit.ExecuteAsync(
                "update conversations set reachable = @reachable where id = @ConversationId and not reachable",
                new { reference.ConversationId, reachable = true }
            ) == 1;

        await unit.ExecuteAsync(
            """
            insert into conversations (id, tenant_id, conversation_type, service_url, bot_id, bot_name, reachable, known_at)
            values (@ConversationId, @TenantId, @ConversationType, @ServiceUrl, @BotId, @BotName, @reachable, @now)
            on conflict (id) do update set
                tenant_id = excluded.tenant_id, conversation_type = excluded.conversation_type, service_url = excluded.service_url,
                bot_id = excluded.bot_id, bot_name = excluded.bot_name, reachable = excluded.reachable
            """,
            new
            {
                reference.ConversationId,
                reference.TenantId,
                reference.ConversationType,
                reference.ServiceUrl,
                reference.BotId,
                reference.BotName,
                reachable = true,
                now = clock.GetUtcNow(),
            }
        );

        // A channel is known by its threads: cards can be put into it that belong to none of them.
        if (ConversationReference.RootOf(reference.ConversationId) is var root && root != reference.ConversationId)
        {
            await RememberAsync(unit, reference with { ConversationId = root });
        }

        if (isBack)
        {
            await ShowCardsAsync(unit, reference.ConversationId);
        }

        unit.AfterCommit(() =>
        {
            if (written.Count >= RememberedInMemory)
            {
                written.Clear();
            }

            written[reference.ConversationId] = reference;
        });
    }

    /// <summary>Null when the bot has never been in that conversation, or has been shut out of it.</summary>
    public Task<ConversationReference?> FindAsync(string conversationId, CancellationToken cancellationToken) =>
        // A file of SQLite is written by this process alone, so what it remembers is what is there.
        !database.IsPostgres && written.TryGetValue(conversationId, out var known)
            ? Task.FromResult<ConversationReference?>(known)
            : ReadAsync(conversationId, cancellationToken);

    private Task<ConversationReference?> ReadAsync(string conversationId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QuerySingleOrDefaultAsync<ConversationRow>(
                        new CommandDefinition(
                            """
                            select id, tenant_id, conversation_type, service_url, bot_id, bot_name from conversations
                             where id = @conversationId and reachable
                            """,
                            new { conversationId },
                            cancellationToken: cancellationToken
                        )
                    )
                )?.ToReference(),
            cancellationToken
        );

    /// <summary>Some conversation in that tenant that the bot can write to: through it new ones are opened. Null where there is none.</summary>
    public Task<ConversationReference?> FindAnyAsync(string tenantId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QueryFirstOrDefaultAsync<ConversationRow>(
                        new CommandDefinition(
                            """
                            select id, tenant_id, conversation_type, service_url, bot_id, bot_name from conversations
                             where tenant_id = @tenantId and reachable limit 1
                            """,
                            new { tenantId },
                            cancellationToken: cancellationToken
                        )
                    )
                )?.ToReference(),
            cancellationToken
        );

    /// <summary>What a conversation is called, where Teams has told.</summary>
    public static Task NameAsync(Unit unit, string conversationId, string name) =>
        unit.ExecuteAsync(
            "update conversations set name = @name where id = @conversationId and (name is null or name <> @name)",
            new { conversationId, name }
        );

    /// <summary>Channels and group chats of that tenant that the bot can write to, the newest first, each without its threads; names where they are known.</summary>
    public Task<IReadOnlyList<(ConversationReference Reference, string? Name)>> ListSharedAsync(
        string tenantId,
        int most,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyList<(ConversationReference, string?)>)
                    [
                        .. (
                            await db.QueryAsync<ConversationRow>(
                                new CommandDefinition(
                                    """
                                    select id, tenant_id, conversation_type, service_url, bot_id, bot_name, name from conversations
                                     where tenant_id = @tenantId and reachable and conversation_type <> 'personal' and id not like '%;messageid=%'
                                     order by known_at desc, id limit @most
                                    """,
                                    new { tenantId, most },
                                    cancellationToken: cancellationToken
                                )
                            )
                        ).Select(row => (row.ToReference(), row.Name)),
                    ],
            cancellationToken
        );

    /// <summary>
    /// When the bot was removed, blocked or is not let in, nothing is sent there until something comes in from there. Any other fault says
    /// nothing about the conversation.
    /// </summary>
    public Task GiveUpIfClosedAsync(string conversationId, Exception why, CancellationToken cancellationToken) =>
        why is ConnectorException { Fault: ConnectorFault.Unreachable or ConnectorFault.NotFound }
            ? database.WriteAsync(unit => ForgetAsync(unit, conversationId), cancellationToken)
            : Task.CompletedTask;

    public async Task ForgetAsync(Unit unit, string conversationId)
    {
        written.TryRemove(conversationId, out _);
        unit.AfterCommit(() => written.TryRemove(conversationId, out _));
        await unit.ExecuteAsync(
            "update conversations set reachable = @reachable, greeted_at = null where id = @conversationId",
            new { reachable = false, conversationId }
        );
        await ApproverStore.GoAsync(unit, conversationId, clock.GetUtcNow());
    }

    /// <summary>True for the first who asks since the bot came into the conversation: installation is announced in two ways at once.</summary>
    public async Task<bool> TryGreetAsync(Unit unit, string conversationId) =>
        await unit.ExecuteAsync(
            "update conversations set greeted_at = @now where id = @conversationId and greeted_at is null",
            new { now = clock.GetUtcNow(), conversationId }
        ) == 1;

    /// <summary>What changed while the bot could not write there is shown now, as far as it can still matter.</summary>
    private async Task ShowCardsAsync(Unit unit, string conversationId)
    {
        var requests = await unit.ListAsync<string>(
            "select id from requests where conversation_id = @conversationId order by asked_at desc limit @CardsBroughtUpToDate",
            new { conversationId, CardsBroughtUpToDate }
        );

        foreach (var request in requests)
        {
            await StepQueue.AddAsync(unit, StepKind.ShowCard, request, clock.GetUtcNow());
        }

        var links = await unit.ListAsync<string>(
            "select link_id from link_shares where conversation_id = @conversationId or thread_id = @conversationId order by shared_at desc limit @CardsBroughtUpToDate",
            new { conversationId, CardsBroughtUpToDate }
        );

        foreach (var link in links)
        {
            await StepQueue.AddAsync(unit, StepKind.ShowLink, link, clock.GetUtcNow());
        }

        await ApproverStore.ComeBackAsync(unit, conversationId, clock.GetUtcNow());
    }

    private sealed class ConversationRow
    {
        public string Id { get; init; } = "";
        public string TenantId { get; init; } = "";
        public string ConversationType { get; init; } = "";
        public string ServiceUrl { get; init; } = "";
        public string BotId { get; init; } = "";
        public string? BotName { get; init; }
        public string? Name { get; init; }

        public ConversationReference ToReference() => new(ServiceUrl, Id, ConversationType, TenantId, BotId) { BotName = BotName };
    }
}
