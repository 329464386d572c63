using System.Globalization;
using System.Text;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Audit;

/// <summary>The newest part of the ledger of one tenant as a file, or all of it.</summary>
/// <param name="Records">How many are in it.</param>
/// <param name="OlderUpTo">Those that did not find room have this number or a lower one; null when all are in it.</param>
internal sealed record LedgerPart(byte[] Content, long Records, long Total, long? OlderUpTo);

/// <summary>
/// Writes the ledger for people who open it in a spreadsheet, the oldest record first. It is read page by page from the end, so that where it is too long
/// the newest are in it, and no more of it is in memory than the file.
/// </summary>
internal sealed class LedgerCsv(Ledger ledger)
{
    private static readonly string[] Header =
    [
        "Number",
        "Time (UTC)",
        "Kind",
        "What happened",
        "E-mail",
        "Who",
        "Who (object id)",
        "By right",
        "Before",
        "After",
        "What was seen",
        "Request",
        "Invitation",
        "Previous hash",
        "Hash",
    ];

    /// <summary>About 45,000 records. It has to be handed over within 20 seconds, and lies in memory meanwhile.</summary>
    public int MostBytes { get; init; } = 20 * 1024 * 1024;

    public async Task<LedgerPart> WriteAsync(string tenantId, long upTo, CancellationToken cancellationToken)
    {
        // Auditors compare files, and programs read them: they are the same whoever asked.
        CultureInfo.CurrentUICulture = Language.Usual;
        var total = await ledger.CountAsync(tenantId, upTo, cancellationToken);
        var parts = new Stack<byte[]>();
        var room = MostBytes;
        long records = 0;
        long? next = upTo;

        while (next is { } last && await ledger.ListBackAsync(tenantId, last, cancellationToken) is { Count: > 0 } page)
        {
            var part = Lines(page);

            // However little room there is, a page always finds it: else nobody would ever get to what is before it.
            if (part.Length > room && parts.Count > 0)
            {
                break;
            }

            parts.Push(part);
            room -= part.Length;
            records += page.Count;
            next = records < total ? page[^1].Number - 1 : null;
        }

        parts.Push(Beginning());
        return new(Joined(parts), records, total, records < total ? next : null);
    }

    private static byte[] Joined(IReadOnlyCollection<byte[]> parts)
    {
        var file = new byte[parts.Sum(part => part.Length)];
        var at = 0;

        foreach (var part in parts)
        {
            part.CopyTo(file, at);
            at += part.Length;
        }

        return file;
    }

    private static byte[] Beginning()
    {
        var text = new StringBuilder().Append(CsvLine.Beginning);
        CsvLine.Write(text, Header);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Lines(IReadOnlyList<LedgerRecord> newestFirst)
    {
        var text = new StringBuilder(512 * newestFirst.Count);

        foreach (var record in newestFirst.Reverse())
        {
            CsvLine.Write(
                text,
                [
                    record.Number.ToString(CultureInfo.InvariantCulture),
                    record.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                    record.Kind,
                    HistoryText.WhatHappened(record.Kind),
                    record.Email,
                    record.ActorName,
                    record.ActorId,
                    record.ByRight,
                    record.BeforeStatus,
                    record.AfterStatus,
                    record.Detail,
                    record.RequestId,
                    record.InvitationId,
                    record.PreviousHash,
                    record.Hash,
                ]
            );
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
