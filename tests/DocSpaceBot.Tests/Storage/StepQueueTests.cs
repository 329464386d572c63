using System.Collections.Concurrent;
using DocSpaceBot.Storage;
using DocSpaceBot.Tryout;

namespace DocSpaceBot.Tests.Storage;

public sealed class StepQueueTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly MovableClock clock = new(An.Instant);

    [Theory, OnSqlite, OnPostgres]
    public async Task Four_workers_share_two_hundred_steps_and_none_is_taken_twice(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await database.WriteAsync(
            async unit =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await StepQueue.AddAsync(unit, "test", $"{i}", clock.GetUtcNow());
                }
            },
            default
        );
        var taken = new ConcurrentBag<string>();

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    var queue = new StepQueue(database, clock);

                    while (await queue.TakeAsync(3, Lease, default) is { Count: > 0 } steps)
                    {
                        foreach (var step in steps)
                        {
                            taken.Add(step.Subject);
                            await queue.CompleteAsync(step, default);
                        }
                    }
                })
        );

        Assert.Equal(200, taken.Count);
        Assert.Equal(200, taken.Distinct().Count());
        Assert.Null(await new StepQueue(database, clock).NextDueAsync(default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task What_a_thousand_changes_of_one_unit_leave_is_written_once_for_the_earliest_time(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await database.WriteAsync(
            async unit =>
            {
                foreach (var seconds in Enumerable.Repeat(20, 1000).Prepend(60))
                {
                    await StepQueue.AddAsync(unit, "test", "1", clock.GetUtcNow().AddSeconds(seconds));
                }
            },
            default
        );
        var queue = new StepQueue(database, clock);

        Assert.Equal(clock.GetUtcNow().AddSeconds(20), await queue.NextDueAsync(default));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2, Assert.Single(await queue.TakeAsync(3, Lease, default)).Revision);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_step_whose_worker_died_is_taken_by_another_when_the_lease_has_ended(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AddAsync(database, "test", "1");
        var dead = new StepQueue(database, clock);
        var alive = new StepQueue(database, clock);
        Assert.Single(await dead.TakeAsync(10, Lease, default));

        Assert.Empty(await alive.TakeAsync(10, Lease, default));
        clock.Advance(Lease);
        var step = Assert.Single(await alive.TakeAsync(10, Lease, default));

        Assert.Equal(2, step.Attempts);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_worker_that_lost_its_lease_cannot_end_the_step_of_the_other(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AddAsync(database, "test", "1");
        var slow = new StepQueue(database, clock);
        var other = new StepQueue(database, clock);
        var late = Assert.Single(await slow.TakeAsync(10, Lease, default));
        clock.Advance(Lease);
        var now = Assert.Single(await other.TakeAsync(10, Lease, default));

        await slow.CompleteAsync(late, default);
        Assert.NotNull(await other.NextDueAsync(default));

        await other.CompleteAsync(now, default);
        Assert.Null(await other.NextDueAsync(default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Only_what_runs_is_held_on_to_so_that_a_step_taken_unheard_is_taken_again(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        await AddAsync(database, "test", "runs");
        await AddAsync(database, "test", "unheard");
        var queue = new StepQueue(database, clock);
        Assert.Equal(2, (await queue.TakeAsync(10, Lease, default)).Count);

        clock.Advance(Lease / 2);
        await queue.RenewAsync([("test", "runs")], Lease, default);
        clock.Advance(Lease / 2);

        Assert.Equal("unheard", Assert.Single(await queue.TakeAsync(10, Lease, default)).Subject);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Asking_twice_for_the_same_work_is_asking_once(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var queue = new StepQueue(database, clock);

        await AddAsync(database, "test", "1", TimeSpan.FromMinutes(5));
        await AddAsync(database, "test", "1");

        Assert.Single(await queue.TakeAsync(10, Lease, default));
        Assert.Empty(await queue.TakeAsync(10, Lease, default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Work_asked_for_while_it_is_being_done_is_done_once_more(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var queue = new StepQueue(database, clock);
        await AddAsync(database, "test", "1");
        var first = Assert.Single(await queue.TakeAsync(10, Lease, default));

        await AddAsync(database, "test", "1");
        Assert.Empty(await queue.TakeAsync(10, Lease, default));
        await queue.CompleteAsync(first, default);

        var second = Assert.Single(await queue.TakeAsync(10, Lease, default));
        await queue.CompleteAsync(second, default);
        Assert.Null(await queue.NextDueAsync(default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_postponed_step_comes_back_at_its_time_and_remembers_only_failures(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();
        var queue = new StepQueue(database, clock);
        await AddAsync(database, "test", "1");

        await PostponeAsync(countsAsFailure: true);
        Assert.Empty(await queue.TakeAsync(10, Lease, default));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await PostponeAsync(countsAsFailure: false));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await PostponeAsync(countsAsFailure: false));

        async Task<int> PostponeAsync(bool countsAsFailure)
        {
            var step = Assert.Single(await queue.TakeAsync(10, Lease, default));
            await queue.PostponeAsync(step, clock.GetUtcNow() + TimeSpan.FromMinutes(1), countsAsFailure, default);
            return step.Attempts;
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_unit_that_fails_leaves_neither_its_change_nor_its_step(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            database.WriteAsync<int>(
                async unit =>
                {
                    await StepQueue.AddAsync(unit, "test", "1", clock.GetUtcNow());
                    throw new InvalidOperationException("stopped in the middle");
                },
                default
            )
        );

        Assert.Null(await new StepQueue(database, clock).NextDueAsync(default));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task One_failing_unit_does_not_take_those_with_it_that_share_its_commit(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var database = await storage.OpenAsync();

        var units = Enumerable
            .Range(0, 50)
            .Select(i =>
                database.WriteAsync(
                    async unit =>
                    {
                        await StepQueue.AddAsync(unit, "test", $"{i}", clock.GetUtcNow());

                        if (i % 2 == 1)
                        {
                            throw new InvalidOperationException("every second fails");
                        }
                    },
                    default
                )
            )
            .ToList();
        var failed = 0;

        foreach (var unit in units)
        {
            try
            {
                await unit;
            }
            catch (InvalidOperationException)
            {
                failed++;
            }
        }

        Assert.Equal(25, failed);
        Assert.Equal(25, (await new StepQueue(database, clock).TakeAsync(100, Lease, default)).Count);
    }

    private Task AddAsync(Database database, string kind, string subject, TimeSpan after = default) =>
        database.WriteAsync(unit => StepQueue.AddAsync(unit, kind, subject, clock.GetUtcNow() + after), default);
}
