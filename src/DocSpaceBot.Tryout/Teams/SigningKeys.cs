using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>A token about to be made. Starts as the one Teams would send; change what is to be wrong with it.</summary>
internal sealed class TokenSpec(JsonObject header, JsonObject claims)
{
    /// <summary><c>alg</c> is obeyed: RS256, RS384, RS512, PS256, HS256 or none.</summary>
    public JsonObject Header { get; } = header;

    public JsonObject Claims { get; } = claims;

    /// <summary>The key that signs: <c>key1</c> (msteams, webchat), <c>key2</c> (webchat only), <c>key3</c> (no endorsements), or <c>stranger</c>, which is never published.</summary>
    public string SignWith { get; set; } = "key1";

    /// <summary>Changes one character of the signature.</summary>
    public bool BreakSignature { get; set; }
}

/// <summary>The keys with which Teams signs what it sends to bots.</summary>
internal sealed class SigningKeys
{
    private static readonly string[] Names = ["key1", "key2", "key3", "stranger"];

    // Making a key takes a while, and which one it is matters to nobody: all stand-ins begin with the same.
    private static readonly Dictionary<string, Lazy<RSA>> First = Names.ToDictionary(
        name => name,
        _ => new Lazy<RSA>(() => RSA.Create(2048)),
        StringComparer.Ordinal
    );

    private readonly Lock gate = new();
    private readonly Dictionary<string, Lazy<RSA>> keys = new(First, StringComparer.Ordinal);
    private int generation;

    /// <summary>New keys under new ids; the old ones are no longer published.</summary>
    public void Rotate()
    {
        lock (gate)
        {
            generation++;
            foreach (var name in Names)
            {
                keys[name] = new Lazy<RSA>(() => RSA.Create(2048));
            }
        }
    }

    /// <summary>What a key is called in the published document and in token headers.</summary>
    public string IdOf(string name)
    {
        lock (gate)
        {
            return generation == 0 ? name : $"{name}-{generation}";
        }
    }

    /// <summary>The JSON Web Key Set, with Teams' own <c>endorsements</c>.</summary>
    public JsonObject Published() =>
        new() { ["keys"] = new JsonArray(Key("key1", "msteams", "webchat"), Key("key2", "webchat"), Key("key3")) };

    public string Sign(TokenSpec token)
    {
        var unsigned = $"{Part(token.Header)}.{Part(token.Claims)}";
        var signature = Base64Url.EncodeToString(Signature(token, Encoding.ASCII.GetBytes(unsigned)));

        if (token.BreakSignature)
        {
            signature = (signature[0] == 'A' ? 'B' : 'A') + signature[1..];
        }

        return $"{unsigned}.{signature}";
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    [SuppressMessage("Vulnerability", "S5542", Justification = "RS256 is PKCS #1 v1.5, and it is what Teams signs with.")]
    private byte[] Signature(TokenSpec token, byte[] data)
    {
        lock (gate)
        {
            var key = keys[token.SignWith].Value;
            return (string?)token.Header["alg"] switch
            {
                "none" => [],
                "RS256" => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                "RS384" => key.SignData(data, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
                "RS512" => key.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
                "PS256" => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                // The classic attack: the public key taken as the shared secret.
                "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), data),
                var other => throw new StandInException($"The stand-in cannot sign with {other}."),
            };
        }
    }

    private JsonObject Key(string name, params string[] endorsements)
    {
        RSAParameters key;
        lock (gate)
        {
            key = keys[name].Value.ExportParameters(includePrivateParameters: false);
        }

        var id = IdOf(name);
        var published = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["x5t"] = id,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };

        if (endorsements.Length > 0)
        {
            published["endorsements"] = new JsonArray([.. endorsements.Select(channel => JsonValue.Create(channel))]);
        }

        return published;
    }
}
