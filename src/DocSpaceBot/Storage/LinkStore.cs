using Dapper;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>What is to be done for the links of a role.</summary>
/// <param name="Asked">Links that were asked for, may be made, and do not exist yet.</param>
/// <param name="NextOut">When the next of those may be made: until then they can be taken back.</param>
/// <param name="Good">Links that people may still get or use.</param>
/// <param name="Stopped">Links that were stopped and that DocSpace has not been told of.</param>
internal sealed record LinkWork(
    IReadOnlyList<(InviteRequest Request, Invitation Invitation)> Asked,
    DateTimeOffset? NextOut,
    IReadOnlyList<SharedLink> Good,
    IReadOnlyList<SharedLink> Stopped
);

/// <summary>The link that DocSpace keeps for a role, as far as the bot made it.</summary>
/// <param name="Id">Null while it is not known.</param>
/// <param name="BegunAt">A call was about to be made then: without an id the one that makes a link where nobody had one, else the one that revokes it.</param>
internal sealed record PortalLink(Guid? Id, DateTimeOffset? BegunAt)
{
    /// <summary>What the call asks for that makes one: by that the bot's own is known from what somebody else has made in the same moment.</summary>
    public int? Uses { get; init; }

    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>Links, who got them, and where they are shared.</summary>
internal sealed partial class LinkStore(Database database)
{
    private const string Columns =
        "id, tenant_id, owner_id, owner_name, conversation_id, role, terms, made_at, expires_at, taken, portal_link, secret, secret_at, host, renew_asked_at, renewed_at, cause, stopped_at, stopped_by_id, stopped_by_name, revoked, alarmed_at";

    private const string Takes =
        "select person_id, person_name, taken_at from link_takes where link_id = @link order by taken_at, person_id";

    private const string Shares =
        "select conversation_id, thread_id, shared_by_id, shared_by_name, shared_at from link_shares where link_id = @link order by shared_at, conversation_id";

    public static async Task AddAsync(Unit unit, SharedLink link, string mark)
    {
        await unit.ExecuteAsync(
            $"""
            insert into links ({Columns})
            values (@Id, @TenantId, @OwnerId, @OwnerName, @ConversationId, @Role, @Terms, @MadeAt, @ExpiresAt, @Taken, @PortalLink, @Secret, @SecretAt, @Host,
                    @RenewAskedAt, @RenewedAt, @Cause, @StoppedAt, @StoppedById, @StoppedByName, @Revoked, @AlarmedAt)
            """,
            LinkRow.Of(link)
        );
        await AddMarkAsync(unit, link.Id, mark);
    }

    /// <summary>Everything but who owns it and what it is for. Whoever saves has read it for change in the same unit.</summary>
    public static Task SaveAsync(Unit unit, SharedLink link) =>
        unit.ExecuteAsync(
            """
            update links set expires_at = @ExpiresAt, taken = @Taken, portal_link = @PortalLink, secret = @Secret, secret_at = @SecretAt, host = @Host,
                   renew_asked_at = @RenewAskedAt, renewed_at = @RenewedAt, cause = @Cause, stopped_at = @StoppedAt, stopped_by_id = @StoppedById,
                   stopped_by_name = @StoppedByName, revoked = @Revoked, alarmed_at = @AlarmedAt
             where id = @Id
            """,
            LinkRow.Of(link)
        );

    /// <summary>Several of the bot's links may be the same one of DocSpace: the newest is the one that is meant.</summary>
    public static Task AddMarkAsync(Unit unit, RequestId link, string mark) =>
        unit.ExecuteAsync(
            "insert into link_marks (mark, link_id) values (@mark, @link) on conflict (mark) do update set link_id = excluded.link_id",
            new { mark, link = link.Value }
        );

    public Task<SharedLink?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        FindAsync("id = @value", id.Value, cancellationToken);

    /// <summary>Of those that are the same one of DocSpace, the one that lives longest: as long as that does, the mark stands for something.</summary>
    public Task<SharedLink?> FindByMarkAsync(string mark, CancellationToken cancellationToken) =>
        FindAsync(
            """
            id = (select same.id from link_marks m join links known on known.id = m.link_id
                    join links same on same.id = known.id or (same.portal_link = known.portal_link and same.role = known.role and same.stopped_at is null)
                   where m.mark = @value
                   order by case when same.stopped_at is null then 0 else 1 end, same.expires_at desc, case when same.id = known.id then 0 else 1 end limit 1)
            """,
            mark,
            cancellationToken
        );

    /// <summary>Whoever wants to change it too waits, and then sees what has become of it.</summary>
    public static async Task<SharedLink?> FindForChangeAsync(Unit unit, RequestId id) =>
        (
            await unit.FindAsync<LinkRow>(
                $"select {Columns} from links where id = @id {(unit.IsPostgres ? "for update" : "")}",
                new { id = id.Value }
            )
        )?.ToLink();

    /// <summary>Those that are open, the newest first.</summary>
    /// <param name="owner">Null for everybody's.</param>
    public static async Task<IReadOnlyList<SharedLink>> ListOpenAsync(Unit unit, string tenantId, string? owner, DateTimeOffset now) =>
        [
            .. (
                await unit.ListAsync<LinkRow>(
                    $"""
                    select {Columns} from links
                     where tenant_id = @tenantId {(
                        owner is null ? "" : "and owner_id = @owner"
                    )} and stopped_at is null and expires_at > @now
                     order by made_at desc, id desc
                    """,
                    new
                    {
                        tenantId,
                        owner,
                        now,
                    }
                )
            ).Select(row => row.ToLink()),
        ];

    public Task<IReadOnlyList<LinkShare>> ListSharesAsync(RequestId link, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyList<LinkShare>)
                    [
                        .. (await db.QueryAsync<ShareRow>(Query(Shares, new { link = link.Value }, cancellationToken))).Select(row =>
                            row.ToShare()
                        ),
                    ],
            cancellationToken
        );

    public static async Task<IReadOnlyList<LinkShare>> ListSharesAsync(Unit unit, RequestId link) =>
        [.. (await unit.ListAsync<ShareRow>(Shares, new { link = link.Value })).Select(row => row.ToShare())];

    public Task<IReadOnlyList<LinkTake>> ListTakesAsync(RequestId link, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyList<LinkTake>)
                    [
                        .. (await db.QueryAsync<TakeRow>(Query(Takes, new { link = link.Value }, cancellationToken))).Select(row =>
                            row.ToTake()
                        ),
                    ],
            cancellationToken
        );

    public static async Task<bool> HasTakenAsync(Unit unit, RequestId link, string person) =>
        await unit.FindAsync<string>(
            "select person_id from link_takes where link_id = @link and person_id = @person",
            new { link = link.Value, person }
        )
            is not null;

    public static Task AddTakeAsync(Unit unit, RequestId link, LinkTake take) =>
        unit.ExecuteAsync(
            "insert into link_takes (link_id, person_id, person_name, taken_at) values (@link, @Id, @Name, @At)",
            new
            {
                link = link.Value,
                take.By.Id,
                take.By.Name,
                take.At,
            }
        );

    /// <summary>How many have got it since then.</summary>
    public static Task<int> CountTakesAsync(Unit unit, RequestId link, DateTimeOffset since) =>
        unit.FindAsync<int>(
            "select cast(count(*) as integer) from link_takes where link_id = @link and taken_at > @since",
            new { link = link.Value, since }
        );

    /// <summary>False when it is shared there already.</summary>
    public static async Task<bool> TryShareAsync(Unit unit, RequestId link, LinkShare share) =>
        await unit.ExecuteAsync(
            """
            insert into link_shares (link_id, conversation_id, shared_by_id, shared_by_name, shared_at) values (@link, @ConversationId, @Id, @Name, @At)
            on conflict (link_id, conversation_id) do nothing
            """,
            new
            {
                link = link.Value,
                share.ConversationId,
                share.By.Id,
                share.By.Name,
                share.At,
            }
        ) == 1;

    /// <summary>The thread that the card has begun in a channel.</summary>
    public static Task PlaceAsync(Unit unit, RequestId link, LinkShare share, string threadId) =>
        unit.ExecuteAsync(
            "update link_shares set thread_id = @threadId where link_id = @link and conversation_id = @ConversationId",
            new
            {
                link = link.Value,
                share.ConversationId,
                threadId,
            }
        );

    /// <summary>Its cards are shown as they are now.</summary>
    public static async Task ShowAsync(Unit unit, RequestId link, DateTimeOffset now)
    {
        await StepQueue.AddAsync(unit, StepKind.ShowCard, link.Value, now);
        await StepQueue.AddAsync(unit, StepKind.ShowLink, link.Value, now);
    }

    public Task<LinkWork> ListWorkAsync(DocSpaceRole role, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var asked = await InvitationStore.ListLinksAskedAsync(unit, role);
                var links = (
                    await unit.ListAsync<LinkRow>(
                        $"""
                        select {Columns} from links
                         where role = @role and ((stopped_at is null and expires_at > @now) or (stopped_at is not null and revoked is null))
                         order by made_at, id
                        """,
                        new { role = role.ToString(), now }
                    )
                ).Select(row => row.ToLink()).ToList();
                return new LinkWork(
                    [.. asked.Where(it => !(now < it.Invitation.SendFrom))],
                    asked.Where(it => now < it.Invitation.SendFrom).Min(it => it.Invitation.SendFrom),
                    [.. links.Where(link => link.StoppedAt is null)],
                    [.. links.Where(link => link.StoppedAt is not null)]
                );
            },
            cancellationToken
        );

    public Task<PortalLink?> FindPortalLinkAsync(DocSpaceRole role, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                await db.QuerySingleOrDefaultAsync<PortalLinkRow>(
                    Query(
                        "select portal_link, begun_at, uses, ends_at from portal_links where role = @role",
                        new { role = role.ToString() },
                        cancellationToken
                    )
                )
                    is { } row
                    ? new PortalLink(row.PortalLink is null ? null : Guid.Parse(row.PortalLink), row.BegunAt)
                    {
                        Uses = row.Uses,
                        EndsAt = row.EndsAt,
                    }
                    : null,
            cancellationToken
        );

    public Task KeepPortalLinkAsync(DocSpaceRole role, PortalLink link, CancellationToken cancellationToken) =>
        database.WriteAsync(
            unit =>
                unit.ExecuteAsync(
                    """
                    insert into portal_links (role, portal_link, begun_at, uses, ends_at) values (@role, @id, @BegunAt, @Uses, @EndsAt)
                    on conflict (role) do update set portal_link = excluded.portal_link, begun_at = excluded.begun_at, uses = excluded.uses, ends_at = excluded.ends_at
                    """,
                    new
                    {
                        role = role.ToString(),
                        id = link.Id?.ToString(),
                        link.BegunAt,
                        link.Uses,
                        link.EndsAt,
                    }
                ),
            cancellationToken
        );

    private Task<SharedLink?> FindAsync(string where, string value, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QuerySingleOrDefaultAsync<LinkRow>(
                        Query($"select {Columns} from links where {where}", new { value }, cancellationToken)
                    )
                )?.ToLink(),
            cancellationToken
        );

    private static CommandDefinition Query(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);

    private sealed class ShareRow
    {
        public string ConversationId { get; init; } = "";
        public string? ThreadId { get; init; }
        public string SharedById { get; init; } = "";
        public string SharedByName { get; init; } = "";
        public DateTimeOffset SharedAt { get; init; }

        public LinkShare ToShare() => new(ConversationId, new(SharedById, SharedByName), SharedAt) { ThreadId = ThreadId };
    }

    private sealed class TakeRow
    {
        public string PersonId { get; init; } = "";
        public string PersonName { get; init; } = "";
        public DateTimeOffset TakenAt { get; init; }

        public LinkTake ToTake() => new(new(PersonId, PersonName), TakenAt);
    }

    private sealed class PortalLinkRow
    {
        public string? PortalLink { get; init; }
        public DateTimeOffset? BegunAt { get; init; }
        public int? Uses { get; init; }
        public DateTimeOffset? EndsAt { get; init; }
    }
}
