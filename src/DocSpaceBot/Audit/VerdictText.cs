using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Audit;

/// <summary>Whether the ledger is in order, in words.</summary>
internal static class VerdictText
{
    public static string For(LedgerVerdict verdict) =>
        verdict switch
        {
            { Fault: { } fault } => AuditTexts.NotInOrder.With(What(fault), Before(verdict.Last)),
            { Last.Number: 0 } => AuditTexts.InOrderEmpty,
            { Last: var last } => (last.Number == 1 ? AuditTexts.InOrderOne : AuditTexts.InOrderMany).With(last.Number, last.Hash),
        };

    private static string What(LedgerFault fault) =>
        fault.Kind switch
        {
            LedgerFaultKind.Changed => AuditTexts.RecordChanged.With(Named(fault)),
            LedgerFaultKind.Missing when fault.Until > fault.Number => AuditTexts.RecordsMissing.With(fault.Number, fault.Until),
            LedgerFaultKind.Missing => AuditTexts.RecordMissing.With(fault.Number),
            LedgerFaultKind.OutOfOrder => AuditTexts.RecordOutOfOrder.With(Named(fault)),
            LedgerFaultKind.CutOff when fault.Until > fault.Number => AuditTexts.RecordsCutOff.With(fault.Number, fault.Until),
            LedgerFaultKind.CutOff => AuditTexts.RecordCutOff.With(fault.Number),
            _ when fault.Number == 0 => AuditTexts.HeadMissing,
            _ => AuditTexts.HeadWrong.With(fault.Number),
        };

    private static string Named(LedgerFault fault) =>
        fault.At is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"{fault.Number} ({LedgerWords.For(at)})")
            : fault.Number.ToString(CultureInfo.InvariantCulture);

    private static string Before(LedgerHead last) =>
        last.Number switch
        {
            0 => AuditTexts.NoneBeforeInOrder,
            1 => AuditTexts.OneBeforeInOrder,
            _ => AuditTexts.ManyBeforeInOrder.With(last.Number),
        };
}
