using DocSpaceBot.Tests.Storage;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>One invitation from asking to welcome, with the bot killed once at each moment at which it talks to the outside.</summary>
public sealed class KillPointTests(ITestOutputHelper output)
{
    [Theory, OnSqlite, OnPostgresAtEveryMoment]
    public Task Killed_at_any_moment_the_bot_goes_on_and_mails_once(string provider) => KillAtEachAsync(provider, EveryMoment.Has);

    private async Task KillAtEachAsync(string provider, Func<KillPoint, bool> isWanted)
    {
        await using var world = await CrashWorld.StartAsync(provider);
        var points = await UndisturbedAsync(world, "ulla");
        points = [.. points.Intersect(await UndisturbedAsync(world, "uwe")).Where(isWanted)];
        var wrong = new List<string>();
        var repeated = new List<KillPoint>();
        var passedBy = new List<KillPoint>();

        foreach (var (index, point) in points.Index())
        {
            var story = new InvitationStory(world, $"carol{index}");
            await ForgetThatThePortalRefusesToWelcomeAsync(world);
            world.Arm(point);
            await story.RunAsync();
            await world.QuietAsync();

            if (await world.WasKilledAsync())
            {
                await world.QuietAsync();
            }
            else if (point.Nth == 1)
            {
                wrong.Add($"{point}: did not come");
            }
            else
            {
                // Two changes that come close together are drawn by one edit.
                passedBy.Add(point);
            }

            wrong.AddRange((await story.WhatIsWrongAsync()).Select(what => $"{point}: {what}"));
            repeated.AddRange(Enumerable.Repeat(point, story.Repeated));
        }

        Tell("Killed", points.Except(passedBy));
        Tell("Did not come this time", passedBy);
        Tell("A message was posted twice after a kill", repeated);
        Assert.Empty(wrong);

        void Tell(string what, IEnumerable<KillPoint> where) => output.WriteLine($"{what}:\n  {string.Join("\n  ", where)}\n");
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
