using DocSpaceBot.Tests.Storage;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>One invitation from asking to welcome, with the bot killed once at each moment at which it talks to the outside.</summary>
public sealed class KillPointTests(ITestOutputHelper output)
{
    private static readonly TimeSpan PatienceForTheKill = TimeSpan.FromSeconds(20);

    [Theory, OnSqlite]
    public Task Killed_at_any_moment_the_bot_goes_on_and_mails_once(string provider) => KillAtEachAsync(provider, _ => true);

    /// <summary>Where the database is a server, what differs is that it outlives a call that was made and not noted.</summary>
    [Theory, OnPostgres]
    public Task Killed_with_its_database_elsewhere_the_bot_goes_on_and_mails_once(string provider) =>
        KillAtEachAsync(provider, point => point is { Nth: 1, Moment: KillMoment.BeforeItsAnswer });

    private async Task KillAtEachAsync(string provider, Func<KillPoint, bool> isWanted)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        var points = await UndisturbedAsync(world, "ulla");
        points = [.. points.Intersect(await UndisturbedAsync(world, "uwe")).Where(isWanted)];
        var wrong = new List<string>();
        var repeated = new List<KillPoint>();

        foreach (var (index, point) in points.Index())
        {
            var story = new InvitationStory(world, $"carol{index}");
            await ForgetThatThePortalRefusesToWelcomeAsync(world);
            world.Arm(point);
            await story.RunAsync();

            if (!await world.WasKilledAsync(PatienceForTheKill))
            {
                wrong.Add($"{point}: did not come");
                continue;
            }

            await world.QuietAsync();
            wrong.AddRange((await story.WhatIsWrongAsync()).Select(what => $"{point}: {what}"));
            repeated.AddRange(Enumerable.Repeat(point, story.Repeated));
        }

        output.WriteLine(
            $"Killed at {points.Count} points:\n{string.Join('\n', points)}\n\nA message was posted twice after:\n{string.Join('\n', repeated)}"
        );
        Assert.Empty(wrong);
    }

    private static async Task<IReadOnlyList<KillPoint>> UndisturbedAsync(CrashWorld world, string invitee)
    {
        var story = new InvitationStory(world, invitee);
        await ForgetThatThePortalRefusesToWelcomeAsync(world);
        world.Arm(null);
        await story.RunAsync();
        await world.QuietAsync();
        Assert.Empty(await story.WhatIsWrongAsync());
        Assert.Equal(0, story.Repeated);
        return world.Passed();
    }

    /// <summary>It is remembered for a day, and the call would be made in the first story only.</summary>
    private static Task ForgetThatThePortalRefusesToWelcomeAsync(CrashWorld world) =>
        world.AskAsync<object?>("delete from portal_facts where name = 'welcome-refused'");
}
