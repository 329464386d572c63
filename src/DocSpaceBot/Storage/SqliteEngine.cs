using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;

namespace DocSpaceBot.Storage;

/// <summary>
/// SQLite in a file, for one instance. All writes go through one connection; units that wait at the same moment share one commit, and
/// when one of them fails the others are carried out again without it. A commit is on disk before anybody is told (synchronous=FULL):
/// sharing it is what makes that cheap.
/// </summary>
internal sealed class SqliteEngine : IDatabaseEngine
{
    private const int UnitsPerCommit = 256;
    private const int ReadersKept = 8;
    private const string Begin = "begin immediate";

    private readonly string connectionString;
    private readonly string? lockPath;
    private readonly Channel<PendingUnit> queue = Channel.CreateUnbounded<PendingUnit>(new() { SingleReader = true });
    private readonly ConcurrentBag<PreparedConnection> readers = [];
    private FileStream? instanceLock;
    private Task? writer;

    public SqliteEngine(string connectionString)
    {
        SqliteLibrary.Use();
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 30, Pooling = false };

        if (builder.Mode != SqliteOpenMode.Memory && builder.DataSource is { Length: > 0 } file && file != ":memory:")
        {
            // A relative path means beside where the bot was started, not beside its program.
            builder.DataSource = Path.GetFullPath(file);
            lockPath = builder.DataSource + ".lock";
        }

        this.connectionString = builder.ToString();
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        LockInstance();

        var connection = await OpenAsync(cancellationToken);
        await connection.ExecuteAsync("pragma journal_mode = wal");

        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await Migrations.ApplyAsync(connection, transaction, cancellationToken);

            // Whoever held these was the process before this one.
            await connection.ExecuteAsync(
                "update steps set leased_until = 0, owner = null where leased_until > 0",
                transaction: transaction
            );
            await transaction.CommitAsync(cancellationToken);
        }

        // A thread of its own: it spends most of its time waiting for the disk, and the pool has few threads to lend.
        writer = Task.Factory.StartNew(
            () => WriteAll(new PreparedConnection(connection)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        var connection = readers.TryTake(out var idle) ? idle : new PreparedConnection(await OpenAsync(cancellationToken));

        try
        {
            var result = await read(connection);

            if (readers.Count < ReadersKept)
            {
                readers.Add(connection);
                return result;
            }

            await connection.DisposeAsync();
            return result;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(connectionString);

        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText =
                "pragma busy_timeout = 30000; pragma synchronous = full; pragma foreign_keys = on; pragma wal_autocheckpoint = 8192";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task<T> WriteAsync<T>(Func<Unit, Task<T>> write, CancellationToken cancellationToken)
    {
        var pending = new PendingUnit<T>(write);
        return queue.Writer.TryWrite(pending)
            ? pending.Result.WaitAsync(cancellationToken)
            : throw new ObjectDisposedException(nameof(Database));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();

        if (writer is not null)
        {
            await writer;
        }

        while (readers.TryTake(out var reader))
        {
            await reader.DisposeAsync();
        }

        if (instanceLock is not null)
        {
            await instanceLock.DisposeAsync();
        }
    }

    /// <summary>Two instances on one file would send twice what each believes to be its own. The lock ends with the process, however it ends.</summary>
    private void LockInstance()
    {
        if (lockPath is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(lockPath)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException("Storage:ConnectionString: the folder of the SQLite file cannot be made.", e);
        }

        try
        {
            instanceLock = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                "Storage:ConnectionString: this SQLite file is in use by another instance of the bot. Run one instance, or set Storage:Provider to Postgres.",
                e
            );
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InvalidOperationException("Storage:ConnectionString: the folder of the SQLite file cannot be written to.", e);
        }
    }

    private void WriteAll(PreparedConnection connection)
    {
        using var _ = connection;
        var units = new List<PendingUnit>();

        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try
            {
                connection.Execute(Begin);

                if (!RunTogether(connection, units))
                {
                    // One of them failed: each once more, so that only its own work is undone.
                    connection.Execute("rollback");
                    connection.Execute(Begin);
                    RunApart(connection, units);
                }

                connection.Execute("commit");
                units.ForEach(unit => unit.Settle(null));
            }
            catch (Exception e)
            {
                // The commit itself failed (disk full, file gone): nobody is told that it was kept.
                RollBack(connection);
                units.ForEach(unit => unit.Settle(e));
            }

            units.Clear();
        }
    }

    /// <summary>Takes what waits, one after the other in one transaction; false as soon as one fails, with nothing kept of any of them.</summary>
    private bool RunTogether(PreparedConnection connection, List<PendingUnit> units)
    {
        while (units.Count < UnitsPerCommit && queue.Reader.TryRead(out var pending))
        {
            units.Add(pending);

            if (!pending.Run(new Unit(connection, null, isPostgres: false)))
            {
                return false;
            }
        }

        return true;
    }

    private static void RunApart(PreparedConnection connection, List<PendingUnit> units)
    {
        foreach (var unit in units)
        {
            connection.Execute("savepoint unit");

            if (!unit.Run(new Unit(connection, null, isPostgres: false)))
            {
                connection.Execute("rollback to unit");
            }

            connection.Execute("release unit");
        }
    }

    private static void RollBack(PreparedConnection connection)
    {
        try
        {
            connection.Execute("rollback");
        }
        catch (SqliteException)
        {
            // SQLite has done so already, or never began.
        }
    }

    private abstract class PendingUnit
    {
        /// <summary>True when the unit may be kept.</summary>
        public abstract bool Run(Unit unit);

        public abstract void Settle(Exception? commitFailure);
    }

    private sealed class PendingUnit<T>(Func<Unit, Task<T>> write) : PendingUnit
    {
        private readonly TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Unit? last;
        private T? value;
        private Exception? failure;

        public Task<T> Result => result.Task;

        public override bool Run(Unit unit)
        {
            failure = null;

            try
            {
                last = unit;
                // SQLite's calls are synchronous underneath, so this is done when it returns.
                value = write(unit).GetAwaiter().GetResult();
                Ledger.AppendAsync(unit).GetAwaiter().GetResult();
                return true;
            }
            catch (Exception e)
            {
                failure = e;
                return false;
            }
        }

        public override void Settle(Exception? commitFailure)
        {
            if ((failure ?? commitFailure) is { } e)
            {
                result.TrySetException(e);
            }
            else
            {
                last!.TellCommitted();
                result.TrySetResult(value!);
            }
        }
    }
}
