using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Storage;

public sealed class LedgerCheckTests
{
    /// <summary>A way to tamper with any field but the number. What it is given is never what was there.</summary>
    private static readonly (string Name, Func<LedgerRecord, string, LedgerRecord> Change)[] Fields =
    [
        (nameof(LedgerRecord.At), (it, other) => it with { At = it.At.AddMilliseconds(1 + other.Length) }),
        (nameof(LedgerRecord.Kind), (it, other) => it with { Kind = other }),
        (nameof(LedgerRecord.RequestId), (it, other) => it with { RequestId = other }),
        (nameof(LedgerRecord.InvitationId), (it, other) => it with { InvitationId = other }),
        (nameof(LedgerRecord.TenantId), (it, other) => it with { TenantId = other }),
        (nameof(LedgerRecord.Email), (it, other) => it with { Email = other }),
        (nameof(LedgerRecord.ActorId), (it, other) => it with { ActorId = other }),
        (nameof(LedgerRecord.ActorName), (it, other) => it with { ActorName = other }),
        (nameof(LedgerRecord.ByRight), (it, other) => it with { ByRight = other }),
        (nameof(LedgerRecord.BeforeStatus), (it, other) => it with { BeforeStatus = other }),
        (nameof(LedgerRecord.AfterStatus), (it, other) => it with { AfterStatus = other }),
        (nameof(LedgerRecord.Detail), (it, other) => it with { Detail = other }),
        (nameof(LedgerRecord.PreviousHash), (it, other) => it with { PreviousHash = other }),
        (nameof(LedgerRecord.Hash), (it, other) => it with { Hash = other }),
    ];

    private static readonly string[] Texts = ["", " ", "a", "ab", "User", "carol@example.org", "“2026”", "Zoë", "🙂", "\0"];

    [Fact]
    public void Every_field_there_is_can_be_tampered_with_here() =>
        Assert.Equal(
            typeof(LedgerRecord)
                .GetProperties()
                .Where(property => property.CanWrite && property.Name != nameof(LedgerRecord.Number))
                .Select(property => property.Name)
                .Order(),
            Fields.Select(field => field.Name).Order()
        );

    [Fact]
    public void A_ledger_that_nobody_touched_is_in_order() => Check(Ledgers(), ledger => Assert.Null(FaultIn(ledger, ledger[^1].AsHead)));

    [Fact]
    public void Whatever_field_of_whatever_record_is_changed_that_record_is_named() =>
        Check(
            from ledger in Ledgers()
            from broken in Gen.Choose(0, ledger.Count - 1)
            from field in Gen.Elements(Fields)
            from other in Gen.Elements(Texts)
            select (ledger, broken, field, other),
            it =>
            {
                var tampered = it.ledger.ToList();
                tampered[it.broken] = it.field.Change(tampered[it.broken], it.other);

                if (tampered[it.broken] != it.ledger[it.broken])
                {
                    Assert.Equal(it.broken + 1, FaultIn(tampered, it.ledger[^1].AsHead)?.Number);
                }
            }
        );

    [Fact]
    public void Moving_text_from_one_field_into_the_next_is_found() =>
        Check(
            Ledgers(),
            ledger =>
            {
                var first = ledger[0] with { ActorId = ledger[0].ActorId + "x", ActorName = "y" };
                var moved = first with { ActorId = ledger[0].ActorId, ActorName = "xy" };

                Assert.NotEqual(first.HashOfAll(), moved.HashOfAll());
                Assert.NotEqual((first with { Detail = null }).HashOfAll(), (first with { Detail = "" }).HashOfAll());
            }
        );

    [Fact]
    public void A_record_that_is_taken_out_is_missed() =>
        Check(
            from ledger in Ledgers()
            from gone in Gen.Choose(0, ledger.Count - 1)
            select (ledger, gone),
            it =>
            {
                var fault = FaultIn([.. it.ledger.Where((_, i) => i != it.gone)], it.ledger[^1].AsHead)!;
                Assert.Equal(
                    (it.gone == it.ledger.Count - 1 ? LedgerFaultKind.CutOff : LedgerFaultKind.Missing, it.gone + 1, it.gone + 1),
                    (fault.Kind, fault.Number, fault.Until)
                );
            }
        );

    [Fact]
    public void Records_that_are_cut_off_at_the_end_are_missed() =>
        Check(
            from ledger in Ledgers()
            from left in Gen.Choose(0, ledger.Count - 1)
            select (ledger, left),
            it =>
                Assert.Equal(
                    new LedgerFault(LedgerFaultKind.CutOff, it.left + 1, null) { Until = it.ledger.Count },
                    FaultIn([.. it.ledger.Take(it.left)], it.ledger[^1].AsHead)
                )
        );

    [Fact]
    public void Two_records_that_change_places_are_found_at_the_first_of_them() =>
        Check(
            from ledger in Ledgers(fewest: 2)
            from one in Gen.Choose(0, ledger.Count - 2)
            from other in Gen.Choose(one + 1, ledger.Count - 1)
            select (ledger, one, other),
            it =>
            {
                var swapped = it.ledger.ToList();
                swapped[it.one] = it.ledger[it.other] with { Number = it.one + 1 };
                swapped[it.other] = it.ledger[it.one] with { Number = it.other + 1 };

                Assert.Equal((LedgerFaultKind.OutOfOrder, it.one + 1), Told(FaultIn(swapped, it.ledger[^1].AsHead)));
            }
        );

    [Fact]
    public void A_record_that_gets_another_number_is_found() =>
        Check(
            from ledger in Ledgers()
            from moved in Gen.Choose(0, ledger.Count - 1)
            from number in Gen.OneOf(Gen.Choose(-3, 0), Gen.Choose(ledger.Count + 1, ledger.Count + 4))
            select (ledger, moved, number),
            it =>
            {
                var tampered = it.ledger.ToList();
                tampered[it.moved] = tampered[it.moved] with { Number = it.number };

                Assert.Equal(Math.Min(it.moved + 1, it.number), FaultIn(tampered, it.ledger[^1].AsHead)?.Number);
            }
        );

    [Fact]
    public void Who_changes_a_record_and_mends_its_hash_is_found_at_the_next_one() =>
        Check(
            from ledger in Ledgers()
            from forged in Gen.Choose(0, ledger.Count - 1)
            select (ledger, forged),
            it =>
            {
                var tampered = it.ledger.ToList();
                var changed = tampered[it.forged] with { Detail = "nothing to see here" };
                tampered[it.forged] = changed with { Hash = changed.HashOfAll() };

                Assert.Equal(
                    it.forged == it.ledger.Count - 1
                        ? (LedgerFaultKind.HeadDiffers, it.ledger.Count)
                        : (LedgerFaultKind.OutOfOrder, it.forged + 2),
                    Told(FaultIn(tampered, it.ledger[^1].AsHead))
                );
            }
        );

    [Fact]
    public void A_head_that_tells_of_another_record_is_found() =>
        Check(
            from ledger in Ledgers()
            from back in Gen.Choose(1, ledger.Count)
            select (ledger, back),
            it =>
            {
                var earlier = it.back == it.ledger.Count ? LedgerHead.Empty : it.ledger[^(it.back + 1)].AsHead;
                Assert.Equal((LedgerFaultKind.HeadDiffers, earlier.Number), Told(FaultIn(it.ledger, earlier)));
                Assert.Equal((LedgerFaultKind.HeadDiffers, 0), Told(FaultIn(it.ledger, null)));
            }
        );

    private static (LedgerFaultKind, long)? Told(LedgerFault? fault) => fault is null ? null : (fault.Kind, fault.Number);

    private static LedgerFault? FaultIn(IReadOnlyList<LedgerRecord> ledger, LedgerHead? head)
    {
        var check = new LedgerCheck();
        return ledger.OrderBy(record => record.Number).Select(check.Next).FirstOrDefault(fault => fault is not null) ?? check.End(head);
    }

    private static Gen<List<LedgerRecord>> Ledgers(int fewest = 1) =>
        from count in Gen.Choose(fewest, 6)
        from entries in Entry().ListOf(count)
        select Chained(entries);

    private static List<LedgerRecord> Chained(IEnumerable<LedgerEntry> entries)
    {
        var ledger = new List<LedgerRecord>();

        foreach (var entry in entries)
        {
            ledger.Add(LedgerRecord.After(ledger.Count == 0 ? LedgerHead.Empty : ledger[^1].AsHead, entry));
        }

        return ledger;
    }

    private static Gen<LedgerEntry> Entry() =>
        from kind in Gen.Elements(Enum.GetValues<LedgerKind>())
        from at in Gen.Choose(0, 10_000)
        from tenant in Gen.Elements("tenant", "other")
        from email in Gen.Elements<string?>(null, "carol@example.org", "dave@example.org")
        from actor in Gen.Elements<Person?>(null, An.Alice, An.Dana)
        from before in Gen.Elements<InvitationStatus?>(null, InvitationStatus.Approved)
        from detail in ArbMap.Default.GeneratorFor<string?>()
        select new LedgerEntry(kind, An.Instant.AddMilliseconds(at), tenant)
        {
            Request = An.Request().Id,
            Invitation = email is null ? null : An.Invitation().Id,
            Email = email,
            Actor = actor,
            Right = actor is null ? null : LedgerRight.Requester,
            Before = before,
            After = InvitationStatus.Invited,
            Detail = detail,
        };

    private static void Check<T>(Gen<T> all, Action<T> body) => Prop.ForAll(all.ToArbitrary(), body).QuickCheckThrowOnFailure();
}
