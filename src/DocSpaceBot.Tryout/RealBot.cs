using DocSpaceBot.Hosting;
using DocSpaceBot.Work;

namespace DocSpaceBot.Tryout;

/// <summary>Starts the bot itself, on a free port of this machine where the settings name none.</summary>
internal static class RealBot
{
    public static async Task<BotUnderTrial> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var given = new GivenSettings(settings);
        var app = BotApp.Build(
            [],
            builder =>
            {
                // Added last, so that nothing in the environment of whoever tries the bot gets in between.
                ((IConfigurationBuilder)builder.Configuration).Add(given);
                builder.Configuration["urls"] = settings.GetValueOrDefault("urls") ?? "http://127.0.0.1:0";
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
        return new(new Uri(app.Urls.First()), worker.WhenIdleAsync, ChangeSettings, StopAsync);

        void ChangeSettings(IReadOnlyList<(string Key, string? Value)> changes)
        {
            given.Change(changes);
            ((IConfigurationRoot)app.Configuration).Reload();
        }

        async ValueTask StopAsync()
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
    }

    /// <summary>Settings that are still there after a reload, with what was changed since.</summary>
    private sealed class GivenSettings : ConfigurationProvider, IConfigurationSource
    {
        public GivenSettings(IReadOnlyDictionary<string, string?> settings) =>
            Data = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Change(IReadOnlyList<(string Key, string? Value)> changes)
        {
            // The bot may be reading: it sees all of it, or nothing yet.
            var changed = new Dictionary<string, string?>(Data, StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in changes)
            {
                if (value is null)
                    changed.Remove(key);
                else
                    changed[key] = value;
            }

            Data = changed;
        }
    }
}
