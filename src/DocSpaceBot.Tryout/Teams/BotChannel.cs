using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>What the bot answered. 502 when it could not be reached, 504 when it took too long.</summary>
internal sealed record BotAnswer(int Status, JsonElement? Body);

/// <summary>The way from Teams to the bot.</summary>
internal sealed class BotChannel(
    TeamsSetup setup,
    TeamsDirectory directory,
    SigningKeys keys,
    StandInAddress address,
    BackgroundWork background,
    CancellationToken stopping
) : IDisposable
{
    /// <summary>How long Teams waits for the bot before it takes the delivery for failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long a person's client waits for the answer to a button.</summary>
    public static readonly TimeSpan InvokePatience = TimeSpan.FromSeconds(10);

    private static readonly JsonWriterOptions AsTeamsWrites = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentQueue<JsonObject> delivered = new();

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private CachedToken? cached;

    public Uri? BotUrl { get; set; }

    /// <summary>Every activity that was sent, repeats included, oldest first.</summary>
    public IReadOnlyList<JsonObject> Delivered => [.. delivered];

    public string Mint(Action<TokenSpec>? change)
    {
        var now = setup.Clock.GetUtcNow().ToUnixTimeSeconds();
        var token = new TokenSpec(
            new JsonObject
            {
                ["alg"] = "RS256",
                ["kid"] = keys.IdOf("key1"),
                ["x5t"] = keys.IdOf("key1"),
                ["typ"] = "JWT",
            },
            new JsonObject
            {
                ["serviceurl"] = address.ServiceUrl,
                ["nbf"] = now - 10,
                ["exp"] = now + 3600,
                ["iss"] = IdentityEndpoints.Issuer,
                ["aud"] = setup.AppId,
            }
        );
        change?.Invoke(token);
        return keys.Sign(token);
    }

    /// <summary>Delivers as often as told, and once more if Teams would. The answers are those that came before anybody stopped waiting, in order.</summary>
    public async Task<IReadOnlyList<BotAnswer>> DeliverAsync(JsonObject activity, Delivery delivery)
    {
        var patience = IsInvoke(activity) ? InvokePatience : Patience;
        List<JsonObject> copies = [.. Enumerable.Range(0, delivery.Times).Select(copy => Copy(activity, delivery.NewIds && copy > 0))];

        if (delivery.AtOnce)
        {
            return await Task.WhenAll(copies.Select(copy => SendAsync(copy, patience)));
        }

        var answers = new List<BotAnswer>();
        foreach (var (index, copy) in copies.Index())
        {
            if (index > 0 && delivery.Later > TimeSpan.Zero)
            {
                background.RunLater(delivery.Later * index, () => SendAsync(copy, patience));
            }
            else
            {
                answers.Add(await SendAsync(copy, patience));
            }
        }

        return answers;
    }

    /// <summary>Delivers one activity once, after a failure once more.</summary>
    public async Task<BotAnswer> SendAsync(JsonObject activity, TimeSpan patience, bool byClock = true)
    {
        var answer = await PostAsync(activity, setup.IsAuthenticated ? Token() : null, patience, byClock);

        if (setup.Redeliver && answer.Status >= 500 && !IsInvoke(activity))
        {
            background.RunLater(setup.RedeliverAfter, () => PostAsync(activity, setup.IsAuthenticated ? Token() : null, patience, byClock));
        }

        return answer;
    }

    /// <summary>Sends whatever it is given, with this token or none.</summary>
    public async Task<BotAnswer> PostAsync(JsonObject activity, string? token, TimeSpan patience, bool byClock)
    {
        if (BotUrl is not { } bot)
        {
            throw new StandInException("The stand-in does not know where the bot is: set BotUrl first.");
        }

        if (setup.KeepMessages)
        {
            delivered.Enqueue(activity);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bot, "api/messages")) { Content = Content(activity) };
        request.Headers.TryAddWithoutValidation("User-Agent", "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)");
        request.Headers.TryAddWithoutValidation("x-ms-conversation-id", (string?)activity["conversation"]?["id"]);
        request.Headers.TryAddWithoutValidation("x-ms-tenant-id", (string?)activity["conversation"]?["tenantId"]);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        // Real time passes too: a clock that is never moved must not keep a caller for ever.
        using var real = new CancellationTokenSource(patience);
        using var told = byClock ? new CancellationTokenSource(patience, setup.Clock) : new CancellationTokenSource();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, real.Token, told.Token);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            return new((int)response.StatusCode, Json(await response.Content.ReadAsByteArrayAsync(limit.Token)));
        }
        catch (OperationCanceledException)
        {
            return new(504, null);
        }
        catch (HttpRequestException)
        {
            return new(502, null);
        }
    }

    public void Dispose() => http.Dispose();

    private static bool IsInvoke(JsonObject activity) => (string?)activity["type"] is "invoke";

    private JsonObject Copy(JsonObject activity, bool withNewId)
    {
        var copy = activity.DeepClone().AsObject();
        if (withNewId)
        {
            copy["id"] = (string?)activity["type"] is "message" ? directory.NextMessageId() : ActivityFactory.EventId();
        }

        return copy;
    }

    private static ByteArrayContent Content(JsonObject activity)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, AsTeamsWrites))
        {
            activity.WriteTo(writer);
        }

        return new(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
    }

    private static JsonElement? Json(byte[] body)
    {
        try
        {
            return body.Length == 0 ? null : JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Teams uses a token for many deliveries, and signing is slow.
    private string Token()
    {
        var now = setup.Clock.GetUtcNow();
        var key = keys.IdOf("key1");
        if (cached is not { } token || token.Key != key || now < token.From || now > token.From + TimeSpan.FromMinutes(50))
        {
            cached = token = new(Mint(change: null), key, now);
        }

        return token.Value;
    }

    private sealed record CachedToken(string Value, string Key, DateTimeOffset From);
}
