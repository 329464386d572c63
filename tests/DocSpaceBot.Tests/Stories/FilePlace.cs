using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DocSpaceBot.Tests.Stories;

/// <summary>A place where files lie, on this machine, that answers as a test wants it.</summary>
internal sealed class FilePlace : IAsyncDisposable
{
    private readonly WebApplication server;
    private int asked;

    private FilePlace(WebApplication server) => this.server = server;

    /// <summary>With a permission in it, as such links have.</summary>
    public string Link => $"{server.Urls.First()}/people.csv?tempauth=very-secret";

    /// <summary>How often somebody has come for the file.</summary>
    public int Asked => Volatile.Read(ref asked);

    public static async Task<FilePlace> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var place = new FilePlace(builder.Build());
        place.server.Run(context =>
        {
            Interlocked.Increment(ref place.asked);
            return answer(context);
        });
        await place.server.StartAsync();
        return place;
    }

    /// <summary>Goes on answering as long as anybody listens.</summary>
    public static async Task DribbleAsync(HttpContext context)
    {
        await context.Response.WriteAsync("email\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await HangAsync(context);
    }

    /// <summary>Answers nothing until the other side hangs up.</summary>
    public static Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(() => gone.TrySetResult());
        return gone.Task;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
