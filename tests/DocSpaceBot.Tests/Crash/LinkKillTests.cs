using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tests.Stories;
using DocSpaceBot.Tryout.Teams;
using Xunit.Abstractions;

namespace DocSpaceBot.Tests.Crash;

/// <summary>A link from asking to stopping, with the bot killed; and a crowd that takes it from bots that are killed, or that are two.</summary>
public sealed class LinkKillTests(ITestOutputHelper output)
{
    private const string Managed = "/api/2.0/portal/users/invitationlink";

    [Theory, OnSqlite, OnPostgresAtEveryMoment]
    public Task Killed_around_any_call_to_DocSpace_there_is_never_a_second_link_and_a_stopped_one_is_gone(string provider) =>
        KillAtEachAsync(
            provider,
            point =>
                EveryMoment.Has(point)
                && point.Call.Contains(Managed, StringComparison.Ordinal)
                && (point.Moment is KillMoment.BeforeItsAnswer || !point.Call.Contains("GET"))
        );

    [Theory, OnSqlite, OnPostgres]
    public async Task Killed_in_the_middle_of_a_crowd_no_take_is_lost_and_none_is_given_twice(string provider)
    {
        await using var world = await StartAsync(provider);

        foreach (var killAfter in (int[])[1, 5])
        {
            var uses = 9 + killAfter;
            var id = await SharedAsync(world, uses);
            var crowd = Crowd(world, $"k{killAfter}", 25);
            var got = new HashSet<string>(StringComparer.Ordinal);
            var answers = 0;
            var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var bot = world.Bot;
            var gate = new Lock();

            await Task.WhenAll(
                crowd.Select(async who =>
                {
                    var words = await PressAsync(world, bot.Url, who, id);
                    lock (gate)
                    {
                        if (Linking.HasLink(words ?? ""))
                        {
                            got.Add(who);
                        }
                    }

                    if (Interlocked.Increment(ref answers) == killAfter)
                    {
                        await bot.KillAsync();
                        killed.SetResult();
                    }
                })
            );
            await killed.Task;
            await world.RestartAsync();

            // Whoever got no answer presses again, and so does everybody else.
            foreach (var who in crowd)
            {
                var words = await PressAsync(world, world.Bot.Url, who, id);
                Assert.NotNull(words);
                Assert.True(Linking.HasLink(words) || !got.Contains(who), $"{who} had it and does not get it again.");
                if (Linking.HasLink(words))
                {
                    got.Add(who);
                }
            }

            output.WriteLine($"{got.Count} after a kill behind answer {killAfter}");
            Assert.Equal(uses, got.Count);
            Assert.Equal(uses, await world.AskAsync<long>("select count(*) from link_takes where link_id = @id", new { id }));
            Assert.Equal(uses, await world.AskAsync<long>("select taken from links where id = @id", new { id }));
            Assert.Equal(
                uses,
                await world.AskAsync<long>("select count(*) from ledger where kind = 'LinkTaken' and request_id = @id", new { id })
            );
        }

        Assert.Null(await world.FaultInLedgerAsync());
    }

    [Theory, OnPostgres]
    public async Task Of_fifty_who_press_at_two_bots_at_once_as_many_get_it_as_are_left(string provider)
    {
        await using var world = await StartAsync(provider);
        await using var other = await world.StartOneMoreAsync();
        var id = await SharedAsync(world, uses: 10);
        var crowd = Crowd(world, "t", 50);

        // Everybody presses twice, once at each.
        var words = await Task.WhenAll(
            crowd.SelectMany(who => new[] { PressAsync(world, world.Bot.Url, who, id), PressAsync(world, other.Url, who, id) })
        );

        var got = crowd.Where((_, i) => Linking.HasLink(words[2 * i]!) || Linking.HasLink(words[(2 * i) + 1]!)).ToList();
        Assert.All(words, Assert.NotNull);
        Assert.Equal(10, got.Count);
        Assert.Equal(10, await world.AskAsync<long>("select count(*) from link_takes where link_id = @id", new { id }));
        Assert.Equal(10, await world.AskAsync<long>("select taken from links where id = @id", new { id }));
        Assert.Null(await world.FaultInLedgerAsync());
    }

    private async Task KillAtEachAsync(string provider, Func<KillPoint, bool> isWanted)
    {
        await using var world = await StartAsync(provider);
        world.Arm(null);
        await RunAsync(world, uses: 20);
        var points = world.Passed().Where(isWanted).ToList();
        Assert.NotEmpty(points);
        var wrong = new List<string>();
        var killed = 0;

        foreach (var (index, point) in points.Index())
        {
            world.Arm(point);
            var id = await RunAsync(world, uses: 21 + index);
            var wasKilled = await world.WasKilledAsync();
            killed += wasKilled ? 1 : 0;
            output.WriteLine($"{point}: {(wasKilled ? "killed" : "did not come")}");
            wrong.AddRange((await WhatIsWrongAsync(world, id)).Select(what => $"{point}: {what}"));
        }

        output.WriteLine(string.Join("\n", wrong));
        Assert.Empty(wrong);
        Assert.True(2 * killed > points.Count, $"Of {points.Count} moments only {killed} came again.");
        Assert.Null(await world.FaultInLedgerAsync());
    }

    /// <summary>Alice asks, shares, renews and stops; bob takes it. Whoever sees nothing come of a click clicks again.</summary>
    private static async Task<string> RunAsync(CrashWorld world, int uses)
    {
        var id = await SharedAsync(world, uses);
        string? words;

        do
        {
            words = await PressAsync(world, world.Bot.Url, "bob", id);
        } while (!Linking.HasLink(words ?? ""));

        await ClickAsync(world, "link/renew", id, "renewed_at is not null");
        await ClickAsync(world, "link/revoke", id, "revoked is not null");
        await world.UntilAsync("select count(*) from steps where kind not in ('sweep', 'tell-drift', 'housekeeping')", 0);
        return id;
    }

    private static async Task<List<string>> WhatIsWrongAsync(CrashWorld world, string id)
    {
        var wrong = new List<string>();

        if (await ManagedAsync(world))
        {
            wrong.Add("a link is left in DocSpace");
        }

        if (await world.AskAsync<string>("select revoked from links where id = @id", new { id }) is not "Done" and var revoked)
        {
            wrong.Add($"it was stopped, and DocSpace has made of that: {revoked}");
        }

        if (await world.AskAsync<long>("select taken from links where id = @id", new { id }) is not 1 and var taken)
        {
            wrong.Add($"{taken} have it");
        }

        if (world.Teams.Visible("bob", Place.Personal).Any(message => message.Card is { } card && Linking.HasLink(card.GetRawText())))
        {
            wrong.Add("bob still sees a link that was stopped");
        }

        if (await world.AskAsync<string?>("select portal_link from links where id = @id", new { id }) is null)
        {
            wrong.Add("it was of the old kind");
        }

        return wrong;
    }

    private static async Task<CrashWorld> StartAsync(string provider)
    {
        var world = await CrashWorld.StartAsync(provider);
        await world.Teams.InstallAsync("alice", Place.Group);
        await world.Teams.InstallAsync("bob", Place.Personal);
        await world.QuietAsync();
        return world;
    }

    private static async Task<string> SharedAsync(CrashWorld world, int uses)
    {
        // Nothing is asked for twice: what is repeated after a crash has the id that it had.
        await world.Teams.SayAsync("alice", Place.Personal, $"/link user --uses {uses}");
        await world.UntilAsync($"select count(*) from links where terms like '%\"uses\":{uses}%' and stopped_at is null", 1);
        var id = await world.AskAsync<string>($"select id from links where terms like '%\"uses\":{uses}%' and stopped_at is null");
        await ClickAsync(
            world,
            "link/share",
            id,
            "exists (select 1 from link_shares s where s.link_id = links.id)",
            ("place", TeamsDirectory.GroupId)
        );
        return id;
    }

    private static async Task ClickAsync(CrashWorld world, string verb, string id, string until, params (string, string)[] entered)
    {
        var isDone = $"select count(*) from links where id = '{id}' and {until}";
        string? words;

        do
        {
            words = await PostAsync(
                world,
                world.Bot.Url,
                Linking.Click(world.Teams, "alice", verb, id, null, [("view", "link"), .. entered])
            );
        } while (words is null);

        await world.UntilAsync(isDone, 1);
    }

    private static Task<string?> PressAsync(CrashWorld world, Uri bot, string who, string id) =>
        PostAsync(world, bot, Linking.Click(world.Teams, who, "link/take", id, TeamsDirectory.GroupId, ("view", "join")));

    /// <summary>What the bot answers; null when it does not.</summary>
    private static async Task<string?> PostAsync(CrashWorld world, Uri bot, JsonObject activity)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bot, "api/messages"))
        {
            Content = JsonContent.Create(activity),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Teams.MintToken());

        try
        {
            using var answer = await http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetRawText();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<bool> ManagedAsync(CrashWorld world)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Portal.ApiKey);
        var answer = await http.GetFromJsonAsync<JsonElement>(new Uri(world.Portal.Url, $"{Managed}/User"));
        return answer.TryGetProperty("response", out var link) && link.ValueKind is JsonValueKind.Object;
    }

    private static List<string> Crowd(CrashWorld world, string name, int size) =>
        [.. Enumerable.Range(1, size).Select(number => world.Teams.AddPerson($"{name}x{number}").Name)];
}
