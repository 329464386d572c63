using System.Data.Common;
using System.Globalization;
using Dapper;
using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Storage;

/// <summary>
/// The one way to the stored state. Reads see what is committed; writes are units that are carried out whole or not at all and may leave
/// steps, which are taken up as soon as the unit is committed.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly IDatabaseEngine engine;
    private readonly WorkSignal signal;

    static Database() => SqlMapping.Register();

    public Database(IOptions<StorageOptions> options, WorkSignal signal)
    {
        this.signal = signal;

        try
        {
            engine = options.Value.Provider switch
            {
                StorageProvider.Postgres => new PostgresEngine(options.Value.ConnectionString, signal),
                _ => new SqliteEngine(options.Value.ConnectionString),
            };
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException($"{StorageOptions.Section}:ConnectionString: it cannot be read.", e);
        }
    }

    public bool IsPostgres => engine is PostgresEngine;

    /// <summary>Where a unit can leave a step that is due at once.</summary>
    public HandOver HandOver { get; } = new();

    /// <summary>Brings the tables up to date. Several instances may start at once.</summary>
    /// <exception cref="InvalidOperationException">It cannot be had or is not ours; the message names the setting.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.PrepareAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new InvalidOperationException($"Storage:ConnectionString: the database cannot be opened ({e.GetType().Name}).", e);
        }
    }

    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken) =>
        engine.ReadAsync(read, cancellationToken);

    /// <summary>
    /// Carries out one unit. It must do nothing but read and write here: it may be carried out again after a conflict, and other units
    /// wait for it.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Unit, Task<T>> write, CancellationToken cancellationToken)
    {
        Unit? committed = null;

        // Units are carried out one after the other by somebody else, who speaks no language of theirs.
        var language = CultureInfo.CurrentUICulture;
        var result = await engine.WriteAsync(
            async unit =>
            {
                CultureInfo.CurrentUICulture = language;
                committed = unit;
                unit.HandOver = HandOver;
                return await write(unit);
            },
            cancellationToken
        );

        if (committed is { HasNewSteps: true })
        {
            signal.Pulse();
        }

        return result;
    }

    public Task WriteAsync(Func<Unit, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(
            async unit =>
            {
                await write(unit);
                return true;
            },
            cancellationToken
        );

    /// <summary>Writes, because a full disk and a server that has become read-only still answer questions.</summary>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        WriteAsync(unit => unit.ExecuteAsync("update migrations set name = name where number = 1"), cancellationToken);

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}

/// <summary>One transaction under way.</summary>
internal sealed class Unit(DbConnection connection, DbTransaction? transaction, bool isPostgres)
{
    private List<Action>? afterCommit;
    private List<LedgerEntry>? recorded;
    private Dictionary<(string Kind, string Subject), DateTimeOffset>? steps;

    public bool IsPostgres => isPostgres;

    /// <summary>Null where nobody would take a step.</summary>
    public HandOver? HandOver { get; set; }

    /// <summary>Set when the unit leaves work to do, so that the worker looks at once.</summary>
    public bool HasNewSteps { get; set; }

    /// <summary>
    /// False when this unit has left the step before, due no later. A thousand changes of one request leave the same few steps, and a server that is
    /// told to write one row a thousand times in a transaction takes longer each time.
    /// </summary>
    public bool IsNewStep(string kind, string subject, DateTimeOffset dueAt)
    {
        steps ??= [];

        if (steps.TryGetValue((kind, subject), out var before) && before <= dueAt)
        {
            return false;
        }

        steps[(kind, subject)] = dueAt;
        return true;
    }

    /// <summary>What this unit has to tell in the ledger, in order.</summary>
    public IReadOnlyList<LedgerEntry> Recorded => recorded ?? (IReadOnlyList<LedgerEntry>)[];

    /// <summary>Tells something in the ledger: kept with everything else that the unit does, or not at all.</summary>
    public void Record(LedgerEntry entry) => (recorded ??= []).Add(entry);

    /// <summary>Something to do in memory, quickly, once the unit is kept, and not if it is not. SQLite keeps to the order of the units.</summary>
    public void AfterCommit(Action action) => (afterCommit ??= []).Add(action);

    public void TellCommitted() => afterCommit?.ForEach(action => action());

    public Task<int> ExecuteAsync(string sql, object? values = null) => connection.ExecuteAsync(sql, values, transaction);

    public Task<T?> FindAsync<T>(string sql, object? values = null) => connection.QuerySingleOrDefaultAsync<T>(sql, values, transaction);

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(sql, values, transaction)).AsList();
}

/// <summary>What differs between the two databases: how to connect and how a unit becomes a transaction.</summary>
internal interface IDatabaseEngine : IAsyncDisposable
{
    Task PrepareAsync(CancellationToken cancellationToken);

    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    Task<T> WriteAsync<T>(Func<Unit, Task<T>> write, CancellationToken cancellationToken);
}
