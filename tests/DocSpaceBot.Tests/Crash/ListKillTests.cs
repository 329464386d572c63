using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>A list from sending it to the result file, with the bot killed once at each moment at which it talks to the outside.</summary>
public sealed class ListKillTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> FilesHere = new(StringComparer.Ordinal)
    {
        ["Bot:FileHosts:0"] = "127.0.0.1",
        // Nobody joins in this story. A sweep that comes in between would only make the moments others each time.
        ["FollowUps:SweepInterval"] = "01:00:00",
    };

    [Theory, OnSqlite]
    public async Task Killed_at_any_moment_the_bot_reads_a_list_once_and_mails_once_and_hands_the_result_over(string provider)
    {
        await using var world = await CrashWorld.StartAsync(provider, FilesHere);
        var points = (await UndisturbedAsync(world, "ulla"))
            .Intersect(await UndisturbedAsync(world, "uwe"))
            .Where(EveryMoment.HasMade)
            .ToList();
        var wrong = new List<string>();

        foreach (var (index, point) in points.Index())
        {
            var invitee = $"carol{index}";
            world.Arm(point);
            await RunAsync(world, invitee);
            await world.QuietAsync();

            if (await world.WasKilledAsync())
            {
                await world.QuietAsync();
            }
            else if (point.Nth == 1)
            {
                wrong.Add($"{point}: did not come");
            }

            wrong.AddRange((await WhatIsWrongAsync(world, invitee, mayRepeat: 1)).Select(what => $"{point}: {what}"));
        }

        output.WriteLine($"Killed:\n  {string.Join("\n  ", points)}");
        Assert.NotEmpty(points);
        Assert.Empty(wrong);
    }

    private static async Task<IReadOnlyList<KillPoint>> UndisturbedAsync(CrashWorld world, string invitee)
    {
        world.Arm(null);
        await RunAsync(world, invitee);
        await world.QuietAsync();
        Assert.Empty(await WhatIsWrongAsync(world, invitee, mayRepeat: 0));
        return world.Passed();
    }

    private static async Task RunAsync(CrashWorld world, string invitee)
    {
        await world.Teams.UploadAsync("alice", $"{invitee}.csv", System.Text.Encoding.UTF8.GetBytes($"email\n{invitee}@example.com\n"));
        await DoAsync(world, "Invite 1 person", () => Cards(world, invitee).Exists(card => card.Shows("Invited")));
        await DoAsync(world, "Accept", () => Arrived(world, invitee).Count > 0);
    }

    /// <summary>Presses and waits for what comes of it; once more when the bot was dead the first time.</summary>
    private static async Task DoAsync(CrashWorld world, string title, Func<bool> isDone)
    {
        var options = new PressOptions { Patience = CrashWorld.Patience };
        var result = await world.Teams.PressAsync("alice", Place.Personal, title, options: options);

        if (result.Status != 200)
        {
            await world.WasKilledAsync();
            result = await world.Teams.PressAsync("alice", Place.Personal, title, options: options);
        }

        Assert.Equal(200, result.Status);
        Assert.True(
            await world.Teams.WaitAsync(isDone, CrashWorld.Patience),
            $"Nothing came of “{title}”. The bot wrote:\n{world.Bot.Output}"
        );
    }

    private static async Task<IReadOnlyList<string>> WhatIsWrongAsync(CrashWorld world, string invitee, int mayRepeat)
    {
        var email = $"{invitee}@example.com";
        var wrong = new List<string>();
        var mails = world.Portal.InvitationMailsTo(email);
        Check(mails == 1, $"{mails} mails were sent");

        var drafts = await world.AskAsync<long>("select count(*) from drafts where content like @like", new { like = $"%{email}%" });
        Check(drafts == 1, $"the list became {drafts} requests");

        var asked = await world.AskAsync<long>("select count(*) from invitations where email = @email", new { email });
        Check(asked == 1, $"the bot took in {asked} invitations");

        var kept = await world.AskAsync<long>("select count(*) from steps where payload like '%tempauth%' or payload like '%/uploads/%'");
        Check(kept == 0, "a link was kept after it was used");

        Check(Arrived(world, invitee).Count == 1, $"the result came {Arrived(world, invitee).Count} times");
        Check(Cards(world, invitee).Count <= 1 + mayRepeat, $"{Cards(world, invitee).Count} cards were posted");
        var offers = world.Teams.Visible("alice", Place.Personal).Count(message => message.Shows("File offered: "));
        Check(offers <= mayRepeat, $"{offers} offers are still there");

        // What a crash left standing is answered, so that the next story does not find it.
        for (; offers > 0; offers--)
        {
            await world.Teams.PressAsync("alice", Place.Personal, "Decline");
            await world.QuietAsync();
        }

        return wrong;

        void Check(bool isRight, string otherwise)
        {
            if (!isRight)
            {
                wrong.Add(otherwise);
            }
        }
    }

    private static List<TeamsMessage> Cards(CrashWorld world, string invitee) =>
        [.. InChat(world, invitee).Where(message => message.Card is not null)];

    private static List<TeamsMessage> Arrived(CrashWorld world, string invitee) =>
        [.. InChat(world, invitee).Where(message => message.Shows("arrived:"))];

    private static IEnumerable<TeamsMessage> InChat(CrashWorld world, string invitee) =>
        world.Teams.Visible("alice", Place.Personal).Where(message => message.IsFromBot && message.Shows($"{invitee}@example.com"));
}
