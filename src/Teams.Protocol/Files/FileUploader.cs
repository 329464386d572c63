using System.Net;
using System.Net.Http.Headers;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Files;

/// <summary>Puts files where a person agreed to have them (<see cref="FileConsent"/>).</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4</remarks>
public sealed class FileUploader : IDisposable
{
    /// <summary>What one request to an upload session can hold.</summary>
    /// <remarks>https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session</remarks>
    public const int MostBytes = 60 * 1024 * 1024;

    private readonly FileTransport transport;

    public FileUploader(FileUrls urls, TimeProvider clock)
        : this(urls, clock, Dns.GetHostAddressesAsync) { }

    /// <param name="resolve">Name to addresses; all of them have to be fit.</param>
    internal FileUploader(FileUrls urls, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        transport = new FileTransport(urls, clock, resolve, (kind, message, status) => new FileUploadException(kind, message, status));

    /// <summary>
    /// Sends the whole file in one request, without a token, to a host of <see cref="BotOptions.FileHosts"/>. Tried once; no redirect is followed. A
    /// second try after a failure may be refused by the host because the first did its work.
    /// </summary>
    /// <param name="uploadUrl">The <see cref="FileUploadInfo.UploadUrl"/> that came with the consent.</param>
    /// <exception cref="ArgumentException">The file is empty: there is no range for that.</exception>
    /// <exception cref="FileUploadException">Not allowed, too big, not done within 20 seconds, or not taken.</exception>
    public Task UploadAsync(string uploadUrl, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (file.IsEmpty)
        {
            throw new ArgumentException("An empty file cannot be uploaded.", nameof(file));
        }

        return transport.RunAsync(limited => PutAsync(transport.Read(uploadUrl), file, limited), cancellationToken);
    }

    public void Dispose() => transport.Dispose();

    private async Task<HttpStatusCode> PutAsync(Uri url, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (file.Length > MostBytes)
        {
            throw transport.TooBig("The file is larger than one request can hold.", null);
        }

        using var content = new ReadOnlyMemoryContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentRange = new ContentRangeHeaderValue(0, file.Length - 1, file.Length);

        using var response = await transport.SendAsync(HttpMethod.Put, url, content, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => throw transport.TooBig("The host does not take a file of this size.", 413),
            // Accepted means that the session still waits for bytes, although it got all there are.
            HttpStatusCode.Accepted => throw transport.Unavailable(response.StatusCode),
            _ when !response.IsSuccessStatusCode => throw transport.Unavailable(response.StatusCode),
            var done => done,
        };
    }
}
