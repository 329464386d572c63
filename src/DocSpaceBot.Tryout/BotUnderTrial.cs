namespace DocSpaceBot.Tryout;

/// <summary>The bot while it runs.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="WhenIdleAsync">Completes when nothing it has to do is due: no turn under way, no step that could run now.</param>
/// <param name="ChangeSettings">Changes settings of the running bot, all at once; null takes one away, so that what lies under it shows.</param>
/// <param name="StopAsync">Stops it, as if the process ended.</param>
internal sealed record BotUnderTrial(
    Uri Url,
    Func<CancellationToken, Task> WhenIdleAsync,
    Action<IReadOnlyList<(string Key, string? Value)>> ChangeSettings,
    Func<ValueTask> StopAsync
)
{
    public void Change(string key, string? value) => ChangeSettings([(key, value)]);
}

/// <summary>Starts the real bot on a port of its own.</summary>
/// <param name="settings">What would stand in <c>appsettings.json</c>; it goes before everything else.</param>
/// <param name="clock">The only clock the bot may look at.</param>
internal delegate Task<BotUnderTrial> StartBot(
    IReadOnlyDictionary<string, string?> settings,
    TimeProvider clock,
    CancellationToken cancellationToken
);
