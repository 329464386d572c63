using System.Data.Common;
using System.Reflection;
using DocSpaceBot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit.Sdk;

namespace DocSpaceBot.Tests.Storage;

/// <summary>Runs the test on SQLite.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            ["Sqlite"],
        ];
}

/// <summary>Runs the test on PostgreSQL too, where one is named; else it reports itself as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgresAttribute : DataAttribute
{
    public OnPostgresAttribute() =>
        Skip = TestDatabase.Server is null ? $"{TestDatabase.ServerVariable} names no PostgreSQL server." : null;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            ["Postgres"],
        ];
}

/// <summary>A database for one test, gone with it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Holds a connection string of a PostgreSQL server on which the tests may make databases.</summary>
    public const string ServerVariable = "DOCSPACEBOT_TEST_POSTGRES";

    /// <summary>
    /// A disk in memory where there is a roomy one: what is on it outlives a process that is killed, and nothing waits for a real disk.
    /// </summary>
    private static readonly string Disk =
        Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > 1L << 30 ? "/dev/shm" : Path.GetTempPath();

    private readonly string name = "test_" + Guid.NewGuid().ToString("N");
    private readonly string folder;

    private TestDatabase(StorageProvider provider)
    {
        Provider = provider;
        folder = Path.Combine(Disk, "docspacebot-" + name);
        ConnectionString =
            provider is StorageProvider.Postgres
                ? new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString()
                : $"Data Source={Path.Combine(folder, "bot.db")}";
    }

    public static string? Server => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } server ? server : null;

    public StorageProvider Provider { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        var database = new TestDatabase(Enum.Parse<StorageProvider>(provider));

        if (database.Provider is StorageProvider.Postgres)
        {
            await OnServerAsync($"create database {database.name}");
        }

        return database;
    }

    /// <summary>A database as one instance of the bot has it, with its tables.</summary>
    public async Task<Database> OpenAsync(WorkSignal? signal = null)
    {
        var database = new Database(
            Options.Create(new StorageOptions { Provider = Provider, ConnectionString = ConnectionString }),
            signal ?? new WorkSignal()
        );
        await database.PrepareAsync(CancellationToken.None);
        return database;
    }

    /// <summary>A connection past the bot, whether it runs or not.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        SqliteLibrary.Use();
        DbConnection db =
            Provider is StorageProvider.Postgres
                ? new NpgsqlConnection(ConnectionString + ";Pooling=false")
                : new SqliteConnection(ConnectionString + ";Pooling=false;Default Timeout=30");
        await db.OpenAsync();
        return db;
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider is StorageProvider.Postgres)
        {
            await OnServerAsync($"drop database {name} with (force)");
        }
        else if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
