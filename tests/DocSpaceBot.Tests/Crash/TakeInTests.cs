using Dapper;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Crash;

/// <summary>The bot is killed while Teams waits for the answer to a message, which is then delivered again.</summary>
public sealed class TakeInTests
{
    private static readonly TimeSpan UntilTheBotWaits = TimeSpan.FromMilliseconds(300);

    [Theory, OnSqlite]
    public async Task Killed_while_it_asks_teams_who_writes(string provider)
    {
        await using var world = await CrashWorld.StartAsync(
            provider,
            new Dictionary<string, string>
            {
                ["Policy:Rules:0:Name"] = "ours",
                ["Policy:Rules:0:When:Requesters:0"] = "*@example.com",
                ["Policy:Rules:0:Then"] = "Allow",
            }
        );
        await world.AskAsync<object?>("update people set email = null");
        world.Arm(
            new("connector GET conversations/{conversation}/members/{member} in the requester's chat", 1, KillMoment.BeforeItsEffect)
        );

        Assert.Equal(502, await world.Teams.SayAsync("alice", Place.Personal, "/invite nora@example.com"));

        Assert.True(await world.WasKilledAsync());
        await WasInvitedOnceAsync(world);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Killed_while_the_message_is_being_kept(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        await using var other = await world.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();

        // Nothing can be written now, so that the bot stands between taking in and answering.
        if (provider == "Postgres")
        {
            await other.ExecuteAsync("lock table activities in exclusive mode", transaction: transaction);
        }

        world.Arm(null);
        var answer = world.Teams.SayAsync("alice", Place.Personal, "/invite nora@example.com");
        using var timer = new PeriodicTimer(UntilTheBotWaits);
        await timer.WaitForNextTickAsync();
        Assert.False(answer.IsCompleted);

        await world.Bot.KillAsync();
        await transaction.RollbackAsync();

        Assert.Equal(502, await answer);
        Assert.Equal(0, await world.AskAsync<long>("select count(*) from requests"));
        await world.RestartAsync();
        await WasInvitedOnceAsync(world);
    }

    [Theory, OnSqlite]
    public async Task Killed_at_random_after_the_message_was_sent(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        var random = new Random(20);
        var times = EveryMoment.Or(10, 3);

        for (var i = 0; i < times; i++)
        {
            world.Arm(null);
            var answer = world.Teams.SayAsync("alice", Place.Personal, $"/invite carol{i}@example.com");
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 40)));
            await timer.WaitForNextTickAsync();
            await world.Bot.KillAsync();
            Assert.Contains(await answer, new[] { 200, 502 });
            await world.RestartAsync();
        }

        await world.QuietAsync();
        Assert.All(Enumerable.Range(0, times), i => Assert.Equal(1, InvitationMails(world, $"carol{i}@example.com")));
        Assert.Equal(times, await world.AskAsync<long>("select count(*) from requests"));
    }

    private static async Task WasInvitedOnceAsync(CrashWorld world)
    {
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Invitation · invited", CrashWorld.Patience), world.Bot.Output);
        var again = await world.Teams.DeliverAsync(world.Teams.LastMessage());
        await world.QuietAsync();

        Assert.Equal(200, again.Status);
        Assert.Equal(1, InvitationMails(world, "nora@example.com"));
        Assert.Equal(1, await world.AskAsync<long>("select count(*) from requests"));
        Assert.Single(world.Teams.Visible("alice", Place.Personal), message => message.IsFromBot && message.Shows("nora@example.com"));
    }

    private static int InvitationMails(CrashWorld world, string email) =>
        world.Portal.MailsTo(email).Count(mail => mail.Kind is MailKind.Invitation);
}
