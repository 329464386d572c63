using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>Many people in one message, and a machine that fails again and again.</summary>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    private const int People = 60;
    private const int Kills = 10;

    /// <summary>What a dead process has sent is still carried out, so late that the next one has looked already.</summary>
    private static readonly PortalSetup SlowPortal = new() { Seats = -1, Latency = TimeSpan.FromMilliseconds(150) };

    [Theory, OnSqlite, OnPostgres]
    public async Task Sixty_people_are_invited_once_each_however_often_the_bot_is_killed(string provider)
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var emails = Enumerable.Range(0, People).Select(i => $"p{i}@example.com").ToList();
        await using var world = await CrashWorld.StartAsync(provider, portal: SlowPortal);
        world.Arm(null);
        Assert.Equal(200, await world.Teams.SayAsync("alice", Place.Personal, $"/invite {string.Join(' ', emails)}"));
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Check before sending", CrashWorld.Patience), world.Bot.Output);
        await world.Teams.PressAsync("alice", Place.Personal, $"Invite {People} people");

        for (var kill = 0; kill < Kills; kill++)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 200)));
            await timer.WaitForNextTickAsync();
            await world.CrashAsync();
            output.WriteLine(
                $"Killed after {timer.Period.TotalMilliseconds} ms with {await world.AskAsync<long>("select count(*) from invitations where status = 'Invited'")} invited"
            );
        }

        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, $"Invited {People}", CrashWorld.Patience), world.Bot.Output);
        await world.QuietAsync();
        Assert.All(emails, email => Assert.Single(world.Portal.MailsTo(email), mail => mail.Kind is MailKind.Invitation));
        Assert.Equal(People, await world.AskAsync<long>("select count(*) from invitations where status = 'Invited'"));
        var cards = world
            .Teams.Visible("alice", Place.Personal)
            .Where(message => message.IsFromBot && message.Shows($"{People} invitations"))
            .ToList();
        Assert.True(cards[^1].Shows($"Invited {People}"));
        output.WriteLine($"The card was posted {cards.Count} times.");
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
