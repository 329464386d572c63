using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using static System.Buffers.Text.Base64Url;

namespace Teams.Protocol.Tests.StandIns;

/// <summary>The channel's metadata and key documents, and the pen that signs with its keys.</summary>
internal sealed class OpenIdStandIn : IAsyncDisposable
{
    public const string AppId = "22222222-2222-4222-8222-222222222222";

    private static readonly Dictionary<string, RSA> Pens = new(StringComparer.Ordinal)
    {
        ["key1"] = RSA.Create(2048),
        ["key2"] = RSA.Create(2048),
        ["key3"] = RSA.Create(2048),
        ["new-key"] = RSA.Create(2048),
    };

    private int metadataRequests;
    private int keyRequests;
    private LocalServer server = null!;

    public string Issuer { get; set; } = "https://api.botframework.com";

    /// <summary>The keys that are announced, with the channels they may speak for; null announces none.</summary>
    public Dictionary<string, string[]?> Keys { get; set; } =
        new(StringComparer.Ordinal)
        {
            ["key1"] = ["msteams", "webchat"],
            ["key2"] = ["webchat"],
            ["key3"] = null,
        };

    /// <summary>Instead of the documents: this.</summary>
    public RequestDelegate? Instead { get; set; }

    public string? KeysUrl { get; set; }

    public string MetadataUrl => $"{server.Url}/metadata";

    public int MetadataRequests => Volatile.Read(ref metadataRequests);

    public int KeyRequests => Volatile.Read(ref keyRequests);

    public static async Task<OpenIdStandIn> StartAsync()
    {
        var standIn = new OpenIdStandIn();
        standIn.server = await LocalServer.StartAsync(standIn.AnswerAsync);
        return standIn;
    }

    public static RSA Pen(string key) => Pens[key];

    /// <summary>Header and claims as they are, signed the way the header says; with <paramref name="pen"/>, by another key than it says.</summary>
    public static string Sign(string header, string claims, string algorithm = "RS256", RSA? pen = null)
    {
        var signed =
            $"{EncodeToString(System.Text.Encoding.UTF8.GetBytes(header))}.{EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}";
        var data = System.Text.Encoding.ASCII.GetBytes(signed);
        pen ??= Pens["key1"];
        var signature = algorithm switch
        {
            "RS256" => pen.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "RS512" => pen.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "PS256" => pen.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            // The classic confusion: the public key as the secret of a symmetric signature.
            "HS256" => HMACSHA256.HashData(System.Text.Encoding.ASCII.GetBytes(pen.ExportSubjectPublicKeyInfoPem()), data),
            _ => [],
        };
        return $"{signed}.{EncodeToString(signature)}";
    }

    public static string Token(
        TimeProvider clock,
        string key = "key1",
        string serviceUrl = "https://smba.trafficmanager.net/emea/",
        Action<JsonObject>? header = null,
        Action<JsonObject>? claims = null
    )
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var head = new JsonObject
        {
            ["alg"] = "RS256",
            ["typ"] = "JWT",
            ["kid"] = key,
        };
        var body = new JsonObject
        {
            ["serviceurl"] = serviceUrl,
            ["nbf"] = now - 10,
            ["exp"] = now + 3600,
            ["iss"] = "https://api.botframework.com",
            ["aud"] = AppId,
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        return Sign(head.ToJsonString(), body.ToJsonString(), pen: Pens.GetValueOrDefault(key));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var isMetadata = context.Request.Path == "/metadata";
        if (isMetadata)
        {
            Interlocked.Increment(ref metadataRequests);
        }
        else
        {
            Interlocked.Increment(ref keyRequests);
        }

        if (Instead is { } instead)
        {
            await instead(context);
        }
        else
        {
            await context.Response.WriteAsync(isMetadata ? Metadata() : KeyDocument(), context.RequestAborted);
        }
    }

    private string Metadata() =>
        new JsonObject
        {
            ["issuer"] = Issuer,
            ["jwks_uri"] = KeysUrl ?? $"{server.Url}/keys",
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        }.ToJsonString();

    private string KeyDocument()
    {
        var keys = new JsonArray();
        foreach (var (id, endorsements) in Keys)
        {
            var parameters = Pens[id].ExportParameters(false);
            var key = new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = id,
                ["x5t"] = id,
                ["n"] = EncodeToString(parameters.Modulus),
                ["e"] = EncodeToString(parameters.Exponent),
            };
            if (endorsements is not null)
            {
                key["endorsements"] = JsonSerializer.SerializeToNode(endorsements);
            }

            keys.Add(key);
        }

        return new JsonObject { ["keys"] = keys }.ToJsonString();
    }
}
