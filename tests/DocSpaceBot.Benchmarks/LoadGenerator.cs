using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DocSpaceBot.Benchmarks;

/// <summary>What one burst of messages came to.</summary>
/// <param name="Accepted">Answered with 2xx.</param>
/// <param name="AcceptedIn">From the first request to the last answer.</param>
internal sealed record Burst(long Started, long Sent, long Accepted, TimeSpan AcceptedIn);

/// <summary>
/// Sends messages over a fixed number of connections that stay open, each one as soon as the one before it is answered. On bare sockets and
/// with requests that are written beforehand, because it shares the processors with what it measures.
/// </summary>
internal sealed class LoadGenerator(Uri bot, int connections)
{
    public async Task<Burst> RunAsync(Messages messages, MessageNumbers numbers, long count, TimeSpan longest)
    {
        var end = count < long.MaxValue ? numbers.Next + count : long.MaxValue;
        long sent = 0;
        long accepted = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(SendAsync)));
        return new(started, sent, accepted, Stopwatch.GetElapsedTime(started));

        async Task SendAsync()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(bot.Host), bot.Port));
            var request = messages.NewRequest();
            var answer = new byte[8 * 1024];

            while (Stopwatch.GetElapsedTime(started) < longest && numbers.Take(end) is { } number)
            {
                messages.Fill(request, number);
                await socket.SendAsync(request, SocketFlags.None);
                Interlocked.Increment(ref sent);
                var received = 0;
                int length;

                do
                {
                    var read = await socket.ReceiveAsync(answer.AsMemory(received), SocketFlags.None);
                    received += read;

                    if (read == 0)
                    {
                        throw new InvalidOperationException("The bot closed a connection that was in use.");
                    }
                } while (!HttpMessage.TryMeasure(answer.AsSpan(0, received), out length) || length > received);

                if (HttpMessage.Status(answer) is >= 200 and < 300)
                {
                    Interlocked.Increment(ref accepted);
                }
            }
        }
    }
}
