using System.Diagnostics;
using Dapper;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Storage;

/// <summary>Where things stand, as it is read from storage.</summary>
public sealed class OverviewStoreTests(ITestOutputHelper output)
{
    private static readonly Person Bob = new("33333333-3333-4333-8333-333333333333", "Bob Brandt");

    private static readonly OverviewScope Alices = new("tenant", An.Alice.Id, Place: null);

    private static readonly OverviewScope Everybodys = new("tenant", Requester: null, Place: null);

    private readonly MovableClock clock = new(An.Instant);

    [Theory, OnSqlite, OnPostgres]
    public async Task What_somebody_asked_for_is_listed_newest_first_with_what_came_of_it(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AskAsync(database, "first", An.Alice, 0, "a:alice", InvitationStatus.Denied);
        await AskAsync(
            database,
            "second",
            An.Alice,
            1,
            "a:alice",
            InvitationStatus.Invited,
            InvitationStatus.Failed,
            InvitationStatus.Invited
        );
        await AskAsync(database, "of bob", Bob, 2, "a:bob", InvitationStatus.Invited);
        await AskAsync(database, "third", An.Alice, 3, "a:alice", InvitationStatus.Joined);

        var all = await ReadAsync(database, unit => InvitationStore.ListAskedAsync(unit, Alices, skip: 0, most: 9));
        var second = await ReadAsync(database, unit => InvitationStore.ListAskedAsync(unit, Alices, skip: 1, most: 1));

        Assert.Equal(["third", "second", "first"], all.Select(it => it.Request.Id.Value));
        Assert.Equal([InvitationStatus.Joined, null, InvitationStatus.Denied], all.Select(it => it.Only?.Status));
        Assert.Equal([(InvitationStatus.Invited, 2), (InvitationStatus.Failed, 1)], all[1].Counts);
        Assert.Equal("second", Assert.Single(second).Request.Id.Value);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_not_finished_is_listed_oldest_first_and_open_links_among_it(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AskAsync(database, "first", An.Alice, 0, "a:alice", InvitationStatus.PendingApproval);
        await LinkAsync(database, "open", 1, An.Instant.AddDays(1), stopped: false);
        await LinkAsync(database, "over", 2, An.Instant, stopped: false);
        await LinkAsync(database, "stopped", 3, An.Instant.AddDays(1), stopped: true);
        await AskAsync(database, "second", An.Alice, 4, "a:alice", InvitationStatus.Joined, InvitationStatus.Invited);
        await AskAsync(database, "of bob", Bob, 5, "a:bob", InvitationStatus.Approved);

        var own = await OpenAsync(Alices, skip: 0);
        var everybodys = await OpenAsync(Everybodys, skip: 0);

        Assert.Equal(["first", "open", "second"], own.Select(it => it.Request.Id.Value));
        Assert.Equal(["first", "open", "second", "of bob"], everybodys.Select(it => it.Request.Id.Value));
        Assert.Equal(Bob, everybodys[^1].Request.Requester);
        Assert.NotNull(own[1].Link);
        Assert.Equal(InvitationStatus.Invited, own[2].Invitation!.Status);
        Assert.Equal(["second"], (await OpenAsync(Alices, skip: 2)).Select(it => it.Request.Id.Value));
        Assert.Equal(1, await ReadAsync(database, unit => InvitationStore.CountOpenLinksAsync(unit, Alices, An.Instant)));

        Task<IReadOnlyList<OpenItem>> OpenAsync(OverviewScope scope, int skip) =>
            ReadAsync(database, unit => InvitationStore.ListOpenAsync(unit, scope, An.Instant, skip, most: 9));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task In_a_conversation_there_is_only_what_was_asked_for_there_in_whichever_thread(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AskAsync(database, "personal", An.Alice, 0, "a:alice", InvitationStatus.Invited);
        await AskAsync(database, "thread", An.Alice, 1, "19:one@thread.tacv2;messageid=1700000000000", InvitationStatus.Invited);
        await AskAsync(database, "channel", An.Alice, 2, "19:one@thread.tacv2", InvitationStatus.Denied);
        await AskAsync(database, "other", An.Alice, 3, "19:one@thread.tacv22", InvitationStatus.Invited);
        await LinkAsync(database, "link", 4, An.Instant.AddDays(1), stopped: false);
        var here = Alices with { Place = "19:one@thread.tacv2" };

        Assert.Equal(
            ["channel", "thread"],
            (await ReadAsync(database, unit => InvitationStore.ListAskedAsync(unit, here, 0, 9))).Select(Name)
        );
        Assert.Equal(
            ["thread"],
            (await ReadAsync(database, unit => InvitationStore.ListOpenAsync(unit, here, An.Instant, 0, 9))).Select(it =>
                it.Request.Id.Value
            )
        );
        Assert.Equal(
            [(InvitationStatus.Invited, 1)],
            (await ReadAsync(database, unit => InvitationStore.CountOpenAsync(unit, here))).Counts
        );
        Assert.Equal(0, await ReadAsync(database, unit => InvitationStore.CountOpenLinksAsync(unit, here, An.Instant)));
        Assert.Null(await ReadAsync(database, unit => InvitationStore.FindNewestAsync(unit, here, "personal-0@example.com")));

        static string Name(AskedRequest it) => it.Request.Id.Value;
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_comes_to_its_end_is_counted_by_when_it_did_and_what_is_tried_again_is_open(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        await AskAsync(database, "denied", An.Alice, 0, "a:alice", InvitationStatus.Denied);
        await AskAsync(database, "asked", An.Alice, 0, "a:alice", InvitationStatus.Approved);
        clock.Advance(TimeSpan.FromDays(3));
        var id = Assert.Single(await store.ListAsync(new("asked"), default)).Id;

        await store.ApplyAsync(id, new InvitationEvent.PortalRefused(Cause.SeatsFull, clock.GetUtcNow()), default);

        Assert.Equal([(InvitationStatus.Failed, 1)], (await EndedAsync(An.Instant.AddDays(1))).Counts);
        Assert.Equal([(InvitationStatus.Denied, 1), (InvitationStatus.Failed, 1)], (await EndedAsync(An.Instant.AddDays(-1))).Counts);
        Assert.Empty((await ReadAsync(database, unit => InvitationStore.CountOpenAsync(unit, Alices))).Counts);

        await store.ApplyAsync(id, new InvitationEvent.TryAgain(An.Alice), default);

        Assert.Empty((await EndedAsync(An.Instant.AddDays(1))).Counts);
        Assert.Equal(
            [(InvitationStatus.Approved, 1)],
            (await ReadAsync(database, unit => InvitationStore.CountOpenAsync(unit, Alices))).Counts
        );

        Task<StatusCounts> EndedAsync(DateTimeOffset since) =>
            ReadAsync(database, unit => InvitationStore.CountEndedAsync(unit, Alices, since));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_an_address_the_newest_is_found_and_the_older_are_counted(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        for (var i = 0; i < 3; i++)
        {
            await AskAsync(database, $"of alice {i}", An.Alice, i, "a:alice", [InvitationStatus.Denied], "carol@example.com");
        }

        await AskAsync(database, "of bob", Bob, 4, "a:bob", [InvitationStatus.Invited], "carol@example.com");

        var own = await FindAsync(Alices, "carol@example.com");
        Assert.Equal(("of alice 2", 2), (own!.Value.Request.Id.Value, own.Value.Older));
        Assert.Equal("of bob", (await FindAsync(Everybodys, "carol@example.com"))!.Value.Request.Id.Value);
        Assert.Null(await FindAsync(Alices, "dave@example.com"));
        Assert.Null(await FindAsync(Everybodys with { TenantId = "another" }, "carol@example.com"));

        Task<(InviteRequest Request, Invitation Invitation, int Older)?> FindAsync(OverviewScope scope, string email) =>
            ReadAsync(database, unit => InvitationStore.FindNewestAsync(unit, scope, email));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Cards_are_found_where_the_request_was_asked_for_as_long_as_they_stand(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AskAsync(database, "first", An.Alice, 0, "19:group@thread.v2", InvitationStatus.Invited);
        await AskAsync(database, "deleted", An.Alice, 1, "19:group@thread.v2", InvitationStatus.Invited);
        await database.WriteAsync(
            async unit =>
            {
                await unit.ExecuteAsync(
                    """
                    insert into conversations (id, tenant_id, conversation_type, service_url, bot_id, reachable)
                    values ('19:group@thread.v2', 'tenant', 'groupChat', 'https://smba.example', '28:bot', true)
                    """
                );
                await SentCardStore.KeepAsync(
                    unit,
                    new()
                    {
                        Subject = "first",
                        ConversationId = "19:group@thread.v2",
                        ActivityId = "17",
                    }
                );
                await SentCardStore.KeepAsync(
                    unit,
                    new()
                    {
                        Subject = "first",
                        ConversationId = "a:dana",
                        ActivityId = "18",
                    }
                );
                await SentCardStore.KeepAsync(
                    unit,
                    new()
                    {
                        Subject = "deleted",
                        ConversationId = "19:group@thread.v2",
                        ActivityId = null,
                    }
                );
            },
            default
        );

        var cards = await ReadAsync(database, unit => SentCardStore.ListStandingAsync(unit, [new("first"), new("deleted"), new("none")]));

        var (request, card) = Assert.Single(cards);
        Assert.Equal(
            ("first", "19:group@thread.v2", "groupChat", "17"),
            (request.Value, card.ConversationId, card.ConversationType, card.ActivityId)
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_asked_for_before_there_were_overviews_is_in_them(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await using (await storage.OpenAsync())
        {
            await BackBeforeOverviewsAsync(storage);
        }

        await using var database = await storage.OpenAsync();
        var inChannel = Alices with { Place = "19:one@thread.tacv2" };

        Assert.Equal(
            ["open", "joined"],
            (await ReadAsync(database, unit => InvitationStore.ListAskedAsync(unit, Alices, 0, 9))).Select(it => it.Request.Id.Value)
        );
        Assert.Equal(
            "open",
            Assert
                .Single(await ReadAsync(database, unit => InvitationStore.ListOpenAsync(unit, inChannel, An.Instant, 0, 9)))
                .Request.Id.Value
        );
        Assert.Equal(
            [(InvitationStatus.Joined, 1)],
            (await ReadAsync(database, unit => InvitationStore.CountEndedAsync(unit, Alices, An.Instant.AddDays(-7)))).Counts
        );
        Assert.Empty((await ReadAsync(database, unit => InvitationStore.CountEndedAsync(unit, Alices, An.Instant))).Counts);
    }

    /// <summary>Makes of it the database of the version before, with an invitation under way and one that has ended.</summary>
    private static async Task BackBeforeOverviewsAsync(TestDatabase storage)
    {
        await using var db = await storage.ConnectAsync();

        foreach (
            var index in (string[])
                [
                    "requests_asked",
                    "requests_asked_in",
                    "invitations_waiting_of",
                    "invitations_waiting",
                    "invitations_ended_of",
                    "invitations_ended",
                    "links_open_of",
                ]
        )
        {
            await db.ExecuteAsync($"drop index {index}");
        }

        await db.ExecuteAsync("alter table requests drop column place");

        foreach (var column in (string[])["tenant_id", "requester_id", "place", "ended_at"])
        {
            await db.ExecuteAsync($"alter table invitations drop column {column}");
        }

        await db.ExecuteAsync("delete from migrations where number = 8");

        foreach (
            var (id, minute, conversation, status) in ((string, int, string, string)[])
                [("joined", 0, "a:alice1", "Joined"), ("open", 1, "19:one@thread.tacv2;messageid=1700000000000", "PendingApproval")]
        )
        {
            var at = An.Instant.AddDays(-9).AddMinutes(minute).ToUnixTimeMilliseconds();
            await db.ExecuteAsync(
                "insert into requests (id, tenant_id, requester_id, requester_name, conversation_id, asked_at) values (@id, 'tenant', @requester, 'Alice', @conversation, @at)",
                new
                {
                    id,
                    requester = An.Alice.Id,
                    conversation,
                    at,
                }
            );
            await db.ExecuteAsync(
                """
                insert into invitations (id, request_id, row_number, email, role, asked_at, status, version, joined_at, portal_welcome, teams_welcome)
                values (@id, @id, 0, 'carol@example.com', 'User', @at, @status, 1, @joined, 'NotTried', 'NotTried')
                """,
                new
                {
                    id,
                    at,
                    status,
                    joined = status == "Joined" ? An.Instant.AddDays(-1).ToUnixTimeMilliseconds() : (long?)null,
                }
            );
        }
    }

    /// <summary>The worst of its kind: everything that has ended did so in the last days.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task With_a_hundred_thousand_invitations_every_question_is_answered_at_once(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await FillAsync(storage);
        var many = new OverviewScope("tenant", "many", Place: null);
        var now = An.Instant;
        var since = now.AddDays(-7);

        await FastAsync("/mine of 1,000", unit => InvitationStore.ListAskedAsync(unit, new("tenant", "some", null), 0, 9));
        await FastAsync("/mine of 50,000", unit => InvitationStore.ListAskedAsync(unit, many, 0, 9));
        await FastAsync("/mine of lists of 1,000", unit => InvitationStore.ListAskedAsync(unit, new("tenant", "lists", null), 0, 9));
        await FastAsync("/mine, the last page", unit => InvitationStore.ListAskedAsync(unit, many, 249 * 8, 9));
        await FastAsync("/mine in a channel", unit => InvitationStore.ListAskedAsync(unit, many with { Place = "19:here" }, 0, 9));
        await FastAsync("/pending of 1,000", unit => InvitationStore.ListOpenAsync(unit, new("tenant", "some", null), now, 0, 9));
        await FastAsync("/pending of 50,000", unit => InvitationStore.ListOpenAsync(unit, many, now, 0, 9));
        await FastAsync("/pending, the last page", unit => InvitationStore.ListOpenAsync(unit, many, now, 249 * 8, 9));
        await FastAsync("/pending in a channel", unit => InvitationStore.ListOpenAsync(unit, many with { Place = "19:here" }, now, 0, 9));
        await FastAsync("/pending all", unit => InvitationStore.ListOpenAsync(unit, Everybodys, now, 0, 9));
        await FastAsync("/pending all, the last page", unit => InvitationStore.ListOpenAsync(unit, Everybodys, now, 249 * 8, 9));
        await FastAsync("/status", unit => CountAsync(unit, many));
        await FastAsync("/status in a channel", unit => CountAsync(unit, many with { Place = "19:here" }));
        await FastAsync("/status of everybody", unit => CountAsync(unit, Everybodys));
        await FastAsync("/status ADDRESS", unit => InvitationStore.FindNewestAsync(unit, many, "p40000@example.com"));
        await FastAsync("/status ADDRESS of anybody", unit => InvitationStore.FindNewestAsync(unit, Everybodys, "p70000@example.com"));

        async Task<bool> CountAsync(Unit unit, OverviewScope scope)
        {
            await InvitationStore.CountOpenAsync(unit, scope);
            await InvitationStore.CountOpenLinksAsync(unit, scope, now);
            return (await InvitationStore.CountEndedAsync(unit, scope, since)).IsAll;
        }

        async Task FastAsync<T>(string what, Func<Unit, Task<T>> ask)
        {
            var times = new List<double>();

            for (var run = 0; run < 20; run++)
            {
                var begun = Stopwatch.GetTimestamp();
                await ReadAsync(database, ask);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            times.Sort();
            output.WriteLine($"{provider} {what}: median {times[times.Count / 2]:0.0} ms, fastest {times[0]:0.0} ms");

            // Not the median, which on a machine that is busy with other tests is theirs.
            Assert.True(times[0] < 50, $"{what} took {times[0]:0.0} ms at least.");
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task More_than_can_be_counted_at_once_are_not_passed_off_as_all(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await FillAsync(storage);

        var ended = await ReadAsync(database, unit => InvitationStore.CountEndedAsync(unit, Everybodys, An.Instant.AddDays(-7)));

        Assert.False(ended.IsAll);
        Assert.Equal(InvitationStore.MostCounted + 1, ended.Counts.Sum(it => it.Count));
        Assert.True((await ReadAsync(database, unit => InvitationStore.CountOpenAsync(unit, new("tenant", "some", null)))).IsAll);
    }

    /// <summary>50,000 of one person, 1,000 of another, 10,000 in lists of a third, the rest of many; every tenth is not finished.</summary>
    private static async Task FillAsync(TestDatabase storage)
    {
        await using var db = await storage.ConnectAsync();
        const string numbers = "with recursive n (i) as (select cast(0 as bigint) union all select i + 1 from n where i < 99999)";
        var now = An.Instant.ToUnixTimeMilliseconds();
        await using var transaction = await db.BeginTransactionAsync();
        await db.ExecuteAsync(
            $"""
            {numbers}
            insert into requests (id, tenant_id, requester_id, requester_name, conversation_id, place, asked_at)
            select 'r' || i, 'tenant', case when i < 50000 then 'many' when i < 51000 then 'some' when i < 61000 then 'lists' else 'person' || (i % 500) end, 'Name',
                   case when i % 1000 = 0 then '19:here' else 'a:chat' end, case when i % 1000 = 0 then '19:here' else 'a:chat' end, {now} - (100000 - i) * 60000
              from n where i < 51000 or i >= 61000 or i % 1000 = 0
            """,
            transaction: transaction
        );
        await db.ExecuteAsync(
            $"""
            {numbers}
            insert into invitations (id, request_id, row_number, email, role, asked_at, status, version, portal_welcome, teams_welcome, tenant_id, requester_id, place, ended_at)
            select 'i' || n.i, r.id, n.i, 'p' || n.i || '@example.com', 'User', r.asked_at, case when n.i % 10 = 0 then 'Invited' else 'Joined' end, 1, 'NotTried', 'NotTried',
                   r.tenant_id, r.requester_id, r.place, case when n.i % 10 = 0 then null else {now} - n.i * 1000 end
              from n join requests r on r.id = 'r' || (case when n.i >= 51000 and n.i < 61000 then n.i - n.i % 1000 else n.i end)
            """,
            transaction: transaction
        );
        await transaction.CommitAsync();

        // A server does that by itself; a file is read without.
        if (storage.Provider is StorageProvider.Postgres)
        {
            await db.ExecuteAsync("vacuum (analyze) requests");
            await db.ExecuteAsync("vacuum (analyze) invitations");
        }
    }

    private static Task<T> ReadAsync<T>(Database database, Func<Unit, Task<T>> read) =>
        database.ReadAsync(db => read(new Unit(db, transaction: null, database.IsPostgres)), default);

    private static Task AskAsync(
        Database database,
        string id,
        Person by,
        int minute,
        string conversation,
        params InvitationStatus[] statuses
    ) => AskAsync(database, id, by, minute, conversation, statuses, null);

    private static Task AskAsync(
        Database database,
        string id,
        Person by,
        int minute,
        string conversation,
        InvitationStatus[] statuses,
        string? email
    )
    {
        var request = An.Request() with
        {
            Id = new(id),
            Requester = by,
            ConversationId = conversation,
            AskedAt = An.Instant.AddMinutes(minute),
        };
        return database.WriteAsync(
            unit =>
                InvitationStore.AddAsync(
                    unit,
                    request,
                    statuses.Select(
                        (status, row) =>
                            new Transition.Moved(
                                An.Invitation(status) with
                                {
                                    Id = InvitationId.New(),
                                    Request = request.Id,
                                    Row = row,
                                    Email = email ?? $"{id}-{row}@example.com".Replace(' ', '-'),
                                    AskedAt = request.AskedAt,
                                },
                                []
                            )
                    ),
                    An.Instant
                ),
            default
        );
    }

    private static async Task LinkAsync(Database database, string id, int minute, DateTimeOffset expires, bool stopped)
    {
        await database.WriteAsync(
            async unit =>
            {
                var request = An.Request() with { Id = new(id), AskedAt = An.Instant.AddMinutes(minute) };
                await InvitationStore.AddAsync(
                    unit,
                    request,
                    [
                        new(
                            An.Invitation(InvitationStatus.LinkReady) with
                            {
                                Id = InvitationId.New(),
                                Request = new(id),
                                Email = "",
                                Link = LinkTerms.Usual,
                            },
                            []
                        ),
                    ],
                    An.Instant
                );
                await LinkStore.AddAsync(
                    unit,
                    An.Link() with
                    {
                        Id = new(id),
                        Role = DocSpaceRole.User,
                        MadeAt = request.AskedAt,
                        ExpiresAt = expires,
                        StoppedAt = stopped ? An.Instant : null,
                    },
                    id
                );
            },
            default
        );
    }
}
