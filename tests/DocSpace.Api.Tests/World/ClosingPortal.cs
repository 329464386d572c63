using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DocSpace.Api.Tests.World;

/// <summary>A portal that answers reads on a kept connection, and takes a POST and then closes the connection politely without a word.</summary>
internal sealed class ClosingPortal : IAsyncDisposable
{
    private static readonly byte[] EmptyAnswer = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"response\":[]}"
    );

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;
    private int _posts;

    public ClosingPortal()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public int Posts => Volatile.Read(ref _posts);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using var kept = connection;
        var buffer = new byte[16 * 1024];
        try
        {
            while (await kept.GetStream().ReadAsync(buffer, _closing.Token) is > 0 and var read)
            {
                if (Encoding.ASCII.GetString(buffer, 0, read).StartsWith("POST", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _posts);
                    return;
                }

                await kept.GetStream().WriteAsync(EmptyAnswer, _closing.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test is over.
        }
    }
}
