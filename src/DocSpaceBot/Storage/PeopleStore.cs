using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using DocSpaceBot.Lifecycle;
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

    /// <summary>The name to sign in with, which in many companies is another than the address.</summary>
    public string? Upn { get; init; }

    /// <summary>As Teams names it, such as <c>Europe/Berlin</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The language of their Teams, as Teams names it, such as <c>de-DE</c>.</summary>
    public string? Locale { get; init; }

    public Notify Notify { get; init; }

    public IReadOnlyList<string> Addresses => [.. new[] { Email, Upn }.OfType<string>()];

    /// <summary>The personal chat with the bot, once there is one.</summary>
    public string? ConversationId { get; init; }
}

/// <summary>What an approver wants to be told of by itself.</summary>
internal enum Notify
{
    /// <summary>Each request, with reminders.</summary>
    Each,

    /// <summary>Once a working day what waits.</summary>
    Daily,

    /// <summary>Nothing: they look themselves.</summary>
    Never,
}

internal sealed class PeopleStore(Database database, TimeProvider clock)
{
    private const string Columns =
        "id, tenant_id, teams_id, name, email, upn, time_zone, locale, coalesce(notify, 'Each') as notify, conversation_id";

    private const int RememberedInMemory = 20_000;

    /// <summary>What this process has written last, so that a chat does not cost a write for each message.</summary>
    private readonly ConcurrentDictionary<(string Id, bool Elsewhere), string> remembered = new();

    /// <summary>Keeps what a member look-up told.</summary>
    public static Task KeepAsync(Unit unit, string tenantId, ChannelMember member, DateTimeOffset now) =>
        member.AadObjectId is not { Length: > 0 } id
            ? Task.CompletedTask
            : unit.ExecuteAsync(
                """
                insert into people (id, tenant_id, teams_id, name, email, upn, looked_at) values (@id, @tenantId, @teamsId, @name, @email, @upn, @now)
                on conflict (tenant_id, id) do update set
                    teams_id = coalesce(excluded.teams_id, people.teams_id), name = coalesce(excluded.name, people.name),
                    email = excluded.email, upn = excluded.upn, looked_at = excluded.looked_at
                """,
                new
                {
                    id,
                    tenantId,
                    teamsId = member.Id,
                    name = member.Name,
                    email = (member.Email ?? member.UserPrincipalName)?.Trim().ToUpperInvariant(),
                    upn = member.UserPrincipalName?.Trim().ToUpperInvariant(),
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

    /// <summary>Keeps what somebody's own words tell of them: their language, where their clocks go, and the personal chat when it is one.</summary>
    public Task RememberAsync(Unit unit, Activity activity) =>
        activity is { From: { } from, TenantId: { Length: > 0 } tenantId }
            ? RememberAsync(
                unit,
                tenantId,
                from,
                activity.Conversation is { ConversationType: ConversationTypes.Personal } chat ? chat.Id : null,
                activity.LocalTimezone,
                activity.Locale
            )
            : Task.CompletedTask;

    /// <param name="conversationId">The personal chat; null when that is not where they wrote.</param>
    public async Task RememberAsync(
        Unit unit,
        string tenantId,
        ChannelAccount account,
        string? conversationId,
        string? timeZone,
        string? locale
    )
    {
        var said = $"{conversationId} {timeZone} {locale}";

        if (
            account.AadObjectId is not { Length: > 0 } id
            || (remembered.TryGetValue((id, conversationId is null), out var known) && known == said)
        )
        {
            return;
        }

        await unit.ExecuteAsync(
            """
            insert into people (id, tenant_id, teams_id, name, conversation_id, time_zone, locale)
            values (@id, @tenantId, @teamsId, @name, @conversationId, @timeZone, @locale)
            on conflict (tenant_id, id) do update set
                teams_id = coalesce(excluded.teams_id, people.teams_id), name = coalesce(excluded.name, people.name),
                conversation_id = coalesce(excluded.conversation_id, people.conversation_id),
                time_zone = coalesce(excluded.time_zone, people.time_zone), locale = coalesce(excluded.locale, people.locale)
            """,
            new
            {
                id,
                tenantId,
                teamsId = string.IsNullOrEmpty(account.Id) ? null : account.Id,
                name = account.Name,
                conversationId,
                timeZone,
                locale,
            }
        );
        unit.AfterCommit(() =>
        {
            if (remembered.Count >= RememberedInMemory)
            {
                remembered.Clear();
            }

            remembered[(id, conversationId is null)] = said;
        });
    }

    /// <summary>Keeps the language of somebody who has only pressed buttons so far; what their own words told is not changed by it.</summary>
    public static Task LearnLanguageAsync(Unit unit, string tenantId, Person person, CultureInfo language) =>
        unit.ExecuteAsync(
            """
            insert into people (id, tenant_id, name, locale) values (@Id, @tenantId, @Name, @language)
            on conflict (tenant_id, id) do update set locale = coalesce(people.locale, excluded.locale)
            """,
            new
            {
                person.Id,
                tenantId,
                person.Name,
                language = language.Name,
            }
        );

    /// <summary>The language of somebody; the usual one where they have not written yet.</summary>
    public Task<CultureInfo> LanguageAsync(string tenantId, string id, CancellationToken cancellationToken) =>
        LanguageAsync("tenant_id = @tenantId and id = @value", tenantId, id, cancellationToken);

    /// <summary>The language of whoever has this personal chat with the bot.</summary>
    public Task<CultureInfo> LanguageInChatAsync(ConversationReference chat, CancellationToken cancellationToken) =>
        LanguageAsync("tenant_id = @tenantId and conversation_id = @value", chat.TenantId, chat.ConversationId, cancellationToken);

    private async Task<CultureInfo> LanguageAsync(string where, string tenantId, string value, CancellationToken cancellationToken) =>
        Language.For(
            await database.ReadAsync(
                db =>
                    db.QueryFirstOrDefaultAsync<string?>(
                        new CommandDefinition(
                            $"select locale from people where {where}",
                            new { tenantId, value },
                            cancellationToken: cancellationToken
                        )
                    ),
                cancellationToken
            )
        );

    public Task<KnownPerson?> FindAsync(string tenantId, string id, CancellationToken cancellationToken) =>
        FindAsync("tenant_id = @tenantId and id = @value", tenantId, id, cancellationToken);

    public Task<KnownPerson?> FindByEmailAsync(string tenantId, string email, CancellationToken cancellationToken) =>
        FindAsync(
            // So written, both indexes are used.
            "(email = @value and tenant_id = @tenantId) or (upn = @value and tenant_id = @tenantId)",
            tenantId,
            email.Trim().ToUpperInvariant(),
            cancellationToken
        );

    public static Task<KnownPerson?> FindAsync(Unit unit, string tenantId, string id) =>
        unit.FindAsync<KnownPerson>($"select {Columns} from people where tenant_id = @tenantId and id = @id", new { tenantId, id });

    /// <summary>What somebody wants to be told of from now on.</summary>
    public static Task NotifyAsync(Unit unit, string tenantId, Person person, Notify notify) =>
        unit.ExecuteAsync(
            """
            insert into people (id, tenant_id, name, notify) values (@Id, @tenantId, @Name, @notify)
            on conflict (tenant_id, id) do update set notify = excluded.notify
            """,
            new
            {
                person.Id,
                tenantId,
                person.Name,
                notify = notify.ToString(),
            }
        );

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
