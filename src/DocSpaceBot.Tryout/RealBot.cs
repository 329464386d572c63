using DocSpaceBot.Hosting;
using DocSpaceBot.Work;

namespace DocSpaceBot.Tryout;

/// <summary>Starts the bot itself, on a free port of this machine.</summary>
internal static class RealBot
{
    public static async Task<BotUnderTrial> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var app = BotApp.Build(
            [],
            builder =>
            {
                // Added last, so that nothing in the environment of whoever tries the bot gets in between.
                builder.Configuration.AddInMemoryCollection(settings);
                builder.Configuration["urls"] = "http://127.0.0.1:0";
                builder.Services.AddSingleton(clock);
            }
        );

        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var worker = app.Services.GetRequiredService<StepWorker>();
        return new(new Uri(app.Urls.First()), worker.WhenIdleAsync, StopAsync);

        async ValueTask StopAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }
}
