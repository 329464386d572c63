using System.Net.Http.Headers;
using System.Net.Http.Json;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Somebody has the address on the portal already.</summary>
public sealed class StandingStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task An_active_person_is_a_member_already(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        story.Portal.AddPerson(Carol);

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromHours(1));

        story.Alice.SeesOnCard("Invitation · already a member");
        story.Alice.SeesOnCard("Nothing was changed and no mail was sent.");
        story.Alice.SeesNo("has joined DocSpace");
        Assert.Equal(0, story.CallsTo("people/invite", "POST"));
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Whatever_letter_case_the_portal_has_the_address_in_it_is_the_same_person()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson("Carol.Carter@Example.org");

        await story.Alice.SaysAsync("/invite carol.carter@example.org");

        story.Alice.SeesOnCard("Invitation · already a member");
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task A_pending_person_gets_no_second_mail_and_is_watched()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol, PortalStatus.Pending, PortalActivation.Pending);

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("Was waiting in DocSpace already");
        story.Alice.SeesNo("DocSpace sends the mail");
        story.Mails(Carol, 0);
        Assert.Equal(0, story.CallsTo("people/invite", "POST"));
    }

    [Fact]
    public async Task A_disabled_person_stays_disabled_and_the_card_says_who_can_help()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol, PortalStatus.Terminated);

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard(
            "This person's DocSpace account is disabled. This person was not invited. An administrator can enable it in DocSpace."
        );
        story.Mails(Carol, 0);

        story.Portal.Enable(Carol);
        await story.Alice.PressesAsync("Try again");
        story.Alice.SeesOnCard("Invitation · already a member");
    }

    [Fact]
    public async Task Somebody_whom_an_administrator_created_is_seen_when_they_activate_the_account()
    {
        await using var story = await Story.StartAsync();
        using var administrator = new HttpClient { BaseAddress = story.Portal.Url };
        administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", story.Portal.ApiKey);
        using var created = await administrator.PostAsJsonAsync(
            new Uri("api/2.0/people", UriKind.Relative),
            new
            {
                email = Carol,
                firstName = "Carol",
                lastName = "Carter",
                type = "User",
            }
        );
        created.EnsureSuccessStatusCode();

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("Was waiting in DocSpace already");
        story.Mails(Carol, 1);

        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task Of_several_people_each_is_shown_as_they_stand()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson("active@example.org");
        story.Portal.AddPerson("disabled@example.org", PortalStatus.Terminated);
        story.Portal.AddPerson("pending@example.org", PortalStatus.Pending, PortalActivation.Pending);

        await story.Alice.SaysAsync("/invite new@example.org active@example.org disabled@example.org pending@example.org");

        story.Alice.SeesOnCard("Invited 2 · Already a member 1 · Failed 1");
        story.Alice.SeesOnCard("This person's DocSpace account is disabled.");
        Assert.Equal("new@example.org", Assert.Single(story.Portal.Mails).To);
    }

    [Fact]
    public async Task Somebody_who_joined_while_the_request_waited_is_not_invited_any_more()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Portal.Faults.Down = false;
        story.Portal.AddPerson(Carol);
        await story.PassAsync(TimeSpan.FromMinutes(5));

        story.Alice.SeesOnCard("Invitation · already a member");
        story.Mails(Carol, 0);
    }
}
