using System.Buffers;
using System.Text;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Lists;

/// <summary>Turns the bytes of a file into text, whichever program saved it.</summary>
internal static class ListText
{
    private const int Sample = 4096;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>What a spreadsheet writes that is told "CSV" and not "CSV UTF-8" in Western Europe and America.</summary>
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>How files begin that are no lists, whatever their name says: zip (xlsx, ods, docx), old Office, PDF, gzip, RTF, PNG, JPEG, 7z.</summary>
    private static readonly byte[][] Signatures =
    [
        [0x50, 0x4B, 0x03, 0x04],
        [0x50, 0x4B, 0x05, 0x06],
        [0xD0, 0xCF, 0x11, 0xE0],
        [0x25, 0x50, 0x44, 0x46, 0x2D],
        [0x1F, 0x8B, 0x08],
        [0x7B, 0x5C, 0x72, 0x74, 0x66],
        [0x89, 0x50, 0x4E, 0x47],
        [0xFF, 0xD8, 0xFF],
        [0x37, 0x7A, 0xBC, 0xAF],
    ];

    /// <summary>The text, or why there is none.</summary>
    public static (string Text, Refusal? WhyNot) Read(ReadOnlySpan<byte> file)
    {
        foreach (var signature in Signatures)
        {
            if (file.StartsWith(signature))
            {
                return ("", ListRefusals.Disguised);
            }
        }

        if (IsUtf32(file))
        {
            return ("", ListRefusals.UnreadableEncoding);
        }

        string text;
        try
        {
            text = Decode(file);
        }
        catch (DecoderFallbackException)
        {
            return ("", ListRefusals.UnreadableEncoding);
        }

        return IsBinary(text) ? ("", ListRefusals.Binary) : (text, null);
    }

    private static string Decode(ReadOnlySpan<byte> file) =>
        file switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Utf8.GetString(rest),
            [0xFF, 0xFE, .. var rest] => Utf16LittleEndian.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Utf16BigEndian.GetString(rest),
            _ when HasZeros(file, at: 1) => Utf16LittleEndian.GetString(file),
            _ when HasZeros(file, at: 0) => Utf16BigEndian.GetString(file),
            _ when IsDamagedUtf8(file) => throw new DecoderFallbackException(),
            _ when System.Text.Unicode.Utf8.IsValid(file) => Utf8.GetString(file),
            _ => Windows1252.GetString(file),
        };

    private static bool IsUtf32(ReadOnlySpan<byte> file) => file is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..];

    /// <summary>Addresses are ASCII: in UTF-16 nearly every second byte of them is zero, and hardly any of the others.</summary>
    private static bool HasZeros(ReadOnlySpan<byte> file, int at)
    {
        var pairs = Math.Min(file.Length, Sample) / 2;
        int here = 0,
            there = 0;

        for (var i = 0; i < pairs; i++)
        {
            here += file[(2 * i) + at] == 0 ? 1 : 0;
            there += file[(2 * i) + 1 - at] == 0 ? 1 : 0;
        }

        return here > pairs * 0.4 && there < pairs * 0.05;
    }

    /// <summary>
    /// Invalid as UTF-8, but with more letters that are valid than not. In Windows-1252 such pairs are all but impossible, and read as that every
    /// name would be spoilt silently.
    /// </summary>
    private static bool IsDamagedUtf8(ReadOnlySpan<byte> file)
    {
        int valid = 0,
            invalid = 0;

        while (!file.IsEmpty)
        {
            var result = Rune.DecodeFromUtf8(file, out _, out var used);
            valid += result is OperationStatus.Done && used > 1 ? 1 : 0;
            invalid += result is OperationStatus.Done ? 0 : 1;
            file = file[used..];
        }

        return invalid > 0 && valid >= invalid;
    }

    /// <summary>A stray control character is the row's problem; one in twenty is no text.</summary>
    private static bool IsBinary(string text)
    {
        var sample = text.AsSpan(0, Math.Min(text.Length, Sample));
        var controls = 0;

        foreach (var c in sample)
        {
            controls += char.IsControl(c) && c is not ('\t' or '\r' or '\n') ? 1 : 0;
        }

        return controls > 3 && controls > sample.Length / 20;
    }
}
