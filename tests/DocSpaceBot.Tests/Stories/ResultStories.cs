using System.Text;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>The file with what became of everybody, which whoever sent a list or asked for many gets at the end.</summary>
public sealed class ResultStories
{
    private const string Mixed = """
        email,first name,last name,role
        bob@example.com,Bob,Brown,
        carol@example.org,,,roomadmin
        max@example.com,,,
        nobody,,,
        dave@example.org,,,guest
        """;

    private const string Name = "docspace-invitations-2026-11-20-";

    [Fact]
    public async Task Who_sent_a_list_gets_a_file_back_that_tells_of_every_line()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson("max@example.com");
        await story.Alice.SendsAsync("people.csv", Mixed);
        SeesNoOffer(story.Alice);

        await story.Alice.PressesAsync("Invite 2 people");

        story.Alice.Sees($"File offered: {Name}");
        story.Alice.Sees("What became of the 5 people you asked for");
        await story.Alice.PressesAsync("Accept");
        SeesNoOffer(story.Alice);
        story.Alice.Sees($"File: {Name}");
        var lines = story.Alice.Arrived;
        Assert.Equal("\"E-mail\",\"Name\",\"Role\",\"Status\",\"What happened\",\"Next action\"", lines[0]);
        Assert.StartsWith(
            "\"bob@example.com\",\"Bob Brown\",\"user\",\"Invited\",\"DocSpace created the account",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.Contains("(looked up 2026-11-20 09:0", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(
            "\"carol@example.org\",\"\",\"roomadmin\",\"Invited\",\"DocSpace accepted the invitation",
            lines[2],
            StringComparison.Ordinal
        );
        Assert.StartsWith("\"max@example.com\",\"\",\"user\",\"Already a member\",\"Left out.", lines[3], StringComparison.Ordinal);
        Assert.Equal(
            "\"nobody\",\"\",\"user\",\"Cannot be invited\",\"Left out. Line 5: “nobody” is not an e-mail address. Write it like alice@example.com.\",\"Correct the line and send it again.\"",
            lines[4]
        );
        Assert.StartsWith(
            "\"dave@example.org\",\"\",\"guest\",\"Not allowed\",\"Left out. Guests cannot be invited",
            lines[5],
            StringComparison.Ordinal
        );
        Assert.Equal(6, lines.Count);
    }

    [Fact]
    public async Task The_file_tells_of_the_time_when_it_is_taken()
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);
        await story.JoinsAsync("bob@example.com");

        await story.Alice.PressesAsync("Accept");

        Assert.Contains("\"Joined", story.Alice.Arrived[1], StringComparison.Ordinal);
        Assert.Contains("\"Active in DocSpace (looked up 2026-11-20 09:0", story.Alice.Arrived[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_failed_says_what_to_do_next()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { Seats = 1 } });
        await story.Alice.SendsAsync("people.csv", "email\nbob@example.com\n");
        story.Portal.Faults.FailNext(call => call.Method == "POST", PortalFault.Scope403, times: 100);

        await story.Alice.PressesAsync("Invite 1 person");
        await story.Alice.PressesAsync("Accept");

        Assert.Equal(
            "\"bob@example.com\",\"\",\"user\",\"Failed\",\"The bot's DocSpace key lacks a permission that is needed. This person was not invited.\",\"An operator has to add it (accounts:write and accounts:read).\"",
            story.Alice.Arrived[1]
        );
    }

    [Fact]
    public async Task A_long_list_of_which_everybody_failed_fits_on_the_card()
    {
        await using var story = await Story.StartAsync();
        var rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"person-with-a-longer-name-{i}@example.com\n"));
        await story.Alice.SendsAsync("people.csv", $"email\n{rows}");
        story.Portal.Faults.FailNext(call => call.Method == "POST", PortalFault.Scope403, times: 1000);

        await story.Alice.PressesAsync("Invite 300 people");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Failed 300");
    }

    [Fact]
    public async Task Nothing_in_the_file_is_calculated_by_a_spreadsheet()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", "email,first name\n+bob@example.com,\ncarol@example.org,\"=1+1\"\n");

        await story.Alice.PressesAsync("Invite 1 person");
        await story.Alice.PressesAsync("Accept");

        Assert.StartsWith("\"'+bob@example.com\",", story.Alice.Arrived[1], StringComparison.Ordinal);
        Assert.DoesNotContain(story.Alice.Arrived, line => line.Contains("\"=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(2, false)]
    public async Task Who_asked_for_many_by_typing_gets_one_too(int people, bool isOffered)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', Enumerable.Range(0, people).Select(i => $"p{i}@example.com")));

        if (people > 10)
        {
            await story.Alice.PressesAsync($"Invite {people} people");
        }

        // The card of a long list is not drawn at every change.
        await story.PassAsync(TimeSpan.FromMinutes(1));
        story.Alice.SeesOnCard($"Invited {people}");
        Assert.Equal(isOffered, story.Alice.Messages.Any(message => message.Shows("File offered: ")));
    }

    [Fact]
    public async Task What_was_asked_for_in_a_group_is_offered_in_the_personal_chat_only()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.InGroup.SaysAsync("/invite " + string.Join(' ', Enumerable.Range(0, 11).Select(i => $"p{i}@example.com")));

        await story.Alice.InGroup.PressesAsync("Invite 11 people");

        SeesNoOffer(story.Alice.InGroup);
        story.Alice.Sees("File offered: ");
    }

    [Fact]
    public async Task Nothing_is_offered_while_somebody_is_still_to_be_invited_or_after_all_was_taken_back()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" } }
        );
        await story.Alice.SendsAsync("people.csv", "email\nbob@example.com\n");
        await story.Alice.PressesAsync("Invite 1 person");
        SeesNoOffer(story.Alice);

        await story.Alice.PressesAsync("Undo");
        await story.PassAsync(TimeSpan.FromHours(1));

        SeesNoOffer(story.Alice);
    }

    [Fact]
    public async Task A_file_that_is_not_wanted_goes_out_of_sight_and_is_not_offered_again()
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);

        await story.Alice.PressesAsync("Decline");
        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromDays(1));

        SeesNoOffer(story.Alice);
        Assert.DoesNotContain(story.Alice.Messages, message => message.Shows("arrived"));
    }

    [Fact]
    public async Task A_file_is_handed_over_once_however_often_it_is_taken()
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);

        await story.Alice.PressesAsync("Accept", new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });
        await story.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(story.Alice.Messages, message => message.Shows("arrived"));
        Assert.Single(story.Alice.Messages, message => message.Shows($"File: {Name}"));
    }

    [Fact]
    public async Task A_restart_does_not_offer_twice()
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);

        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromDays(2));

        Assert.Single(story.Alice.Messages, message => message.Shows("File offered: "));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("gus")]
    public async Task Nobody_else_can_take_the_file(string who)
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);
        await using var place = await FilePlace.StartAsync(_ => Task.CompletedTask);

        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Taking(story, who, Forged.OfferedIn(story), place.Link)));
        await story.SettleAsync();

        Assert.Equal(0, place.Asked);
        Assert.Single(story.Alice.Messages, message => message.Shows("File offered: "));
    }

    [Fact]
    public async Task A_file_that_was_not_offered_cannot_be_taken()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", "email\nbob@example.com\n");
        var request = Forged.RequestOn(story.Alice.Cards[0]);
        await using var place = await FilePlace.StartAsync(_ => Task.CompletedTask);

        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Taking(story, "alice", request, place.Link)));
        await story.SettleAsync();

        Assert.Equal(0, place.Asked);
    }

    [Fact]
    public async Task A_file_does_not_go_where_files_may_not_go()
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);

        await story.DoneAsync(
            story.Teams.DeliverAsync(Forged.Taking(story, "alice", Forged.OfferedIn(story), "https://evil.example/up?tempauth=very-secret"))
        );
        await story.SettleAsync();

        story.Alice.Sees("The result file was not handed over: it would have gone to a place that I may not send files to.");
        story.Log.HoldsNone("evil.example", "very-secret");
    }

    [Fact]
    public async Task A_file_that_did_not_get_there_is_offered_once_more()
    {
        await using var story = await Story.StartAsync();
        await AskForTwoAsync(story);
        await using var place = await FilePlace.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Taking(story, "alice", Forged.OfferedIn(story), place.Link)));
        await story.SettleAsync();

        story.Alice.Sees("The result file may not have got into your files. If it is not there, take it once more");
        await story.Alice.PressesAsync("Accept");
        Assert.StartsWith("\"bob@example.com\"", story.Alice.Arrived[1], StringComparison.Ordinal);
    }

    private static async Task AskForTwoAsync(Story story)
    {
        await story.Alice.SendsAsync("people.csv", "email\nbob@example.com\ncarol@example.org\n");
        await story.Alice.PressesAsync("Invite 2 people");
        story.Alice.Sees("File offered: ");
    }

    private static void SeesNoOffer(Speaker speaker) => speaker.SeesNo("File offered: ");
}
