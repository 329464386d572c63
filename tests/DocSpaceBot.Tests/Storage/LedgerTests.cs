using System.Globalization;
using Dapper;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout;
using Npgsql;

namespace DocSpaceBot.Tests.Storage;

public sealed class LedgerTests
{
    private readonly MovableClock clock = new(An.Instant);

    [Theory, OnSqlite, OnPostgres]
    public async Task A_request_and_what_becomes_of_it_are_told_with_who_by_which_right_and_what_was_seen(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var invitation = An.Invitation();
        await AddAsync(database, An.Request() with { Reason = "audit “2026”" }, invitation);

        await store.ApplyAsync(invitation.Id, new InvitationEvent.LookedUp(Standing.Absent, null, An.Instant), default);
        await store.ApplyAsync(invitation.Id, new InvitationEvent.Cancel(An.Alice), default);

        Assert.Equal(
            [
                "1 Requested  by Alice Adams, requester: > (1 person, reason: audit “2026”)",
                "2 Asked carol@example.com by Alice Adams, requester: >Approved (as User, reason: audit “2026”)",
                "3 LookedUp carol@example.com by , : Approved>Approved (nobody there)",
                "4 Cancelled carol@example.com by Alice Adams, requester: Approved>Cancelled ()",
            ],
            await ReadAsync(database)
        );
        Assert.Null((await new Ledger(database).VerifyAsync(default)).Fault);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_refused_leaves_no_record(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var invitation = An.Invitation();
        await AddAsync(database, An.Request(), invitation);

        await new InvitationStore(database, clock).ApplyAsync(invitation.Id, new InvitationEvent.DeadlinePassed(), default);

        Assert.Equal(2, (await ReadAsync(database)).Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_portal_that_says_the_same_every_minute_is_told_of_once_and_again_when_it_says_something_else(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var invitation = An.Invitation();
        await AddAsync(database, An.Request(), invitation);

        foreach (
            var cause in (Cause[])[Cause.PortalLimit, Cause.PortalLimit, Cause.PortalUnavailable, Cause.PortalLimit, Cause.PortalLimit]
        )
        {
            await HappensAsync(
                new InvitationEvent.LookedUp(Standing.Absent, null, An.Instant),
                new InvitationEvent.SendBegun(An.Instant),
                new InvitationEvent.SendNotMade(),
                new InvitationEvent.PortalBusy(cause, An.Instant, An.Instant)
            );
        }

        await HappensAsync(
            new InvitationEvent.SendBegun(An.Instant.AddHours(1)),
            new InvitationEvent.LookedUp(Standing.Pending, Guid.NewGuid(), An.Instant.AddHours(1))
        );

        Assert.Equal(
            [
                "LookedUp nobody there",
                "CallBegun as User",
                "CallNotMade ",
                "Waiting takes no more at the moment",
                "Waiting cannot be reached",
                "Waiting takes no more at the moment",
                "LookedUp invited and not registered, asked for at 2026-11-20 10:00 UTC",
            ],
            await AskAsync<string>(database, "select kind || ' ' || coalesce(detail, '') from ledger where number > 2 order by number")
        );

        async Task HappensAsync(params InvitationEvent[] events) =>
            await store.ApplyAsync([.. events.Select(happened => (invitation.Id, happened))], default);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_tries_again_is_told_of_all_of_it_again(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var invitation = An.Invitation();
        await AddAsync(database, An.Request(), invitation);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await store.ApplyAsync(
                [
                    (invitation.Id, new InvitationEvent.LookedUp(Standing.Absent, null, An.Instant)),
                    (invitation.Id, new InvitationEvent.SendBegun(An.Instant)),
                    (invitation.Id, new InvitationEvent.PortalBusy(Cause.Unclear, An.Instant, An.Instant)),
                    (invitation.Id, new InvitationEvent.GaveUp(Cause.Unclear, An.Instant)),
                    (invitation.Id, new InvitationEvent.TryAgain(An.Alice)),
                ],
                default
            );
        }

        Assert.Equal(
            ["LookedUp", "CallBegun", "Waiting", "GivenUp", "TriedAgain", "CallBegun", "Waiting", "GivenUp", "TriedAgain"],
            await AskAsync<string>(database, "select kind from ledger where number > 2 order by number")
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task However_many_write_at_once_the_records_are_one_chain(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(writer => RecordAsync(database, $"{writer}", entries: 3)));

        await IsWholeAsync(database, records: 120);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_checks_the_ledger_while_others_write_into_it_finds_it_in_order(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var ledger = new Ledger(database);
        var writing = Task.WhenAll(Enumerable.Range(0, 300).Select(writer => RecordAsync(database, $"{writer}", entries: 5)));
        var checks = 0;

        do
        {
            Assert.Null((await ledger.VerifyAsync(default)).Fault);
            checks++;
        } while (!writing.IsCompleted || checks < 2);

        await writing;
        await IsWholeAsync(database, records: 1500);
    }

    [Theory, OnPostgres]
    public async Task Two_instances_that_write_at_once_write_one_chain(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var one = await storage.OpenAsync();
        await using var other = await storage.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(writer => RecordAsync(writer % 2 == 0 ? one : other, $"{writer}", entries: 2)));

        await IsWholeAsync(one, records: 120);
        await IsWholeAsync(other, records: 120);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_unit_that_fails_leaves_no_record_and_no_gap(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        var units = Enumerable
            .Range(0, 50)
            .Select(i =>
                database.WriteAsync(
                    unit =>
                    {
                        unit.Record(Entry($"{i}"));
                        return i % 2 == 1 ? throw new InvalidOperationException("stopped in the middle") : Task.CompletedTask;
                    },
                    default
                )
            )
            .ToList();
        await Task.WhenAll(units).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(25, units.Count(unit => unit.IsFaulted));
        await IsWholeAsync(database, records: 25);
        Assert.All(
            await AskAsync<string>(database, "select detail from ledger"),
            detail => Assert.Equal(0, int.Parse(detail, CultureInfo.InvariantCulture) % 2)
        );
    }

    [Theory, OnPostgres]
    public async Task What_is_carried_out_again_after_a_conflict_is_told_once(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var tries = 0;

        await database.WriteAsync(
            unit =>
            {
                unit.Record(Entry("once"));
                return ++tries == 1 ? throw new PostgresException("", "", "", PostgresErrorCodes.SerializationFailure) : Task.CompletedTask;
            },
            default
        );

        await IsWholeAsync(database, records: 1);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_chain_goes_on_after_the_next_start(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await using (var before = await storage.OpenAsync())
        {
            await RecordAsync(before, "before", entries: 2);
        }

        await using var after = await storage.OpenAsync();
        await RecordAsync(after, "after", entries: 1);

        await IsWholeAsync(after, records: 3);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whatever_people_are_called_the_record_fits_its_hash(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        foreach (
            var name in (string[])
                ["Zoë 🙂", "a\0b", "half \ud83d", "\u202eecila", "x\r\ny", new string('ü', 1000), "'; drop table ledger; --", ""]
        )
        {
            await database.WriteAsync(
                unit =>
                {
                    unit.Record(Entry(name) with { Actor = new(An.Alice.Id, name), Right = name });
                    return Task.CompletedTask;
                },
                default
            );
        }

        await IsWholeAsync(database, records: 8);
        Assert.DoesNotContain(
            await AskAsync<string>(database, "select actor_name from ledger"),
            name => name.Any(c => char.IsControl(c) || c == '\u202e') || name.Length > 255
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_changed_behind_the_back_of_the_bot_is_found(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await RecordAsync(database, "x", entries: 2500);

        Assert.Equal((LedgerFaultKind.CutOff, 2500L), await AfterAsync("delete from ledger where number = 2500"));
        Assert.Equal((LedgerFaultKind.Missing, 2000L), await AfterAsync("delete from ledger where number = 2000"));
        Assert.Equal((LedgerFaultKind.Changed, 1500L), await AfterAsync("update ledger set detail = 'y' where number = 1500"));
        Assert.Equal((LedgerFaultKind.Changed, 1000L), await AfterAsync("update ledger set at = at + 1 where number = 1000"));
        Assert.Equal((LedgerFaultKind.OutOfOrder, 700L), await AfterAsync("update ledger set previous_hash = hash where number = 700"));
        Assert.Equal((LedgerFaultKind.OutOfOrder, -1L), await AfterAsync("update ledger set number = -1 where number = 3"));

        async Task<(LedgerFaultKind, long)> AfterAsync(string sql)
        {
            await database.WriteAsync(unit => unit.ExecuteAsync(sql), default);
            var fault = (await new Ledger(database).VerifyAsync(default)).Fault!;
            return (fault.Kind, fault.Number);
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_head_that_was_changed_or_taken_away_is_found(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await RecordAsync(database, "x", entries: 2);

        foreach (
            var sql in (string[])
                [
                    "update ledger_head set hash = 'x'",
                    "update ledger_head set number = 1",
                    "insert into ledger_head (number, hash) values (0, '')",
                    "delete from ledger_head",
                ]
        )
        {
            await database.WriteAsync(unit => unit.ExecuteAsync(sql), default);
            Assert.Equal(LedgerFaultKind.HeadDiffers, (await new Ledger(database).VerifyAsync(default)).Fault?.Kind);
        }
    }

    private static Task RecordAsync(Database database, string detail, int entries) =>
        database.WriteAsync(
            unit =>
            {
                for (var i = 0; i < entries; i++)
                {
                    unit.Record(Entry(detail));
                }

                return Task.CompletedTask;
            },
            default
        );

    private static LedgerEntry Entry(string detail) => new(LedgerKind.LedgerExported, An.Instant, "tenant") { Detail = detail };

    private static async Task IsWholeAsync(Database database, int records)
    {
        var verdict = await new Ledger(database).VerifyAsync(default);
        Assert.Null(verdict.Fault);
        Assert.Equal(records, verdict.Last.Number);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(Database database) =>
        [
            .. (await database.ReadAsync(db => db.QueryAsync<LedgerRecord>("select * from ledger order by number"), default)).Select(it =>
                $"{it.Number} {it.Kind} {it.Email} by {it.ActorName}, {it.ByRight}: {it.BeforeStatus}>{it.AfterStatus} ({it.Detail})"
            ),
        ];

    private static async Task<IReadOnlyList<T>> AskAsync<T>(Database database, string sql) =>
        [.. await database.ReadAsync(db => db.QueryAsync<T>(sql), default)];

    private static Task AddAsync(Database database, InviteRequest request, Invitation invitation) =>
        database.WriteAsync(
            unit =>
                InvitationStore.AddAsync(
                    unit,
                    request,
                    [(Transition.Moved)InvitationLifecycle.Apply(invitation, new InvitationEvent.Allow(null, An.Instant, TimeSpan.Zero))],
                    An.Instant
                ),
            default
        );
}
