namespace DocSpaceBot.Storage;

internal enum LedgerFaultKind
{
    /// <summary>What the record says does not fit its hash.</summary>
    Changed,

    /// <summary>There is no record of that number, and there is a later one.</summary>
    Missing,

    /// <summary>The record is not the one that was written behind the one before it.</summary>
    OutOfOrder,

    /// <summary>The head tells of later records than there are.</summary>
    CutOff,

    /// <summary>The head does not tell of the last record.</summary>
    HeadDiffers,
}

/// <summary>The first thing that is wrong with the ledger.</summary>
/// <param name="Number">The first record that is broken.</param>
/// <param name="At">When it was written, as far as it can be told.</param>
internal sealed record LedgerFault(LedgerFaultKind Kind, long Number, DateTimeOffset? At)
{
    /// <summary>The last of those that are missing or cut off.</summary>
    public long Until { get; init; } = Number;
}

/// <summary>What a walk through the ledger has come to.</summary>
/// <param name="Last">The last record that is in order, as are all before it.</param>
internal sealed record LedgerVerdict(LedgerHead Last, LedgerFault? Fault);

/// <summary>Looks at one record after the other, in the order of their numbers, and at the head in the end.</summary>
internal sealed class LedgerCheck
{
    public LedgerHead Last { get; private set; } = LedgerHead.Empty;

    /// <summary>Null when the record follows those before it; once it is not, nothing can be said about later ones.</summary>
    public LedgerFault? Next(LedgerRecord record)
    {
        var expected = Last.Number + 1;

        if (record.Number > expected)
        {
            return new(LedgerFaultKind.Missing, expected, null) { Until = record.Number - 1 };
        }

        if (record.Number < expected || record.PreviousHash != Last.Hash)
        {
            return new(LedgerFaultKind.OutOfOrder, record.Number, record.At);
        }

        if (record.Hash != record.HashOfAll())
        {
            return new(LedgerFaultKind.Changed, record.Number, record.At);
        }

        Last = record.AsHead;
        return null;
    }

    /// <summary>Null when the head tells of the last record.</summary>
    public LedgerFault? End(LedgerHead? head) =>
        head == Last ? null
        : head?.Number > Last.Number ? new(LedgerFaultKind.CutOff, Last.Number + 1, null) { Until = head.Number }
        : new(LedgerFaultKind.HeadDiffers, head?.Number ?? 0, null);
}
