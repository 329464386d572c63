using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DocSpaceBot.Tryout.Tests.Portal;

/// <summary>A place that webhooks can be sent to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication host;

    private WebhookReceiver(WebApplication host) => this.host = host;

    public Uri Url { get; private set; } = null!;

    public int HeadStatus { get; set; } = 200;

    /// <summary>The answers to the next events; then 200.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public ConcurrentQueue<Received> Events { get; } = new();

    public int Heads { get; private set; }

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new WebhookReceiver(builder.Build());
        receiver.host.Run(receiver.ReceiveAsync);
        await receiver.host.StartAsync();
        var addresses = receiver.host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        receiver.Url = new Uri(new Uri(addresses.First()), "/webhooks/docspace");
        return receiver;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            Heads++;
            context.Response.StatusCode = HeadStatus;
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        Events.Enqueue(new Received(body.ToArray(), headers));
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : 200;
    }
}

internal sealed record Received(byte[] Body, IReadOnlyDictionary<string, string> Headers);
