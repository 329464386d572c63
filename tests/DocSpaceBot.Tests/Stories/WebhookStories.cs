using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>DocSpace says that something has happened to somebody, and the bot looks at once. The sweep, a day away, has no part in any of this.</summary>
public sealed class WebhookStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Whoever_joins_is_seen_at_once(string storage)
    {
        await using var story = await StartAsync(storage);
        using var hook = Registered(story);
        await story.Alice.SaysAsync($"/invite {Carol} bob@example.com");
        var before = story.Portal.Calls.Count;

        await JoinsAsync(story, "bob@example.com");

        story.Alice.SeesOnCard("Invited 1 · Joined and welcomed 1");
        story.Alice.Sees("bob@example.com has joined DocSpace");
        story.Bob.Sees("Your account is active.");
        Assert.Equal(0, story.CallsTo("people/filter", after: before));
        Assert.Equal(1, story.CallsTo("portal/users/", after: before));
        Assert.All(story.Portal.WebhookDeliveries, delivery => Assert.Equal(200, delivery.Status));
    }

    [Fact]
    public async Task Inviting_many_people_makes_no_look_at_each_of_them()
    {
        await using var story = await StartAsync();
        using var hook = Registered(story);
        await story.Alice.SaysAsync("/invite " + string.Join(' ', Enumerable.Range(1, 60).Select(number => $"p{number}@example.org")));
        await story.Alice.PressesAsync("Invite 60 people");
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(CancellationToken.None));
        await story.SettleAsync();

        Assert.Equal(60, story.Portal.WebhookDeliveries.Count(delivery => delivery.Status == 200));
        Assert.Equal(0, story.CallsTo("portal/users/"));
    }

    [Fact]
    public async Task The_same_event_again_does_nothing_more()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var carol = story.Portal.Find(Carol)!.Id;

        // She has not joined: only the first look is made.
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.updated", 4107)));
            await story.SettleAsync();
        }

        Assert.Equal(1, story.CallsTo("portal/users/"));
        story.Alice.SeesOnCard("Invitation · invited");

        // Another event, or that of another webhook, is another one.
        await story.Portal.JoinAsync(Carol);
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.created", 4108)));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task Events_that_overtake_each_other_come_to_the_same()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var carol = (await story.Portal.JoinAsync(Carol)).Id;

        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.updated", 3)));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Joined");
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.created", 2)));
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.invited", 1, status: 4, activation: 2)));
        await story.SettleAsync();

        Assert.Single(story.Alice.Messages, message => message.Shows($"{Carol} has joined DocSpace"));
        story.Alice.SeesOnCard("Joined");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task What_the_event_says_of_the_person_is_not_believed(int activation)
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");

        Assert.Equal(200, await hook.SaysAsync(Hook.Event(story.Portal.Find(Carol)!.Id, "user.created", 1, status: 1, activation)));
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(story.Portal.Find(Carol)!.Id, "user.deleted", 2)));
        await story.SettleAsync();

        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Fact]
    public async Task Somebody_whom_an_administrator_has_created_has_not_joined()
    {
        await using var story = await StartAsync();
        using var hook = Registered(story);
        await story.Alice.SaysAsync($"/invite {Carol} --name \"Carol Carter\"");
        var carol = story.Portal.Find(Carol)!;
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(CancellationToken.None));
        Assert.Contains(story.Portal.WebhookDeliveries, delivery => delivery.Trigger == "user.created");
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol.Id, "user.created", 1, status: 1, activation: 1)));
        await story.SettleAsync();

        Assert.Equal((PortalStatus.Active, PortalActivation.Pending), (carol.Status, carol.Activation));
        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Fact]
    public async Task Who_is_disabled_or_removed_is_shown_at_once()
    {
        await using var story = await StartAsync();
        using var hook = Registered(story);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Bob.SaysAsync("/invite dave@example.org");

        story.Portal.Disable(Carol);
        story.Portal.Remove("dave@example.org");
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(CancellationToken.None));
        await story.SettleAsync();

        story.Alice.SeesOnCard("This person's DocSpace account was disabled after the invitation.");
        story.Bob.SeesOnCard("The person is no longer in DocSpace");
    }

    [Fact]
    public async Task People_nobody_waits_for_cost_the_portal_nothing()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol} bob@example.com");
        var stranger = story.Portal.AddPerson("stranger@example.org").Id;
        await story.Portal.JoinAsync(Carol);
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(story.Portal.Find(Carol)!.Id, "user.created", 1)));
        await story.SettleAsync();
        var before = story.Portal.Calls.Count;

        foreach (var person in (Guid[])[stranger, Guid.NewGuid(), story.Portal.Find(Carol)!.Id])
        {
            Assert.Equal(200, await hook.SaysAsync(Hook.Event(person, "user.updated", Random.Shared.NextInt64(100, long.MaxValue))));
        }

        await story.SettleAsync();
        Assert.Equal(before, story.Portal.Calls.Count);
        Assert.Single(story.Alice.Messages, message => message.Shows($"{Carol} has joined DocSpace"));
    }

    [Fact]
    public async Task Of_a_rush_of_events_each_person_is_looked_at_once()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        var emails = Enumerable.Range(1, 30).Select(number => $"p{number}@example.org").ToList();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', emails));
        await story.Alice.PressesAsync("Invite 30 people");
        var people = new List<Guid>();

        foreach (var email in emails)
        {
            people.Add((await story.Portal.JoinAsync(email)).Id);
        }

        var before = story.Portal.Calls.Count;
        var rush = people
            .Concat(Enumerable.Range(0, 270).Select(_ => Guid.NewGuid()))
            .Select((person, i) => Hook.Event(person, "user.created", i));
        Assert.All(await story.DoneAsync(Task.WhenAll(rush.Select(hook.SaysAsync))), status => Assert.Equal(200, status));
        await story.SettleAsync();

        // Teams takes few edits of a card.
        await story.PassAsync(TimeSpan.FromSeconds(10));
        story.Alice.SeesOnCard("Joined 30");
        Assert.Equal(30, story.CallsTo("portal/users/", after: before));
        Assert.Equal(0, story.CallsTo("people/filter", after: before));
    }

    [Fact]
    public async Task An_event_of_more_than_a_week_ago_is_taken_and_left_alone()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var carol = (await story.Portal.JoinAsync(Carol)).Id;

        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.created", 1, at: Story.Start.AddDays(-7).AddMinutes(-1))));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Invitation · invited");

        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.created", 2, at: Story.Start.AddDays(-7).AddMinutes(5))));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task An_event_that_overtakes_the_look_after_the_invitation_is_not_lost()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        story.Portal.AfterCall = async call =>
        {
            // The look has found somebody who is pending; before its answer arrives she joins, and the portal tells of it.
            if (
                call is { Method: "GET" }
                && call.Path.EndsWith("/people/email", StringComparison.Ordinal)
                && story.Portal.Find(Carol) is { HasJoined: false }
            )
            {
                var carol = await story.Portal.JoinAsync(Carol);
                Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol.Id, "user.created", 1)));
            }
        };

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromSeconds(10), parts: 5);

        story.Alice.Sees($"{Carol} has joined DocSpace");
    }

    [Fact]
    public async Task While_the_portal_does_not_answer_the_look_is_repeated()
    {
        await using var story = await StartAsync();
        using var hook = new Hook(story.Teams.BotUrl!);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var carol = (await story.Portal.JoinAsync(Carol)).Id;

        story.Portal.Faults.Down = true;
        Assert.Equal(200, await hook.SaysAsync(Hook.Event(carol, "user.created", 1)));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Invitation · invited");
        story.Portal.Faults.Clear();
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task A_key_for_people_only_is_enough()
    {
        await using var story = await StartAsync(portal: new() { KeyScopes = ["accounts:read", "accounts:write"] });
        using var hook = Registered(story);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await JoinsAsync(story, Carol);

        story.Alice.Sees($"{Carol} has joined DocSpace");
    }

    private static Task<Story> StartAsync(string storage = "Sqlite", PortalSetup? portal = null) =>
        Story.StartAsync(
            new StorySetup
            {
                Storage = storage,
                Portal = portal ?? new(),
                Settings = new Dictionary<string, string?>
                {
                    ["DocSpace:WebhookSecret"] = Hook.Secret,
                    ["FollowUps:SweepInterval"] = "1.00:00:00",
                },
            }
        );

    private static Hook Registered(Story story)
    {
        var hook = new Hook(story.Teams.BotUrl!);
        story.Portal.AddWebhook(hook.Url, Hook.Secret);
        return hook;
    }

    private static async Task JoinsAsync(Story story, string email)
    {
        await story.Portal.JoinAsync(email);
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(CancellationToken.None));
        await story.SettleAsync();
    }
}
