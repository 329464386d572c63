using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>The form behind <c>/invite</c>.</summary>
public sealed class FormStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task What_is_entered_becomes_a_request_whose_card_takes_the_place_of_the_form(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync("/invite");
        story.Alice.Sees("Invite to DocSpace");

        await story.Alice.FillsInAsync("Invite", ("emails", Carol), ("reason", "Audit 2026"));

        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.SeesOnCard("Audit 2026");
        story.Alice.SeesNo("Invite to DocSpace");
        story.Mails(Carol, 1);

        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task Roles_are_explained_by_what_they_cost_and_languages_are_those_of_the_portal()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Seats = 3 } });
        story.Portal.AddRoom("Q4 Audit");

        await story.Alice.SaysAsync("/invite");

        story.Alice.Sees("Room admin: makes rooms of their own; uses a paid seat; 2 of 3 left");
        story.Alice.Sees("User: works in rooms of others; uses no paid seat");
        story.Alice.Sees("German · de");
        story.Alice.Sees("Q4 Audit");
    }

    [Theory]
    [InlineData("carol", "user", "", "", "Nobody was invited: “carol” is not an e-mail address.")]
    [InlineData(Carol + " --role guest", "user", "", "", "Only addresses belong here.")]
    [InlineData(Carol, "owner", "", "", "Choose one of the roles.")]
    [InlineData(Carol, "guest", "", "", "Guests are invited into a room. Say which one.")]
    [InlineData(Carol, "user", "Q4 Audit", "", "A room is for guests.")]
    [InlineData(Carol, "user", "", "R2D2", "A name has letters, apostrophes and hyphens, at most 64.")]
    [InlineData(Carol + ", dave@example.org", "user", "", "Carol", "A name is for one person.")]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_entered_stays(
        string emails,
        string role,
        string room,
        string firstName,
        string words
    )
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite");
        var form = Forged.RequestOn(Assert.Single(story.Alice.Messages, message => message.Shows("Invite to DocSpace")));

        var answer = await story.DoneAsync(
            story.Teams.DeliverAsync(
                Forged.Press(
                    story,
                    "alice",
                    "invite/submit",
                    form,
                    ("emails", emails),
                    ("role", role),
                    ("room", room),
                    ("firstName", firstName),
                    ("reason", "kept words")
                )
            )
        );
        await story.SettleAsync();

        Assert.Contains(words, Forged.CardIn(answer), StringComparison.Ordinal);
        Assert.Contains("kept words", Forged.CardIn(answer), StringComparison.Ordinal);
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_request()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite");
        var form = Forged.RequestOn(Assert.Single(story.Alice.Messages, message => message.Shows("Invite to DocSpace")));

        foreach (var email in new[] { Carol, "dave@example.org" })
        {
            var answer = await story.DoneAsync(
                story.Teams.DeliverAsync(Forged.Press(story, "alice", "invite/submit", form, ("emails", email)))
            );
            Assert.Contains(Carol, Forged.CardIn(answer), StringComparison.Ordinal);
            await story.SettleAsync();
        }

        story.Mails(Carol, 1);
        story.Mails("dave@example.org", 0);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_form_that_is_sent_twice_at_once_shows_the_card_both_times(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync("/invite");
        var form = Forged.RequestOn(Assert.Single(story.Alice.Messages, message => message.Shows("Invite to DocSpace")));

        var answers = await story.DoneAsync(
            Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ => story.Teams.DeliverAsync(Forged.Press(story, "alice", "invite/submit", form, ("emails", Carol))))
            )
        );
        await story.SettleAsync();

        Assert.All(answers, answer => Assert.Contains("Reference ", Forged.CardIn(answer), StringComparison.Ordinal));
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task More_than_the_fields_hold_is_refused_although_a_client_let_it_pass()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite");
        var form = Forged.RequestOn(Assert.Single(story.Alice.Messages, message => message.Shows("Invite to DocSpace")));
        var crowd = string.Join(' ', Enumerable.Range(1, 1001).Select(number => $"p{number}@example.org"));

        Assert.Contains("1001 addresses are more than the 1000", await PressAsync(("emails", crowd)), StringComparison.Ordinal);
        Assert.Contains(
            "No room has a title of more than 170 characters.",
            await PressAsync(("emails", Carol), ("role", "guest"), ("room", new string('x', 171))),
            StringComparison.Ordinal
        );

        async Task<string> PressAsync(params (string, string)[] entered) =>
            Forged.CardIn(await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "alice", "invite/submit", form, entered))));
    }

    [Fact]
    public async Task So_many_guests_that_the_form_would_be_larger_than_a_message_get_an_answer_in_words()
    {
        await using var story = await Story.StartAsync();
        var crowd = string.Join(' ', Enumerable.Range(1000, 950).Select(number => $"person{number}@example.org"));

        await story.Alice.SaysAsync($"/invite {crowd} as guest");

        story.Alice.Sees("Nobody was invited: Guests cannot be invited to DocSpace by mail, only into a room.");
    }

    [Fact]
    public async Task A_guest_without_a_room_is_asked_for_one()
    {
        await using var story = await Story.StartAsync();
        var room = story.Portal.AddRoom("Q4 Audit");
        await story.Alice.SaysAsync($"/invite {Carol} as guest --reason \"audit\"");
        story.Alice.Sees("Guests are invited into a room. Say which one.");

        await story.Alice.FillsInAsync("Invite", ("room", $"{room}"));

        story.Alice.SeesOnCard("Q4 Audit");
        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 1);
        Assert.Equal(PortalRole.Guest, story.Portal.Find(Carol)!.Role);
    }

    [Fact]
    public async Task The_form_comes_without_choices_when_the_portal_is_away()
    {
        await using var story = await Story.StartAsync();
        story.TimeLimitsEnd = true;
        story.Portal.Faults.Down = true;

        await story.Alice.SaysAsync("/invite");

        story.Alice.Sees("Invite to DocSpace");
        story.Alice.Sees("The room's title");
    }
}
