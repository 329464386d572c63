using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The file store of people's chats: what they upload, and what the bot may put there after consent.</summary>
internal sealed class FileEndpoints(TeamsSetup setup, StandInAddress address)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, UploadedFile> uploaded = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> received = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Action<byte[]>> awaited = new(StringComparer.Ordinal);
    private int downloads;

    public int Downloads => Volatile.Read(ref downloads);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/files/{id}", context => Download(context).WriteAsync(context));
        app.MapPut("/uploads/{id}", UploadAsync);
    }

    public UploadedFile Add(TeamsPerson person, string name, byte[] bytes)
    {
        var id = Guid.NewGuid().ToString();
        var temporary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return uploaded[id] = new(
            id,
            name,
            bytes,
            $"https://example-my.sharepoint.com/personal/{person.Name}_example_com/Documents/{Uri.EscapeDataString(name)}",
            address.At($"/files/{id}?tempauth={temporary}").AbsoluteUri,
            setup.Clock.GetUtcNow() + LinkLifetime
        );
    }

    /// <summary>A place for the bot to put a file the person agreed to take. It takes the file once.</summary>
    public (string Id, Uri Url) UploadTarget(Action<byte[]> arrived)
    {
        var id = Guid.NewGuid().ToString();
        awaited[id] = arrived;
        return (id, address.At($"/uploads/{id}"));
    }

    public byte[]? Received(string id) => received.GetValueOrDefault(id);

    private ConnectorAnswer Download(HttpContext context)
    {
        Interlocked.Increment(ref downloads);
        var isThere = uploaded.TryGetValue((string)context.Request.RouteValues["id"]!, out var file);
        var isAllowed =
            isThere
            // The link is its own permission. A token has no business here.
            && context.Request.Headers.Authorization.Count == 0
            && file!.DownloadUrl.EndsWith(context.Request.QueryString.Value ?? "", StringComparison.Ordinal)
            && context.Request.Query.ContainsKey("tempauth")
            && setup.Clock.GetUtcNow() < file.GoodUntil;

        return !isThere ? ConnectorAnswer.Html(404)
            : isAllowed ? new(200, file!.Bytes, "application/octet-stream")
            : ConnectorAnswer.Html(401);
    }

    private async Task UploadAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);

        var range = string.Create(CultureInfo.InvariantCulture, $"bytes 0-{bytes.Length - 1}/{bytes.Length}");
        var isWhole = context.Request.Headers.ContentRange == range && context.Request.Headers.Authorization.Count == 0;
        var id = (string)context.Request.RouteValues["id"]!;
        if (isWhole && awaited.TryRemove(id, out var arrived))
        {
            received[id] = bytes.ToArray();
            arrived(received[id]);
            await new ConnectorAnswer(201).WriteAsync(context);
            return;
        }

        // A session that has got its file is gone.
        await ConnectorAnswer.Html(isWhole ? 404 : 416).WriteAsync(context);
    }
}
