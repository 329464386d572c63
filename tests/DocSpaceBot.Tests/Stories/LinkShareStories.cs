using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>A link is shared as a card with a button, and not as a link.</summary>
public sealed class LinkShareStories
{
    private const string GetIt = "Get my invitation";

    [Theory, OnSqlite, OnPostgres]
    public async Task Where_there_are_several_places_whoever_shares_chooses_one(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync("/link user --uses 5");

        await story.Alice.PressesAsync("Share");
        story.Alice.SeesOnCard("Share it in");
        story.Alice.SeesOnCard("DocSpace group");
        await story.Alice.FillsInAsync("Share here", ("place", TeamsDirectory.GroupId));

        story.Alice.Sees("Shared in");
        var card = Assert.Single(story.Bob.InGroup.Messages, message => message.Shows("Join DocSpace"));
        Assert.True(card.Shows("5 of 5"));
        Assert.Contains(GetIt, CardReader.Buttons(card.Card!.Value).Select(button => button.Title));
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Where_there_is_only_one_it_goes_there_at_once()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        await story.DoneAsync(story.Teams.InstallAsync("alice", Place.Personal));
        await story.DoneAsync(story.Teams.InstallAsync("alice", Place.Group));
        await story.SettleAsync();
        await story.Alice.SaysAsync("/link user");

        var result = await story.Alice.PressesAsync("Share");

        story.Bob.InGroup.Sees("Join DocSpace");
        Assert.Contains("Shared. A card with a button goes there", result.Answer!.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_none_it_says_what_to_do()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        await story.DoneAsync(story.Teams.InstallAsync("alice", Place.Personal));
        await story.SettleAsync();
        await story.Alice.SaysAsync("/link user");

        await story.Alice.PressesAsync("Share");

        story.Alice.Sees("I know of no channel or group chat that we are both in.");
    }

    [Fact]
    public async Task In_a_team_the_card_begins_a_thread_and_is_edited_there()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var id = Linking.IdIn(story.Alice);

        await Linking.PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GeneralId));
        var general = story.Bob with { Where = Place.General };
        var card = Assert.Single(general.Messages, message => message.Shows("Join DocSpace"));
        await general.PressesAsync(GetIt);

        Assert.Contains(";messageid=", card.ConversationId, StringComparison.Ordinal);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        (story.Max with { Where = Place.General }).Sees("9 of 10");
        await story.Alice.PressesAsync("Stop");
        (story.Max with { Where = Place.General }).Sees("Invitation to DocSpace · stopped");
        Assert.Single(general.Messages, message => message.Shows("Reference"));
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task From_the_list_in_a_channel_it_is_shared_there()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        await story.Alice.InChannel.SaysAsync("/links");

        await story.Alice.InChannel.PressesAsync("Share here");

        story.Bob.InChannel.Sees("Join DocSpace");
        await story.Bob.InChannel.PressesAsync(GetIt);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task In_one_place_it_is_shared_once()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);

        var answer = await Linking.PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GroupId));

        Assert.Contains("It is shared there already.", Linking.WordsOf(answer), StringComparison.Ordinal);
        Assert.Single(story.Bob.InGroup.Messages, message => message.Shows("Join DocSpace"));
    }

    [Fact]
    public async Task Into_a_conversation_that_the_person_is_not_in_nothing_is_shared()
    {
        await using var story = await Story.StartAsync();
        story.Teams.AddPerson("eve", joinsPlaces: false);
        await story.DoneAsync(story.Teams.InstallAsync("eve", Place.Personal));
        await story.SettleAsync();
        var eve = new Speaker(story, "eve");
        await eve.SaysAsync("/link user");
        var id = Linking.IdIn(eve);

        foreach (
            var place in (string[])
                [TeamsDirectory.GroupId, TeamsDirectory.ChannelId, story.Teams["bob"].ChatId, story.Teams["eve"].ChatId, "19:nowhere", ""]
        )
        {
            var answer = await Linking.PressAsync(story, "eve", "link/share", id, ("view", "link"), ("place", place));
            Assert.Contains("Nothing was shared:", Linking.WordsOf(answer), StringComparison.Ordinal);
        }

        await eve.PressesAsync("Share");
        eve.Sees("I know of no channel or group chat that we are both in.");
        eve.SeesNo("DocSpace group");
        story.Bob.InGroup.SeesNo("Join DocSpace");
        Linking.OnlyWith(story, "eve");
    }

    [Fact]
    public async Task Into_a_conversation_of_another_tenant_nothing_is_shared()
    {
        await using var story = await Story.StartAsync(Linking.TwoTenants);
        var gus = new Speaker(story, "gus");
        await gus.SaysAsync("/link user");
        var id = Linking.IdIn(gus);

        await gus.PressesAsync("Share");
        gus.Sees("I know of no channel or group chat that we are both in.");
        var answer = await Linking.PressAsync(story, "gus", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GroupId));

        Assert.Contains("Nothing was shared:", Linking.WordsOf(answer), StringComparison.Ordinal);
        story.Bob.InGroup.SeesNo("Join DocSpace");
        Linking.OnlyWith(story, "gus");
    }

    [Fact]
    public async Task A_place_that_has_thrown_the_bot_out_does_not_hold_up_the_others()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        await Linking.PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GeneralId));
        await story.DoneAsync(story.Teams.UninstallAsync("alice", Place.Group));

        await story.Alice.PressesAsync("Stop");

        (story.Bob with { Where = Place.General }).Sees("Invitation to DocSpace · stopped");
        story.Alice.SeesOnCard("Invitation link · stopped");
    }

    [Fact]
    public async Task A_stranger_can_neither_share_nor_renew_nor_stop_it_wherever_they_press()
    {
        await using var story = await Story.StartAsync(Linking.TwoTenants);
        var id = await Linking.ShareInGroupAsync(story);
        var url = Linking.UrlIn(story.Alice);

        foreach (var verb in (string[])["link/share", "link/renew", "link/revoke"])
        {
            foreach (var view in (string[])["link", "join", "links", ""])
            {
                foreach (var place in (string?[])[null, TeamsDirectory.GroupId])
                {
                    var answer = await Linking.PressAsync(
                        story,
                        "bob",
                        verb,
                        id,
                        place,
                        ("view", view),
                        ("place", TeamsDirectory.GeneralId)
                    );
                    Assert.False(Linking.HasLink(answer.Body?.GetRawText() ?? ""), $"{verb} {view} {place}");
                }
            }

            var other = await Linking.PressAsync(story, "gus", verb, id, ("view", "join"));
            Assert.Equal("This link is no longer known. Type /link to ask for a new one.", Forged.ErrorIn(other));
        }

        Assert.Equal(url, Linking.UrlIn(story.Alice));
        Assert.True(await Linking.WorksAsync(story, url));
        story.Bob.InGroup.Sees("Join DocSpace");
        Linking.OnlyWith(story, "alice");
    }

    [Theory]
    [InlineData("link/share")]
    [InlineData("link/take")]
    [InlineData("link/renew")]
    [InlineData("link/revoke")]
    [InlineData("card/refresh")]
    public async Task A_link_that_there_never_was_is_not_known(string verb)
    {
        await using var story = await Story.StartAsync();

        foreach (var id in (string[])["1", "019a0000-0000-7000-8000-0000000000aa", "' or 1=1 --"])
        {
            var answer = await Linking.PressAsync(story, "alice", verb, id, ("view", "join"));
            Assert.Contains("Type /link", Linking.WordsOf(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Instead_of_a_link_that_somebody_pasted_one_is_asked_for_and_shared_there()
    {
        await using var story = await Story.StartAsync();

        var answer = await Linking.PressAsync(story, "bob", "link/share", "new", TeamsDirectory.GroupId, ("role", "user"));
        var elsewhere = await Linking.PressAsync(story, "bob", "link/share", "new", ("role", "user"));

        Assert.StartsWith(
            "I ask DocSpace for a link and put a card with a button here.",
            Linking.WordsOf(answer),
            StringComparison.Ordinal
        );
        Assert.StartsWith("Nothing was shared: you are not in that conversation", Linking.WordsOf(elsewhere), StringComparison.Ordinal);
        await story.Max.InGroup.PressesAsync(GetIt);
        Assert.Equal(Linking.UrlIn(story.Bob), Linking.UrlIn(story.Max));
        Linking.OnlyWith(story, "bob", "max");
    }

    [Fact]
    public async Task Where_somebody_has_to_agree_nothing_is_shared_before()
    {
        await using var story = await Story.StartAsync(Asked.Managers);

        await Linking.PressAsync(story, "bob", "link/share", "new", TeamsDirectory.GroupId, ("role", "docspaceadmin"));
        story.Max.InGroup.SeesNo("Join DocSpace");
        await story.Dana.PressesAsync("Approve invitation link");

        story.Max.InGroup.Sees("Join DocSpace");
        Linking.OnlyWith(story, "bob");
    }

    [Fact]
    public async Task Once_it_is_over_it_cannot_be_shared()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --expires 1h");
        var id = Linking.IdIn(story.Alice);
        await story.PassAsync(TimeSpan.FromHours(2), parts: 2);

        var answer = await Linking.PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GroupId));

        Assert.Contains("Nothing was shared: the link is expired.", Linking.WordsOf(answer), StringComparison.Ordinal);
        story.Bob.InGroup.SeesNo("DocSpace ·");
    }

    [Fact]
    public async Task Whoever_shared_it_and_operators_can_stop_it_on_the_card_and_nobody_else()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story);

        Assert.Contains("Stop", Buttons("alice"));
        Assert.Contains("Stop", Buttons("olga"));
        Assert.DoesNotContain("Stop", Buttons("bob"));
        Assert.DoesNotContain("Stop", Buttons("dana"));
        await story.Olga.InGroup.PressesAsync("Stop");

        story.Bob.InGroup.Sees("Olga Orlova stopped it");
        story.Alice.SeesOnCard("Olga Orlova stopped it");
        Linking.WithNobody(story);

        IEnumerable<string> Buttons(string who) =>
            (new Speaker(story, who, Place.Group))
                .Messages.Where(message => message.Card is not null)
                .SelectMany(message => CardReader.Buttons(message.Card!.Value))
                .Select(button => button.Title);
    }

    [Fact]
    public async Task Stopping_edits_every_copy()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        await Linking.PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GeneralId));
        await story.Bob.InGroup.PressesAsync(GetIt);
        await story.Max.InGroup.PressesAsync(GetIt);
        var url = Linking.UrlIn(story.Bob);

        await story.Alice.PressesAsync("Stop");

        story.Alice.SeesOnCard("Invitation link · stopped");
        story.Dana.InGroup.Sees("Invitation to DocSpace · stopped");
        (story.Dana with { Where = Place.General }).Sees("Invitation to DocSpace · stopped");
        story.Bob.Sees("Your invitation to DocSpace · stopped");
        story.Max.Sees("Your invitation to DocSpace · stopped");
        Assert.False(await Linking.WorksAsync(story, url));
        Linking.WithNobody(story);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_new_link_goes_to_everybody_who_had_the_old_one_which_is_dead(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await Linking.ShareInGroupAsync(story);
        await story.Bob.InGroup.PressesAsync(GetIt);
        var old = Linking.UrlIn(story.Bob);

        await story.Alice.PressesAsync("New link");

        var url = Linking.UrlIn(story.Alice);
        Assert.NotEqual(old, url);
        Assert.Equal(url, Linking.UrlIn(story.Bob));
        Assert.False(await Linking.WorksAsync(story, old));
        Assert.True(await Linking.WorksAsync(story, url));
        story.Alice.SeesOnCard("This is a new link");
        story.Dana.InGroup.Sees("9 of 10");
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task A_second_click_makes_no_third_link()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");

        await story.Alice.PressesAsync("New link", new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });
        await story.Alice.PressesAsync("New link");

        Assert.Equal(2, story.CallsTo("portal/users/invitationlink", "POST"));
    }

    [Fact]
    public async Task Ones_own_open_links_are_listed_and_can_be_stopped_there()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/links");
        story.Alice.Sees("You have no open link. /link asks for one");
        await story.Alice.SaysAsync("/link user");
        await story.Bob.SaysAsync("/link guest");

        await story.Alice.SaysAsync("/links");
        story.Alice.Sees("1 open link");
        story.Alice.SeesNo("Guest");
        var list = story.Alice.Messages[^1];
        await story.Alice.PressesAsync("Stop");

        Assert.Contains(
            "No link is open any more.",
            Speaker.TextOf(story.Alice.Messages.Single(message => message.Id == list.Id)),
            StringComparison.Ordinal
        );
        story.Alice.Sees("Invitation link · stopped");
    }

    [Fact]
    public async Task Operators_see_everybodys_in_their_personal_chat_only()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        await story.Bob.SaysAsync("/link guest");

        await story.Olga.SaysAsync("/links");
        story.Olga.Sees("2 open links");
        story.Olga.Sees("User · Alice Anders");
        await story.Olga.InChannel.SaysAsync("/links");
        story.Olga.InChannel.Sees("You have no open link.");
        await story.Max.SaysAsync("/links");
        story.Max.Sees("You have no open link.");

        await story.Olga.PressesAsync("Stop");
        story.Olga.Sees("1 open link");
        Assert.Single(new[] { story.Alice, story.Bob }, owner => owner.Messages.Any(message => message.Shows("Olga Orlova stopped it")));
    }
}
