using Dapper;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>What the ledger holds about one address, for one tenant.</summary>
/// <param name="Newest">The oldest of them first.</param>
/// <param name="Reads">How often operators have looked at it.</param>
internal sealed record AddressHistory(IReadOnlyList<LedgerRecord> Newest, long Records, long Requests, long Reads);

/// <summary>Looking into the ledger, and whether it is in order.</summary>
internal sealed partial class Ledger
{
    private const int PageSize = 1000;

    /// <summary>Looks at every record, those that are added meanwhile too.</summary>
    public async Task<LedgerVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var check = new LedgerCheck();
        var after = long.MinValue;

        while (true)
        {
            var page = await ListAsync(after, cancellationToken);

            foreach (var record in page)
            {
                if (check.Next(record) is { } fault)
                {
                    return new(check.Last, fault);
                }

                after = record.Number;
            }

            if (page.Count > 0)
            {
                continue;
            }

            // Read after the records: whatever it tells of is there by now.
            var head = await FindHeadAsync(cancellationToken);

            if (!(head?.Number > check.Last.Number) || await ListAsync(after, cancellationToken) is [])
            {
                return new(check.Last, check.End(head));
            }
        }
    }

    /// <summary>What is known about an address, without the looks of operators at it. Part of the unit of the turn that asks.</summary>
    public static async Task<AddressHistory> ListAboutAsync(Unit unit, string tenantId, string email, int most)
    {
        const string About = "from ledger where email = @email and tenant_id = @tenantId";
        var values = new
        {
            email,
            tenantId,
            most,
            read = nameof(LedgerKind.HistoryRead),
        };
        var newest = await unit.ListAsync<LedgerRecord>(
            $"select {Columns} {About} and kind <> @read order by number desc limit @most",
            values
        );
        var counts = await unit.FindAsync<Counts>(
            $"""
            select count(case when kind <> @read then 1 end) as records, count(distinct request_id) as requests,
                   count(case when kind = @read then 1 end) as reads
              {About}
            """,
            values
        );
        return new([.. newest.Reverse()], counts!.Records, counts.Requests, counts.Reads);
    }

    /// <summary>The record of an export that was asked for; null when there is none of that id.</summary>
    public Task<LedgerRecord?> FindExportAsync(RequestId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                db.QueryFirstOrDefaultAsync<LedgerRecord>(
                    new CommandDefinition(
                        $"select {Columns} from ledger where kind = 'LedgerExported' and request_id = @id",
                        new { id = id.Value },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );

    public Task<long> CountAsync(string tenantId, long upTo, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
                db.ExecuteScalarAsync<long>(
                    new CommandDefinition(
                        "select count(*) from ledger where tenant_id = @tenantId and number <= @upTo",
                        new { tenantId, upTo },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );

    /// <summary>A page of what is about one tenant, the newest first, up to and with a number.</summary>
    public Task<IReadOnlyList<LedgerRecord>> ListBackAsync(string tenantId, long upTo, CancellationToken cancellationToken) =>
        ListAsync(
            "where tenant_id = @tenantId and number <= @upTo order by number desc",
            new
            {
                tenantId,
                upTo,
                PageSize,
            },
            cancellationToken
        );

    private Task<IReadOnlyList<LedgerRecord>> ListAsync(long after, CancellationToken cancellationToken) =>
        ListAsync("where number > @after order by number", new { after, PageSize }, cancellationToken);

    private Task<IReadOnlyList<LedgerRecord>> ListAsync(string which, object values, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (IReadOnlyList<LedgerRecord>)
                    (
                        await db.QueryAsync<LedgerRecord>(
                            new CommandDefinition(
                                $"select {Columns} from ledger {which} limit @PageSize",
                                values,
                                cancellationToken: cancellationToken
                            )
                        )
                    ).AsList(),
            cancellationToken
        );

    /// <summary>Null when somebody has taken it away, or put another beside it.</summary>
    private Task<LedgerHead?> FindHeadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db =>
                (
                    await db.QueryAsync<LedgerHead>(
                        new CommandDefinition("select number, hash from ledger_head", cancellationToken: cancellationToken)
                    )
                ).AsList()
                    is [var head]
                    ? head
                    : null,
            cancellationToken
        );

    private sealed record Counts(long Records, long Requests, long Reads);
}
