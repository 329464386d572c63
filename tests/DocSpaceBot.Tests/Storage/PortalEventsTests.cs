using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout;

namespace DocSpaceBot.Tests.Storage;

public sealed class PortalEventsTests
{
    private static readonly Guid Carol = new("44444444-4444-4444-8444-444444444441");

    private readonly MovableClock clock = new(An.Instant);

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_fifty_deliveries_of_an_event_at_once_one_is_the_first(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        var first = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AddAsync(database, 7, 4107)));

        Assert.Single(first, isNew => isNew);
        Assert.True(await AddAsync(database, 7, 4108));
        Assert.True(await AddAsync(database, 8, 4107));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task An_event_is_forgotten_when_it_is_too_old_to_be_taken_again(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AddAsync(database, 7, 4107);

        await database.WriteAsync(unit => PortalEvents.ForgetAsync(unit, An.Instant), default);
        Assert.False(await AddAsync(database, 7, 4107));
        await database.WriteAsync(unit => PortalEvents.ForgetAsync(unit, An.Instant.AddMilliseconds(1)), default);
        Assert.True(await AddAsync(database, 7, 4107));
        Assert.True(PortalEvents.KeptFor > PortalEvents.OldestTaken);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Somebody_is_awaited_from_the_call_that_invites_until_they_have_joined(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var store = new InvitationStore(database, clock);
        var stranger = Guid.NewGuid();
        var it = An.Invitation();
        await database.WriteAsync(
            unit =>
                InvitationStore.AddAsync(
                    unit,
                    An.Request(),
                    [(Transition.Moved)InvitationLifecycle.Apply(it, new InvitationEvent.Allow(null, An.Instant, TimeSpan.Zero))],
                    An.Instant
                ),
            default
        );
        Assert.False(await store.MayAwaitAsync(Carol, default));

        // From here on anybody could be the one.
        await store.ApplyAsync(it.Id, new InvitationEvent.LookedUp(Standing.Absent, null, An.Instant), default);
        await store.ApplyAsync(it.Id, new InvitationEvent.SendBegun(An.Instant), default);
        Assert.True(await store.MayAwaitAsync(Carol, default));
        Assert.True(await store.MayAwaitAsync(stranger, default));
        Assert.Empty(await store.ListAwaitedAsync(Carol, default));
        Assert.Equal([it.Email], await store.ListNotFoundYetAsync(default));

        await store.ApplyAsync(it.Id, new InvitationEvent.LookedUp(Standing.Pending, Carol, An.Instant), default);
        Assert.True(await store.MayAwaitAsync(Carol, default));
        Assert.False(await store.MayAwaitAsync(stranger, default));
        Assert.Equal(it.Id, Assert.Single(await store.ListAwaitedAsync(Carol, default)).Id);
        Assert.Empty(await store.ListNotFoundYetAsync(default));

        // Who joined without it may still confirm the address.
        var seen = new InvitationEvent.SeenOnPortal(Standing.Active, An.Instant, NoticedBy.Sweep);
        await store.ApplyAsync(it.Id, seen, default);
        Assert.True(await store.MayAwaitAsync(Carol, default));

        await store.ApplyAsync(it.Id, seen with { IsConfirmed = true }, default);
        Assert.False(await store.MayAwaitAsync(Carol, default));
        Assert.Empty(await store.ListAwaitedAsync(Carol, default));
    }

    private static Task<bool> AddAsync(Database database, long webhook, long id) =>
        database.WriteAsync(unit => PortalEvents.TryAddAsync(unit, webhook, id, An.Instant), default);
}
