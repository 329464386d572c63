using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Teams.Protocol.Hosting;

/// <summary>A token taken apart. Nothing in it is trusted before <see cref="SigningKey.Signed"/> said so.</summary>
internal sealed class JsonWebToken
{
    private static readonly SearchValues<char> Base64UrlCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>Two meanings of one token are none: a claim that is there twice is refused.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private JsonWebToken() { }

    /// <summary>Longer is refused before anything is decoded; Teams' tokens have about 1,500 characters.</summary>
    public const int LongestToken = 16 * 1024;

    public required string KeyId { get; init; }

    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required DateTimeOffset? NotBefore { get; init; }

    /// <summary>The claim <c>serviceurl</c>, lower case as the channel writes it.</summary>
    public required string? ServiceUrl { get; init; }

    /// <summary>What the signature is over: header and claims as they were sent.</summary>
    public required byte[] Signed { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>False for everything that is not exactly a token of the kind the channel sends.</summary>
    public static bool TryRead(ReadOnlySpan<char> token, [NotNullWhen(true)] out JsonWebToken? read)
    {
        read = null;
        if (token.Length > LongestToken)
        {
            return false;
        }

        var headerEnd = token.IndexOf('.');
        if (headerEnd <= 0)
        {
            return false;
        }

        var claimsLength = token[(headerEnd + 1)..].IndexOf('.');
        if (claimsLength <= 0)
        {
            return false;
        }

        var signedLength = headerEnd + 1 + claimsLength;
        if (
            !TryDecode(token[..headerEnd], out var header)
            || !TryDecode(token.Slice(headerEnd + 1, claimsLength), out var claims)
            || !TryDecode(token[(signedLength + 1)..], out var signature)
        )
        {
            return false;
        }

        try
        {
            read = Read(header, claims, Encoding.ASCII.GetBytes(token[..signedLength].ToString()), signature);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false; // Not JSON, a property twice, or half a character where text is expected.
        }

        return read is not null;
    }

    private static JsonWebToken? Read(byte[] header, byte[] claims, byte[] signed, byte[] signature)
    {
        using var headerJson = JsonDocument.Parse(header, Strict);
        using var claimsJson = JsonDocument.Parse(claims, Strict);
        var head = headerJson.RootElement;
        var body = claimsJson.RootElement;

        // The algorithm is ours to choose, never the sender's: RS256 is all the channel announces. Keys the header brings along (jwk, jku, x5u,
        // x5c) are never looked at, and extensions we would have to understand (crit) are refused.
        if (
            head.ValueKind is not JsonValueKind.Object
            || body.ValueKind is not JsonValueKind.Object
            || Text(head, "alg"u8) != "RS256"
            || head.TryGetProperty("crit"u8, out _)
            || (head.TryGetProperty("typ"u8, out var type) && !IsJwt(type))
            || Text(head, "kid"u8) is not { Length: > 0 } keyId
        )
        {
            return null;
        }

        // A list of audiences is refused: the channel names exactly one.
        if (
            Text(body, "iss"u8) is not { Length: > 0 } issuer
            || Text(body, "aud"u8) is not { Length: > 0 } audience
            || !TryReadTime(body, "exp"u8, out var expires)
            || expires is null
            || !TryReadTime(body, "nbf"u8, out var notBefore)
        )
        {
            return null;
        }

        return new JsonWebToken
        {
            KeyId = keyId,
            Issuer = issuer,
            Audience = audience,
            Expires = expires.Value,
            NotBefore = notBefore,
            ServiceUrl = Text(body, "serviceurl"u8),
            Signed = signed,
            Signature = signature,
        };
    }

    private static bool TryDecode(ReadOnlySpan<char> part, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (part.IsEmpty || part.ContainsAnyExcept(Base64UrlCharacters) || part.Length % 4 == 1)
        {
            return false;
        }

        var decoded = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, decoded, out _, out var written) is not OperationStatus.Done)
        {
            return false;
        }

        bytes = written == decoded.Length ? decoded : decoded[..written];
        return true;
    }

    private static bool IsJwt(JsonElement type) =>
        type.ValueKind is JsonValueKind.String && string.Equals(type.GetString(), "JWT", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    /// <summary>Seconds since 1970; null where there is no such claim, false where it is not a time.</summary>
    private static bool TryReadTime(JsonElement from, ReadOnlySpan<byte> name, out DateTimeOffset? time)
    {
        time = null;
        if (!from.TryGetProperty(name, out var claim))
        {
            return true;
        }

        if (
            claim.ValueKind is not JsonValueKind.Number
            || !claim.TryGetDouble(out var seconds)
            || seconds is not (>= 0 and <= 253_402_300_799)
        )
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return true;
    }
}
