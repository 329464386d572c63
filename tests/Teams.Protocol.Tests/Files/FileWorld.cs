using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Files;

/// <summary>A place for files on this machine that remembers every request, and settings that allow it, as in the try-out.</summary>
public abstract class FileWorld : IAsyncLifetime
{
    private LocalServer server = null!;

    private protected FakeClock Clock { get; } = new();

    private protected ConcurrentQueue<(string Request, IHeaderDictionary Headers)> Requests { get; } = [];

    private protected RequestDelegate Answer { get; set; } = context => context.Response.WriteAsync("email\nalice@example.com\n");

    private protected string Url => $"{server.Url}/files/1?tempauth=secret";

    private protected string OnLocalhost => Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private protected int Port => new Uri(Url).Port;

    public async Task InitializeAsync() =>
        server = await LocalServer.StartAsync(context =>
        {
            Requests.Enqueue(
                (
                    $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
                    new HeaderDictionary(context.Request.Headers.ToDictionary())
                )
            );
            return Answer(context);
        });

    public async Task DisposeAsync() => await server.DisposeAsync();

    /// <summary>Answers nothing until the other side hangs up.</summary>
    private protected static Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(() => gone.TrySetResult());
        return gone.Task;
    }

    private protected static FileUrls Urls(params string[] hosts) => new(Options.Create(new BotOptions { FileHosts = hosts }));

    private protected static FileUrls Loopback => Urls("127.0.0.1", "localhost");

    private protected static FileUrls SharePoint => Urls("*.sharepoint.com");

    /// <summary>A name server that says what the test wants.</summary>
    private protected static Func<string, CancellationToken, Task<IPAddress[]>> Means(params string[] addresses) =>
        (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));
}
