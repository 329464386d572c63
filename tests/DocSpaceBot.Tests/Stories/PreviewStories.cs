using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Many people, or people who need a second look, are shown before anything is sent.</summary>
public sealed class PreviewStories
{
    private static readonly string[] Dozen = [.. Enumerable.Range(1, 12).Select(number => $"p{number}@example.com")];

    private static string InviteDozen => "/invite " + string.Join(' ', Dozen);

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Everybody_has_a_verdict_and_nothing_is_sent_before_it_is_confirmed(string storage)
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Storage = storage,
                Portal = new PortalSetup { Seats = 5 },
            }
        );
        story.Portal.AddPerson("p1@example.com", role: PortalRole.RoomAdmin);
        story.Portal.AddPerson("p2@example.com", PortalStatus.Pending, PortalActivation.Pending, PortalRole.RoomAdmin);
        story.Portal.AddPerson("p3@example.com", role: PortalRole.User);
        story.Portal.AddPerson("p4@example.com", role: PortalRole.User);
        story.Portal.Disable("p4@example.com");

        await story.Alice.SaysAsync(InviteDozen + " --role roomadmin --reason \"New team\"");

        story.Alice.SeesOnCard("Check before sending · 12 people");
        story.Alice.SeesOnCard("Already a member");
        story.Alice.SeesOnCard("Invited before");
        story.Alice.SeesOnCard("Is User; asked for is Room admin (uses a paid seat).");
        story.Alice.SeesOnCard("Account disabled");
        story.Alice.SeesOnCard("Held back");
        story.Alice.SeesOnCard("New team");
        Assert.Empty(story.Portal.Mails);
        Assert.Equal(0, story.CallsTo("people/invite", "POST"));

        // Owner, p1 and p2 hold three of the five seats.
        await story.Alice.PressesAsync("Invite 2 people");

        story.Alice.SeesOnCard("2 invitations");
        story.Alice.SeesOnCard("Invited 2");
        story.Mails("p5@example.com", 1);
        story.Mails("p6@example.com", 1);
        story.Mails("p7@example.com", 0);
        story.Mails("p2@example.com", 0);
        Assert.Equal(PortalRole.User, story.Portal.Find("p3@example.com")!.Role);
        Assert.Equal(0, story.CallsTo("people/type", "PUT"));
    }

    [Fact]
    public async Task A_dry_run_cannot_be_confirmed()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/invite carol@example.org --dry-run");

        story.Alice.SeesOnCard("Dry run · nothing is sent");
        story.Alice.SeesOnCard("1 person would be invited.");
        Assert.Empty(story.Alice.Buttons);
        await story.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(story.Portal.Mails);
    }

    [Fact]
    public async Task Cancelled_before_it_is_confirmed_nothing_is_sent()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync(InviteDozen);
        var confirm = Forged.Press(story, "alice", "invite/confirm", Forged.RequestOn(Assert.Single(story.Alice.Cards)));

        await story.Alice.PressesAsync("Cancel");
        story.Alice.SeesOnCard("Invitation · cancelled");
        await story.DoneAsync(story.Teams.DeliverAsync(confirm));
        await story.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(story.Portal.Mails);
        Assert.Empty(story.Alice.Buttons);
    }

    [Fact]
    public async Task Only_who_asked_may_confirm()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.InGroup.SaysAsync(InviteDozen);

        await story.Bob.InGroup.PressesAsync("Invite 12 people");
        story.Bob.InGroup.Sees("Only the person who asked can do that.");
        Assert.Empty(story.Portal.Mails);

        await story.Alice.InGroup.PressesAsync("Invite 12 people", new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });
        Assert.All(Dozen, email => story.Mails(email, 1));
    }

    [Fact]
    public async Task Another_request_for_the_same_people_is_shown_as_under_way_and_cannot_be_confirmed_twice()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync(InviteDozen);
        await story.Bob.SaysAsync(InviteDozen);

        await story.Alice.PressesAsync("Invite 12 people");
        await story.Bob.PressesAsync("Invite 12 people");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        Assert.All(Dozen, email => story.Mails(email, 1));
    }

    [Fact]
    public async Task An_address_that_looks_wrong_is_shown_before_anything_is_sent()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/invite carol@exmaple.com");

        story.Alice.SeesOnCard("Check before sending · 1 person");
        story.Alice.SeesOnCard("carol@example.com");
        Assert.Empty(story.Portal.Mails);

        await story.Alice.PressesAsync("Invite 1 person");
        story.Mails("carol@exmaple.com", 1);
    }

    [Fact]
    public async Task A_domain_that_nobody_was_invited_at_before_is_pointed_out_once()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/invite carol@partner-firm.net");
        story.Alice.SeesOnCard("Nobody at partner-firm.net has been invited from here before.");
        story.Mails("carol@partner-firm.net", 1);

        await story.PassAsync(TimeSpan.FromMinutes(2));
        await story.Bob.SaysAsync("/invite dave@partner-firm.net");
        story.Bob.SeesNo("has been invited from here before");
    }

    [Fact]
    public async Task A_portal_that_is_away_is_said_and_nothing_is_lost()
    {
        await using var story = await Story.StartAsync();
        story.TimeLimitsEnd = true;
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync(InviteDozen);
        story.Alice.SeesOnCard("Looking up 12 people");

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(2));

        story.Alice.SeesOnCard("Check before sending · 12 people");
    }

    [Theory]
    [InlineData("mailAgain", nameof(PortalStatus.Pending), "user")]
    [InlineData("changeRoles", nameof(PortalStatus.Active), "roomadmin")]
    public async Task Who_was_shown_as_being_there_and_is_gone_when_it_is_confirmed_is_not_invited(string tick, string status, string role)
    {
        const string carol = "carol@example.org";
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Seats = -1 } });
        var isPending = status == nameof(PortalStatus.Pending);
        story.Portal.AddPerson(
            carol,
            isPending ? PortalStatus.Pending : PortalStatus.Active,
            isPending ? PortalActivation.Pending : PortalActivation.Activated,
            PortalRole.User
        );
        await story.Alice.SaysAsync($"{InviteDozen} {carol} --role {role}");
        story.Portal.Remove(carol);

        await story.Alice.FillsInAsync("Invite 12 people", (tick, "true"));
        await story.PassAsync(TimeSpan.FromMinutes(5));

        story.Mails(carol, 0);
        Assert.Null(story.Portal.Find(carol));
        story.Alice.SeesOnCard("Invited 12 · Failed 1");
        story.Alice.SeesOnCard("The person is no longer in DocSpace. This person was not invited.");
        await story.Alice.PressesAsync("Try again");
        await story.PassAsync(TimeSpan.FromMinutes(5));
        story.Mails(carol, 0);
    }

    [Fact]
    public async Task Whoever_was_created_by_an_administrator_is_not_among_those_who_can_be_mailed_again()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson("p1@example.com", PortalStatus.Active, PortalActivation.Pending);
        story.Portal.AddPerson("p2@example.com", PortalStatus.Pending, PortalActivation.Pending);

        await story.Alice.SaysAsync(InviteDozen);

        story.Alice.SeesOnCard("Not activated yet");
        story.Alice.Sees("Send the mail once more to 1 person invited before");
        await story.Alice.FillsInAsync("Invite 10 people", ("mailAgain", "true"));
        story.Mails("p1@example.com", 0);
        story.Mails("p2@example.com", 1);
    }

    [Fact]
    public async Task Where_nothing_is_ticked_nothing_is_done_and_nobody_else_is_blamed()
    {
        await using var story = await Story.StartAsync();

        foreach (var email in Dozen)
        {
            story.Portal.AddPerson(email, PortalStatus.Pending, PortalActivation.Pending);
        }

        await story.Alice.SaysAsync(InviteDozen);
        await story.Alice.PressesAsync("Do what is ticked");

        story.Alice.Sees("Nothing is ticked, so nothing was done.");
        story.Alice.SeesNo("another request was faster");
        await story.Alice.FillsInAsync("Do what is ticked", ("mailAgain", "true"));
        Assert.All(Dozen, email => story.Mails(email, 1));
    }

    [Fact]
    public async Task Restarted_while_it_is_shown_it_can_still_be_confirmed()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync(InviteDozen);

        await story.RestartBotAsync();
        await story.Alice.PressesAsync("Invite 12 people");
        await story.PassAsync(TimeSpan.FromSeconds(3), parts: 1);

        story.Alice.SeesOnCard("Invited 12");
    }
}
