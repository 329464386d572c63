using System.Net.Http.Headers;

namespace DocSpace.Api.Http;

/// <summary>An answer's body in memory, at most <see cref="MaxBytes"/> of it.</summary>
internal sealed class BoundedBody : ByteArrayContent
{
    /// <summary>A page of 100 people is about 160 kB; only the answer to an invitation, which is not read, can honestly be longer.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private BoundedBody(byte[] bytes, bool isCut, HttpContentHeaders headers)
        : base(bytes)
    {
        Bytes = bytes;
        IsCut = isCut;
        Headers.ContentType = headers.ContentType;
    }

    public byte[] Bytes { get; }

    /// <summary>There was more than <see cref="MaxBytes"/>.</summary>
    public bool IsCut { get; }

    public static async Task<BoundedBody> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];

        while (kept.Length <= MaxBytes && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            await kept.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        var isCut = kept.Length > MaxBytes;
        kept.SetLength(Math.Min(kept.Length, MaxBytes));
        return new BoundedBody(kept.ToArray(), isCut, content.Headers);
    }
}
