using System.Buffers;
using System.Net;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Files;

/// <summary>Fetches files that people send to the bot in their personal chat.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4</remarks>
public sealed class FileDownloader : IDisposable
{
    private const int MostRedirects = 3;

    private readonly FileTransport transport;

    public FileDownloader(FileUrls urls, TimeProvider clock)
        : this(urls, clock, Dns.GetHostAddressesAsync) { }

    /// <param name="resolve">Name to addresses; all of them have to be fit.</param>
    internal FileDownloader(FileUrls urls, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        transport = new FileTransport(urls, clock, resolve, (kind, message, status) => new FileDownloadException(kind, message, status));

    /// <summary>
    /// The whole file, with a plain GET: the URL carries its own permission, so no token goes along, and it must not be kept or logged. The host has
    /// to be one of <see cref="BotOptions.FileHosts"/> with a public address. At most three redirects are followed, and only within the same host.
    /// </summary>
    /// <param name="url">The <see cref="FileDownloadInfo.DownloadUrl"/>.</param>
    /// <param name="mostBytes">The largest file that is wanted; neither more memory nor more time than for that many bytes is spent.</param>
    /// <exception cref="FileDownloadException">Not allowed, too big, not there within 20 seconds, or not to be had.</exception>
    public Task<ReadOnlyMemory<byte>> DownloadAsync(string url, long mostBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostBytes, Array.MaxLength - 1);
        return transport.RunAsync(limited => FetchAsync(transport.Read(url), (int)mostBytes, limited), cancellationToken);
    }

    public void Dispose() => transport.Dispose();

    private async Task<ReadOnlyMemory<byte>> FetchAsync(Uri url, int mostBytes, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var response = await transport.SendAsync(HttpMethod.Get, url, null, cancellationToken);
            if (response.StatusCode is HttpStatusCode.OK)
            {
                return await ReadAsync(response.Content, mostBytes, cancellationToken);
            }

            if (!IsRedirect(response.StatusCode) || redirects == MostRedirects)
            {
                throw transport.Unavailable(response.StatusCode);
            }

            url = Next(url, response.Headers.Location);
        }
    }

    /// <summary>A redirect is a URL from somebody else once more. The permission in it is for this host only.</summary>
    private Uri Next(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var next))
        {
            throw transport.NotAllowed("A redirect leads nowhere.");
        }

        var isSameHost =
            Uri.Compare(from, next, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
        return isSameHost ? transport.Read(next.AbsoluteUri) : throw transport.NotAllowed("A redirect leads to another host.");
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    /// <summary>The length that is announced is a promise only, so the bytes are counted too.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int mostBytes, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > mostBytes)
        {
            throw TooBig(mostBytes);
        }

        using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var file = new ArrayBufferWriter<byte>((int)Math.Min(content.Headers.ContentLength ?? 16 * 1024, mostBytes) + 1);
        while (true)
        {
            var free = file.GetMemory(1);
            var read = await stream.ReadAsync(free[..Math.Min(free.Length, mostBytes + 1 - file.WrittenCount)], cancellationToken);
            if (read == 0)
            {
                return file.WrittenMemory;
            }

            file.Advance(read);
            if (file.WrittenCount > mostBytes)
            {
                throw TooBig(mostBytes);
            }
        }
    }

    private FileTransferException TooBig(int mostBytes) => transport.TooBig($"The file is larger than {mostBytes} bytes.", 200);
}
