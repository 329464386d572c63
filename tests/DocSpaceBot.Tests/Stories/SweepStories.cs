using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>How the bot learns who has joined: seldom, in few calls, and in the end always.</summary>
public sealed class SweepStories
{
    private const string Carol = "carol@example.org";

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task For_250_people_who_have_not_joined_one_call_a_round_is_enough(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        var emails = Enumerable.Range(1, 250).Select(number => $"p{number}@example.org").ToList();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', emails));
        await story.Alice.PressesAsync("Invite 250 people");
        await story.PassAsync(Round, parts: 1);
        story.Alice.SeesOnCard("Invited 250");

        var before = story.Portal.Calls.Count;
        await story.PassAsync(Round * 6, parts: 6);
        Assert.Equal(6, story.Portal.Calls.Count - before);

        // One who has joined costs the list, two looks at that one (one tells the role) and the welcome.
        before = story.Portal.Calls.Count;
        await story.JoinsAsync("p17@example.org");
        Assert.InRange(story.Portal.Calls.Count - before, 1, 7);
        story.Alice.Sees("p17@example.org has joined DocSpace");
        story.Alice.SeesOnCard("Invited 249 · Joined 1");
    }

    [Fact]
    public async Task Nobody_is_asked_for_when_nobody_is_waited_for()
    {
        await using var story = await Story.StartAsync();

        await story.PassAsync(TimeSpan.FromDays(1));

        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Somebody_who_is_removed_on_the_portal_is_no_longer_waited_for()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Portal.Remove(Carol);
        await story.PassAsync(Round);

        story.Alice.SeesOnCard("Invitation · cancelled");
        story.Alice.SeesOnCard("The person is no longer in DocSpace");
    }

    [Fact]
    public async Task Somebody_who_is_disabled_on_the_portal_is_shown_as_that()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Portal.Disable(Carol);
        await story.PassAsync(Round);

        story.Alice.SeesOnCard("This person's DocSpace account was disabled after the invitation.");
        Assert.DoesNotContain("Try again", story.Alice.Buttons);
    }

    [Fact]
    public async Task An_invitation_that_nobody_takes_expires()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.PassAsync(TimeSpan.FromDays(29));
        story.Alice.SeesOnCard("Invitation · invited");
        await story.PassAsync(TimeSpan.FromDays(2));
        story.Alice.SeesOnCard("Invitation · expired");

        var before = story.Portal.Calls.Count;
        await story.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(before, story.Portal.Calls.Count);
    }

    [Fact]
    public async Task Whoever_joins_at_the_last_moment_has_joined()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["FollowUps:SweepInterval"] = "1.00:00:00" } }
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(6.9), parts: 7);
        await story.Portal.JoinAsync(Carol);

        await story.PassAsync(TimeSpan.FromDays(40), parts: 1);

        story.Alice.SeesOnCard("Invitation · joined");
    }

    [Fact]
    public async Task One_who_comes_as_another_goes_is_found_within_six_hours()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(Round);

        await story.Portal.JoinAsync(Carol);
        story.Portal.AddPerson("stranger@example.org", PortalStatus.Pending, PortalActivation.Pending);

        await story.PassAsync(Round);
        story.Alice.SeesOnCard("Invitation · invited");
        await story.PassAsync(TimeSpan.FromHours(6), parts: 72);
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task A_portal_that_cannot_be_asked_is_asked_again_at_the_next_round()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Portal.JoinAsync(Carol);

        story.Portal.Faults.Down = true;
        await story.PassAsync(TimeSpan.FromHours(2));
        story.Alice.SeesOnCard("Invitation · invited");

        story.Portal.Faults.Clear();
        await story.PassAsync(Round);
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task A_key_with_permissions_for_people_only_is_enough()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Portal = new() { KeyScopes = ["accounts:read", "accounts:write"] } }
        );

        await story.Alice.SaysAsync("/invite bob@example.com carol@example.org");
        await story.JoinsAsync("bob@example.com");
        await story.JoinsAsync("carol@example.org");

        story.Alice.Sees("bob@example.com has joined DocSpace");
        story.Alice.Sees("carol@example.org has joined DocSpace");
        story.Bob.Sees("Welcome to DocSpace");
    }

    [Fact]
    public async Task The_welcome_is_not_lost_when_the_bot_is_stopped_between_joining_and_looking()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite bob@example.com");
        await story.StopBotAsync();
        await story.Portal.JoinAsync("bob@example.com");
        story.Clock.Advance(TimeSpan.FromDays(3));

        await story.RestartBotAsync();
        await story.PassAsync(Round);

        story.Bob.Sees("Your account is active.");
        story.Alice.Sees("seen 3 days after the request");
    }
}
