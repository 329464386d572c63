using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DocSpaceBot.Tests.Crash;

/// <summary>The cable between the bot and its database server, which can be pulled and put in again.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly string host;
    private readonly int port;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Line, bool> lines = new();
    private readonly Task accepting;
    private volatile bool isPulled;
    private volatile byte[]? lastWords;

    public Cable(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where the bot has to connect to.</summary>
    public int NearPort => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts every connection; new ones break at once.</summary>
    public void Pull()
    {
        isPulled = true;

        foreach (var line in lines.Keys)
        {
            line.Cut();
        }
    }

    public void PutIn() => isPulled = false;

    /// <summary>The next time the bot says this, the server hears it and does it, and then the cable is pulled before the answer is through.</summary>
    public void PullBeforeTheAnswerTo(ReadOnlySpan<byte> words) => lastWords = words.ToArray();

    /// <summary>Whether the words have been said and the cable was pulled.</summary>
    public bool IsPulled => isPulled;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Pull();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        var line = new Line(near, far);

        try
        {
            if (isPulled)
            {
                return;
            }

            await far.ConnectAsync(host, port);
            lines[line] = true;
            await Task.WhenAny(CopyAsync(line, near, far, isFromBot: true), CopyAsync(line, far, near, isFromBot: false));
        }
        catch (SocketException)
        {
            // There is no server; the bot sees a broken connection.
        }
        finally
        {
            lines.TryRemove(line, out _);
            line.Cut();
        }
    }

    private async Task CopyAsync(Line line, TcpClient from, TcpClient to, bool isFromBot)
    {
        var buffer = new byte[16 * 1024];

        try
        {
            int read;

            while ((read = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                if (isFromBot && lastWords is { } words && buffer.AsSpan(0, read).IndexOf(words) >= 0)
                {
                    lastWords = null;
                    line.IsAboutToBreak = true;
                }
                else if (!isFromBot && line.IsAboutToBreak)
                {
                    // The answer is there: what was asked has been done.
                    Pull();
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private sealed class Line(TcpClient near, TcpClient far)
    {
        public volatile bool IsAboutToBreak;

        public void Cut()
        {
            near.Close();
            far.Close();
        }
    }
}
