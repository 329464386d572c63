namespace DocSpaceBot.Tryout;

/// <summary>Starts the bot itself, on a free port of this machine.</summary>
internal static class RealBot
{
    public static Task<BotUnderTrial> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => throw new LineFailedException("This build of the try-out has no bot in it.");
}
