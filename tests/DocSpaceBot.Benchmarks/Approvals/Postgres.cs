using System.Diagnostics;
using Dapper;
using Npgsql;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>A database on a PostgreSQL server: on the one that is named, else on one of its own that writes through to the disk.</summary>
internal sealed class Postgres : IAsyncDisposable
{
    private const string ServerVariable = "DOCSPACEBOT_TEST_POSTGRES";

    private readonly string server;
    private readonly DirectoryInfo? folder;
    private readonly string name = "benchmark_" + Guid.NewGuid().ToString("N");

    private Postgres(string server, DirectoryInfo? folder) => (this.server, this.folder) = (server, folder);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();

    /// <summary>How the server keeps what it says it has kept.</summary>
    public string Safety { get; private set; } = "";

    /// <summary>Null when there is none here; the reason is then in <paramref name="whyNot"/>.</summary>
    public static async Task<Postgres?> TryStartAsync(Action<string> whyNot)
    {
        try
        {
            var named = Environment.GetEnvironmentVariable(ServerVariable);
            var folder = string.IsNullOrEmpty(named) ? Directory.CreateTempSubdirectory("docspacebot-benchmark-postgres-") : null;
            var postgres = new Postgres(folder is null ? named! : await RunAsync("start", folder), folder);
            await postgres.PrepareAsync();
            return postgres;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            whyNot($"A PostgreSQL server is needed: name one in {ServerVariable}. {e.Message}");
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var db = new NpgsqlConnection($"{server};Pooling=false"))
        {
            await db.ExecuteAsync($"drop database {name} with (force)");
        }

        if (folder is not null)
        {
            await RunAsync("stop", folder);
            folder.Delete(recursive: true);
        }
    }

    private async Task PrepareAsync()
    {
        await using var db = new NpgsqlConnection($"{server};Pooling=false");
        await db.ExecuteAsync($"create database {name}");
        var fsync = await db.ExecuteScalarAsync<string>("show fsync");
        var commit = await db.ExecuteScalarAsync<string>("show synchronous_commit");
        Safety = $"fsync {fsync}, synchronous_commit {commit}";
    }

    private static async Task<string> RunAsync(string action, DirectoryInfo folder)
    {
        var start = new ProcessStartInfo(BuiltWith.PostgresScript, [action, folder.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGFSYNC"] = "on";
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync();
        var output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return script.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException((await errors).Trim());
    }
}
