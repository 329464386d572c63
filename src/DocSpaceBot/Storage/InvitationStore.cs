using System.Data.Common;
using Dapper;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Storage;

/// <summary>Requests and their invitations. A change and the steps it leaves are saved in one transaction, over the version it was made from.</summary>
internal sealed partial class InvitationStore(Database database, TimeProvider clock)
{
    private const string Columns =
        "id, request_id, row_number, email, role, asked_at, status, version, standing_before, send_from, send_begun_at, rule, is_new_domain, decide_by, needed, votes, denial, shown, first_name, last_name, language, room, room_id, was_in_portal, creates, created_at, invite_begun_at, waiting_since, portal_role, note, wish, wish_state, wish_cause, portal_user_id, cause, looked_at, next_look_at, invited_at, joined_at, joined_by, confirmed_at, welcomed_at, waits_since, reminded_at, portal_welcome, teams_welcome, link";

    private const string RequestColumns =
        "id, tenant_id, requester_id, requester_name, conversation_id, reason, asked_at, people, number, level, level_at, told_at, operators_told_at";

    public static async Task AddAsync(Unit unit, InviteRequest request, IEnumerable<Transition.Moved> invitations, DateTimeOffset now)
    {
        await unit.ExecuteAsync(
            """
            insert into requests (id, tenant_id, requester_id, requester_name, conversation_id, place, reason, asked_at, people, number, level, level_at)
            values (@Id, @TenantId, @RequesterId, @RequesterName, @ConversationId, @Place, @Reason, @AskedAt, @People, @Number, 0, null)
            """,
            new
            {
                Id = request.Id.Value,
                request.TenantId,
                RequesterId = request.Requester.Id,
                RequesterName = request.Requester.Name,
                request.ConversationId,
                Place = ConversationReference.RootOf(request.ConversationId),
                request.Reason,
                request.AskedAt,
                request.People,
                request.Number,
            }
        );

        var steps = new HashSet<(string Kind, string Subject, TimeSpan After)>();
        var people = new List<Invitation>();

        foreach (var (invitation, left) in invitations)
        {
            people.Add(invitation);
            await unit.ExecuteAsync(
                $"""
                insert into invitations ({Columns}, tenant_id, requester_id, place, ended_at)
                values (@Id, @RequestId, @RowNumber, @Email, @Role, @AskedAt, @Status, @Version, @StandingBefore, @SendFrom, @SendBegunAt, @Rule, @IsNewDomain, @DecideBy, @Needed, @Votes,
                        @Denial, @Shown, @FirstName, @LastName, @Language, @Room,
                        @RoomId, @WasInPortal, @Creates, @CreatedAt, @InviteBegunAt, @WaitingSince, @PortalRole, @Note, @Wish, @WishState, @WishCause, @PortalUserId, @Cause, @LookedAt,
                        @NextLookAt, @InvitedAt, @JoinedAt, @JoinedBy, @ConfirmedAt, @WelcomedAt, @WaitsSince, @RemindedAt, @PortalWelcome, @TeamsWelcome, @Link,
                        @TenantId, @RequesterId, @Place, @EndedAt)
                """,
                InvitationRow.Of(invitation, request)
            );
            steps.UnionWith(left.Select(step => (step.Kind, SubjectOf(step, invitation), step.After)));
        }

        foreach (var (kind, subject, after) in steps)
        {
            await StepQueue.AddAsync(unit, kind, subject, now + after);
        }

        foreach (var entry in LedgerEntries.Of(request, people, now))
        {
            unit.Record(entry);
        }
    }

    /// <summary>Lets an event happen to an invitation as it is stored now.</summary>
    public Task<Transition> ApplyAsync(InvitationId id, InvitationEvent happened, CancellationToken cancellationToken) =>
        database.WriteAsync(unit => ApplyAsync(unit, id, happened), cancellationToken);

    /// <summary>Lets an event happen to each, all in one transaction.</summary>
    public Task<IReadOnlyList<Transition>> ApplyAsync(
        IReadOnlyCollection<(InvitationId Id, InvitationEvent Happened)> all,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async unit =>
            {
                var transitions = new List<Transition>(all.Count);

                foreach (var (id, happened) in all)
                {
                    transitions.Add(await ApplyAsync(unit, id, happened));
                }

                return (IReadOnlyList<Transition>)transitions;
            },
            cancellationToken
        );

    public async Task<Transition> ApplyAsync(Unit unit, InvitationId id, InvitationEvent happened)
    {
        var row = await unit.FindAsync<InvitationRow>(
            $"""
            select {Columns}, (select tenant_id from requests r where r.id = invitations.request_id) as tenant_id,
                   (select requester_id from requests r where r.id = invitations.request_id) as requester_id
              from invitations where id = @id {(unit.IsPostgres ? "for update" : "")}
            """,
            new { id = id.Value }
        );

        if (row is null)
        {
            return new Transition.Refused(Refusal.UnknownCard);
        }

        var before = row.ToInvitation();
        var transition = InvitationLifecycle.Apply(before, happened);

        if (transition is Transition.Moved moved)
        {
            if (before.Link is null && !IsOpen(before) && IsOpen(moved.Invitation) && await IsOpenElsewhereAsync(unit, before))
            {
                return new Transition.Refused(Refusal.UnderWay);
            }

            var after = moved.Invitation with { Version = before.Version + 1 };
            await SaveAsync(unit, before, after, clock.GetUtcNow());
            await TellAsync(unit, LedgerEntries.Of(row.TenantId, row.RequesterId, before, happened, after, clock.GetUtcNow()));

            if (before.InvitedAt is null && after.InvitedAt is not null)
            {
                await KnownDomains.AddAsync(unit, after.Email);
            }

            foreach (var step in moved.Steps)
            {
                await StepQueue.AddAsync(unit, step.Kind, SubjectOf(step, after), clock.GetUtcNow() + step.After);
            }

            return moved with
            {
                Invitation = after,
            };
        }

        return transition;
    }

    public Task<InviteRequest?> FindRequestAsync(RequestId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QuerySingleOrDefaultAsync<RequestRow>(
                        Query($"select {RequestColumns} from requests where id = @id", new { id = id.Value }, cancellationToken)
                    )
                )?.ToRequest(),
            cancellationToken
        );

    public static async Task<bool> IsThereAsync(Unit unit, RequestId id) =>
        await unit.FindAsync<string>("select id from requests where id = @id", new { id = id.Value }) is not null;

    public Task<Invitation?> FindAsync(InvitationId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QuerySingleOrDefaultAsync<InvitationRow>(
                        Query($"select {Columns} from invitations where id = @id", new { id = id.Value }, cancellationToken)
                    )
                )?.ToInvitation(),
            cancellationToken
        );

    /// <summary>All invitations of a request, in the order in which they were asked for.</summary>
    public Task<IReadOnlyList<Invitation>> ListAsync(RequestId request, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                ListAsync(
                    db,
                    Query(
                        $"select {Columns} from invitations where request_id = @request order by row_number",
                        new { request = request.Value },
                        cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>Everybody who has been invited and has not joined, a page at a time, ordered by id; <paramref name="after"/> is the last id seen.</summary>
    public Task<IReadOnlyList<Invitation>> ListInvitedAsync(InvitationId? after, int most, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                ListAsync(
                    db,
                    Query(
                        $"select {Columns} from invitations where status = 'Invited' and id > @after order by id limit @most",
                        new { after = after?.Value ?? "", most },
                        cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>Another text whenever somebody has become one of those, or ceased to be one.</summary>
    public Task<string> DescribeInvitedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.ExecuteScalarAsync<string>(
                        Query(
                            "select count(*) || ', the last at ' || coalesce(max(invited_at), 0) from invitations where status = 'Invited'",
                            new { },
                            cancellationToken
                        )
                    )
                )!,
            cancellationToken
        );

    /// <summary>Somebody of those was created, by us or by an administrator before, and is therefore not among the portal's pending.</summary>
    public Task<bool> IsAnyCreatedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                await db.ExecuteScalarAsync<int?>(
                    Query(
                        "select 1 from invitations where status = 'Invited' and (standing_before = 'Created' or created_at is not null) limit 1",
                        new { },
                        cancellationToken
                    )
                )
                    is not null,
            cancellationToken
        );

    /// <summary>Those of the addresses that some request is bringing in at the moment.</summary>
    public static async Task<IReadOnlySet<string>> ListUnderWayAsync(
        DbConnection db,
        IReadOnlyList<string> emails,
        CancellationToken cancellationToken
    )
    {
        const string Open = "select email from invitations where status in ('PendingApproval', 'Approved')";
        var wanted = emails.ToHashSet(StringComparer.Ordinal);
        var open = await db.QueryAsync<string>(Query(Open, new { }, cancellationToken));
        return open.Where(wanted.Contains).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// The invitation that already brings this address in: one that is under way, or one that the same person asked for since
    /// <paramref name="since"/> and that went out.
    /// </summary>
    public static async Task<(Invitation Invitation, InviteRequest Request)?> FindUnderWayAsync(
        Unit unit,
        string email,
        string requester,
        DateTimeOffset since
    )
    {
        var rows = (
            await unit.ListAsync<InvitationRow>(
                $"""
                select {Columns} from invitations i
                 where email = @email
                   and (status in ('PendingApproval', 'Approved')
                        or (status = 'Invited' and asked_at > @since
                            and exists (select 1 from requests r where r.id = i.request_id and r.requester_id = @requester)))
                 order by asked_at desc limit 1
                """,
                new
                {
                    email,
                    requester,
                    since,
                }
            )
        );

        if (rows is not [var row, ..])
        {
            return null;
        }

        var request = await unit.FindAsync<RequestRow>(
            $"select {RequestColumns} from requests where id = @RequestId",
            new { row.RequestId }
        );

        return (row.ToInvitation(), request!.ToRequest());
    }

    private static bool IsOpen(Invitation it) => it.Status is InvitationStatus.PendingApproval or InvitationStatus.Approved;

    private static async Task<bool> IsOpenElsewhereAsync(Unit unit, Invitation it) =>
        await unit.FindAsync<string>(
            "select id from invitations where email = @Email and id <> @Id and status in ('PendingApproval', 'Approved')",
            new { it.Email, Id = it.Id.Value }
        )
            is not null;

    private static async Task SaveAsync(Unit unit, Invitation before, Invitation after, DateTimeOffset now)
    {
        var row = InvitationRow.Of(after);
        var saved = await unit.ExecuteAsync(
            """
            update invitations set ended_at = case when @Status in ('PendingApproval', 'Approved', 'Invited') then null
                                                   when status = 'Expired' and @Status <> 'Expired' then @now
                                                   else coalesce(ended_at, @now) end,
                   status = @Status, version = @Version, standing_before = @StandingBefore, send_from = @SendFrom, send_begun_at = @SendBegunAt,
                   rule = @Rule, decide_by = @DecideBy, needed = @Needed, votes = @Votes, denial = @Denial, shown = @Shown, portal_user_id = @PortalUserId,
                   language = @Language, room_id = @RoomId, was_in_portal = @WasInPortal, created_at = @CreatedAt, invite_begun_at = @InviteBegunAt, waiting_since = @WaitingSince, portal_role = @PortalRole,
                   wish = @Wish, wish_state = @WishState, wish_cause = @WishCause,
                   cause = @Cause, looked_at = @LookedAt, next_look_at = @NextLookAt, invited_at = @InvitedAt, joined_at = @JoinedAt,
                   joined_by = @JoinedBy, confirmed_at = @ConfirmedAt, welcomed_at = @WelcomedAt, waits_since = @WaitsSince, reminded_at = @RemindedAt,
                   portal_welcome = @PortalWelcome, teams_welcome = @TeamsWelcome
             where id = @Id and version = @Before
            """,
            new
            {
                row.Id,
                row.Status,
                row.Version,
                row.StandingBefore,
                row.SendFrom,
                row.SendBegunAt,
                row.Rule,
                row.DecideBy,
                row.Needed,
                row.Votes,
                row.Denial,
                row.Shown,
                row.PortalUserId,
                row.Language,
                row.RoomId,
                row.WasInPortal,
                row.CreatedAt,
                row.InviteBegunAt,
                row.WaitingSince,
                row.PortalRole,
                row.Wish,
                row.WishState,
                row.WishCause,
                row.Cause,
                row.LookedAt,
                row.NextLookAt,
                row.InvitedAt,
                row.JoinedAt,
                row.JoinedBy,
                row.ConfirmedAt,
                row.WelcomedAt,
                row.WaitsSince,
                row.RemindedAt,
                row.PortalWelcome,
                row.TeamsWelcome,
                Before = before.Version,
                now,
            }
        );

        if (saved != 1)
        {
            throw new InvalidOperationException($"Invitation {after.Id} changed while it was being saved.");
        }
    }

    private static async Task TellAsync(Unit unit, LedgerEntry? entry)
    {
        if (entry is not null && (!entry.OncePerChange || await Ledger.IsNewsAsync(unit, entry)))
        {
            unit.Record(entry);
        }
    }

    private static string SubjectOf(Step step, Invitation invitation) =>
        step.Kind switch
        {
            StepKind.Welcome or StepKind.FollowUp => invitation.Id.Value,
            StepKind.SendMailsAgain => StepQueue.ForAll,
            StepKind.TendLinks => invitation.Role.ToString(),
            _ => invitation.Request.Value,
        };

    private static async Task<IReadOnlyList<Invitation>> ListAsync(DbConnection db, CommandDefinition query) =>
        [.. (await db.QueryAsync<InvitationRow>(query)).Select(row => row.ToInvitation())];

    private static CommandDefinition Query(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}
