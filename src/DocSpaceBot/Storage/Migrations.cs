using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace DocSpaceBot.Storage;

/// <summary>
/// The files NNNN_name.sql beside this class, applied in order and once each. One transaction for all of them, under a lock, so that any
/// number of instances may start at the same time; a file that was changed after it was applied, or a database of a newer bot, stops the start.
/// </summary>
internal static class Migrations
{
    private sealed record Migration(int Number, string Name, string Sql)
    {
        // Line endings must not make a checksum differ between checkouts.
        public string Checksum => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
    }

    private sealed class Applied
    {
        public int Number { get; init; }
        public string Checksum { get; init; } = "";
    }

    public static async Task ApplyAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (connection is NpgsqlConnection)
        {
            await RunAsync("select pg_advisory_xact_lock(7213645510)");
        }

        await RunAsync("create table if not exists migrations (number integer primary key, name text not null, checksum text not null)");

        var applied = (
            await connection.QueryAsync<Applied>(
                new CommandDefinition(
                    "select number, checksum from migrations",
                    transaction: transaction,
                    cancellationToken: cancellationToken
                )
            )
        ).ToDictionary(migration => migration.Number);
        var known = Read();

        if (applied.Keys.Except(known.Select(migration => migration.Number)).Any())
        {
            throw new InvalidOperationException(
                "Storage:ConnectionString: the database was made by a newer version of the bot. Run that version, or use another database."
            );
        }

        foreach (var migration in known)
        {
            if (applied.TryGetValue(migration.Number, out var before))
            {
                if (before.Checksum != migration.Checksum)
                {
                    throw new InvalidOperationException(
                        $"Storage:ConnectionString: migration {migration.Name} in the database is not the one of this version of the bot."
                    );
                }

                continue;
            }

            await RunAsync(migration.Sql);
            await RunAsync(
                "insert into migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
                new
                {
                    migration.Number,
                    migration.Name,
                    migration.Checksum,
                }
            );
        }

        Task<int> RunAsync(string sql, object? values = null) =>
            connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken));
    }

    private static List<Migration> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        const string Prefix = "DocSpaceBot.Storage.Migrations.";

        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                    var file = name[Prefix.Length..];
                    return new Migration(int.Parse(file.AsSpan(0, 4), CultureInfo.InvariantCulture), file, reader.ReadToEnd());
                }),
        ];
    }
}
