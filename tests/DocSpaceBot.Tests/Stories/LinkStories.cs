using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Somebody asks for an invitation link: by the same rules as for people, and only they get to see it.</summary>
public sealed class LinkStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Who_may_has_the_link_at_once_in_the_personal_chat(string storage)
    {
        await using var story = await Story.StartAsync(storage);

        await story.Alice.SaysAsync("/link user --expires 3d --uses 5 --reason \"Audit 2026\"");

        story.Alice.SeesOnCard("Invitation link · ready");
        story.Alice.SeesOnCard("0 of 5");
        story.Alice.SeesOnCard("Audit 2026");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Once_approved_it_is_made_and_only_whoever_asked_sees_it()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/link roomadmin --uses 3 --reason Audit");
        story.Alice.SeesOnCard("Invitation link · waiting for approval");
        story.Dana.Sees("Approve this invitation link?");
        story.Dana.Sees("for 3 people, 7 days long");
        Assert.Null(await Linking.ManagedAsync(story, "RoomAdmin"));

        await story.Dana.PressesAsync("Approve invitation link");

        story.Alice.SeesOnCard("Invitation link · ready");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
        story.Dana.Sees("Invitation link · ready");
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Denied_there_is_none()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/link user");

        await story.Dana.FillsInAsync("Deny invitation link", ("reason", "By mail, please"));

        story.Alice.SeesOnCard("Invitation link · denied");
        story.Alice.Sees("By mail, please");
        Assert.Null(await Linking.ManagedAsync(story));
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task By_number_it_can_be_decided_too()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/link user");
        await story.Dana.SaysAsync("/approvals");
        story.Dana.Sees("an invitation link");

        await story.Dana.SaysAsync("/approve 1");

        story.Alice.SeesOnCard("Invitation link · ready");
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Whom_nobody_answers_has_none_when_the_time_is_over()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/link user");

        await story.PassAsync(TimeSpan.FromDays(8));

        story.Alice.SeesOnCard("Invitation link · expired");
        Assert.Null(await Linking.ManagedAsync(story));
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Taken_back_before_anybody_decides_there_is_none()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/link user");

        await story.Alice.PressesAsync("Cancel request");

        story.Alice.SeesOnCard("Invitation link · cancelled");
        story.Dana.SeesNo("Approve invitation link");
        Assert.Null(await Linking.ManagedAsync(story));
    }

    [Fact]
    public async Task Undone_in_time_DocSpace_is_never_asked()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" } }
        );
        await story.Alice.SaysAsync("/link user");
        story.Alice.SeesOnCard("Invitation link · queued");

        await story.Alice.PressesAsync("Undo");
        await story.PassAsync(TimeSpan.FromMinutes(1), parts: 4);

        story.Alice.SeesOnCard("It was taken back. There is no link.");
        Assert.Equal(0, story.CallsTo("portal/users/invit"));
    }

    [Fact]
    public async Task Not_undone_it_is_made_when_the_time_for_that_is_over()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" } }
        );
        await story.Alice.SaysAsync("/link user");
        Assert.Equal(0, story.CallsTo("portal/users/invit"));

        await story.PassAsync(TimeSpan.FromSeconds(20), parts: 8);

        story.Alice.SeesOnCard("Invitation link · ready");
    }

    [Theory]
    [InlineData(nameof(Place.Channel))]
    [InlineData(nameof(Place.Group))]
    public async Task Asked_for_where_others_read_along_it_is_shown_in_the_personal_chat(string place)
    {
        await using var story = await Story.StartAsync();
        var there = story.Alice with { Where = Enum.Parse<Place>(place) };

        await there.SaysAsync("/link user");

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
        there.Sees("Invitation link · ready");
        there.Sees("The link itself is only shown to Alice Anders, in the personal chat with me.");
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Asked_for_in_a_channel_a_view_of_ones_own_there_does_not_hold_it_either()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.InChannel.SaysAsync("/link user");
        var thread = story.Alice.InChannel.Messages[^1].ConversationId;

        foreach (var who in (string[])["alice", "bob"])
        {
            var answer = await Linking.PressAsync(story, who, "card/refresh", Linking.IdIn(story.Alice), thread, ("view", "link"));
            Assert.False(Linking.HasLink(answer.Body?.GetRawText() ?? ""));
        }

        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task Nobody_gets_the_card_of_another_by_its_number()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var id = Linking.IdIn(story.Alice);

        foreach (var who in (string[])["bob", "dana", "gus"])
        {
            foreach (var view in (string[])["link", "join", "links", ""])
            {
                var answer = await Linking.PressAsync(story, who, "card/refresh", id, ("view", view));
                Assert.False(Linking.HasLink(answer.Body?.GetRawText() ?? ""), $"{who} {view}");
            }
        }
    }

    [Theory]
    [InlineData(nameof(Delivery.Twice))]
    [InlineData(nameof(Delivery.TwiceAtOnceWithNewIds))]
    public async Task The_same_message_twice_makes_one_link(string delivery)
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync(
            "/link user",
            new SayOptions { Delivery = (Delivery)typeof(Delivery).GetField(delivery)!.GetValue(null)! }
        );

        Assert.Single(story.Alice.Cards);
        Assert.Equal(1, story.CallsTo("portal/users/invitationlink", "POST"));
    }

    [Fact]
    public async Task The_same_words_within_a_minute_mean_the_same_link_and_others_another()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");

        await story.Alice.SaysAsync("/link user");
        story.Alice.Sees("You have asked for this link already");
        Assert.Single(story.Alice.Cards);

        await story.Alice.SaysAsync("/link user --uses 3");
        await story.Bob.SaysAsync("/link user");
        await story.PassAsync(TimeSpan.FromMinutes(2), parts: 1);
        await story.Alice.SaysAsync("/link user");

        Assert.Equal(3, story.Alice.Cards.Count);
        Assert.Single(story.Bob.Cards);
    }

    [Fact]
    public async Task After_it_was_stopped_the_same_words_mean_a_new_one()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        await story.Alice.PressesAsync("Stop");

        await story.Alice.SaysAsync("/link user");

        story.Alice.SeesNo("You have asked for this link already");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
    }

    [Fact]
    public async Task What_is_typed_wrong_is_said_and_nothing_is_made()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/link emperor");

        story.Alice.Sees("No link was made: there is no role “emperor”.");
        Assert.Equal(0, story.CallsTo("portal/users/invit"));
    }

    [Theory]
    [InlineData("When:Roles:0", "User", "The rule “no” does not allow this link, so there is none.")]
    [InlineData("When:MoreThan", "9", "The rule “no” does not allow this link, so there is none.")]
    [InlineData("When:Requesters:0", "*@example.com", "The rule “no” does not allow this link, so there is none.")]
    [InlineData("When:Domains:0", "evil.example", "A link needs somebody's approval, and nobody is set up who could give it.")]
    public async Task What_the_rules_forbid_is_not_made_and_is_told_in_the_ledger(string setting, string value, string words)
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Rules:0:Name"] = "no",
                    ["Policy:Rules:0:Then"] = "Deny",
                    [$"Policy:Rules:0:{setting}"] = value,
                },
            }
        );

        await story.Alice.SaysAsync("/link user");

        story.Alice.Sees(words);
        Assert.Equal(0, story.CallsTo("portal/users/invit"));
        Assert.Single(await Linking.LedgerAsync(story), line => line.Contains("\"NotAllowed\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_rules_forbid_a_domain_somebody_decides()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Rules:0:Name"] = "no evil",
                    ["Policy:Rules:0:When:Domains:0"] = "evil.example",
                    ["Policy:Rules:0:Then"] = "Deny",
                    ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
                },
            }
        );

        await story.Alice.SaysAsync("/link user");
        Linking.WithNobody(story);
        await story.Dana.PressesAsync("Approve invitation link");

        story.Alice.SeesOnCard("Invitation link · ready");
    }

    [Fact]
    public async Task The_ledger_tells_the_whole_life_of_a_link_without_the_link()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story, "/link user --reason Audit");
        await story.Bob.InGroup.PressesAsync("Get my invitation");
        await story.Alice.PressesAsync("New link");
        await story.Alice.PressesAsync("Stop");

        var ledger = await Linking.LedgerAsync(story);

        string[] kinds =
        [
            "\"Asked\"",
            "\"LinkMade\"",
            "\"LinkShared\"",
            "\"LinkTaken\"",
            "\"LinkRenewed\"",
            "\"LinkStopped\"",
            "\"LinkRevoked\"",
        ];
        var found = ledger.Where(line => line.Contains(id, StringComparison.Ordinal)).ToList();
        Assert.Equal(
            kinds,
            kinds
                .Where(kind => found.Exists(line => line.Contains(kind, StringComparison.Ordinal)))
                .DefaultIfEmpty(string.Join('\n', found))
        );
        Assert.Contains(
            found,
            line => line.Contains("\"LinkTaken\"", StringComparison.Ordinal) && line.Contains("Bob Brandt", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(ledger, Linking.HasLink);
        await story.Olga.SaysAsync("/audit verify");
        story.Olga.Sees("in order");
    }
}
