using DocSpaceBot.Storage;
using Microsoft.Data.Sqlite;

namespace DocSpaceBot.Benchmarks;

/// <summary>What a bot has kept.</summary>
internal static class InvitationsOnDisk
{
    /// <summary>How many invitations stand how, as of now; also while the bot runs.</summary>
    public static Dictionary<string, int> ByStatus(string database)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select status, count(*) from invitations group by status";
        using var rows = command.ExecuteReader();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);

        while (rows.Read())
        {
            counts[rows.GetString(0)] = rows.GetInt32(1);
        }

        return counts;
    }

    /// <exception cref="InvalidOperationException">An accepted invitation is missing: the figures would be worth nothing.</exception>
    public static void Verify(string database, long accepted)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "select count(distinct email) from invitations join requests on requests.id = request_id where email like 'guest%@example.com'";
        var kept = (long)command.ExecuteScalar()!;

        // One that was kept may have lost its answer with the process; never the other way round.
        if (kept < accepted)
        {
            throw new InvalidOperationException($"{accepted} invitations were accepted, but only {kept} are in the database.");
        }
    }
}
