using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>From asking to the follow-up, as it goes when nothing goes wrong.</summary>
public sealed class InvitingStories
{
    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Somebody_known_in_Teams_is_invited_joins_and_is_welcomed_there(string storage)
    {
        await using var story = await Story.StartAsync(storage);

        await story.Alice.SaysAsync("/invite bob@example.com");
        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.SeesOnCard("bob@example.com");
        story.Alice.SeesOnCard("Accepted by DocSpace");
        story.Mails("bob@example.com", 1);

        await story.JoinsAsync("bob@example.com");
        story.Alice.SeesOnCard("Invitation · joined and welcomed");
        story.Alice.Sees("bob@example.com has joined DocSpace");
        story.Alice.Sees("refused: this portal does not offer the call");
        story.Alice.Sees("sent in the personal chat");
        story.Bob.Sees("Welcome to DocSpace");
        Assert.Equal(1, story.CallsTo("portal/sendcongratulations", "POST"));
        story.Mails("bob@example.com", 1);

        await story.PassAsync(TimeSpan.FromDays(2));
        Assert.Single(story.Alice.Messages, message => message.Shows("has joined DocSpace"));
        Assert.Single(story.Bob.Messages, message => message.Shows("Welcome to DocSpace"));
    }

    [Fact]
    public async Task For_somebody_who_is_not_in_Teams_there_is_a_text_to_forward()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/invite carol@example.org");
        await story.JoinsAsync("carol@example.org");

        story.Alice.SeesOnCard("Invitation · joined");
        story.Alice.SeesNo("Joined and welcomed");
        story.Alice.Sees("not sent: the person cannot be reached in Teams");
        story.Alice.Sees("Text to forward:");
        story.Alice.Sees("Welcome to DocSpace! You can open shared rooms");
    }

    [Fact]
    public async Task A_portal_that_keeps_what_the_guides_promise_welcomes_by_itself()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { Dialect = PortalDialect.Documented } });

        await story.Alice.SaysAsync("/invite bob@example.com");
        await story.JoinsAsync("bob@example.com");

        story.Alice.SeesOnCard("Invitation · joined and welcomed");
        story.Alice.Sees("accepted by DocSpace");
        story.Alice.Sees("not needed");
        Assert.Contains(story.Portal.MailsTo("bob@example.com"), mail => mail.Kind == MailKind.Congratulations);
        story.Bob.SeesNo("Your account is active.");
    }

    [Fact]
    public async Task The_card_is_edited_in_place_and_never_posted_twice()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/invite carol@example.org");
        var posted = Assert.Single(story.Alice.Cards);

        await story.JoinsAsync("carol@example.org");
        await story.PassAsync(TimeSpan.FromDays(1));

        var edited = Assert.Single(story.Alice.Cards);
        Assert.Equal(posted.Id, edited.Id);
        Assert.True(edited.Edited);
    }

    [Theory]
    [InlineData(nameof(Place.Group))]
    [InlineData(nameof(Place.Channel))]
    public async Task Asked_for_among_others_the_card_stands_where_it_was_asked_for(string place)
    {
        var where = Enum.Parse<Place>(place);
        await using var story = await Story.StartAsync();
        var alice = story.Alice with { Where = where };

        await alice.SaysAsync("/invite carol@example.org");
        await alice.SaysAsync("/invite dave@example.org");

        var said = story
            .Teams.Visible("alice", where)
            .Where(message => !message.IsFromBot)
            .Select(message => message.ConversationId)
            .ToList();
        Assert.Equal(said, alice.Cards.Select(card => card.ConversationId));
        Assert.Equal(where is Place.Channel, said.Distinct().Count() == 2);
        (story.Bob with { Where = where }).Sees("carol@example.org");
        Assert.Empty(story.Alice.Cards);

        await story.JoinsAsync("carol@example.org");
        Assert.Equal(2, alice.Cards.Count);
        var followUp = Assert.Single(alice.Messages, message => message.Shows("has joined DocSpace"));
        Assert.Equal(said[0], followUp.ConversationId);
    }

    [Fact]
    public async Task A_text_in_a_group_that_does_not_mention_the_bot_is_none_of_its_business()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.InGroup.TriesToSayAsync("/invite carol@example.org", new SayOptions { Mention = false });

        Assert.Empty(story.Alice.InGroup.Cards);
        story.Mails("carol@example.org", 0);
    }

    [Theory]
    [InlineData("user", nameof(PortalRole.User))]
    [InlineData("RoomAdmin", nameof(PortalRole.RoomAdmin))]
    [InlineData("room-admin", nameof(PortalRole.RoomAdmin))]
    [InlineData("admin", nameof(PortalRole.DocSpaceAdmin))]
    public async Task A_role_is_asked_for_in_any_spelling(string typed, string expected)
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync($"/invite carol@example.org --role {typed} --reason \"Audit 2026\"");

        Assert.Equal(expected, story.Portal.Find("carol@example.org")?.Role.ToString());
        story.Alice.SeesOnCard("Audit 2026");
    }
}
