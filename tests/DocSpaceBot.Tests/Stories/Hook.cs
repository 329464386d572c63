using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Posts to the bot's webhook what the portal would, or what somebody else does who has found the address.</summary>
internal sealed class Hook(Uri bot) : IDisposable
{
    public const string Secret = "Correct-Horse-7";

    private readonly HttpClient http = new();

    public Uri Url { get; } = new(bot, "api/docspace/webhook");

    public void Dispose() => http.Dispose();

    public static string Sign(byte[] body, string secret = Secret) =>
        $"sha256={Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    /// <summary>An event as the portal writes it: what has its default value is left out.</summary>
    public static string Event(Guid person, string trigger, long id, int status = 1, int activation = 1, DateTimeOffset? at = null) =>
        new JsonObject
        {
            ["event"] = new JsonObject
            {
                ["id"] = id,
                ["createOn"] = (at ?? Story.Start).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                ["trigger"] = trigger,
                ["somethingNew"] = true,
            },
            ["payload"] = activation == 0 ? new JsonObject { ["id"] = person, ["status"] = status } : Payload(person, status, activation),
            ["webhook"] = new JsonObject { ["id"] = 7, ["name"] = "Teams invite bot" },
        }.ToJsonString();

    /// <summary>Signed as the portal does.</summary>
    public Task<int> SaysAsync(string body) => PostAsync(body, Sign(Encoding.UTF8.GetBytes(body)));

    public Task<int> PostAsync(string body, string? signature, string contentType = "application/json; charset=utf-8") =>
        PostAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), signature, contentType);

    public async Task<int> PostAsync(HttpContent content, string? signature, string? contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("x-docspace-signature-256", signature);
        }

        using var answer = await http.SendAsync(request);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        return (int)answer.StatusCode;
    }

    public async Task<int> AskAsync(HttpMethod method)
    {
        using var request = new HttpRequestMessage(method, Url);
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static JsonObject Payload(Guid person, int status, int activation) =>
        new()
        {
            ["id"] = person,
            ["status"] = status,
            ["activationStatus"] = activation,
            ["email"] = "somebody@else.example",
            ["isActive"] = activation == 1,
        };
}
