using DocSpaceBot.Tryout;

namespace DocSpaceBot.Tests.Stories;

/// <summary>
/// Keeps a clock that stands still from keeping work standing still. While the work goes on by itself the clock is left alone. When nothing
/// has moved for a moment and somebody pauses before a repeat, the clock is moved to the end of the pause. Time limits do not end by
/// themselves, because a slow machine looks just like a portal that does not answer: a story about one says so.
/// </summary>
internal sealed class Pump(MovableClock clock)
{
    // Shorter than every time limit of the bot.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);
    private const int GlancesBeforeTimeLimit = 8;
    private const int MostGlances = 1500;

    /// <summary>Somebody does not answer in this story: when nothing moves, time goes by until whoever waits gives up.</summary>
    public bool TimeLimitsEnd { get; set; }

    /// <summary>
    /// False where the bot counts seconds on a card: on a slow machine its wait for the next count looks just like a pause, and the clock would run on.
    /// </summary>
    public bool PausesEnd { get; set; } = true;

    public async Task<T> DoneAsync<T>(Task<T> work)
    {
        await DoneAsync((Task)work);
        return await work;
    }

    public async Task DoneAsync(Task work)
    {
        var still = 0;

        for (var glances = 0; !work.IsCompleted; glances++)
        {
            Assert.True(glances < MostGlances, "The bot is at work for ever.");
            var before = clock.Changes;
            await work.WaitAsync(Glance).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            still = clock.Changes == before ? still + 1 : 0;

            if (!work.IsCompleted && still > 0 && Next(still) is { } next)
            {
                clock.Advance(next);
                still = 0;
            }
        }

        await work;
    }

    private TimeSpan? Next(int still) =>
        (PausesEnd ? clock.UntilNext(LongestPause) : null)
        ?? (TimeLimitsEnd && still >= GlancesBeforeTimeLimit ? clock.UntilNext(TimeSpan.MaxValue) : null);
}
