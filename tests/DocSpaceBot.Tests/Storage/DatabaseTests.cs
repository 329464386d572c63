using Dapper;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Tests.Storage;

public sealed class DatabaseTests
{
    [Fact]
    public async Task A_second_bot_on_the_same_sqlite_file_is_told_to_stay_away()
    {
        await using var storage = await TestDatabase.CreateAsync("Sqlite");
        await using var first = await storage.OpenAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => storage.OpenAsync());

        Assert.Contains("Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_next_start_finds_everything_as_it_was(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await using (var before = await storage.OpenAsync())
        {
            await before.WriteAsync(unit => StepQueue.AddAsync(unit, "test", "kept", An.Instant), default);
        }

        await using var after = await storage.OpenAsync();
        Assert.Equal(
            "kept",
            await after.ReadAsync(db => db.ExecuteScalarAsync<string>("select subject from steps where kind = 'test'"), default)
        );
    }

    [Theory, OnPostgres]
    public async Task Six_starts_at_once_make_the_tables_once(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => storage.OpenAsync()));

        Assert.Equal(
            1,
            await databases[0].ReadAsync(db => db.ExecuteScalarAsync<int>("select count(*) from migrations where number = 1"), default)
        );

        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_database_of_a_newer_bot_stops_the_start(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await using (var newer = await storage.OpenAsync())
        {
            await newer.WriteAsync(
                unit => unit.ExecuteAsync("insert into migrations (number, name, checksum) values (9999, '9999_future.sql', 'x')"),
                default
            );
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => storage.OpenAsync());
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_migration_that_was_changed_afterwards_stops_the_start(string provider)
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await using (var other = await storage.OpenAsync())
        {
            await other.WriteAsync(unit => unit.ExecuteAsync("update migrations set checksum = 'other' where number = 1"), default);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => storage.OpenAsync());
    }
}
