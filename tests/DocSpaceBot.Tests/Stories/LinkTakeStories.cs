using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Whoever presses "Get my invitation" gets the link alone, and is counted once.</summary>
public sealed class LinkTakeStories
{
    private const string GetIt = "Get my invitation";
    private const string Take = "link/take";

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_presses_gets_it_in_the_answer_and_in_the_personal_chat_and_can_join(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await Linking.ShareInGroupAsync(story);

        var result = await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.Contains(Linking.UrlIn(story.Bob), result.Answer!.Value.GetRawText(), StringComparison.Ordinal);
        story.Bob.Sees("Your invitation to DocSpace");
        story.Dana.InGroup.Sees("9 of 10");
        story.Alice.SeesOnCard("1 of 10");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        Assert.Equal(PortalRole.User, (await story.Portal.JoinByLinkAsync("bob@example.com")).Role);
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task Whoever_presses_again_gets_the_same_again_and_is_not_counted_again()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story, "/link user --uses 2");
        await story.Bob.InGroup.PressesAsync(GetIt, new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });

        var again = await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.Contains(Linking.UrlIn(story.Bob), again.Answer!.Value.GetRawText(), StringComparison.Ordinal);
        story.Dana.InGroup.Sees("1 of 2");
        Assert.Single(story.Bob.Messages, message => message.Shows("Your invitation to DocSpace"));
        Assert.Single(await Linking.LedgerAsync(story), line => line.Contains("\"LinkTaken\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_last_one_nobody_else_gets_it_and_those_who_have_it_can_still_join()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story, "/link user --uses 1");
        await story.Bob.InGroup.PressesAsync(GetIt);
        story.Dana.InGroup.Sees("Invitation to DocSpace · used up");

        var late = await Linking.PressAsync(story, "max", Take, id, TeamsDirectory.GroupId, ("view", "join"));
        var again = await Linking.PressAsync(story, "bob", Take, id, TeamsDirectory.GroupId, ("view", "join"));

        Assert.StartsWith("As many people as it was meant for have got this link", Linking.WordsOf(late), StringComparison.Ordinal);
        Assert.Contains(Linking.UrlIn(story.Bob), Linking.WordsOf(again), StringComparison.Ordinal);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task When_its_time_is_over_nobody_gets_it_and_it_is_taken_off_the_cards()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story, "/link user --expires 1h");
        await story.Bob.InGroup.PressesAsync(GetIt);
        await story.PassAsync(TimeSpan.FromHours(1), parts: 2);

        foreach (var who in (string[])["bob", "max"])
        {
            var answer = await Linking.PressAsync(story, who, Take, id, TeamsDirectory.GroupId, ("view", "join"));
            Assert.StartsWith("The time of this link is over", Linking.WordsOf(answer), StringComparison.Ordinal);
        }

        story.Bob.Sees("Your invitation to DocSpace · expired");
        story.Dana.InGroup.Sees("Invitation to DocSpace · expired");
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Once_stopped_nobody_gets_it()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        await story.Bob.InGroup.PressesAsync(GetIt);
        await story.Alice.PressesAsync("Stop");

        foreach (var who in (string[])["bob", "max", "alice"])
        {
            var answer = await Linking.PressAsync(story, who, Take, id, TeamsDirectory.GroupId, ("view", "join"));
            Assert.StartsWith("This link was stopped", Linking.WordsOf(answer), StringComparison.Ordinal);
        }

        Linking.WithNobody(story);
    }

    [Theory]
    [InlineData("bob", "personal")]
    [InlineData("bob", TeamsDirectory.ChannelId)]
    [InlineData("bob", "19:nowhere@thread.v2")]
    [InlineData("gus", "personal")]
    [InlineData("gus", TeamsDirectory.GroupId)]
    public async Task A_click_that_does_not_come_from_where_the_card_stands_gets_nothing(string who, string place)
    {
        await using var story = await Story.StartAsync(Linking.TwoTenants);
        var id = await Linking.ShareInGroupAsync(story);

        var answer = await Linking.PressAsync(story, who, Take, id, place == "personal" ? null : place, ("view", "join"));

        Assert.Contains(
            who == "gus" ? "This link is no longer known." : "This card belongs to another conversation",
            Linking.WordsOf(answer),
            StringComparison.Ordinal
        );
        story.Alice.SeesOnCard("0 of 10");
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Of_a_link_that_was_never_shared_nobody_gets_anything()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var id = Linking.IdIn(story.Alice);

        foreach (var place in (string?[])[null, TeamsDirectory.GroupId, TeamsDirectory.GeneralId, story.Teams["alice"].ChatId])
        {
            var answer = await Linking.PressAsync(story, "bob", Take, id, place, ("view", "join"));
            Assert.StartsWith("This card belongs to another conversation", Linking.WordsOf(answer), StringComparison.Ordinal);
        }

        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Only_the_domains_that_it_is_for_get_it()
    {
        await using var story = await Story.StartAsync();
        story.Teams.ChangePerson("bob", bob => bob with { Email = "bob@Contoso.COM", UserPrincipalName = "bob@Contoso.COM" });
        story.Teams.AddPerson("nora", nora => nora with { Email = null, UserPrincipalName = null });
        await Linking.ShareInGroupAsync(story, "/link user --domain contoso.com");
        story.Bob.InGroup.Sees("contoso.com");

        var other = await story.Max.InGroup.PressesAsync(GetIt);
        var unknown = await new Speaker(story, "nora", Place.Group).PressesAsync(GetIt);

        Assert.StartsWith("This link is not meant for you", other.Notice, StringComparison.Ordinal);
        Assert.StartsWith("It depends on your address", unknown.Notice, StringComparison.Ordinal);
        story.Alice.SeesOnCard("0 of 10");
        Assert.Equal(2, (await Linking.LedgerAsync(story)).Count(line => line.Contains("\"LinkNotGiven\"", StringComparison.Ordinal)));
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Whoever_is_of_the_domain_gets_it()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        story.Teams.ChangePerson("bob", bob => bob with { Email = "bob@Contoso.COM", UserPrincipalName = "bob@Contoso.COM" });
        await story.DoneAsync(story.Teams.InstallAsync());
        await story.SettleAsync();
        await Linking.ShareInGroupAsync(story, "/link user --domain contoso.com");

        await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task Whom_the_rules_forbid_to_invite_by_mail_does_not_get_it_by_link_either()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Installed = false,
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Rules:0:Name"] = "no contractors",
                    ["Policy:Rules:0:When:Domains:0"] = "contractor.example",
                    ["Policy:Rules:0:Then"] = "Deny",
                    ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
                },
            }
        );
        story.Teams.ChangePerson("bob", bob => bob with { Email = "bob@contractor.example", UserPrincipalName = "bob@contractor.example" });
        await story.DoneAsync(story.Teams.InstallAsync());
        await story.SettleAsync();
        await story.Alice.SaysAsync("/link user");
        await story.Dana.PressesAsync("Approve invitation link");
        await Linking.PressAsync(
            story,
            "alice",
            "link/share",
            Linking.IdIn(story.Alice),
            ("view", "link"),
            ("place", TeamsDirectory.GroupId)
        );

        var answer = await story.Bob.InGroup.PressesAsync(GetIt);
        await story.Max.InGroup.PressesAsync(GetIt);

        Assert.StartsWith("This link is not meant for you", answer.Notice, StringComparison.Ordinal);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Max)));
        Linking.OnlyWith(story, "alice", "max");
    }

    [Fact]
    public async Task Where_the_rules_forbid_domains_whoever_has_no_known_address_does_not_get_it()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Rules:0:Name"] = "no contractors",
                    ["Policy:Rules:0:When:Domains:0"] = "contractor.example",
                    ["Policy:Rules:0:Then"] = "Deny",
                    ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
                },
            }
        );
        story.Teams.AddPerson("nora", nora => nora with { Email = null, UserPrincipalName = null });
        await story.Alice.SaysAsync("/link user");
        await story.Dana.PressesAsync("Approve invitation link");
        var id = Linking.IdIn(story.Alice);
        await Linking.PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GroupId));

        var answer = await Linking.PressAsync(story, "nora", Take, id, TeamsDirectory.GroupId, ("view", "join"));

        Assert.StartsWith("It depends on your address", Linking.WordsOf(answer), StringComparison.Ordinal);
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Whoever_cannot_be_written_to_has_it_in_the_answer()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story);
        story.Teams.Faults.Blocked("bob");

        var result = await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.True(Linking.HasLink(result.Answer!.Value.GetRawText()));
        story.Bob.SeesNo("Your invitation to DocSpace");
        story.Alice.SeesOnCard("1 of 10");
    }

    [Fact]
    public async Task A_stranger_to_the_bot_gets_it_too()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story);
        story.Teams.AddPerson("nora");

        await new Speaker(story, "nora", Place.Group).PressesAsync(GetIt);

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(new Speaker(story, "nora"))));
        Linking.OnlyWith(story, "alice", "nora");
    }

    [Fact]
    public async Task When_ten_take_it_within_a_minute_the_owner_and_operators_are_told_once_and_can_stop_it()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story, "/link user --uses 100");
        var crowd = Crowd(story, 14);

        foreach (var who in crowd.Take(9))
        {
            await Linking.PressAsync(story, who, Take, id, TeamsDirectory.GroupId, ("view", "join"));
        }

        story.Alice.SeesNo("Many people take this link at once");

        foreach (var who in crowd.Skip(9))
        {
            await Linking.PressAsync(story, who, Take, id, TeamsDirectory.GroupId, ("view", "join"));
        }

        Assert.Single(story.Alice.Messages, message => message.Shows("Many people take this link at once"));
        Assert.Single(story.Olga.Messages, message => message.Shows("Many people take this link at once"));
        story.Bob.SeesNo("Many people");
        Assert.Single(await Linking.LedgerAsync(story), line => line.Contains("\"LinkAlarm\"", StringComparison.Ordinal));

        await story.Olga.PressesAsync("Stop");

        story.Alice.Sees("Olga Orlova stopped it");
        var late = await Linking.PressAsync(story, "bob", Take, id, TeamsDirectory.GroupId, ("view", "join"));
        Assert.StartsWith("This link was stopped", Linking.WordsOf(late), StringComparison.Ordinal);
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Whose_client_shows_nobody_anything_of_their_own_finds_it_in_the_personal_chat()
    {
        await using var story = await Story.StartAsync();
        story.Teams.ChangePerson("bob", bob => bob with { HasOldClient = true });
        await Linking.ShareInGroupAsync(story);

        await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        story.Dana.InGroup.Sees("a link that you took is there.");
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task Stopped_while_it_is_on_its_way_to_the_personal_chat_it_is_taken_off_there()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        var bobsChat = story.Teams["bob"].ChatId;
        var isFirst = true;
        story.Teams.BeforeCall = async call =>
        {
            if (isFirst && call is { Method: "POST", ActivityType: "message" } && call.ConversationId == bobsChat)
            {
                isFirst = false;
                await story.Teams.DeliverAsync(Linking.Click(story, "alice", "link/revoke", id, null, ("view", "link")));
                await story.Teams.SeesAsync("dana", Place.Group, "Invitation to DocSpace · stopped", TimeSpan.FromSeconds(20));
            }
        };

        await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.False(isFirst);
        story.Bob.Sees("Your invitation to DocSpace · stopped");
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Who_took_it_gets_the_new_one_also_where_it_was_replaced_on_its_way()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        var old = Linking.UrlIn(story.Alice);
        var bobsChat = story.Teams["bob"].ChatId;
        var isFirst = true;
        story.Teams.BeforeCall = async call =>
        {
            if (isFirst && call is { Method: "POST", ActivityType: "message" } && call.ConversationId == bobsChat)
            {
                isFirst = false;
                await story.Teams.DeliverAsync(Linking.Click(story, "alice", "link/renew", id, null, ("view", "link")));
                await story.Teams.SeesAsync("alice", Place.Personal, "This is a new link", TimeSpan.FromSeconds(20));
            }
        };

        await story.Bob.InGroup.PressesAsync(GetIt);

        Assert.NotEqual(old, Linking.UrlIn(story.Bob));
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
    }

    [Fact]
    public async Task Ten_over_a_longer_time_raise_no_alarm()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story, "/link user --uses 100");

        foreach (var who in Crowd(story, 12))
        {
            await Linking.PressAsync(story, who, Take, id, TeamsDirectory.GroupId, ("view", "join"));
            story.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await story.SettleAsync();
        story.Alice.SeesNo("Many people take this link at once");
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Of_fifty_who_press_at_the_same_instant_as_many_get_it_as_are_left(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        var id = await Linking.ShareInGroupAsync(story, "/link user --uses 10");
        var presses = Crowd(story, 50)
            .Select(who => Linking.Click(story, who, Take, id, TeamsDirectory.GroupId, ("view", "join")))
            .ToList();

        var answers = await story.DoneAsync(Task.WhenAll(presses.Select(story.Teams.DeliverAsync)));
        await story.SettleAsync();

        var got = answers.Where(answer => Linking.HasLink(answer.Body!.Value.GetRawText())).ToList();
        Assert.Equal(10, got.Count);
        Assert.All(
            answers.Except(got),
            answer => Assert.StartsWith("As many people as it was meant for", Linking.WordsOf(answer), StringComparison.Ordinal)
        );
        story.Alice.Sees("10 of 10");
        story.Bob.InGroup.Sees("Invitation to DocSpace · used up");
        Assert.Equal(10, (await Linking.LedgerAsync(story)).Count(line => line.Contains("\"LinkTaken\"", StringComparison.Ordinal)));
    }

    private static List<string> Crowd(Story story, int size) =>
        [.. Enumerable.Range(1, size).Select(number => story.Teams.AddPerson($"p{number}").Name)];
}
