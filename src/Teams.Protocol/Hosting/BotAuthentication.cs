using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Teams.Protocol.Hosting;

/// <summary>
/// Is the caller the Bot Connector, speaking to this bot? RS256 only, on System.Security.Cryptography. Written by hand because the package
/// source this is built from has only versions of Microsoft.IdentityModel with known vulnerabilities: where a current
/// Microsoft.AspNetCore.Authentication.JwtBearer can be had, swap it in and keep the tests.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed class BotAuthentication(IOptions<BotOptions> options, SigningKeys keys, TimeProvider clock)
{
    private const string Scheme = "Bearer ";
    private const int MostRemembered = 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly string appId = options.Value.MicrosoftAppId;

    /// <summary>Teams uses one token for about an hour of activities; checking its signature once is enough.</summary>
    private readonly ConcurrentDictionary<TokenHash, VerifiedToken> remembered = new();

    /// <summary>Checks signature, issuer, audience and times. The claims about the activity itself are compared once the body is read.</summary>
    public ValueTask<TokenVerdict> CheckAsync(StringValues header, CancellationToken cancellationToken)
    {
        if (header.Count != 1 || !TryReadHeader(header[0], out var token))
        {
            return new(TokenVerdict.Refused);
        }

        keys.RenewWhenOld();
        var hash = TokenHash.Of(token.Span);
        if (remembered.TryGetValue(hash, out var verified) && ReferenceEquals(verified.Keys, keys.Current))
        {
            return new(IsTimely(verified.Expires, verified.NotBefore) ? new TokenVerdict(verified) : TokenVerdict.Refused);
        }

        return VerifyAsync(token, hash, cancellationToken);
    }

    private async ValueTask<TokenVerdict> VerifyAsync(ReadOnlyMemory<char> text, TokenHash hash, CancellationToken cancellationToken)
    {
        // Everything that is cheap comes first, so that strangers cannot make us fetch keys or calculate.
        if (!JsonWebToken.TryRead(text.Span, out var token) || !IsForThisBot(token.Audience) || !IsTimely(token.Expires, token.NotBefore))
        {
            return TokenVerdict.Refused;
        }

        var known = await keys.GetAsync(cancellationToken);
        if (known is null)
        {
            return TokenVerdict.CannotTell;
        }

        if (token.Issuer != known.Issuer)
        {
            return TokenVerdict.Refused;
        }

        if (!known.Keys.TryGetValue(token.KeyId, out var key))
        {
            known = await keys.GetNewerAsync(cancellationToken);
            if (known is null || token.Issuer != known.Issuer || !known.Keys.TryGetValue(token.KeyId, out key))
            {
                return TokenVerdict.Refused;
            }
        }

        if (!IsSigned(token, key))
        {
            return TokenVerdict.Refused;
        }

        var verified = new VerifiedToken(key, token.ServiceUrl, token.Expires, token.NotBefore, known);
        Remember(hash, verified);
        return new TokenVerdict(verified);
    }

    private bool IsForThisBot(string audience) => appId.Length > 0 && audience.Equals(appId, StringComparison.OrdinalIgnoreCase);

    private bool IsTimely(DateTimeOffset expires, DateTimeOffset? notBefore)
    {
        var now = clock.GetUtcNow();
        return now - Skew <= expires && (notBefore is not { } from || now + Skew >= from);
    }

    private static bool IsSigned(JsonWebToken token, SigningKey key)
    {
        try
        {
            return key.Signed(token.Signed, token.Signature);
        }
        catch (CryptographicException)
        {
            return false; // A key the platform cannot use proves nothing.
        }
    }

    /// <summary>Only tokens that were verified get here, so strangers cannot push others out.</summary>
    private void Remember(TokenHash hash, VerifiedToken verified)
    {
        if (remembered.Count >= MostRemembered)
        {
            foreach (var (old, token) in remembered)
            {
                if (!ReferenceEquals(token.Keys, verified.Keys) || !IsTimely(token.Expires, null))
                {
                    remembered.TryRemove(old, out _);
                }
            }

            if (remembered.Count >= MostRemembered)
            {
                remembered.Clear();
            }
        }

        remembered[hash] = verified;
    }

    private static bool TryReadHeader(string? header, out ReadOnlyMemory<char> token)
    {
        token = default;
        if (
            header is null
            || header.Length <= Scheme.Length
            || header.Length > Scheme.Length + JsonWebToken.LongestToken
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        token = header.AsMemory(Scheme.Length);
        return true;
    }
}

/// <summary>What is known about a token whose signature, issuer, audience and times are in order.</summary>
/// <param name="Keys">The keys at that time: when they change, the token is checked again.</param>
internal sealed record VerifiedToken(
    SigningKey Key,
    string? ServiceUrl,
    DateTimeOffset Expires,
    DateTimeOffset? NotBefore,
    SigningKeySet Keys
)
{
    /// <summary>The key's owner may speak for the channel, and the token was made for exactly this service URL.</summary>
    public bool Covers(string? channelId, string? serviceUrl) =>
        Key.Endorses(channelId) && ServiceUrl is { Length: > 0 } claimed && claimed.Equals(serviceUrl, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Verified, refused, or not to be told because the keys cannot be had at the moment.</summary>
internal readonly record struct TokenVerdict(VerifiedToken? Token, bool IsUnknown = false)
{
    public static TokenVerdict Refused => default;

    public static TokenVerdict CannotTell => new(null, IsUnknown: true);
}

/// <summary>Tokens themselves are not kept in memory, their SHA-256 is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        // Characters that are not ASCII become '?', which no token that was verified contains.
        var size = token.Length;
        Span<byte> ascii = size <= 2048 ? stackalloc byte[2048] : new byte[size];
        ascii = ascii[..Encoding.ASCII.GetBytes(token, ascii)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii, hash);
        var parts = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenHash(parts[0], parts[1], parts[2], parts[3]);
    }
}
