using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Crash;

/// <summary>The bot does several things at once; the calls of one are put between the calls of another.</summary>
public sealed class SweepTests
{
    /// <summary>
    /// The sweep notes how many are pending while the call that makes it one more is under way. Whoever joins before the next sweep makes
    /// it the noted number again.
    /// </summary>
    [Theory, OnSqlite]
    public async Task Somebody_who_joins_at_once_is_seen_although_the_number_of_the_pending_is_the_old_one(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        await world.Teams.SayAsync("alice", Place.Personal, "/invite waits@example.com");
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Invitation · invited", CrashWorld.Patience));
        var sweeps = new SemaphoreSlim(0);
        var isInvited = false;
        world.Portal.AfterCall = async call =>
        {
            if (call.Path.EndsWith("/people/filter", StringComparison.Ordinal) && call.Query.Contains("count=1&", StringComparison.Ordinal))
            {
                sweeps.Release();
            }
            else if (call.Path.EndsWith("/people/invite", StringComparison.Ordinal))
            {
                isInvited = true;
            }
            else if (isInvited && call.Path.EndsWith("/people/email", StringComparison.Ordinal))
            {
                // The answer to the bot still says that the person is awaited.
                isInvited = false;
                await world.Portal.JoinAsync("nora@example.com");
            }
        };
        world.Portal.BeforeCall = async call =>
        {
            if (call.Path.EndsWith("/people/invite", StringComparison.Ordinal))
            {
                // The second has begun when the first has noted what it saw.
                await sweeps.WaitAsync(CrashWorld.Patience);
                await sweeps.WaitAsync(CrashWorld.Patience);
            }
        };

        await world.Teams.SayAsync("alice", Place.Personal, "/invite nora@example.com");

        Assert.True(
            await world.Teams.SeesAsync("alice", Place.Personal, "nora@example.com has joined DocSpace", TimeSpan.FromSeconds(20)),
            string.Join('\n', world.Portal.Calls.Select(call => $"{call.Method} {call.Path}{call.Query} {call.Status}"))
        );
    }
}
