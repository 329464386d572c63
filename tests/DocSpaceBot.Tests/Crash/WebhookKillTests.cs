using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tests.Stories;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Crash;

/// <summary>DocSpace has been answered 200 and does not tell it again. The sweep comes a day later, so what is seen is what was kept.</summary>
public sealed class WebhookKillTests
{
    private const string Nora = "nora@example.com";

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["DocSpace:WebhookSecret"] = Hook.Secret,
        ["FollowUps:SweepInterval"] = "1.00:00:00",
    };

    [Theory, OnSqlite, OnPostgres]
    public async Task Killed_right_after_it_was_taken(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider, Settings);
        var told = await InvitedAndJoinedAsync(world);
        using var hook = new Hook(world.Bot.Url);

        Assert.Equal(200, await hook.SaysAsync(told));
        await world.Bot.KillAsync();
        await world.RestartAsync();

        await JoinedOnceAsync(world, told);
    }

    [Theory, OnSqlite]
    public async Task Killed_at_the_look(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider, Settings);
        var told = await InvitedAndJoinedAsync(world);
        using var hook = new Hook(world.Bot.Url);
        world.Arm(new("portal GET /api/2.0/portal/users/{id}", 1, KillMoment.BeforeItsAnswer));

        // The bot may be gone before its answer is; DocSpace would tell it again then.
        if (await StatusAsync(hook, told) is null)
        {
            Assert.True(await world.WasKilledAsync());
            using var again = new Hook(world.Bot.Url);
            Assert.Equal(200, await again.SaysAsync(told));
        }

        await JoinedOnceAsync(world, told);
        Assert.True(await world.WasKilledAsync());
    }

    private static async Task<string> InvitedAndJoinedAsync(CrashWorld world)
    {
        await world.Teams.SayAsync("alice", Place.Personal, $"/invite {Nora}");
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, "Invitation · invited", CrashWorld.Patience), world.Bot.Output);
        await world.QuietAsync();
        var nora = await world.Portal.JoinAsync(Nora);
        return Hook.Event(nora.Id, "user.created", 4107, at: TimeProvider.System.GetUtcNow());
    }

    private static async Task<int?> StatusAsync(Hook hook, string told)
    {
        try
        {
            return await hook.SaysAsync(told);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task JoinedOnceAsync(CrashWorld world, string told)
    {
        const string Joined = Nora + " has joined DocSpace";
        Assert.True(await world.Teams.SeesAsync("alice", Place.Personal, Joined, CrashWorld.Patience), world.Bot.Output);
        using var hook = new Hook(world.Bot.Url);
        Assert.Equal(200, await hook.SaysAsync(told));
        await world.QuietAsync();
        Assert.Single(world.Teams.Visible("alice", Place.Personal), message => message.IsFromBot && message.Shows(Joined));
        Assert.Equal(1, world.Portal.InvitationMailsTo(Nora));
    }
}
