using System.Buffers;

namespace Teams.Protocol.Connector;

/// <summary>What the calls to all services that are shown a token of the bot's have in common.</summary>
internal static class ServiceHttp
{
    /// <summary>Follows no redirect: it would carry the token to a host nobody checked.</summary>
    public static HttpMessageInvoker Create() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                MaxResponseHeadersLength = 64,
            }
        );

    /// <summary>At most <paramref name="most"/> bytes; what is longer is cut off and then is not JSON any more.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength is 0)
        {
            return default;
        }

        using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(content.Headers.ContentLength ?? 512, 64, most) + 1);
        while (buffer.WrittenCount < most)
        {
            var free = buffer.GetMemory(256);
            var read = await stream.ReadAsync(free[..Math.Min(free.Length, most - buffer.WrittenCount)], cancellationToken);
            if (read == 0)
            {
                break;
            }

            buffer.Advance(read);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The pause, plus or minus a quarter.</summary>
    public static TimeSpan Jitter(TimeSpan pause)
    {
#pragma warning disable CA5394 // Spreads retries; nothing depends on its being secret.
        return pause * (0.75 + (Random.Shared.NextDouble() / 2));
#pragma warning restore CA5394
    }
}
