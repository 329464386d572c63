using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

/// <summary>A portal of one's own and a client with its key; time stands still until it is moved.</summary>
internal sealed class PortalFixture : IAsyncDisposable
{
    private PortalFixture(StandInPortal portal, MovableClock clock)
    {
        Portal = portal;
        Clock = clock;
        Client = ClientWith(portal.ApiKey);
    }

    public StandInPortal Portal { get; }

    public MovableClock Clock { get; }

    public HttpClient Client { get; }

    public static async Task<PortalFixture> StartAsync(PortalSetup? setup = null)
    {
        var clock = new MovableClock();
        var portal = await StandInPortal.StartAsync((setup ?? new PortalSetup()) with { Clock = clock }, CancellationToken.None);
        return new PortalFixture(portal, clock);
    }

    public HttpClient ClientWith(string? key)
    {
        // Cookies off, as a client of DocSpace must have them; one that has no key calls anonymously.
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(Portal.Url, "/api/2.0/"),
        };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public HttpClient Anonymous() => ClientWith(null);

    public Task<PortalReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<PortalReply> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<PortalReply> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    public Task<PortalReply> DeleteAsync(string path, object? body = null) => SendAsync(HttpMethod.Delete, path, body);

    public Task<PortalReply> InviteAsync(string email, object? type = null, string? culture = null) =>
        PostAsync("people/invite", new { invitations = new[] { new { email, type = type ?? "User" } }, culture });

    public Task<PortalReply> CreateAsync(string email, string? type = "User") =>
        PostAsync(
            "people",
            new
            {
                firstName = "Alice",
                lastName = "Smith",
                email,
                type,
            }
        );

    public Task<PortalReply> SendAsync(HttpMethod method, string path, object? body = null) => SendAsync(Client, method, path, body);

    public static async Task<PortalReply> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(
                body,
                body.GetType(),
                options: new JsonSerializerOptions(JsonSerializerDefaults.Web)
                {
                    DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
                }
            );
        using var response = await client.SendAsync(request);
        return await PortalReply.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Portal.DisposeAsync();
    }
}

/// <summary>An answer that was read to its end.</summary>
internal sealed record PortalReply(int Status, string? ContentType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Response => Json.GetProperty("response");

    public static async Task<PortalReply> ReadAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(),
            response
                .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase)
        );
}
