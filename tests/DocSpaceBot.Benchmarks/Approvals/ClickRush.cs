using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DocSpaceBot.Benchmarks.Approvals;

/// <summary>
/// Presses buttons at the times that were planned, whether the bot keeps up or not. Threads of their own with a connection each, which do nothing but
/// wait, send and receive: what they measure is not to hang on how busy the stand-ins in this process are.
/// </summary>
internal static class ClickRush
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(1);

    /// <param name="connections">To each bot. More presses than that are never under way with it.</param>
    public static async Task<IReadOnlyList<Clicked>> RunAsync(IReadOnlyList<Click> clicks, int connections)
    {
        var started = Stopwatch.GetTimestamp();
        var answered = await Task.WhenAll(
            clicks.GroupBy(click => click.Bot).Select(some => RunAsync(some.Key, [.. some.OrderBy(it => it.Due)], connections, started))
        );
        return [.. answered.SelectMany(some => some)];
    }

    /// <param name="due">As <see cref="Stopwatch.GetTimestamp"/> tells the time.</param>
    public static void SleepUntil(long due)
    {
        while (Stopwatch.GetTimestamp() < due)
        {
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            Thread.Sleep(left > LongestSleep ? left - LongestSleep : LongestSleep);
        }
    }

    private static async Task<Clicked[]> RunAsync(Uri bot, Click[] clicks, int connections, long started)
    {
        var answered = new Clicked[clicks.Length];
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(_ => Task.Factory.StartNew(Press, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
        );
        return answered;

        void Press()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(new IPEndPoint(IPAddress.Parse(bot.Host), bot.Port));
            var buffer = new byte[64 * 1024];

            while (Interlocked.Increment(ref next) is var number && number < clicks.Length)
            {
                var click = clicks[number];
                var due = started + (long)(click.Due.TotalSeconds * Stopwatch.Frequency);
                SleepUntil(due);
                socket.Send(click.Bytes);
                var length = Receive(socket, buffer);
                var took = Stopwatch.GetElapsedTime(due);
                var answer = buffer.AsSpan(0, length);
                answered[number] = new(
                    click,
                    due,
                    took,
                    HttpMessage.Status(answer) == 200 && answer.IndexOf("application/vnd.microsoft.card.adaptive"u8) >= 0,
                    answer.IndexOf("Nothing was changed."u8) >= 0
                );
            }
        }
    }

    private static int Receive(Socket socket, byte[] buffer)
    {
        var received = 0;
        int length;

        do
        {
            var read = socket.Receive(buffer.AsSpan(received));
            received += read;

            if (read == 0)
            {
                throw new InvalidOperationException("The bot closed a connection that was in use, or its answer is bigger than any card.");
            }
        } while (!HttpMessage.TryMeasure(buffer.AsSpan(0, received), out length) || length > received);

        return length;
    }
}
