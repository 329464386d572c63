using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>
/// The record of every request, decision, call and its outcome. Records are added and read; nothing here changes or deletes one, and each is chained to
/// the one before it, so that whoever does so by other means is found out (<see cref="LedgerCheck"/>).
/// </summary>
internal sealed partial class Ledger(Database database)
{
    private const string Columns =
        "number, at, kind, request_id, invitation_id, tenant_id, email, actor_id, actor_name, by_right, before_status, after_status, detail, previous_hash, hash";

    /// <summary>Of what goes round, so much is looked at to see whether it is news.</summary>
    private const int MostToLookBack = 20;

    /// <summary>
    /// Chains what the unit has recorded to the last record, whoever wrote that. It comes last in the unit: from here to the commit nobody else can add to
    /// the ledger, so that the numbers have no gaps and come in the order of the commits.
    /// </summary>
    public static async Task AppendAsync(Unit unit)
    {
        if (unit.Recorded.Count == 0)
        {
            return;
        }

        var head =
            await unit.FindAsync<LedgerHead>($"select number, hash from ledger_head {(unit.IsPostgres ? "for update" : "")}")
            ?? throw new InvalidOperationException("The head of the ledger is not in the database any more.");
        var records = new List<LedgerRecord>(unit.Recorded.Count);

        foreach (var entry in unit.Recorded)
        {
            records.Add(LedgerRecord.After(head, entry));
            head = records[^1].AsHead;
        }

        await InsertAsync(unit, records);
        await unit.ExecuteAsync("update ledger_head set number = @Number, hash = @Hash", head);
    }

    /// <summary>False when the same was told of this invitation last time round, and nothing else has happened since.</summary>
    public static async Task<bool> IsNewsAsync(Unit unit, LedgerEntry entry)
    {
        var earlier = await unit.ListAsync<LedgerRecord>(
            """
            select kind, detail from ledger where email = @Email and invitation_id = @Invitation order by number desc limit @MostToLookBack
            """,
            new
            {
                entry.Email,
                Invitation = entry.Invitation?.Value,
                MostToLookBack,
            }
        );
        var inThisUnit = unit.Recorded.Where(it => it.Invitation == entry.Invitation).Reverse().Select(it => (it.Kind, it.Detail));
        var round = inThisUnit
            .Concat(earlier.Select(it => (Kind: Enum.TryParse<LedgerKind>(it.Kind, out var kind) ? kind : default, it.Detail)))
            .TakeWhile(it => LedgerEntry.GoesRound(it.Kind));
        return !round.Where(it => it.Kind == entry.Kind).Take(1).Any(it => it.Detail == entry.Detail);
    }

    private static async Task InsertAsync(Unit unit, IReadOnlyList<LedgerRecord> records)
    {
        if (unit.IsPostgres)
        {
            // One way to the server and back, however many there are: others wait for the head.
            await unit.ExecuteAsync(
                $"""
                insert into ledger ({Columns})
                select * from unnest(@Number, @At, @Kind, @RequestId, @InvitationId, @TenantId, @Email, @ActorId, @ActorName, @ByRight, @BeforeStatus,
                                     @AfterStatus, @Detail, @PreviousHash, @Hash)
                """,
                new
                {
                    Number = Each(it => it.Number),
                    At = Each(it => it.At.ToUnixTimeMilliseconds()),
                    Kind = Each(it => it.Kind),
                    RequestId = Each(it => it.RequestId),
                    InvitationId = Each(it => it.InvitationId),
                    TenantId = Each(it => it.TenantId),
                    Email = Each(it => it.Email),
                    ActorId = Each(it => it.ActorId),
                    ActorName = Each(it => it.ActorName),
                    ByRight = Each(it => it.ByRight),
                    BeforeStatus = Each(it => it.BeforeStatus),
                    AfterStatus = Each(it => it.AfterStatus),
                    Detail = Each(it => it.Detail),
                    PreviousHash = Each(it => it.PreviousHash),
                    Hash = Each(it => it.Hash),
                }
            );
            return;
        }

        foreach (var record in records)
        {
            await unit.ExecuteAsync(
                $"""
                insert into ledger ({Columns})
                values (@Number, @At, @Kind, @RequestId, @InvitationId, @TenantId, @Email, @ActorId, @ActorName, @ByRight, @BeforeStatus, @AfterStatus,
                        @Detail, @PreviousHash, @Hash)
                """,
                record
            );
        }

        T[] Each<T>(Func<LedgerRecord, T> field) => [.. records.Select(field)];
    }
}
