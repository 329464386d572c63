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

    public FileWords Words { get; } =
        new(
            "I am writing the ledger into a file. If it is long, that takes a while; then I offer it to you here.",
            "The ledger is in your files",
            "The ledger was not handed over: it would have gone to a place that I may not send files to. Check the setting Bot:FileHosts.",
            "The ledger may not have got into your files. If it is not there, take it once more: I offer it again. If that does not help, look into the log."
        );

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
            { OlderUpTo: { } older } =>
                $"The newest {part.Records} of {part.Total} records of the ledger: more do not fit into one file. For the older ones type /audit export {older}",
            { Records: 1 } => "The ledger, 1 record, as a file for a spreadsheet",
            _ => $"The ledger, {part.Records} records, as a file for a spreadsheet",
        };

    /// <summary>What was asked for, and the last record that goes into it.</summary>
    private sealed record Export(LedgerRecord Record, long UpTo);
}
