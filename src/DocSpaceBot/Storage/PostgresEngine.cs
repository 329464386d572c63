using System.Data.Common;
using Npgsql;

namespace DocSpaceBot.Storage;

/// <summary>PostgreSQL, which several instances share. Row locks keep them apart; a notification wakes the others when there is work.</summary>
internal sealed class PostgresEngine(string connectionString, WorkSignal signal) : IDatabaseEngine
{
    public const string Channel = "docspacebot_steps";

    private const int Tries = 5;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
    private readonly CancellationTokenSource stopping = new();
    private Task? listener;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await Migrations.ApplyAsync(connection, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        listener = Task.Run(() => ListenAsync(stopping.Token), CancellationToken.None);
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await read(connection);
    }

    public async Task<T> WriteAsync<T>(Func<Unit, Task<T>> write, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var unit = new Unit(connection, transaction, isPostgres: true);
                var value = await write(unit);

                if (unit.HasNewSteps)
                {
                    await unit.ExecuteAsync($"select pg_notify('{Channel}', '')");
                }

                // The last lock that is taken, because all instances wait for it.
                await Ledger.AppendAsync(unit);
                await transaction.CommitAsync(cancellationToken);
                unit.TellCommitted();
                return value;
            }
            catch (PostgresException e) when (tries < Tries && IsConflict(e))
            {
                // Another instance was a moment faster: look again at what is there now.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();

        if (listener is not null)
        {
            await listener;
        }

        await source.DisposeAsync();
        stopping.Dispose();
    }

    private static bool IsConflict(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation;

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, _) => signal.Pulse();

                await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancellationToken);
                }

                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException or IOException)
            {
                // The worker also looks by itself now and then; this only costs speed until the server is back.
                await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
