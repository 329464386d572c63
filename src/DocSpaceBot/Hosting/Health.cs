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

/// <summary>Looks at storage and portal at most every few seconds each, because anybody may ask.</summary>
internal sealed class Readiness(Database database, DocSpaceClient docSpace, TimeProvider clock) : IDisposable
{
    private readonly Look storage = new(database.CheckAsync, clock);
    private readonly Look portal = new(token => docSpace.GetSettingsAsync(anonymous: true, token), clock);

    public async Task<(bool IsReady, string Words)> LookAsync(CancellationToken cancellationToken) =>
        (await storage.IsGoodAsync(cancellationToken), await portal.IsGoodAsync(cancellationToken)) switch
        {
            (true, true) => (true, "ready"),
            (false, _) => (false, "not ready: storage cannot be reached or keeps nothing"),
            _ => (false, "not ready: DocSpace cannot be reached"),
        };

    public void Dispose()
    {
        storage.Dispose();
        portal.Dispose();
    }

    private sealed class Look(Func<CancellationToken, Task> look, TimeProvider clock) : IDisposable
    {
        private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

        private readonly SemaphoreSlim oneAtATime = new(1);
        private (bool IsGood, DateTimeOffset At)? last;

        public async Task<bool> IsGoodAsync(CancellationToken cancellationToken)
        {
            await oneAtATime.WaitAsync(cancellationToken);

            try
            {
                if (last is not { } before || clock.GetUtcNow() - before.At >= GoodFor)
                {
                    last = before = (await TryAsync(cancellationToken), clock.GetUtcNow());
                }

                return before.IsGood;
            }
            finally
            {
                oneAtATime.Release();
            }
        }

        public void Dispose() => oneAtATime.Dispose();

        private async Task<bool> TryAsync(CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Longest);

            try
            {
                await look(limit.Token);
                return true;
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, the answer to "can it be reached" is no.
                return false;
            }
        }
    }
}
