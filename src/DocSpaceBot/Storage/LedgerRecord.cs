using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>The last record of the ledger, as whoever adds the next one finds it.</summary>
internal sealed record LedgerHead(long Number, string Hash)
{
    /// <summary>Of a ledger that holds nothing yet.</summary>
    public static readonly LedgerHead Empty = new(0, new string('0', 64));
}

/// <summary>
/// A record of the ledger as it is kept. Its hash is the SHA-256 of the previous hash and every field, in the order in which they stand here, each
/// as UTF-8 behind its length in four bytes (the highest first; −1 for nothing), so that no two records look alike to it.
/// </summary>
internal sealed record LedgerRecord
{
    private const int LongestWord = 255;
    private const int LongestDetail = 500;

    public string PreviousHash { get; init; } = "";
    public long Number { get; init; }

    /// <summary>Hashed as Unix milliseconds.</summary>
    public DateTimeOffset At { get; init; }
    public string Kind { get; init; } = "";
    public string? RequestId { get; init; }
    public string? InvitationId { get; init; }
    public string TenantId { get; init; } = "";
    public string? Email { get; init; }
    public string? ActorId { get; init; }
    public string? ActorName { get; init; }
    public string? ByRight { get; init; }
    public string? BeforeStatus { get; init; }
    public string? AfterStatus { get; init; }
    public string? Detail { get; init; }

    public string Hash { get; init; } = "";

    public LedgerHead AsHead => new(Number, Hash);

    /// <summary>The record of this entry behind <paramref name="head"/>.</summary>
    public static LedgerRecord After(LedgerHead head, LedgerEntry entry)
    {
        var next = new LedgerRecord
        {
            PreviousHash = head.Hash,
            Number = head.Number + 1,
            At = entry.At,
            Kind = entry.Kind.ToString(),
            RequestId = Plain(entry.Request?.Value, LongestWord),
            InvitationId = Plain(entry.Invitation?.Value, LongestWord),
            TenantId = Plain(entry.TenantId, LongestWord) ?? "",
            Email = Plain(entry.Email, LongestWord),
            ActorId = Plain(entry.Actor?.Id, LongestWord),
            ActorName = Plain(entry.Actor?.Name, LongestWord),
            ByRight = Plain(entry.Right, LongestWord),
            BeforeStatus = entry.Before?.ToString(),
            AfterStatus = entry.After?.ToString(),
            Detail = Plain(entry.Detail, LongestDetail),
        };
        return next with { Hash = next.HashOfAll() };
    }

    /// <summary>What the hash of this record has to be.</summary>
    public string HashOfAll()
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        Write(bytes, PreviousHash);
        Write(bytes, Number.ToString(CultureInfo.InvariantCulture));
        Write(bytes, At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Write(bytes, Kind);
        Write(bytes, RequestId);
        Write(bytes, InvitationId);
        Write(bytes, TenantId);
        Write(bytes, Email);
        Write(bytes, ActorId);
        Write(bytes, ActorName);
        Write(bytes, ByRight);
        Write(bytes, BeforeStatus);
        Write(bytes, AfterStatus);
        Write(bytes, Detail);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string? text)
    {
        var length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), length);
        bytes.Advance(sizeof(int));

        if (length > 0)
        {
            bytes.Advance(Encoding.UTF8.GetBytes(text, bytes.GetSpan(length)));
        }
    }

    /// <summary>
    /// Much of it was typed by people. What a database does not give back as it was written, or what turns a line around when it is read, becomes a
    /// blank; the rest stays.
    /// </summary>
    private static string? Plain(string? text, int most)
    {
        if (text is null || (text.Length <= most && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')))
        {
            return text;
        }

        var plain = new StringBuilder(Math.Min(text.Length, most));

        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            plain.Append(IsHidden(rune) ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    private static bool IsHidden(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
