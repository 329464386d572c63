using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Teams.Protocol.Activities;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Tests.StandIns;

/// <summary>A whole bot on a real server, with a handler the test writes.</summary>
internal sealed class RunningBot : IAsyncDisposable
{
    public const string TenantId = "11111111-1111-4111-8111-111111111111";

    private readonly WebApplication running;
    private readonly HttpClient http = new();

    private RunningBot(WebApplication running) => this.running = running;

    public IServiceProvider Services => running.Services;

    public string Url => $"{running.Urls.First()}/api/messages";

    public List<Activity> Turns { get; } = [];

    public Func<Activity, CancellationToken, Task<InvokeAnswer?>> OnTurn { get; set; } = (_, _) => Task.FromResult<InvokeAnswer?>(null);

    public static Dictionary<string, string?> Settings(OpenIdStandIn openId) =>
        new(StringComparer.Ordinal)
        {
            ["MicrosoftAppType"] = "SingleTenant",
            ["MicrosoftAppId"] = OpenIdStandIn.AppId,
            ["MicrosoftAppPassword"] = "not-a-real-password",
            ["MicrosoftAppTenantId"] = TenantId,
            ["Bot:OpenIdMetadataUrl"] = openId.MetadataUrl,
            ["Bot:ServiceHosts:0"] = "smba.trafficmanager.net",
            ["Bot:ServiceHosts:1"] = "127.0.0.1",
        };

    public static async Task<RunningBot> StartAsync(
        Dictionary<string, string?> settings,
        TimeProvider? clock = null,
        string environment = "Production",
        Action<WebApplicationBuilder>? configure = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 30_000_000);
        builder.Services.AddRoutingCore();
        if (configure is null)
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }

        RunningBot? bot = null;
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddTeamsProtocol(builder.Configuration);
        builder.Services.AddSingleton<ITurnHandler>(_ => new Handler(() => bot!));
        configure?.Invoke(builder);
        var app = builder.Build();
        app.UseRouting();
        app.MapBot();
        bot = new RunningBot(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return bot;
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? authorization) =>
        PostAsync(Encoding.UTF8.GetBytes(body), authorization);

    public Task<HttpResponseMessage> PostAsync(byte[] body, string? authorization, string? contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return http.SendAsync(request);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http.SendAsync(request);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await running.DisposeAsync();
    }

    private sealed class Handler(Func<RunningBot> bot) : ITurnHandler
    {
        public Task<InvokeAnswer?> OnTurnAsync(Activity activity, CancellationToken cancellationToken)
        {
            lock (bot().Turns)
            {
                bot().Turns.Add(activity);
            }

            return bot().OnTurn(activity, cancellationToken);
        }
    }
}
