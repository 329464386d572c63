using System.Buffers.Text;

namespace DocSpaceBot.Benchmarks;

/// <summary>As much of HTTP/1.1 as is needed between programs we know.</summary>
internal static class HttpMessage
{
    /// <summary>Length of the first message with head and body; false while the head, or the end of a body in chunks, is not there yet.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> received, out int length)
    {
        length = 0;
        var end = received.IndexOf("\r\n\r\n"u8);

        if (end < 0)
        {
            return false;
        }

        var head = received[..(end + 2)];
        var body = end + 4;

        if (Header(head, "\r\nContent-Length: "u8, "\r\ncontent-length: "u8) is var value and not [])
        {
            var isNumber = Utf8Parser.TryParse(value, out int size, out _);
            length = body + size;
            return isNumber;
        }

        if (Header(head, "\r\nTransfer-Encoding: "u8, "\r\ntransfer-encoding: "u8) is [])
        {
            length = body;
            return true;
        }

        var last = received[body..].IndexOf("0\r\n\r\n"u8);
        length = body + last + "0\r\n\r\n".Length;
        return last >= 0;
    }

    /// <summary>The status of an answer.</summary>
    public static int Status(ReadOnlySpan<byte> answer) =>
        Utf8Parser.TryParse(answer["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase)
    {
        var at = head.IndexOf(name) is var found and >= 0 ? found : head.IndexOf(lowerCase);
        return at < 0 ? [] : head[(at + name.Length)..];
    }
}
