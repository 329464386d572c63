using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Teams.Protocol.Hosting;

/// <summary>One of the channel's keys.</summary>
/// <param name="Endorsements">The channels (<c>msteams</c>, <c>webchat</c>, …) that may speak with it.</param>
internal sealed record SigningKey(string Id, byte[] Modulus, byte[] Exponent, IReadOnlyList<string> Endorsements)
{
    /// <summary>Making such an object costs many times what checking a signature does, and each is for one thread at a time.</summary>
    private readonly ConcurrentBag<RSA> idle = [];

    /// <summary>RS256 is RSA with PKCS #1 v1.5 padding over SHA-256.</summary>
    public bool Signed(byte[] data, byte[] signature)
    {
        var rsa = idle.TryTake(out var made) ? made : RSA.Create(new RSAParameters { Modulus = Modulus, Exponent = Exponent });
        var isSigned = rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        idle.Add(rsa);
        return isSigned;
    }

    public bool Endorses(string? channelId)
    {
        for (var i = 0; i < Endorsements.Count; i++)
        {
            if (Endorsements[i] == channelId)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsSameAs(SigningKey other) =>
        Id == other.Id
        && Modulus.AsSpan().SequenceEqual(other.Modulus)
        && Exponent.AsSpan().SequenceEqual(other.Exponent)
        && Endorsements.SequenceEqual(other.Endorsements, StringComparer.Ordinal);
}

/// <summary>What the channel's two documents say: who issues tokens and the keys that sign them.</summary>
internal sealed record SigningKeySet(string Issuer, IReadOnlyDictionary<string, SigningKey> Keys)
{
    private const int MostKeys = 256;
    private const int SmallestModulus = 2048 / 8;
    private const int LargestModulus = 8192 / 8;

    /// <summary>Reads a JWKS document; keys of other kinds or of sizes nobody should use are left out.</summary>
    /// <exception cref="JsonException">Not a key document.</exception>
    public static SigningKeySet Read(string issuer, JsonElement document)
    {
        if (
            document.ValueKind is not JsonValueKind.Object
            || !document.TryGetProperty("keys"u8, out var list)
            || list.ValueKind is not JsonValueKind.Array
            || list.GetArrayLength() > MostKeys
        )
        {
            throw new JsonException("Not a document with signing keys.");
        }

        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (ReadKey(item) is { } key)
            {
                keys.TryAdd(key.Id, key);
            }
        }

        return keys.Count > 0 ? new SigningKeySet(issuer, keys) : throw new JsonException("No usable signing keys.");
    }

    public bool IsSameAs(SigningKeySet other)
    {
        if (Issuer != other.Issuer || Keys.Count != other.Keys.Count)
        {
            return false;
        }

        foreach (var (id, key) in Keys)
        {
            if (!other.Keys.TryGetValue(id, out var counterpart) || !key.IsSameAs(counterpart))
            {
                return false;
            }
        }

        return true;
    }

    private static SigningKey? ReadKey(JsonElement key)
    {
        if (
            key.ValueKind is not JsonValueKind.Object
            || Text(key, "kty"u8) != "RSA"
            || Text(key, "use"u8) is not (null or "sig")
            || Text(key, "alg"u8) is not (null or "RS256")
            || Text(key, "kid"u8) is not { Length: > 0 } id
            || !TryDecode(Text(key, "n"u8), out var modulus)
            || !TryDecode(Text(key, "e"u8), out var exponent)
            || modulus.Length is < SmallestModulus or > LargestModulus
            || exponent.Length is 0 or > 8
            || (exponent[^1] & 1) == 0
            || exponent is [1]
        )
        {
            return null;
        }

        var endorsements = new List<string>();
        if (key.TryGetProperty("endorsements"u8, out var list) && list.ValueKind is JsonValueKind.Array)
        {
            foreach (var channel in list.EnumerateArray())
            {
                if (channel.ValueKind is JsonValueKind.String && channel.GetString() is { Length: > 0 } name)
                {
                    endorsements.Add(name);
                }
            }
        }

        return new SigningKey(id, modulus, exponent, endorsements);
    }

    private static string? Text(JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static bool TryDecode(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is null or { Length: 0 or > 4096 } || !Base64Url.IsValid(text))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        bytes = bytes.AsSpan().TrimStart((byte)0).ToArray(); // Some writers put a sign byte in front.
        return true;
    }
}
