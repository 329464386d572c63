using System.Data;
using System.Data.Common;
using Dapper;
using DocSpaceBot.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>What the bots have kept, read past them.</summary>
internal sealed class KeptState(bool isPostgres, string connectionString)
{
    /// <summary>A request with the address it is for, and how often it was decided.</summary>
    internal sealed record Request(string Id, string Email, string Status, long Outcomes);

    private sealed record Place(string Subject, string ConversationId, string ActivityId);

    public async Task<T> AskAsync<T>(string sql, object? values = null)
    {
        await using var db = await ConnectAsync();
        return (await db.ExecuteScalarAsync<T>(sql, values))!;
    }

    /// <summary>Whether all is done but what waits for somebody's decision; what can still be taken back has gone out.</summary>
    public async Task<bool> IsQuietAsync() =>
        await AskAsync<long>(
            "select count(*) from steps where kind not in ('sweep', 'tell-drift', 'housekeeping', 'remind-approver', 'ask-approvers') or owner is not null"
        ) == 0;

    public async Task<IReadOnlyList<Request>> RequestsAsync()
    {
        await using var db = await ConnectAsync();
        return
        [
            .. await db.QueryAsync<Request>(
                """
                select request_id as Id, email as Email, status as Status,
                       (select count(*) from ledger where ledger.invitation_id = invitations.id and before_status = 'PendingApproval'
                           and after_status in ('Approved', 'Denied')) as Outcomes
                  from invitations order by id
                """
            ),
        ];
    }

    /// <param name="readers">Whose chat a conversation is.</param>
    public async Task<IReadOnlyList<CardCopy>> CopiesAsync(IReadOnlyDictionary<string, string> readers)
    {
        await using var db = await ConnectAsync();
        return
        [
            .. (
                await db.QueryAsync<Place>(
                    "select subject as Subject, conversation_id as ConversationId, activity_id as ActivityId from sent_cards"
                )
            ).Select(place => new CardCopy(place.Subject.Split(' ')[^1], readers[place.ConversationId], place.ActivityId)),
        ];
    }

    public async Task<bool> IsLedgerInOrderAsync()
    {
        await using var db = await ConnectAsync();
        var check = new LedgerCheck();
        return (await db.QueryAsync<LedgerRecord>("select * from ledger order by number")).All(record => check.Next(record) is null)
            && check.End(await db.QuerySingleAsync<LedgerHead>("select number, hash from ledger_head")) is null;
    }

    private async Task<DbConnection> ConnectAsync()
    {
        SqliteLibrary.Use();
        SqlMapping.Register();
        DbConnection db = isPostgres
            ? new NpgsqlConnection($"{connectionString};Pooling=false")
            : new SqliteConnection($"{connectionString};Pooling=false;Default Timeout=30");
        await db.OpenAsync();
        return db;
    }
}
