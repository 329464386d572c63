using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What was invited around the bot: told to operators once a day, where that is wanted.</summary>
public sealed class DriftStories
{
    private const string Title = "Since yesterday, in DocSpace and not through me:";

    [Fact]
    public async Task Operators_are_told_of_people_guests_and_links_that_are_new_and_not_ours()
    {
        await using var story = await StartAsync(isOn: true);
        story.Portal.AddPerson("before@example.org", PortalStatus.Pending, PortalActivation.Pending);
        await story.PassAsync(TimeSpan.FromDays(1));
        story.Olga.SeesNo(Title);

        await story.Alice.SaysAsync("/invite ours@example.org");
        story.Portal.AddPerson("around@example.org", PortalStatus.Pending, PortalActivation.Pending);
        story.Portal.AddPerson("guest@example.org", PortalStatus.Pending, PortalActivation.Pending, PortalRole.Guest);
        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        story.Olga.Sees("1 person was invited or created, or joined by a link: around@example.org");
        story.Olga.Sees("1 guest was invited: guest@example.org");
        story.Olga.SeesNo("ours@example.org");
        story.Olga.SeesNo("before@example.org");
        story.Alice.SeesNo(Title);

        // Told once.
        await story.PassAsync(TimeSpan.FromDays(2));
        Assert.Single(story.Olga.Messages, message => message.Shows(Title));
    }

    [Fact]
    public async Task Who_is_just_being_invited_was_not_invited_around_the_bot()
    {
        await using var story = await StartAsync(isOn: true);
        await story.PassAsync(TimeSpan.FromMinutes(1));
        await story.Alice.SaysAsync("/invite ours@example.org");
        story.Portal.AddPerson("around@example.org", PortalStatus.Pending, PortalActivation.Pending);

        // The call has been made, and who it has brought in has not been looked up yet.
        await story.TamperAsync("update invitations set status = 'Approved', portal_user_id = null");
        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        story.Olga.Sees("around@example.org");
        story.Olga.SeesNo("ours@example.org");
    }

    [Fact]
    public async Task Unless_it_is_switched_on_nobody_looks()
    {
        await using var story = await StartAsync(isOn: false);
        story.Portal.AddPerson("around@example.org", PortalStatus.Pending, PortalActivation.Pending);

        await story.PassAsync(TimeSpan.FromDays(3));

        story.Olga.SeesNo(Title);
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task A_portal_that_is_away_is_asked_later_and_nothing_is_left_out()
    {
        await using var story = await StartAsync(isOn: true);
        await story.PassAsync(TimeSpan.FromMinutes(1));
        story.Portal.AddPerson("around@example.org", PortalStatus.Pending, PortalActivation.Pending);
        story.Portal.Faults.Down = true;
        await story.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        story.Olga.SeesNo(Title);

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromHours(1));

        story.Olga.Sees("around@example.org");
    }

    private static Task<Story> StartAsync(bool isOn) =>
        Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["FollowUps:Drift"] = isOn ? "true" : "false",
                    ["Operators:0"] = "olga@example.com",
                },
            }
        );
}
