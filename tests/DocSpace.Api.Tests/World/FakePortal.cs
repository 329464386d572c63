using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DocSpace.Api.Tests.World;

internal sealed record Arrival(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At);

/// <summary>A portal on 127.0.0.1 that answers as the test says and remembers what it was asked, with a client that was set up as in the product.</summary>
internal sealed class FakePortal : IAsyncDisposable
{
    public const string Key = "sk-0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Arrival> _arrivals = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];
    private readonly WebApplication _app;
    private ServiceProvider? _services;

    private FakePortal(WebApplication app) => _app = app;

    public MovableClock Clock { get; } = new();

    public MemoryLog Log { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.JsonAsync("{\"response\":{}}");

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrivals];
            }
        }
    }

    public DocSpaceClient Client => Services().GetRequiredService<DocSpaceClient>();

    public static async Task<FakePortal> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();

        var portal = new FakePortal(app);
        portal.Answer = answer ?? portal.Answer;
        app.Run(portal.TakeAsync);
        await app.StartAsync();
        return portal;
    }

    /// <summary>Completes when so many requests have come in.</summary>
    public Task ArrivedAsync(int count)
    {
        lock (_gate)
        {
            if (_arrivals.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, reached));
            return reached.Task.WaitAsync(Patience);
        }
    }

    public ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DocSpace:BaseUrl"] = Url,
            ["DocSpace:ApiKey"] = Key,
        };
        foreach (var (name, value) in settings)
        {
            all[$"DocSpace:{name}"] = value;
        }

        return _services ??= new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock)
            .AddDocSpaceApi(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(CancellationToken.None);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(it => it.Key, it => it.Value.ToString(), StringComparer.OrdinalIgnoreCase);

        lock (_gate)
        {
            _arrivals.Add(new Arrival(context.Request.Method, target, headers, body, Clock.GetUtcNow()));
            foreach (var (count, reached) in _watchers)
            {
                if (_arrivals.Count >= count)
                {
                    reached.TrySetResult();
                }
            }
        }

        await Answer(context);
    }
}

internal static class Answers
{
    public static Task JsonAsync(this HttpResponse response, string json, int status = 200) =>
        response.BodyAsync(json, "application/json; charset=utf-8", status);

    public static Task HtmlAsync(this HttpResponse response, int status) =>
        response.BodyAsync("<html><body>Portal-text 502 Bad Gateway</body></html>", "text/html", status);

    public static Task ErrorAsync(this HttpResponse response, int status) =>
        response.JsonAsync(
            "{\"error\":{\"message\":\"Portal-text\",\"type\":\"System.Exception\",\"stack\":\"   at ASC.Secret()\"},\"status\":1}",
            status
        );

    public static async Task BodyAsync(this HttpResponse response, string body, string contentType, int status)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        await response.WriteAsync(body);
    }

    public static Task EmptyAsync(this HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>Never answers; ends when the caller has gone.</summary>
    public static async Task HangAsync(this HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
