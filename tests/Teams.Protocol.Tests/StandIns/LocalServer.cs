using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Teams.Protocol.Tests.StandIns;

/// <summary>A real server on a free port of this machine.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private LocalServer(WebApplication server) => this.server = server;

    public string Url => server.Urls.First();

    public static async Task<LocalServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new LocalServer(app);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
