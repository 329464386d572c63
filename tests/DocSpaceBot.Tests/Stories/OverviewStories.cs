using System.Globalization;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>People ask where things stand: /mine, /pending and /status.</summary>
public sealed class OverviewStories
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Mine_lists_what_somebody_asked_for_the_newest_first(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync("/invite carol@example.com --role roomadmin");
        await story.Alice.SaysAsync("/invite dave@example.com erin@example.com");
        await story.Alice.SaysAsync("/link user");
        await story.Bob.SaysAsync("/invite frank@example.com");
        await story.JoinsAsync("dave@example.com");

        await story.Alice.SaysAsync("/mine");

        var list = Newest(story.Alice);
        Assert.True(list.IndexOf("Invitation link · User", StringComparison.Ordinal) < list.IndexOf("2 people", StringComparison.Ordinal));
        Assert.True(list.IndexOf("2 people", StringComparison.Ordinal) < list.IndexOf("carol@example.com", StringComparison.Ordinal));
        Assert.Contains("Open", list, StringComparison.Ordinal);
        Assert.Contains("Invited 1 · Joined 1", list, StringComparison.Ordinal);
        Assert.Contains("Room admin · asked", list, StringComparison.Ordinal);
        Assert.DoesNotContain("frank", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_asked_for_nothing_is_told_how_to()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("mine");
        story.Alice.Sees("You have not asked for anybody yet.");
        await story.Alice.SaysAsync("/pending");
        story.Alice.Sees("Nothing that you asked for is open.");
        await story.Alice.SaysAsync("/status");
        story.Alice.Sees("nothing");
    }

    [Fact]
    public async Task Pages_are_turned_with_buttons_and_show_what_is_there_by_then()
    {
        await using var story = await Story.StartAsync();
        await AskForAsync(story.Alice, 20);
        await story.Alice.SaysAsync("/mine");
        Assert.Contains("p19@example.com", Newest(story.Alice), StringComparison.Ordinal);
        Assert.Equal(["Older"], Turning(story.Alice));

        await story.Alice.PressesAsync("Older");

        Assert.Contains("p11@example.com", Newest(story.Alice), StringComparison.Ordinal);
        Assert.DoesNotContain("p12@example.com", Newest(story.Alice), StringComparison.Ordinal);
        Assert.Contains("Page 2", Newest(story.Alice), StringComparison.Ordinal);
        Assert.Equal(["Newer", "Older"], Turning(story.Alice));

        await story.Alice.PressesAsync("Older");

        Assert.Contains("p0@example.com", Newest(story.Alice), StringComparison.Ordinal);
        Assert.Equal(["Newer"], Turning(story.Alice));

        await story.Alice.PressesAsync("Newer");
        Assert.Contains("p11@example.com", Newest(story.Alice), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Pending_lists_what_is_not_finished_the_oldest_first_with_what_it_waits_for(string storage)
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Storage = storage,
                Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
                {
                    ["Policy:Rules:0:Name"] = "admins",
                    ["Policy:Rules:0:When:Roles:0"] = "RoomAdmin",
                    ["Policy:Rules:0:Then"] = "Ask",
                    ["Policy:Rules:0:Approvers:0"] = "managers",
                    ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
                },
            }
        );
        await story.Alice.SaysAsync("/invite carol@example.com dave@example.com");
        await story.Alice.SaysAsync("/invite erin@example.com --role roomadmin");
        await story.Alice.SaysAsync("/link user --uses 3");
        await story.JoinsAsync("dave@example.com");
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync("/invite frank@example.com");

        await story.Alice.SaysAsync("/pending");

        var list = Newest(story.Alice);
        string[] order =
        [
            "carol@example.com",
            "not joined yet",
            "erin@example.com",
            "unless somebody decides",
            "0 of 3 handed out",
            "frank@example.com",
            "cannot be reached",
        ];
        Assert.Equal(order, order.OrderBy(words => list.IndexOf(words, StringComparison.Ordinal)));
        Assert.All(order, words => Assert.Contains(words, list, StringComparison.Ordinal));
        Assert.DoesNotContain("dave", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_not_confirmed_is_mentioned()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", "carol@example.com\ndave@example.com\n");

        await story.Alice.SaysAsync("/pending");
        story.Alice.Sees("1 list waits for you to confirm it.");
        await story.Alice.SaysAsync("/status carol@example.com");
        story.Alice.Sees("carol@example.com is on a list of yours that is not confirmed yet. Nothing has been sent.");
    }

    [Fact]
    public async Task Only_an_operator_sees_everybodys_and_only_in_the_personal_chat()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");
        await story.Bob.SaysAsync("/invite dave@example.com");

        await story.Olga.SaysAsync("/pending all");
        story.Olga.Sees("carol@example.com");
        story.Olga.Sees("asked by Alice Anders");
        story.Olga.Sees("dave@example.com");

        await story.Alice.SaysAsync("/pending all");
        story.Alice.Sees("/pending all is for the operators of this bot. Nothing was looked up.");
        await story.Olga.InGroup.SaysAsync("/pending all");
        story.Olga.InGroup.Sees("works in our personal chat only");
        await story.Alice.InGroup.SaysAsync("/pending all");
        story.Alice.InGroup.SeesNo("operators of this bot");
        story.Olga.InGroup.SeesNo("dave@example.com");
        await story.Olga.SaysAsync("/pending");
        story.Olga.Sees("Nothing that you asked for is open.");
    }

    [Fact]
    public async Task Who_is_no_operator_any_more_cannot_turn_the_page_of_everybodys()
    {
        await using var story = await Story.StartAsync();
        await AskForAsync(story.Alice, 10);
        await story.Olga.SaysAsync("/pending all");
        await story.RestartBotAsync(("Operators:0", "max@example.com"));

        var pressed = await story.Olga.PressesAsync("Newer");

        Assert.Contains("is for the operators of this bot", pressed.Notice, StringComparison.Ordinal);
        Assert.DoesNotContain("p9@example.com", Newest(story.Olga), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Place.Group))]
    [InlineData(nameof(Place.Channel))]
    public async Task Where_others_read_along_only_what_was_asked_for_there_is_shown(string place)
    {
        await using var story = await Story.StartAsync();
        var there = story.Alice with { Where = Enum.Parse<Place>(place) };
        await story.Alice.SaysAsync("/invite secret@example.com");
        await there.SaysAsync("/invite carol@example.com");
        await (story.Bob with { Where = there.Where }).SaysAsync("/invite bobs@example.com");

        foreach (var typed in new[] { "/mine", "/pending", "/status", "/status carol@example.com secret@example.com bobs@example.com" })
        {
            await there.SaysAsync(typed);

            there.Sees("Ask me in our personal chat for the rest.");
        }

        there.SeesNo("Invited 2");
        there.Sees("I know of no request of yours for secret@example.com from this conversation.");
        there.Sees("I know of no request of yours for bobs@example.com from this conversation.");
        Assert.DoesNotContain(
            there.Messages.Where(message => message.Shows("What you have asked for here") || message.Shows("What is not finished here")),
            message => message.Shows("secret") || message.Shows("bobs@")
        );
        Assert.Contains(there.Messages, message => message.Shows("What is not finished here") && message.Shows("carol@example.com"));

        await story.Alice.SaysAsync("/mine");
        Assert.Contains("secret@example.com", Newest(story.Alice), StringComparison.Ordinal);
        Assert.Contains("carol@example.com", Newest(story.Alice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_who_turns_somebodys_page_is_told_whose_it_is_and_sees_nothing()
    {
        await using var story = await Story.StartAsync();
        await AskForAsync(story.Alice.InGroup, 10);
        await story.Alice.InGroup.SaysAsync("/mine");

        var pressed = await story.Bob.InGroup.PressesAsync("Older");

        Assert.Equal("This list belongs to whoever asked for it. Type /mine for your own.", pressed.Notice);
        await story.Alice.InGroup.PressesAsync("Older");
        Assert.Contains("p0@example.com", Newest(story.Alice.InGroup), StringComparison.Ordinal);
        Assert.DoesNotContain("p0@example.com", Newest(story.Bob.InGroup), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mine", "0", "The list of whoever presses")]
    [InlineData("mine", "7", "There is nothing on this page any more.")]
    [InlineData("mine", "-1", "This page cannot be shown. Type /mine to see the list anew.")]
    [InlineData("mine", "250", "This page cannot be shown.")]
    [InlineData("mine", "99999999999999999999", "This page cannot be shown.")]
    [InlineData("pending", "' or 1=1 --", "This page cannot be shown. Type /pending to see the list anew.")]
    [InlineData("pending", null, "This page cannot be shown.")]
    [InlineData("everything", "0", "This page cannot be shown. Type /mine")]
    [InlineData("all", "0", "/pending all is for the operators of this bot.")]
    public async Task Forged_pages_show_nobody_anything_of_others(string kind, string? row, string words)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");
        (string, string)[] entered = row is null ? [] : [("row", row)];

        var own = await Linking.PressAsync(story, "bob", "overview/page", $"{kind}:{story.Teams["bob"].AadObjectId}", entered);
        var alices = await Linking.PressAsync(story, "bob", "overview/page", $"{kind}:{story.Teams["alice"].AadObjectId}", entered);

        Assert.Contains(
            words == "The list of whoever presses" ? "You have not asked for anybody yet." : words,
            Linking.WordsOf(own),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("carol", Linking.WordsOf(own) + Linking.WordsOf(alices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_counts_what_is_open_and_what_ended_lately()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite old@example.com");
        await story.JoinsAsync("old@example.com");
        await story.PassAsync(TimeSpan.FromDays(8));
        await story.Alice.SaysAsync("/invite carol@example.com dave@example.com");
        await story.JoinsAsync("dave@example.com");
        await story.Alice.SaysAsync("/link user");
        await story.Bob.SaysAsync("/invite erin@example.com");

        await story.Alice.SaysAsync("/status");

        var card = Newest(story.Alice);
        Assert.Contains("Invited 1 · 1 open link", card, StringComparison.Ordinal);
        Assert.Contains("Joined 1 · Link ready 1", card, StringComparison.Ordinal);
        Assert.DoesNotContain("Everybody's", card, StringComparison.Ordinal);

        await story.Olga.SaysAsync("/status");

        card = Newest(story.Olga);
        Assert.Contains("Everybody's", card, StringComparison.Ordinal);
        Assert.Contains("Invited 2 · 1 open link", card, StringComparison.Ordinal);
        Assert.Contains("Asked who has joined", card, StringComparison.Ordinal);
        Assert.Contains("{{TIME(2026-11-28T", card, StringComparison.Ordinal);
        Assert.Contains("no event in the last 7 days", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_that_arrive_are_seen_in_the_status()
    {
        await using var story = await Story.StartAsync();
        await story.TamperAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"insert into portal_events (webhook_id, event_id, seen_at) values (1, 1, {Story.Start.ToUnixTimeMilliseconds()})"
            )
        );

        await story.Olga.SaysAsync("/status");

        story.Olga.Sees("last event {{DATE(2026-11-20T09:00:00Z,SHORT)}}");
    }

    [Fact]
    public async Task Status_of_an_address_tells_the_steps_that_were_taken()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/invite carol@example.com");
        await story.Dana.PressesAsync("Approve invitation");
        await story.PassAsync(TimeSpan.FromMinutes(1), parts: 1);
        await story.JoinsAsync("carol@example.com");

        await story.Alice.SaysAsync("/status Carol Carter <carol@example.com>");

        var card = Newest(story.Alice);
        string[] steps = ["Requested", "by Alice Anders", "Approved", "· Dana", "Accepted by DocSpace", "Joined"];
        Assert.All(steps, step => Assert.Contains(step, card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_requests_for_an_address_the_newest_is_shown_and_the_others_are_counted()
    {
        await using var story = await Story.StartAsync(Asked.Managers);

        for (var i = 0; i < 3; i++)
        {
            await story.Alice.SaysAsync("/invite carol@example.com");
            await story.Alice.SaysAsync("/cancel carol@example.com");
            await story.PassAsync(TimeSpan.FromMinutes(5), parts: 1);
        }

        await story.Alice.SaysAsync("/status carol@example.com");

        story.Alice.Sees("There are 2 older requests for this address.");
    }

    [Fact]
    public async Task Nobody_learns_of_requests_of_others_but_an_operator_in_the_personal_chat()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");

        await story.Bob.SaysAsync("/status carol@example.com");
        story.Bob.Sees("I know of no request of yours for carol@example.com.");
        story.Bob.SeesNo("Invited");

        await story.Olga.SaysAsync("/status carol@example.com nobody@example.com");
        story.Olga.Sees("by Alice Anders");
        story.Olga.Sees("I know of no request for nobody@example.com.");
        await story.Olga.InGroup.SaysAsync("/status carol@example.com");
        story.Olga.InGroup.SeesNo("Alice Anders");
    }

    [Theory]
    [InlineData("/status hello", "Nothing was looked up: “hello” is not an e-mail address.")]
    [InlineData("/status carol@", "is not an e-mail address")]
    [InlineData("/status --all", "/status has no option “--all”. Type it like this: /status alice@example.com")]
    [InlineData("/status a@b.example c@b.example d@b.example e@b.example f@b.example g@b.example", "6 addresses are more than the 5")]
    [InlineData("/mine carol@example.com", "/mine takes nothing behind it.")]
    [InlineData("/pending tomorrow", "/pending shows what is not finished of what you asked for.")]
    public async Task What_cannot_be_answered_is_explained(string typed, string words)
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync(typed);

        story.Alice.Sees(words);
    }

    [Theory]
    [InlineData(nameof(Place.Group), "context=%7B%22contextType%22%3A%22chat%22%7D")]
    [InlineData(nameof(Place.Channel), "parentMessageId=")]
    public async Task What_was_asked_for_in_a_group_or_channel_has_a_link_to_its_card(string place, string part)
    {
        await using var story = await Story.StartAsync();
        var there = story.Alice with { Where = Enum.Parse<Place>(place) };
        await there.SaysAsync("/invite carol@example.com");
        var card = Assert.Single(there.Cards);

        await story.Alice.SaysAsync("/mine");

        var json = story.Alice.Messages[^1].Card!.Value.GetRawText();
        Assert.Contains($"https://teams.microsoft.com/l/message/19%3A", json, StringComparison.Ordinal);
        Assert.Contains($"/{card.Id}?tenantId=", json, StringComparison.Ordinal);
        Assert.Contains(part, json, StringComparison.Ordinal);
        Assert.DoesNotContain("Show card", Newest(story.Alice), StringComparison.Ordinal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task In_the_personal_chat_the_card_comes_down_as_the_newest_message_and_is_the_one_that_is_edited(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync("/invite carol@example.com");
        var old = Assert.Single(story.Alice.Cards).Id;
        await story.Alice.SaysAsync("/mine");

        var pressed = await story.Alice.PressesAsync("Show card", new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });

        Assert.Equal("The card comes as the newest message of our chat.", pressed.Notice);
        var card = Assert.Single(story.Alice.Cards);
        Assert.NotEqual(old, card.Id);
        Assert.Equal(card.Id, story.Alice.Messages[^1].Id);
        story.Alice.Sees("This card is shown again further down.");
        await story.JoinsAsync("carol@example.com");
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task A_step_that_comes_late_does_not_move_the_card_that_it_has_brought_down()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");
        var old = Assert.Single(story.Alice.Cards).Id;
        await story.Alice.SaysAsync("/mine");
        var request = IdOn(story.Alice);
        await story.Alice.PressesAsync("Show card");
        var brought = Assert.Single(story.Alice.Cards).Id;

        await story.TamperAsync(
            $"insert into steps (kind, subject, payload, due_at, attempts, revision, leased_until) values ('move-card', '{request}', '{old}', 0, 0, 1, 0)"
        );
        await story.RestartBotAsync();

        Assert.Equal(brought, Assert.Single(story.Alice.Cards).Id);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Whoever_draws_the_card_at_that_moment_is_waited_for(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync("/invite carol@example.com");
        var old = Assert.Single(story.Alice.Cards).Id;
        await story.Alice.SaysAsync("/mine");
        await story.TamperAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into steps (kind, subject, due_at, attempts, revision, leased_until, owner)
                values ('show-card', '{IdOn(story.Alice)}', 0, 1, 1, {(
                    Story.Start + TimeSpan.FromSeconds(30)
                ).ToUnixTimeMilliseconds()}, 'another')
                """
            )
        );

        await story.Alice.PressesAsync("Show card");
        Assert.Empty(story.Alice.Cards);
        await story.PassAsync(TimeSpan.FromMinutes(1));

        Assert.NotEqual(old, Assert.Single(story.Alice.Cards).Id);
    }

    [Fact]
    public async Task A_client_that_shows_no_answers_gets_the_page_as_a_message()
    {
        await using var story = await Story.StartAsync();
        story.Teams.ChangePerson("alice", alice => alice with { HasOldClient = true });
        await AskForAsync(story.Alice, 9);
        await story.Alice.SaysAsync("/mine");

        await story.Alice.PressesAsync("Older");

        Assert.Contains("Page 2", Newest(story.Alice), StringComparison.Ordinal);
        Assert.Contains("p0@example.com", Newest(story.Alice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_was_deleted_can_be_brought_back()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");
        await story.TamperAsync("update sent_cards set activity_id = null");
        await story.Alice.SaysAsync("/status carol@example.com");

        await story.Alice.PressesAsync("Show card");

        Assert.Equal(2, story.Alice.Cards.Count);
    }

    [Fact]
    public async Task Nobody_can_bring_down_cards_of_others()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");
        await story.Alice.InGroup.SaysAsync("/invite dave@example.com");
        await story.Alice.SaysAsync("/status carol@example.com");
        var carols = IdOn(story.Alice);
        await story.Alice.InGroup.SaysAsync("/cancel nobody@example.com");

        var strange = await Linking.PressAsync(story, "bob", "overview/show", carols);
        var elsewhere = await Linking.PressAsync(story, "alice", "overview/show", carols, TeamsDirectory.GroupId);
        var unknown = await Linking.PressAsync(story, "alice", "overview/show", "019a0000-0000-7000-8000-000000000000");

        Assert.Contains("I cannot find a request of yours for this.", Linking.WordsOf(strange), StringComparison.Ordinal);
        Assert.Contains("Your card stands in another conversation", Linking.WordsOf(elsewhere), StringComparison.Ordinal);
        Assert.Contains("I cannot find a request of yours for this.", Linking.WordsOf(unknown), StringComparison.Ordinal);
        story.Alice.SeesNo("shown again");
    }

    [Fact]
    public async Task A_German_reader_reads_German()
    {
        await using var story = await Story.StartAsync(new StorySetup { Teams = new TeamsSetup { Locale = "de-DE" } });
        await AskForAsync(story.Alice, 9);

        await story.Alice.SaysAsync("/mine");
        story.Alice.Sees("Was Sie angefragt haben");
        await story.Alice.PressesAsync("Ältere");
        story.Alice.Sees("Seite 2");
        await story.Alice.PressesAsync("Zeigen");
        story.Alice.Sees("Diese Karte steht jetzt weiter unten.");
        await story.Alice.SaysAsync("/pending");
        story.Alice.Sees("Was noch offen ist");
        await story.Alice.SaysAsync("/status");
        story.Alice.Sees("Jetzt offen");
        await story.Alice.SaysAsync("/status wer@example.com");
        story.Alice.Sees("Ich kenne keine Anfrage von Ihnen für wer@example.com.");
    }

    [Fact]
    public async Task Nothing_of_what_is_shown_is_logged()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.com");

        await story.Alice.SaysAsync("/mine");
        await story.Alice.SaysAsync("/status carol@example.com");
        await story.Alice.PressesAsync("Show card");
        await story.Olga.SaysAsync("/pending all");

        story.Log.HoldsNone("carol", "Alice Anders");
    }

    /// <summary>p0 to p(count-1), each by a request of its own, a second apart.</summary>
    private static async Task AskForAsync(Speaker speaker, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await speaker.SaysAsync($"/invite p{i}@example.com");
            await speaker.Story.PassAsync(TimeSpan.FromSeconds(1), parts: 1);
        }
    }

    private static string Newest(Speaker reader) => Speaker.TextOf(reader.Messages[^1]);

    private static IReadOnlyList<string> Turning(Speaker reader) =>
        [
            .. CardReader
                .Buttons(reader.Messages[^1].Card!.Value)
                .Where(button => button.Verb == "overview/page")
                .Select(button => button.Title),
        ];

    private static string IdOn(Speaker reader) =>
        CardReader
            .Buttons(reader.Messages[^1].Card!.Value)
            .First(button => button.Verb == "overview/show")
            .Action.GetProperty("data")
            .GetProperty("id")
            .GetString()!;
}
