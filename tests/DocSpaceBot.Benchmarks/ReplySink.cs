using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DocSpaceBot.Benchmarks;

/// <summary>
/// The connector, as far as it takes messages: counts them per conversation and answers 201. On bare sockets, because whatever it costs is
/// taken from the bots that are measured on the same machine.
/// </summary>
internal sealed class ReplySink : IDisposable
{
    private static readonly byte[] Created =
    [
        .. "HTTP/1.1 201 Created\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 22\r\n\r\n{\"id\":\"1700000000001\"}"u8,
    ];

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int[] repliesTo = new int[Messages.Conversations];
    private long replies;
    private long lastAt;

    public ReplySink()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        _ = AcceptAsync();
    }

    public string ServiceUrl => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/";

    public long Replies => Volatile.Read(ref replies);

    /// <summary>When the last reply came (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public long LastAt => Volatile.Read(ref lastAt);

    public int RepliesTo(int conversation) => Volatile.Read(ref repliesTo[conversation]);

    public void Reset()
    {
        Array.Clear(repliesTo);
        Volatile.Write(ref replies, 0);
    }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync(CancellationToken.None);
                connection.NoDelay = true;
                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        var buffer = new byte[32 * 1024];
        var filled = 0;

        try
        {
            using (connection)
            {
                while (true)
                {
                    var read = await connection.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, CancellationToken.None);

                    if (read == 0)
                    {
                        return;
                    }

                    filled += read;

                    while (HttpMessage.TryMeasure(buffer.AsSpan(0, filled), out var length) && length <= filled)
                    {
                        Count(buffer.AsSpan(0, length));
                        buffer.AsSpan(length, filled - length).CopyTo(buffer);
                        filled -= length;
                        await connection.SendAsync(Created, SocketFlags.None, CancellationToken.None);
                    }

                    if (filled == buffer.Length)
                    {
                        throw new InvalidOperationException("A reply is bigger than any of these bots sends.");
                    }
                }
            }
        }
        catch (SocketException)
        {
            // A bot that was killed says no goodbye.
        }
    }

    /// <summary>Anything but a message to one of our conversations is not counted, and so found to be missing.</summary>
    private void Count(ReadOnlySpan<byte> request)
    {
        var path = request["POST ".Length..request.IndexOf(" HTTP/1.1\r\n"u8)];
        var segment = path["/v3/conversations/".Length..];
        segment = segment[..segment.IndexOf((byte)'/')];

        if (
            request.StartsWith("POST /v3/conversations/"u8)
            && Utf8Parser.TryParse(segment[^Messages.DigitsOfConversation..], out int conversation, out _)
            && conversation < repliesTo.Length
        )
        {
            Interlocked.Increment(ref repliesTo[conversation]);
            Interlocked.Increment(ref replies);
            Volatile.Write(ref lastAt, Stopwatch.GetTimestamp());
        }
    }
}
