using DocSpace.Api;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Hosting;

/// <summary><c>/healthz</c>: the process is alive. <c>/readyz</c>: storage and portal can be reached.</summary>
internal static class Health
{
    public static void AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Text("alive"));
        endpoints.MapGet(
            "/readyz",
            async (Readiness readiness, CancellationToken cancellationToken) =>
            {
                var state = await readiness.LookAsync(cancellationToken);
                return TypedResults.Text(
                    state.Words,
                    statusCode: state.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
                );
            }
        );
    }
}

/// <summary>Looks at storage each time and at the portal at most every few seconds, because anybody may ask.</summary>
internal sealed class Readiness(Database database, DocSpaceClient docSpace, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan PortalLookIsGoodFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    private readonly SemaphoreSlim oneLook = new(1);
    private (bool Reachable, DateTimeOffset At)? portal;

    public async Task<(bool IsReady, string Words)> LookAsync(CancellationToken cancellationToken)
    {
        var storage = await TryAsync(database.IsReachableAsync, cancellationToken);
        var reachable = await PortalAsync(cancellationToken);

        return (storage, reachable) switch
        {
            (true, true) => (true, "ready"),
            (false, _) => (false, "not ready: storage cannot be reached"),
            _ => (false, "not ready: DocSpace cannot be reached"),
        };
    }

    public void Dispose() => oneLook.Dispose();

    private async Task<bool> PortalAsync(CancellationToken cancellationToken)
    {
        await oneLook.WaitAsync(cancellationToken);

        try
        {
            if (portal is not { } last || clock.GetUtcNow() - last.At >= PortalLookIsGoodFor)
            {
                portal = last = (
                    await TryAsync(
                        async token =>
                        {
                            await docSpace.GetSettingsAsync(anonymous: true, token);
                            return true;
                        },
                        cancellationToken
                    ),
                    clock.GetUtcNow()
                );
            }

            return last.Reachable;
        }
        finally
        {
            oneLook.Release();
        }
    }

    private static async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> look, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);

        try
        {
            return await look(limit.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the answer to "can it be reached" is no.
            return false;
        }
    }
}
