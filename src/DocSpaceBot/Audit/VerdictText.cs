using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Audit;

/// <summary>Whether the ledger is in order, in words.</summary>
internal static class VerdictText
{
    private const string WhatToDo =
        "Somebody has written into the database past the bot, or it was restored in part. Compare with a backup, or with a file that /audit export gave you before.";

    public static string For(LedgerVerdict verdict) =>
        verdict switch
        {
            { Fault: { } fault } => $"The ledger is not in order. {What(fault)} {Before(verdict.Last)}\n\n{WhatToDo}",
            { Last.Number: 0 } => "The ledger is in order: it holds no records yet.",
            { Last: var last } =>
                $"The ledger is in order: {(last.Number == 1 ? "1 record" : $"{last.Number} records, each of which follows the one before it")}.\n\nThe last one is number {last.Number} with the hash {last.Hash}. Note both somewhere else: as long as that record has that hash, nobody has changed it or any before it.",
        };

    private static string What(LedgerFault fault) =>
        fault.Kind switch
        {
            LedgerFaultKind.Changed => $"Record {fault.Number}{When(fault)} was changed: what it says does not fit its hash.",
            LedgerFaultKind.Missing when fault.Until > fault.Number =>
                $"Records {fault.Number} to {fault.Until} are missing: there are later ones.",
            LedgerFaultKind.Missing => $"Record {fault.Number} is missing: there are later ones.",
            LedgerFaultKind.OutOfOrder =>
                $"Record {fault.Number}{When(fault)} is out of order: it is not the one that was written there, or the one before it is not.",
            LedgerFaultKind.CutOff when fault.Until > fault.Number =>
                $"Records {fault.Number} to {fault.Until} are missing: they were cut off at the end.",
            LedgerFaultKind.CutOff => $"Record {fault.Number} is missing: it was cut off at the end.",
            _ when fault.Number == 0 => "Its head, which tells of the last record, is missing or empty.",
            _ => $"Its head, which tells of the last record, tells of number {fault.Number} and of another hash.",
        };

    private static string When(LedgerFault fault) => fault.At is { } at ? $" ({LedgerWords.For(at)})" : "";

    private static string Before(LedgerHead last) =>
        last.Number switch
        {
            0 => "No record before that is in order.",
            1 => "Record 1 is in order.",
            _ => $"The {last.Number} records from number 1 to {last.Number} are in order.",
        };
}
