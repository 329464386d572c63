using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What is told of an invitation from asking to the welcome, each step with its time and where it is known from.</summary>
public sealed class FollowUpStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task The_card_shows_step_by_step_how_far_an_invitation_has_come(string storage)
    {
        await using var story = await Story.StartAsync(storage);

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("Accepted by DocSpace");
        story.Alice.SeesOnCard("… not yet, looked up every 5 minutes");
        story.Alice.SeesNo("Address confirmed");

        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("✓ {{DATE(2026-11-20T09:05:00Z,SHORT)}} {{TIME(2026-11-20T09:05:00Z)}} · found on a round");
        story.Alice.SeesOnCard("✓ {{DATE(2026-11-20T09:05:00Z,SHORT)}} {{TIME(2026-11-20T09:05:00Z)}} · looked up");
        story.Alice.SeesOnCard("– you have the text to forward");
    }

    [Fact]
    public async Task Who_joins_by_a_link_has_to_confirm_the_address_and_that_is_seen_later()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.SaysAsync("/link user");
        await story.Portal.JoinByLinkAsync(Carol);
        await story.PassAsync(TimeSpan.FromMinutes(6));

        story.Alice.Sees($"{Carol} has joined DocSpace");
        story.Alice.Sees("… not yet, looked up every 6 hours");

        await story.Portal.ConfirmEmailAsync(Carol);
        await story.PassAsync(TimeSpan.FromHours(7));

        story.Alice.SeesNo("… not yet, looked up every 6 hours");
        Assert.Single(story.Alice.Messages, message => message.Shows($"{Carol} has joined DocSpace") && message.Shows("yes"));
    }

    [Fact]
    public async Task Who_lands_with_another_role_than_was_asked_for_is_pointed_out_and_can_be_put_right()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        story.Portal.GiveRole(Carol, PortalRole.User);

        await story.JoinsAsync(Carol);

        story.Alice.Sees("User, not Room admin (uses a paid seat) as asked for");
        Assert.Contains("\"warning\"", StyleOfHeading(story, $"{Carol} has joined DocSpace"), StringComparison.Ordinal);

        await story.Alice.PressesAsync("Change the role to Room admin");
        Assert.Equal(PortalRole.RoomAdmin, story.Portal.Find(Carol)!.Role);
        story.Alice.SeesNo("User, not Room admin");
        story.Alice.Sees("The role was changed to Room admin (uses a paid seat).");
    }

    [Fact]
    public async Task Somebody_else_cannot_press_the_button_that_changes_the_role()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.InGroup.SaysAsync($"/invite {Carol} --role roomadmin");
        story.Portal.GiveRole(Carol, PortalRole.User);
        await story.JoinsAsync(Carol);

        await (story.Bob with { Where = Place.Group }).PressesAsync("Change the role to Room admin");

        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);
    }

    [Fact]
    public async Task The_follow_up_stands_in_the_thread_that_was_asked_in_and_leads_to_the_person()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.InChannel.SaysAsync($"/invite {Carol}");
        await story.JoinsAsync(Carol);

        var card = Assert.Single(story.Alice.InChannel.Cards);
        var followUp = Assert.Single(story.Alice.InChannel.Messages, message => message.Shows($"{Carol} has joined DocSpace"));
        Assert.Equal(card.ConversationId, followUp.ConversationId);
        Assert.Contains("accounts/people/filter?search=carol%40example.org", followUp.Card!.Value.GetRawText(), StringComparison.Ordinal);
        story.Alice.SeesNo($"{Carol} has joined DocSpace");
    }

    [Fact]
    public async Task Who_has_joined_of_a_long_list_is_told_on_one_card()
    {
        await using var story = await Story.StartAsync();
        var emails = Enumerable.Range(1, 12).Select(number => $"p{number}@example.org").ToList();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', emails));
        await story.Alice.PressesAsync("Invite 12 people");

        foreach (var email in emails.Take(3))
        {
            await story.Portal.JoinAsync(email);
        }

        await story.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Single(story.Alice.Messages, message => message.Shows("3 of 12 people have joined DocSpace"));
        Assert.DoesNotContain(story.Alice.Messages, message => message.Shows("p1@example.org has joined DocSpace"));
    }

    [Fact]
    public async Task The_welcome_can_be_in_the_operators_own_words_and_is_in_the_language_of_who_is_welcomed()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["FollowUps:WelcomeTexts:en"] = "Hi {name}, come in.",
                    ["FollowUps:WelcomeTexts:de"] = "Hallo {name}, kommen Sie herein.",
                },
            }
        );
        story.Teams.ChangePerson("bob", bob => bob with { Locale = "de-DE" });
        await story.Bob.SaysAsync("/help");

        await story.Alice.SaysAsync($"/invite bob@example.com {Carol}");
        await story.JoinsAsync("bob@example.com");
        await story.JoinsAsync(Carol);

        story.Bob.Sees("Hallo Bob Brandt, kommen Sie herein.");
        story.Bob.Sees("Willkommen in DocSpace");
        story.Alice.Sees("Hi, come in.");
    }

    [Fact]
    public async Task DocSpace_mails_somebody_in_the_language_of_their_Teams()
    {
        await using var story = await Story.StartAsync();
        story.Teams.ChangePerson("bob", bob => bob with { Locale = "de-AT" });
        await story.Bob.SaysAsync("/help");

        await story.Alice.SaysAsync($"/invite bob@example.com {Carol}");

        Assert.Equal("de", story.Portal.MailsTo("bob@example.com")[0].Culture);
        Assert.Null(story.Portal.MailsTo(Carol)[0].Culture);
    }

    private static string StyleOfHeading(Story story, string words)
    {
        var card = story.Alice.Messages.Single(message => message.Shows(words)).Card!.Value;
        return card.GetProperty("body")[0].GetProperty("style").GetRawText();
    }
}
