using DocSpaceBot.Tryout;

namespace DocSpaceBot.Tests.Stories;

/// <summary>
/// Keeps a clock that stands still from keeping work standing still. While the work goes on by itself the clock is left alone. When nothing
/// has moved for a moment, somebody waits for the clock: a short wait is a pause before a repeat, and the clock is moved to its end at
/// once; a long one is a time limit, which is only let pass when really nothing else happens.
/// </summary>
internal sealed class Pump(MovableClock clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(40);
    private const int GlancesBeforeTimeLimit = 15;
    private const int MostGlances = 1500;

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

            if (!work.IsCompleted && still > 0 && clock.UntilNext is { } next && (next <= LongestPause || still >= GlancesBeforeTimeLimit))
            {
                clock.Advance(next);
                still = 0;
            }
        }

        await work;
    }
}
