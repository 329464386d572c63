using System.Globalization;
using DocSpaceBot.Conversations;
using DocSpaceBot.Files;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Audit;

/// <summary>
/// The ledger as a file, for the operator who asked for it, up to the record of their asking. Its id names that record and, where they asked for older ones,
/// the last record that is wanted.
/// </summary>
internal sealed class LedgerFile(Ledger ledger, LedgerCsv csv, Operators operators) : IGivenFile
{
    public const string Kind = "ledger";

    public FileWords Words => new(AuditTexts.FileBegun, AuditTexts.FileUploaded, AuditTexts.FileNotAllowed, AuditTexts.FileNotThere);

    public static string IdFor(RequestId export, long? upTo) =>
        upTo is { } last ? string.Create(CultureInfo.InvariantCulture, $"{Kind}:{export}:{last}") : $"{Kind}:{export}";

    public async Task<FileOwner?> FindOwnerAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { Record: { ActorId: { } person, TenantId: var tenant } record }
        && new Person(person, record.ActorName ?? "") is var owner
        && await operators.IsOneAsync(tenant, owner, cancellationToken)
            ? new(tenant, owner, null)
            : null;

    public Task<bool> IsDueAsync(string id, CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task<WrittenFile?> WriteAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } export)
        {
            return null;
        }

        var part = await csv.WriteAsync(export.Record.TenantId, export.UpTo, cancellationToken);
        var day = export.Record.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new($"docspacebot-ledger-{day}.csv", Describe(part), part.Content);
    }

    private async Task<Export?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var parts = id.Split(':');

        if (
            parts is not [Kind, var request, .. { Length: <= 1 } rest]
            || await ledger.FindExportAsync(new(request), cancellationToken) is not { } record
        )
        {
            return null;
        }

        return rest is not [var text] ? new(record, record.Number)
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? new(record, Math.Min(last, record.Number))
            : null;
    }

    private static string Describe(LedgerPart part) =>
        part switch
        {
            { OlderUpTo: { } older } => AuditTexts.FileOfNewest.With(part.Records, part.Total, older),
            { Records: 1 } => AuditTexts.FileOfOne,
            _ => AuditTexts.FileOfMany.With(part.Records),
        };

    /// <summary>What was asked for, and the last record that goes into it.</summary>
    private sealed record Export(LedgerRecord Record, long UpTo);
}
