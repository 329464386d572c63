using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Teams.Protocol.Hosting;

/// <summary>
/// The channel's signing keys: fetched once, renewed in the background after a day, and asked for again when a token names a key nobody has
/// seen. The last good document is kept for as long as no newer one can be had.
/// </summary>
internal sealed partial class SigningKeys(IOptions<BotOptions> options, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    private const string PublicIssuer = "https://api.botframework.com";
    private const int LargestDocument = 1024 * 1024;

    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    /// <summary>Strangers choose key ids, so an unknown one may cost a request only now and then.</summary>
    private static readonly TimeSpan UnknownKeyPause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        }
    )
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LargestDocument,
    };

    private readonly Lock gate = new();
    private volatile SigningKeySet? current;
    private Task? fetching;
    private long renewAt = long.MaxValue; // Nothing to renew before the first document.
    private DateTimeOffset unknownKeyAllowedAt = DateTimeOffset.MinValue;
    private DateTimeOffset firstFetchAllowedAt = DateTimeOffset.MinValue;

    /// <summary>Changes only when the keys really changed; null until the first document arrived.</summary>
    public SigningKeySet? Current => current;

    /// <summary>The keys; null when none could be had so far.</summary>
    public async ValueTask<SigningKeySet?> GetAsync(CancellationToken cancellationToken)
    {
        if (current is null)
        {
            Task? fetch = null;
            lock (gate)
            {
                if (current is null && (fetching is not null || clock.GetUtcNow() >= firstFetchAllowedAt))
                {
                    fetch = FetchOnce();
                }
            }

            if (fetch is not null)
            {
                await fetch.WaitAsync(cancellationToken);
            }

            return current;
        }

        RenewWhenOld();
        return current;
    }

    /// <summary>The keys again after a token named one that was not among them; asks at most once in five minutes.</summary>
    public async ValueTask<SigningKeySet?> GetNewerAsync(CancellationToken cancellationToken)
    {
        Task? fetch = null;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= unknownKeyAllowedAt)
            {
                unknownKeyAllowedAt = now + UnknownKeyPause;
                fetch = FetchOnce();
            }
            else
            {
                fetch = fetching;
            }
        }

        if (fetch is not null)
        {
            await fetch.WaitAsync(cancellationToken);
        }

        return current;
    }

    /// <summary>Cheap enough for every request: one comparison until the day is over.</summary>
    public void RenewWhenOld()
    {
        var now = clock.GetUtcNow();
        if (now.UtcTicks < Volatile.Read(ref renewAt))
        {
            return;
        }

        lock (gate)
        {
            if (now.UtcTicks >= renewAt)
            {
                renewAt = (now + UnknownKeyPause).UtcTicks; // Tried again then, should this attempt fail.
                _ = FetchOnce();
            }
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Single flight; called with the gate held. The fetch itself never throws and knows no caller's cancellation.</summary>
    private Task FetchOnce() => fetching ??= Task.Run(FetchAsync, CancellationToken.None);

    private async Task FetchAsync()
    {
        SigningKeySet? fetched = null;
        try
        {
            fetched = await ReadDocumentsAsync();
        }
        catch (Exception failure)
        {
            Log.KeysNotFetched(logger, failure.GetType().Name, current is not null);
        }

        lock (gate)
        {
            fetching = null;
            var now = clock.GetUtcNow();
            if (fetched is null)
            {
                firstFetchAllowedAt = now + FailurePause;
                return;
            }

            Volatile.Write(ref renewAt, (now + GoodFor).UtcTicks);
            if (current is null || !fetched.IsSameAs(current))
            {
                current = fetched;
                Log.KeysFetched(logger, fetched.Keys.Count);
            }
        }
    }

    private async Task<SigningKeySet> ReadDocumentsAsync()
    {
        var metadataUrl = options.Value.OpenIdMetadataUrl;
        using var metadata = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(metadataUrl)), Strict);
        var issuer = Text(metadata.RootElement, "issuer"u8);
        var keysUrl = Text(metadata.RootElement, "jwks_uri"u8);
        if (string.IsNullOrEmpty(issuer) || (metadataUrl == BotOptions.PublicOpenIdMetadataUrl && issuer != PublicIssuer))
        {
            throw new JsonException("The metadata document names another issuer than the public cloud's.");
        }

        // A document may not send us into the inside of a network: https, or loopback where the document itself came from there.
        if (
            !HostRules.TryReadUrl(keysUrl, out var keysUri)
            || (keysUri.IsLoopback ? !Loopback.IsUrl(metadataUrl) : keysUri.Scheme != Uri.UriSchemeHttps)
        )
        {
            throw new JsonException("The metadata document names no place the keys may come from.");
        }

        using var keys = JsonDocument.Parse(await http.GetByteArrayAsync(keysUri), Strict);
        return SigningKeySet.Read(issuer, keys.RootElement);
    }

    private static string? Text(JsonElement from, ReadOnlySpan<byte> name) =>
        from.ValueKind is JsonValueKind.Object && from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()
            : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Read {Count} signing keys of the channel.")]
        public static partial void KeysFetched(ILogger logger, int count);

        [LoggerMessage(LogLevel.Warning, "The channel's signing keys could not be read ({FailureType}); earlier keys at hand: {HasKeys}.")]
        public static partial void KeysNotFetched(ILogger logger, string failureType, bool hasKeys);
    }
}
