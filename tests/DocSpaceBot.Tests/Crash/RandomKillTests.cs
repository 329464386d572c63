using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>Many people in one message, and a machine that fails again and again.</summary>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    /// <summary>What a dead process has sent is still carried out, so late that the next one has looked already.</summary>
    private static readonly PortalSetup SlowPortal = new() { Seats = -1, Latency = TimeSpan.FromMilliseconds(150) };

    [Theory, OnPostgres]
    public Task Sixty_people_are_invited_once_each_however_often_the_bot_is_killed(string provider) =>
        KillAsync(provider, people: 60, killsBefore: EveryMoment.Or(2, 1), killsAfter: EveryMoment.Or(10, 3), mostCalls: 3);

    [Theory, OnSqlite]
    public Task Eight_hundred_people_are_invited_once_each_however_often_the_bot_is_killed(string provider) =>
        KillAsync(provider, people: 800, killsBefore: EveryMoment.Or(4, 1), killsAfter: EveryMoment.Or(16, 3), mostCalls: 6);

    /// <param name="killsBefore">While everybody is looked up, before the request is confirmed.</param>
    /// <param name="killsAfter">While everybody is invited; when that is done it ends with the second kill from there.</param>
    /// <param name="mostCalls">The bot lives for so many calls to the portal, or fewer.</param>
    private async Task KillAsync(string provider, int people, int killsBefore, int killsAfter, int mostCalls)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var emails = Enumerable.Range(0, people).Select(i => $"p{i}@example.com").ToList();
        await using var world = await CrashWorld.StartAsync(provider, portal: SlowPortal with { Latency = TimeSpan.FromMilliseconds(30) });
        world.Arm(null);
        Assert.Equal(200, await world.Teams.SayAsync("alice", Place.Personal, $"/invite {string.Join(' ', emails)}"));
        await KillAsync(killsBefore);

        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Check before sending", CrashWorld.Patience), world.Bot.Output);
        await world.Teams.PressAsync("alice", Place.Personal, $"Invite {people} people");
        await KillAsync(killsAfter);

        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, $"Invited {people}", CrashWorld.Patience), world.Bot.Output);
        await world.QuietAsync();
        Assert.All(emails, email => Assert.Single(world.Portal.MailsTo(email), mail => mail.Kind is MailKind.Invitation));
        Assert.Equal(people, await world.AskAsync<long>("select count(*) from invitations where status = 'Invited'"));
        Assert.Null(await world.FaultInLedgerAsync());
        Assert.Equal(
            people,
            await world.AskAsync<long>("select count(*) from ledger where before_status = 'Approved' and after_status = 'Invited'")
        );
        var cards = world
            .Teams.Visible("alice", Place.Personal)
            .Where(message => message.IsFromBot && message.Shows($"{people} invitations"))
            .ToList();
        Assert.True(cards[^1].Shows($"Invited {people}"));
        output.WriteLine($"The card was posted {cards.Count} times.");

        async Task KillAsync(int kills)
        {
            for (var (kill, afterwards) = (0, 0); kill < kills && afterwards < 2; kill++)
            {
                var calls = random.Next(mostCalls) + 1;
                await world.CallsAsync(calls, more: TimeSpan.FromMilliseconds(random.Next(40)));
                await world.CrashAsync();
                var invited = await world.AskAsync<long>("select count(*) from invitations where status = 'Invited'");
                afterwards += invited == people ? 1 : 0;
                output.WriteLine($"Killed after {calls} calls with {invited} invited");
            }
        }
    }

    /// <summary>The dead process has looked and called; the new one looks before that call is carried out, and calls too.</summary>
    [Theory, OnSqlite]
    public async Task A_call_of_the_dead_that_is_carried_out_late_mails_nobody_twice(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        var calls = 0;
        var secondCall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? restarted = null;
        world.Portal.BeforeCall = async call =>
        {
            if (!call.Path.EndsWith("/people/invite", StringComparison.Ordinal))
            {
                return;
            }

            if (Interlocked.Increment(ref calls) > 1)
            {
                secondCall.TrySetResult();
                return;
            }

            restarted = world.CrashAsync();
            await secondCall.Task.WaitAsync(CrashWorld.Patience);
        };
        world.Arm(null);
        await world.Teams.SayAsync("alice", Place.Personal, "/invite nora@example.com");

        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Invitation · invited", CrashWorld.Patience));
        await restarted!;
        await world.QuietAsync();
        Assert.Equal(2, calls);
        Assert.Single(world.Portal.MailsTo("nora@example.com"), mail => mail.Kind is MailKind.Invitation);
    }
}
