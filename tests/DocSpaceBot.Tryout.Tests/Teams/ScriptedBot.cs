using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>What arrived at the bot in one request.</summary>
internal sealed record Received(JsonObject Activity, string? Authorization, IReadOnlyDictionary<string, string> Headers)
{
    public string Type => (string)Activity["type"]!;

    public string Id => (string)Activity["id"]!;

    public string ConversationId => (string)Activity["conversation"]!["id"]!;
}

/// <summary>A bot without a mind of its own: it records what it is sent, answers what the test wants, and calls the connector for it.</summary>
internal sealed class ScriptedBot : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> received = new();
    private readonly WebApplication app;
    private readonly StandInTeams teams;
    private string? token;

    private ScriptedBot(StandInTeams teams)
    {
        this.teams = teams;
        Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        app = builder.Build();
        app.UseRouting();
        app.MapPost("/api/messages", AnswerAsync);
    }

    public HttpClient Http { get; }

    public IReadOnlyList<Received> Received => [.. received];

    /// <summary>What the bot does with each request; unless set it answers 200 without a body.</summary>
    public Func<Received, Task<(int Status, JsonNode? Body)>> Answer { get; set; } = _ => Task.FromResult<(int, JsonNode?)>((200, null));

    public static async Task<ScriptedBot> StartAsync(StandInTeams teams)
    {
        var bot = new ScriptedBot(teams);
        await bot.app.StartAsync();
        teams.BotUrl = new(bot.app.Urls.Single());
        return bot;
    }

    public void Answers(Func<Received, JsonNode?> body) => Answer = received => Task.FromResult((200, body(received)));

    public void AnswersStatus(params int[] statuses)
    {
        var next = new Queue<int>(statuses);
        Answer = _ =>
        {
            lock (next)
            {
                return Task.FromResult<(int, JsonNode?)>((next.Count > 0 ? next.Dequeue() : 200, null));
            }
        };
    }

    public async Task<string> TokenAsync() => token ??= (await AskTokenAsync()).Body!["access_token"]!.GetValue<string>();

    public Task<(int Status, JsonNode? Body)> AskTokenAsync(params (string Name, string Value)[] changes)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = teams.AppId,
            ["client_secret"] = teams.AppPassword,
            ["scope"] = "https://api.botframework.com/.default",
        };
        foreach (var (name, value) in changes)
        {
            form[name] = value;
        }

        return ReadAsync(Http.PostAsync(teams.TokenUrl, new FormUrlEncodedContent(form)));
    }

    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, JsonNode? body = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, teams.ServiceUrl + path);
        request.Headers.Authorization = new("Bearer", bearer ?? await TokenAsync());
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        return await Http.SendAsync(request);
    }

    public async Task<(int Status, JsonNode? Body)> AskAsync(HttpMethod method, string path, JsonNode? body = null) =>
        await ReadAsync(CallAsync(method, path, body));

    public Task<(int Status, JsonNode? Body)> SendAsync(string conversationId, JsonNode activity) =>
        AskAsync(HttpMethod.Post, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities", activity);

    public Task<(int Status, JsonNode? Body)> ReplyAsync(string conversationId, string activityId, JsonNode activity) =>
        AskAsync(HttpMethod.Post, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities/{activityId}", activity);

    public Task<(int Status, JsonNode? Body)> UpdateAsync(string conversationId, string activityId, JsonNode activity) =>
        AskAsync(HttpMethod.Put, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities/{activityId}", activity);

    public Task<(int Status, JsonNode? Body)> DeleteAsync(string conversationId, string activityId) =>
        AskAsync(HttpMethod.Delete, $"v3/conversations/{Uri.EscapeDataString(conversationId)}/activities/{activityId}");

    /// <summary>Sends a message that has to arrive, and gives its id.</summary>
    public async Task<string> PostAsync(string conversationId, JsonNode activity)
    {
        var (status, body) = await SendAsync(conversationId, activity);
        Assert.Equal(201, status);
        return body!["id"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Http.Dispose();
    }

    private static async Task<(int Status, JsonNode? Body)> ReadAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var activity = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();
        var request = new Received(
            activity,
            context.Request.Headers.Authorization,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)
        );
        received.Enqueue(request);

        var (status, body) = await Answer(request);
        context.Response.StatusCode = status;
        if (body is not null)
        {
            await context.Response.WriteAsJsonAsync(body, context.RequestAborted);
        }
    }
}
