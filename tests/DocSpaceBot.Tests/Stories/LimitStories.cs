using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Portals that take only so many.</summary>
public sealed class LimitStories
{
    private static readonly string[] Five = [.. Enumerable.Range(1, 5).Select(number => $"p{number}@example.com")];

    private static string InviteFive => "/invite " + string.Join(' ', Five);

    [Fact]
    public async Task What_does_not_fit_under_the_invitation_limit_waits_and_goes_out_when_there_is_room_again()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { InvitationLimit = 3 } });

        await story.Alice.SaysAsync(InviteFive);
        story.Alice.SeesOnCard("Queued 2 · Invited 3");
        Assert.Equal(3, story.Portal.Mails.Count);

        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromHours(2), parts: 30);

        story.Alice.SeesOnCard("Invited 5");
        Assert.All(Five, email => story.Mails(email, 1));
    }

    [Fact]
    public async Task A_key_that_may_not_read_the_limit_still_fills_it_and_goes_on_later()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Portal = new PortalSetup { InvitationLimit = 3, KeyScopes = ["accounts:read", "accounts:write"] },
            }
        );

        await story.Alice.SaysAsync(InviteFive);
        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromHours(2), parts: 30);

        story.Alice.SeesOnCard("Invited 5");
        Assert.All(Five, email => story.Mails(email, 1));
    }

    [Fact]
    public async Task More_paid_seats_than_are_left_are_not_half_sent()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Seats = 3 } });

        await story.Alice.SaysAsync(InviteFive + " --role roomadmin");

        story.Alice.SeesOnCard("Invited 2 · Failed 3");
        story.Alice.SeesOnCard("All paid seats of DocSpace are taken");
        Assert.Equal(2, story.Portal.Mails.Count);

        story.Portal.Seats = 10;
        await story.Alice.PressesAsync("Try again");
        story.Alice.SeesOnCard("Invited 5");
    }

    [Theory]
    [InlineData("no connection", 8)]
    [InlineData("garbage", 3)]
    public async Task Who_has_waited_for_the_limit_for_days_is_not_given_up_at_the_first_fault(string fault, int times)
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { InvitationLimit = 0 } });
        await story.Alice.SaysAsync(InviteFive);
        await story.PassAsync(TimeSpan.FromDays(2), parts: 48);
        story.Alice.SeesOnCard("Queued 5");

        story.Portal.Faults.FailNext(
            call => call.Path.Value!.Contains("people/filter", StringComparison.Ordinal),
            BadPortalStories.Fault(fault),
            times
        );
        await story.PassAsync(TimeSpan.FromHours(3), parts: 12);

        story.Alice.SeesOnCard("Queued 5");
    }

    [Fact]
    public async Task Who_waits_for_the_limit_can_still_be_taken_back()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Portal = new PortalSetup { InvitationLimit = 3, KeyScopes = ["accounts:read", "accounts:write"] },
            }
        );
        await story.Alice.SaysAsync(InviteFive);
        story.Alice.SeesOnCard("Queued 2 · Invited 3");

        await story.Alice.PressesAsync("Cancel the rest");
        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromHours(2), parts: 30);

        story.Alice.SeesOnCard("Invited 3 · Cancelled 2");
        Assert.Equal(3, story.Portal.Mails.Count);
    }

    [Fact]
    public async Task When_a_limit_never_ends_it_is_said_of_all_at_the_same_time()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Portal = new PortalSetup { InvitationLimit = 0, KeyScopes = ["accounts:read", "accounts:write"] },
            }
        );
        await story.Alice.SaysAsync(InviteFive);

        await story.PassAsync(TimeSpan.FromDays(31), parts: 62);

        story.Alice.SeesOnCard("Failed 5");
        story.Alice.SeesOnCard("DocSpace takes no more invitations at the moment. This person was not invited.");
    }

    [Fact]
    public async Task A_portal_that_names_a_time_is_asked_again_at_that_time_days_later_and_after_a_restart()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.FailNext(call => call.Method == "POST", PortalFault.TooMany(TimeSpan.FromDays(3)));

        await story.Alice.SaysAsync(InviteFive);
        story.Alice.SeesOnCard("DocSpace asks to wait before it takes more invitations. Nothing is lost.");
        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromDays(2), parts: 8);
        Assert.Equal(1, story.CallsTo("people/invite", "POST"));

        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1), parts: 4);

        story.Alice.SeesOnCard("Invited 5");
        Assert.All(Five, email => story.Mails(email, 1));
    }
}
