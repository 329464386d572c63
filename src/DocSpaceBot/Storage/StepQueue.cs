using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>A step that is ours to do until the lease ends.</summary>
internal sealed record DueStep(string Kind, string Subject, string? Payload, int Attempts, int Revision);

/// <summary>
/// Work to do, kept with the change that caused it. A step is done at least once. Adding a step that is there already makes it due at
/// the earlier of both times; adding one that is being done has it done once more.
/// </summary>
internal sealed class StepQueue(Database database, TimeProvider clock)
{
    /// <summary>The subject of a step of which there is one for all.</summary>
    public const string ForAll = "all";

    /// <summary>The name under which this process holds its leases.</summary>
    private readonly string owner = Guid.NewGuid().ToString("N");

    public static async Task AddAsync(Unit unit, string kind, string subject, DateTimeOffset dueAt, string? payload = null)
    {
        if (payload is null && !unit.IsNewStep(kind, subject, dueAt))
        {
            return;
        }

        await unit.ExecuteAsync(
            """
            insert into steps (kind, subject, payload, due_at, attempts, revision, leased_until)
            values (@kind, @subject, @payload, @dueAt, 0, 1, 0)
            on conflict (kind, subject) do update set
                due_at = case when excluded.due_at < steps.due_at then excluded.due_at else steps.due_at end,
                payload = coalesce(excluded.payload, steps.payload),
                attempts = 0,
                revision = steps.revision + 1
            """,
            new
            {
                kind,
                subject,
                payload,
                dueAt,
            }
        );
        unit.HasNewSteps = true;
    }

    /// <summary>
    /// Adds a step that is due at once and whose subject nobody has used before. Where the worker of this process has room it is taken by it
    /// already when it is written.
    /// </summary>
    public static async Task AddNewAsync(Unit unit, string kind, string subject, DateTimeOffset now, string? payload = null)
    {
        if (unit.HandOver?.Free is not { } place)
        {
            await AddAsync(unit, kind, subject, now, payload);
            return;
        }

        var step = new DueStep(kind, subject, payload, Attempts: 1, Revision: 1);
        await unit.ExecuteAsync(
            """
            insert into steps (kind, subject, payload, due_at, attempts, revision, leased_until, owner)
            values (@Kind, @Subject, @Payload, @now, @Attempts, @Revision, @until, @Owner)
            """,
            new
            {
                step.Kind,
                step.Subject,
                step.Payload,
                now,
                step.Attempts,
                step.Revision,
                until = now + place.Lease,
                place.Owner,
            }
        );
        unit.AfterCommit(() => place.Start(step));
    }

    /// <summary>Somebody does that step at this moment.</summary>
    public static async Task<bool> IsUnderWayAsync(Unit unit, string kind, string subject, DateTimeOffset now) =>
        await unit.FindAsync<string>(
            "select subject from steps where kind = @kind and subject = @subject and leased_until > @now",
            new
            {
                kind,
                subject,
                now,
            }
        )
            is not null;

    /// <summary>From now on <paramref name="start"/> gets what is added with <see cref="AddNewAsync"/>, while <paramref name="hasRoom"/>.</summary>
    public void ReceiveAtOnce(TimeSpan lease, Func<bool> hasRoom, Action<DueStep> start) =>
        database.HandOver.Open(new(owner, lease, hasRoom, start));

    public void StopReceiving() => database.HandOver.Close();

    /// <summary>Takes up to <paramref name="most"/> due steps, the oldest first, for the time of <paramref name="lease"/>.</summary>
    public Task<IReadOnlyList<DueStep>> TakeAsync(int most, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var now = clock.GetUtcNow();
                var rows = await unit.ListAsync<StepRow>(
                    $"""
                    update steps set leased_until = @until, owner = @owner, attempts = attempts + 1
                     where (kind, subject) in (
                        select kind, subject from steps where due_at <= @now and leased_until <= @now
                         order by due_at limit @most {(unit.IsPostgres ? "for update skip locked" : "")})
                    returning kind, subject, payload, attempts, revision
                    """,
                    new
                    {
                        now,
                        until = now + lease,
                        owner,
                        most,
                    }
                );
                return (IReadOnlyList<DueStep>)
                    [.. rows.Select(row => new DueStep(row.Kind, row.Subject, row.Payload, row.Attempts, row.Revision))];
            },
            cancellationToken
        );

    /// <summary>The step is done. If it was added again meanwhile it stays, to be done once more.</summary>
    public Task CompleteAsync(DueStep step, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var values = new
                {
                    step.Kind,
                    step.Subject,
                    step.Revision,
                    owner,
                };

                var gone = await unit.ExecuteAsync(
                    "delete from steps where kind = @Kind and subject = @Subject and owner = @owner and revision = @Revision",
                    values
                );

                if (gone == 0)
                {
                    await unit.ExecuteAsync(
                        "update steps set leased_until = 0, owner = null, attempts = 0 where kind = @Kind and subject = @Subject and owner = @owner",
                        values
                    );
                    unit.HasNewSteps = true;
                }
            },
            cancellationToken
        );

    /// <summary>The step goes on at <paramref name="at"/>, or at once if it was added again meanwhile.</summary>
    public Task PostponeAsync(DueStep step, DateTimeOffset at, bool countsAsFailure, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                await unit.ExecuteAsync(
                    """
                    update steps set
                        due_at = case when revision = @Revision then @at else due_at end,
                        attempts = case when @countsAsFailure and revision = @Revision then attempts else 0 end,
                        leased_until = 0,
                        owner = null
                     where kind = @Kind and subject = @Subject and owner = @owner
                    """,
                    new
                    {
                        step.Kind,
                        step.Subject,
                        step.Revision,
                        owner,
                        at,
                        countsAsFailure,
                    }
                );
                unit.HasNewSteps = true;
            },
            cancellationToken
        );

    /// <summary>
    /// Keeps the leases of the steps that run here for another <paramref name="lease"/>. A step that was taken without our hearing of it,
    /// because the answer was lost, is not among them: its lease ends.
    /// </summary>
    public Task RenewAsync(IEnumerable<(string Kind, string Subject)> running, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            unit =>
                unit.ExecuteAsync(
                    $"update steps set leased_until = @until where owner = @owner and kind || ' ' || subject {(unit.IsPostgres ? "= any(@names)" : "in @names")}",
                    new
                    {
                        until = clock.GetUtcNow() + lease,
                        owner,
                        names = running.Select(step => $"{step.Kind} {step.Subject}").ToList(),
                    }
                ),
            cancellationToken
        );

    /// <summary>When the next step is due that nobody holds; null when there is none.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                await db.ExecuteScalarAsync<long?>(
                    new CommandDefinition(
                        // Two looks into indexes: the table may hold many thousand steps that wait for their time.
                        """
                        select min(next) from (
                            select min(due_at) as next from (select due_at from steps where owner is null order by due_at limit 1) free
                            union all
                            select min(case when due_at > leased_until then due_at else leased_until end) as next
                              from steps where owner is not null) nexts
                        """,
                        cancellationToken: cancellationToken
                    )
                )
                    is { } due
                    ? DateTimeOffset.FromUnixTimeMilliseconds(due)
                    : (DateTimeOffset?)null,
            cancellationToken
        );

    /// <summary>Makes sure that the work is there which goes round for ever.</summary>
    public Task SeedAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                foreach (var kind in (string[])[StepKind.Sweep, StepKind.TellDrift, StepKind.Housekeeping])
                {
                    await unit.ExecuteAsync(
                        """
                        insert into steps (kind, subject, due_at, attempts, revision, leased_until) values (@kind, @ForAll, @now, 0, 1, 0)
                        on conflict (kind, subject) do nothing
                        """,
                        new
                        {
                            kind,
                            ForAll,
                            now = clock.GetUtcNow(),
                        }
                    );
                }
            },
            cancellationToken
        );

    private sealed class StepRow
    {
        public string Kind { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? Payload { get; init; }
        public int Attempts { get; init; }
        public int Revision { get; init; }
    }
}
