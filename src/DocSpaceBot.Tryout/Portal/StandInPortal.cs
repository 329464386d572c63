using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>A call to the API. <paramref name="Status"/> is 0 before the answer is known and where the connection was cut instead.</summary>
internal sealed record PortalCall(string Method, string Path, string Query, int Status)
{
    public string Body { get; init; } = "";

    public DateTimeOffset At { get; init; }
}

/// <summary>
/// A portal of ONLYOFFICE DocSpace over real HTTP on this machine, as strict and as quirky as the server is: a bot that is right against
/// this one is right against a real one. Everything is in memory, all its time comes from the clock of its <see cref="PortalSetup"/>.
/// </summary>
internal sealed partial class StandInPortal : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly PortalState portal;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock callsGate = new();
    private readonly List<PortalCall> calls = [];

    private StandInPortal(PortalSetup setup)
    {
        portal = new PortalState(setup);
        host = Build(setup.Port);
        host.Use(AnswerAsync);
        host.UseRouting();
        var routes = new PortalRouter(host, portal, stopping.Token);
        PortalPeopleRoutes.Map(routes, portal);
        PortalInvitationRoutes.Map(routes, portal);
        PortalMembershipRoutes.Map(routes, portal);
        PortalLinkRoutes.Map(routes, portal);
        PortalInfoRoutes.Map(routes, portal);
        PortalWebhookRoutes.Map(routes, portal);
        PortalRoomRoutes.Map(routes, portal);
    }

    public Uri Url => portal.Url;

    /// <summary>The key of <see cref="PortalSetup.KeyCreator"/> with the scopes of the setup.</summary>
    public string ApiKey => portal.Key.Secret;

    public PortalFaults Faults => portal.Faults;

    /// <summary>Runs before a call has any effect.</summary>
    public Func<PortalCall, Task>? BeforeCall { get; set; }

    /// <summary>Runs after the effect of a call and before its answer leaves.</summary>
    public Func<PortalCall, Task>? AfterCall { get; set; }

    public IReadOnlyList<PortalCall> Calls
    {
        get
        {
            lock (callsGate)
                return [.. calls];
        }
    }

    public static async Task<StandInPortal> StartAsync(PortalSetup setup, CancellationToken cancellationToken)
    {
        var standIn = new StandInPortal(setup);
        await standIn.host.StartAsync(cancellationToken);
        var server = standIn.host.Services.GetRequiredService<IServer>();
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        standIn.Locked(() => standIn.portal.SetUrl(new Uri(address)));
        return standIn;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        // A token that is cancelled already cuts the calls that hang; a portal that goes away says no goodbyes.
        await host.StopAsync(new CancellationToken(canceled: true));
        await host.DisposeAsync();
        portal.Dispose();
        stopping.Dispose();
    }

    private static WebApplication Build(int port)
    {
        // The empty builder reads no settings of the machine, so nothing outside can move the port or turn on a log.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (Faults.Now.Down)
        {
            context.Abort();
            return;
        }
        var call = await ReceiveAsync(context);
        var fault = Faults.Take(context.Request);
        if (BeforeCall is { } before)
            await before(Record(call, 0));

        if (fault is { Kind: PortalFaultKind.Slow })
            call.Slowness = fault.Wait ?? TimeSpan.Zero;
        else if (fault is { AfterEffect: false })
        {
            await FailAsync(call, fault);
            return;
        }
        await next(context);
        if (fault is { AfterEffect: true })
        {
            await FailAsync(call, fault);
            return;
        }
        await SendAsync(call, call.Answer ?? PortalAnswer.Empty(context.Response.StatusCode));
    }

    private async Task<PortalExchange> ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var call = new PortalExchange(context, body.ToArray(), Url);
        context.Features.Set(call);
        return call;
    }

    private async Task FailAsync(PortalExchange call, PortalFault fault)
    {
        switch (fault.Kind)
        {
            case PortalFaultKind.Drop:
                await FinishAsync(call, 0);
                call.Context.Abort();
                break;
            case PortalFaultKind.Hang:
                await FinishAsync(call, 0);
                using (var end = CancellationTokenSource.CreateLinkedTokenSource(call.Context.RequestAborted, stopping.Token))
                    await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                call.Context.Abort();
                break;
            default:
                await SendAsync(call, fault.Answer(call));
                break;
        }
    }

    private async Task SendAsync(PortalExchange call, PortalAnswer answer)
    {
        await FinishAsync(call, answer.Status);
        var response = call.Context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers.Append(name, value);
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, call.Context.RequestAborted);
    }

    private async Task FinishAsync(PortalExchange call, int status)
    {
        var record = Record(call, status);
        lock (callsGate)
            calls.Add(record);
        if (AfterCall is { } after)
            await after(record);
    }

    private PortalCall Record(PortalExchange call, int status) =>
        new(call.Method, call.Path, call.Context.Request.QueryString.Value ?? "", status)
        {
            Body = call.BodyText,
            At = portal.Setup.Clock.GetUtcNow(),
        };

    /// <summary>The usual lifetime would take Ctrl+C away from the program around.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
