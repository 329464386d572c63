using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Files;

/// <summary>
/// Sends requests to URLs that somebody else chose. The host has to be allowed, and the connection goes to an address that was checked in the
/// moment of connecting, so that a name cannot mean one machine when it is checked and another when it is used. Nothing of ours goes along: no
/// token, cookie, proxy or trace header. Nothing is logged: the URL is a permission by itself.
/// </summary>
internal sealed class FileTransport : IDisposable
{
    /// <summary>For a whole transfer, redirects included.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private readonly FileUrls urls;
    private readonly TimeProvider clock;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly Func<FileFault, string, int?, FileTransferException> failed;
    private readonly HttpMessageInvoker http;

    /// <param name="failed">Makes the exception: which one depends on the direction.</param>
    public FileTransport(
        FileUrls urls,
        TimeProvider clock,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        Func<FileFault, string, int?, FileTransferException> failed
    )
    {
        this.urls = urls;
        this.clock = clock;
        this.resolve = resolve;
        this.failed = failed;
        http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ConnectCallback = ConnectAsync,
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PreAuthenticate = false,
                AutomaticDecompression = DecompressionMethods.None,
                ActivityHeadersPropagator = null, // Neither a header that tells of us nor a trace that tells of the URL.
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
                MaxResponseDrainSize = 0,
                MaxResponseHeadersLength = 64,
            }
        );
    }

    /// <summary>Runs a whole transfer within the time limit, and tells failures in our own words.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> transfer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await transfer(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw failed(FileFault.TooSlow, "The transfer took longer than the time limit.", null);
        }
        catch (HttpRequestException refused) when (refused.InnerException is AddressRefusedException)
        {
            throw failed(FileFault.NotAllowed, "The host's name does not lead to an address that files may come from.", null);
        }
        catch (HttpRequestException broken)
        {
            throw failed(FileFault.Unavailable, $"The connection failed ({broken.HttpRequestError}).", null);
        }
        catch (IOException)
        {
            throw failed(FileFault.Unavailable, "The connection broke.", null);
        }
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri url, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url) { Content = content };
        return await http.SendAsync(request, cancellationToken);
    }

    /// <exception cref="FileTransferException">The URL is not allowed.</exception>
    public Uri Read(string? url) => urls.IsAllowed(url) ? new Uri(url!, UriKind.Absolute) : throw NotAllowed("The URL is not allowed.");

    public FileTransferException NotAllowed(string message) => failed(FileFault.NotAllowed, message, null);

    public FileTransferException TooBig(string message, int? status) => failed(FileFault.TooBig, message, status);

    public FileTransferException Unavailable(HttpStatusCode status) =>
        failed(FileFault.Unavailable, $"The host answered with status {(int)status}.", (int)status);

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await resolve(host, cancellationToken);

        // Only where the settings allow a loopback host does a URL with one come this far.
        var mayUse = Loopback.IsHost(host) ? (Predicate<IPAddress>)IPAddress.IsLoopback : PublicAddresses.Contain;
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, mayUse))
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [SuppressMessage("Major Code Smell", "S3871", Justification = "Never leaves this class: it becomes a FileTransferException.")]
    private sealed class AddressRefusedException : Exception;
}
