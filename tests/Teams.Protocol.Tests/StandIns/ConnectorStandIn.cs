using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Teams.Protocol.Tests.StandIns;

internal sealed record RecordedRequest(string Method, string Target, string? Authorization, string? ContentType, string Body)
{
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);
}

/// <summary>The connector, Microsoft Graph and the token service: remembers what it was sent and answers what the test wants.</summary>
internal sealed class ConnectorStandIn : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<RecordedRequest> requests = [];
    private readonly Queue<Func<HttpContext, Task>> answers = new();
    private LocalServer server = null!;
    private int tokens;

    public string ServiceUrl => $"{server.Url}/teams/";

    public string GraphUrl => $"{server.Url}/graph/v1.0";

    public string TokenUrl => $"{server.Url}/token";

    /// <summary>When the queue is empty.</summary>
    public Func<HttpContext, Task> Otherwise { get; set; } = Json(201, """{"id":"1795174286710"}""");

    public Func<HttpContext, int, Task>? TokenAnswer { get; set; }

    public List<RecordedRequest> TokenRequests { get; } = [];

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public static async Task<ConnectorStandIn> StartAsync()
    {
        var standIn = new ConnectorStandIn();
        standIn.server = await LocalServer.StartAsync(standIn.AnswerAsync);
        return standIn;
    }

    public static Func<HttpContext, Task> Json(int status, string? body, string? retryAfter = null) =>
        async context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            if (body is not null)
            {
                context.Response.ContentType = "application/json; charset=utf-8";
                await context.Response.WriteAsync(body, context.RequestAborted);
            }
        };

    public static Task Drop(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    public void Next(params Func<HttpContext, Task>[] next)
    {
        lock (gate)
        {
            Array.ForEach(next, answers.Enqueue);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var recorded = new RecordedRequest(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.Authorization,
            context.Request.ContentType,
            await reader.ReadToEndAsync(context.RequestAborted)
        );
        if (context.Request.Path == "/token")
        {
            await AnswerTokenAsync(context, recorded);
            return;
        }

        Func<HttpContext, Task> answer;
        lock (gate)
        {
            requests.Add(recorded);
            answer = answers.Count > 0 ? answers.Dequeue() : Otherwise;
        }

        await answer(context);
    }

    private Task AnswerTokenAsync(HttpContext context, RecordedRequest recorded)
    {
        int number;
        lock (gate)
        {
            TokenRequests.Add(recorded);
            number = ++tokens;
        }

        return TokenAnswer is { } answer
            ? answer(context, number)
            : Json(200, $$"""{"token_type":"Bearer","expires_in":3600,"access_token":"token-{{number}}"}""")(context);
    }
}
