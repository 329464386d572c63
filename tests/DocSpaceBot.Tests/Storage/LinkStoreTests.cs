using System.Data.Common;
using Dapper;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout;

namespace DocSpaceBot.Tests.Storage;

public sealed class LinkStoreTests
{
    private static readonly Person Bob = new("33333333-3333-4333-8333-333333333333", "Bob “Böse” Brandt");

    private readonly MovableClock clock = new(An.Instant);

    [Theory, OnSqlite, OnPostgres]
    public async Task What_is_kept_comes_back_whole(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new LinkStore(database);
        var link = An.Link() with
        {
            Terms = new LinkTerms(TimeSpan.FromMinutes(90), 1000) { Domains = ["contoso.com", "contoso.de"], ShareIn = "19:here" },
        };
        await KeepAsync(database, link);
        AssertSame(link, await store.FindAsync(link.Id, default));

        var changed = link with
        {
            ExpiresAt = An.Instant.AddDays(2),
            Taken = 7,
            PortalLink = null,
            Secret = "other",
            SecretAt = An.Instant.AddHours(1),
            Host = "other.example",
            RenewAskedAt = An.Instant.AddHours(2),
            RenewedAt = An.Instant.AddHours(3),
            Cause = Cause.PortalLimit,
            StoppedAt = An.Instant.AddHours(4),
            StoppedBy = Bob,
            Revoked = Revocation.CannotBe,
            AlarmedAt = An.Instant.AddHours(5),
        };
        await database.WriteAsync(unit => LinkStore.SaveAsync(unit, changed), default);

        AssertSame(changed, await store.FindAsync(link.Id, default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_link_that_is_asked_for_comes_back_with_what_it_is_to_be_good_for(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var terms = LinkTerms.Usual with { Domains = ["contoso.com"], ShareIn = "19:here" };
        var asked = await AskAsync(database, terms, TimeSpan.Zero);

        var kept = Assert.Single(await new InvitationStore(database, clock).ListAsync(asked.Request, default));

        Assert.Equal((terms.Life, terms.Uses, terms.ShareIn), (kept.Link!.Life, kept.Link.Uses, kept.Link.ShareIn));
        Assert.Equal(terms.Domains, kept.Link.Domains);
        Assert.Equal("", kept.Email);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Any_number_of_links_can_wait_at_once_though_none_has_an_address(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        for (var link = 0; link < 3; link++)
        {
            await AskAsync(database, LinkTerms.Usual, TimeSpan.Zero);
        }

        Assert.Equal(3, (await WorkAsync(database)).Asked.Count);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Nobody_is_counted_twice_for_one_link_and_everybody_is_for_another(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new LinkStore(database);
        var (one, other) = (An.Link(), An.Link() with { Id = RequestId.New() });
        await KeepAsync(database, one);
        await KeepAsync(database, other);
        await TakeAsync(one.Id, Bob);
        await TakeAsync(other.Id, Bob);

        await Assert.ThrowsAnyAsync<DbException>(() => TakeAsync(one.Id, Bob));
        await TakeAsync(one.Id, An.Dana);

        Assert.Equal(
            new LinkTake[] { new(An.Dana, An.Instant), new(Bob, An.Instant) },
            (await store.ListTakesAsync(one.Id, default)).OrderBy(take => take.By.Id, StringComparer.Ordinal)
        );
        Assert.True(await database.WriteAsync(unit => LinkStore.HasTakenAsync(unit, one.Id, Bob.Id), default));
        Assert.False(await database.WriteAsync(unit => LinkStore.HasTakenAsync(unit, one.Id, An.Alice.Id), default));

        Task TakeAsync(RequestId link, Person by) =>
            database.WriteAsync(unit => LinkStore.AddTakeAsync(unit, link, new(by, An.Instant)), default);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Those_who_took_it_lately_are_counted(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await KeepAsync(database, An.Link());

        var counts = await database.WriteAsync(
            async unit =>
            {
                await LinkStore.AddTakeAsync(unit, An.Link().Id, new(Bob, An.Instant));
                await LinkStore.AddTakeAsync(unit, An.Link().Id, new(An.Dana, An.Instant.AddMinutes(1)));
                return new[]
                {
                    await LinkStore.CountTakesAsync(unit, An.Link().Id, An.Instant.AddMilliseconds(-1)),
                    await LinkStore.CountTakesAsync(unit, An.Link().Id, An.Instant),
                    await LinkStore.CountTakesAsync(unit, An.Link().Id, An.Instant.AddMinutes(1)),
                };
            },
            default
        );

        Assert.Equal([2, 1, 0], counts);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task It_is_shared_once_in_a_place_by_whoever_was_first(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await KeepAsync(database, An.Link());

        var shared = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ =>
                    database.WriteAsync(unit => LinkStore.TryShareAsync(unit, An.Link().Id, new("19:here", Bob, An.Instant)), default)
                )
        );
        await database.WriteAsync(
            unit => LinkStore.PlaceAsync(unit, An.Link().Id, new("19:here", Bob, An.Instant), "19:here;messageid=1"),
            default
        );

        Assert.Single(shared, isFirst => isFirst);
        Assert.Equal(
            [new LinkShare("19:here", Bob, An.Instant) { ThreadId = "19:here;messageid=1" }],
            await new LinkStore(database).ListSharesAsync(An.Link().Id, default)
        );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Work_is_what_can_be_made_what_is_good_and_what_was_stopped_and_not_told(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var now = await AskAsync(database, LinkTerms.Usual, TimeSpan.Zero);
        await AskAsync(database, LinkTerms.Usual, TimeSpan.FromSeconds(10));
        await AskAsync(database, LinkTerms.Usual, TimeSpan.Zero, DocSpaceRole.RoomAdmin);
        var good = await WithAsync(link => link with { Taken = 10 });
        await WithAsync(link => link with { ExpiresAt = An.Instant });
        await WithAsync(link => link with { Role = DocSpaceRole.Guest });
        var stopped = await WithAsync(link => link with { StoppedAt = An.Instant, ExpiresAt = An.Instant });
        await WithAsync(link => link with { StoppedAt = An.Instant, Revoked = Revocation.Failed });

        var work = await WorkAsync(database);

        Assert.Equal(now.Request, Assert.Single(work.Asked).Request.Id);
        Assert.Equal(An.Instant.AddSeconds(10), work.NextOut);
        Assert.Equal(good, Assert.Single(work.Good).Id);
        Assert.Equal(stopped, Assert.Single(work.Stopped).Id);

        async Task<RequestId> WithAsync(Func<SharedLink, SharedLink> with)
        {
            var link = with(An.Link() with { Id = RequestId.New() });
            await KeepAsync(database, link);
            return link.Id;
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_mark_leads_to_the_newest_link_that_has_it(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new LinkStore(database);
        var (one, other) = (An.Link(), An.Link() with { Id = RequestId.New() });
        await KeepAsync(database, one, "mark");
        await KeepAsync(database, other, "mark");
        await database.WriteAsync(unit => LinkStore.AddMarkAsync(unit, one.Id, "newer"), default);

        Assert.Equal(other.Id, (await store.FindByMarkAsync("mark", default))?.Id);
        Assert.Equal(one.Id, (await store.FindByMarkAsync("newer", default))?.Id);
        Assert.Null(await store.FindByMarkAsync("none", default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Open_ones_are_listed_for_their_owner_or_for_everybody_of_the_tenant(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var mine = An.Link() with { Id = RequestId.New(), MadeAt = An.Instant.AddHours(-1) };
        var usedUp = An.Link() with { Id = RequestId.New(), Taken = 10 };
        var bobs = An.Link() with { Id = RequestId.New(), Owner = Bob, MadeAt = An.Instant.AddHours(-2) };
        SharedLink[] hidden =
        [
            An.Link() with
            {
                Id = RequestId.New(),
                TenantId = "other",
            },
            An.Link() with
            {
                Id = RequestId.New(),
                StoppedAt = An.Instant,
            },
            An.Link() with
            {
                Id = RequestId.New(),
                ExpiresAt = An.Instant,
            },
        ];

        foreach (var link in hidden.Concat([mine, usedUp, bobs]))
        {
            await KeepAsync(database, link);
        }

        Assert.Equal([usedUp.Id, mine.Id], await OpenAsync(An.Alice.Id));
        Assert.Equal([usedUp.Id, mine.Id, bobs.Id], await OpenAsync(null));

        Task<IEnumerable<RequestId>> OpenAsync(string? owner) =>
            database.WriteAsync(
                async unit => (await LinkStore.ListOpenAsync(unit, "tenant", owner, An.Instant)).Select(link => link.Id),
                default
            );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_words_of_the_same_person_are_found_and_no_others(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var asked = await AskAsync(database, LinkTerms.Usual, TimeSpan.FromMinutes(10));

        Assert.Equal(asked.Id, await SameAsync("tenant", An.Alice, DocSpaceRole.User, LinkTerms.Usual, An.Instant.AddSeconds(-1)));
        Assert.Null(await SameAsync("tenant", An.Alice, DocSpaceRole.User, LinkTerms.Usual, An.Instant));
        Assert.Null(await SameAsync("other", An.Alice, DocSpaceRole.User, LinkTerms.Usual, An.Instant.AddSeconds(-1)));
        Assert.Null(await SameAsync("tenant", Bob, DocSpaceRole.User, LinkTerms.Usual, An.Instant.AddSeconds(-1)));
        Assert.Null(await SameAsync("tenant", An.Alice, DocSpaceRole.Guest, LinkTerms.Usual, An.Instant.AddSeconds(-1)));
        Assert.Null(await SameAsync("tenant", An.Alice, DocSpaceRole.User, LinkTerms.Usual with { Uses = 11 }, An.Instant.AddSeconds(-1)));
        await new InvitationStore(database, clock).ApplyAsync(asked.Id, new InvitationEvent.Undo(An.Alice), default);
        Assert.Null(await SameAsync("tenant", An.Alice, DocSpaceRole.User, LinkTerms.Usual, An.Instant.AddSeconds(-1)));

        Task<InvitationId?> SameAsync(string tenant, Person by, DocSpaceRole role, LinkTerms terms, DateTimeOffset since) =>
            database.WriteAsync(
                async unit => (await InvitationStore.FindSameLinkAsync(unit, tenant, by.Id, role, terms, since))?.Id,
                default
            );
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_was_kept_before_there_were_links_stays_as_it_was(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using (var before = await storage.OpenAsync())
        {
            await before.WriteAsync(unit => StepQueue.AddAsync(unit, "test", "kept", An.Instant), default);
        }

        await BackBeforeLinksAsync(storage);
        await using var after = await storage.OpenAsync();

        Assert.Equal(
            "kept",
            await after.ReadAsync(db => db.ExecuteScalarAsync<string>("select subject from steps where kind = 'test'"), default)
        );
        var kept = Assert.Single(await new InvitationStore(after, clock).ListAsync(new RequestId("request"), default));
        Assert.Equal(("carol@example.com", InvitationStatus.Approved, null), (kept.Email, kept.Status, kept.Link));
        Assert.Empty((await WorkAsync(after)).Asked);

        // The address is still brought in by one request at a time.
        await Assert.ThrowsAnyAsync<DbException>(() =>
            after.WriteAsync(
                unit =>
                    unit.ExecuteAsync(
                        "insert into invitations (id, request_id, row_number, email, role, asked_at, status, version, portal_welcome, teams_welcome) values ('second', 'request', 1, 'carol@example.com', 'User', 0, 'Approved', 1, 'NotTried', 'NotTried')"
                    ),
                default
            )
        );
    }

    /// <summary>Makes of it the database of the version before, with an invitation under way.</summary>
    private static async Task BackBeforeLinksAsync(TestDatabase storage)
    {
        await using var db = await storage.ConnectAsync();

        foreach (var table in (string[])["link_takes", "link_shares", "link_marks", "links", "portal_links"])
        {
            await db.ExecuteAsync($"drop table {table}");
        }

        await db.ExecuteAsync("drop index invitations_open");
        await db.ExecuteAsync("drop index invitations_links");
        await db.ExecuteAsync("alter table invitations drop column link");
        await db.ExecuteAsync("alter table conversations drop column name");
        await db.ExecuteAsync("alter table conversations drop column known_at");
        await db.ExecuteAsync(
            "create unique index invitations_open on invitations (email) where status in ('PendingApproval', 'Approved')"
        );
        await db.ExecuteAsync("delete from migrations where number = 5");
        await db.ExecuteAsync(
            "insert into requests (id, tenant_id, requester_id, requester_name, conversation_id, asked_at) values ('request', 'tenant', 'alice', 'Alice', 'a:alice', 0)"
        );
        await db.ExecuteAsync(
            "insert into invitations (id, request_id, row_number, email, role, asked_at, status, version, portal_welcome, teams_welcome) values ('first', 'request', 0, 'carol@example.com', 'User', 0, 'Approved', 1, 'NotTried', 'NotTried')"
        );
    }

    private static void AssertSame(SharedLink expected, SharedLink? link)
    {
        Assert.NotNull(link);
        Assert.Equal(expected.Terms.Domains, link.Terms.Domains);
        Assert.Equal(expected with { Terms = LinkTerms.Usual }, link with { Terms = LinkTerms.Usual });
        Assert.Equal(
            (expected.Terms.Life, expected.Terms.Uses, expected.Terms.ShareIn),
            (link.Terms.Life, link.Terms.Uses, link.Terms.ShareIn)
        );
    }

    private static Task KeepAsync(Database database, SharedLink link, string? mark = null) =>
        database.WriteAsync(unit => LinkStore.AddAsync(unit, link, mark ?? link.Id.Value), default);

    private static Task<LinkWork> WorkAsync(Database database) =>
        new LinkStore(database).ListWorkAsync(DocSpaceRole.User, An.Instant, default);

    private static async Task<Invitation> AskAsync(Database database, LinkTerms terms, TimeSpan undo, DocSpaceRole role = DocSpaceRole.User)
    {
        var request = An.Request() with { Id = RequestId.New() };
        var row = new Invitation(InvitationId.New(), request.Id, 0, "", role, An.Instant) { Link = terms };
        await database.WriteAsync(
            unit =>
                InvitationStore.AddAsync(
                    unit,
                    request,
                    [(Transition.Moved)InvitationLifecycle.Apply(row, new InvitationEvent.Allow(null, An.Instant, undo))],
                    An.Instant
                ),
            default
        );
        return row;
    }
}
