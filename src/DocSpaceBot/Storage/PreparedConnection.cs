using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace DocSpaceBot.Storage;

/// <summary>
/// A connection to SQLite that compiles each statement once. Whoever uses it creates commands as ever; the one that is carried out is kept
/// from the first time. There are no transactions of the provider here: their owner says <c>begin</c> and <c>commit</c> himself.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection connection) : DbConnection
{
    /// <summary>Lists make statements of any number of shapes; beyond this many they are compiled each time.</summary>
    private const int MostKept = 256;

    private readonly Dictionary<string, SqliteCommand> kept = new(StringComparer.Ordinal);

    [AllowNull]
    public override string ConnectionString
    {
        get => connection.ConnectionString;
        set => throw new NotSupportedException();
    }

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    public override void Open() => throw new NotSupportedException();

    public override void Close() => connection.Close();

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public void Execute(string sql)
    {
        using var command = new PreparedCommand(this) { CommandText = sql };
        command.ExecuteNonQuery();
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in kept.Values)
            {
                command.Dispose();
            }

            kept.Clear();
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The kept command for this text with these values, which from now on may be <paramref name="asked"/> itself.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The text is passed on; the values are parameters.")]
    private SqliteCommand Prepare(SqliteCommand asked)
    {
        if (!kept.TryGetValue(asked.CommandText, out var command))
        {
            asked.Connection = connection;

            if (kept.Count < MostKept)
            {
                asked.Prepare();
                kept.Add(asked.CommandText, asked);
            }

            return asked;
        }

        if (command.Parameters.Count != asked.Parameters.Count)
        {
            throw new InvalidOperationException("One statement is used with different parameters.");
        }

        for (var i = 0; i < asked.Parameters.Count; i++)
        {
            command.Parameters[i] = asked.Parameters[i];
        }

        return command;
    }

    /// <summary>Collects text and values; what is carried out is the kept command.</summary>
    private sealed class PreparedCommand(PreparedConnection owner) : DbCommand
    {
        private readonly SqliteCommand asked = new();

        [AllowNull]
        public override string CommandText
        {
            get => asked.CommandText;
            [SuppressMessage("Security", "CA2100", Justification = "The text is passed on; the values are parameters.")]
            set => asked.CommandText = value;
        }

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = owner;

        protected override DbParameterCollection DbParameterCollection => asked.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        /// <summary>What runs in this process runs to its end.</summary>
        public override void Cancel() { }

        public override int ExecuteNonQuery() => owner.Prepare(asked).ExecuteNonQuery();

        public override object? ExecuteScalar() => owner.Prepare(asked).ExecuteScalar();

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => owner.Prepare(asked).ExecuteReader(behavior);
    }
}
