using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Who welcomes somebody who has joined, and what the requester is told about it.</summary>
public sealed class WelcomeStories
{
    [Fact]
    public async Task A_portal_that_refuses_is_asked_again_only_after_a_day()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite a@example.org b@example.org c@example.org");

        await story.JoinsAsync("a@example.org");
        Assert.Equal(1, story.CallsTo("portal/sendcongratulations", "POST"));

        await story.PassAsync(TimeSpan.FromHours(12));
        await story.JoinsAsync("b@example.org");
        Assert.Equal(1, story.CallsTo("portal/sendcongratulations", "POST"));
        story.Alice.Sees("not asked for: this portal refused it less than a day ago");

        await story.PassAsync(TimeSpan.FromHours(13));
        await story.JoinsAsync("c@example.org");
        Assert.Equal(2, story.CallsTo("portal/sendcongratulations", "POST"));
    }

    [Theory]
    [InlineData("Teams", 0, "switched off", "sent in the personal chat", "Joined and welcomed")]
    [InlineData("Portal", 1, "refused: this portal does not offer the call", "switched off", "Joined")]
    [InlineData("None", 0, "switched off", "switched off", "Joined")]
    public async Task The_settings_say_who_welcomes(string welcome, int calls, string byPortal, string byTeams, string status)
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["FollowUps:Welcome"] = welcome } }
        );

        await story.Alice.SaysAsync("/invite bob@example.com");
        await story.JoinsAsync("bob@example.com");

        Assert.Equal(calls, story.CallsTo("portal/sendcongratulations", "POST"));
        story.Alice.Sees(byPortal);
        story.Alice.Sees(byTeams);
        Assert.Equal(
            byTeams.StartsWith("sent", StringComparison.Ordinal),
            story.Bob.Messages.Any(it => it.Shows("Your account is active."))
        );
        var card = Assert.Single(story.Alice.Cards);
        Assert.Contains(status, Speaker.TextOf(card).Split('\n'));
    }

    [Fact]
    public async Task An_invitee_who_blocks_the_bot_is_welcomed_by_the_requester()
    {
        await using var story = await Story.StartAsync();
        story.Teams.Faults.Blocked("bob");

        await story.Alice.SaysAsync("/invite bob@example.com");
        await story.JoinsAsync("bob@example.com");

        story.Alice.Sees("not sent: the person cannot be reached in Teams");
        story.Alice.Sees("Text to forward:");
    }

    [Fact]
    public async Task An_invitee_who_never_wrote_to_the_bot_is_welcomed_in_a_new_chat()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        await story.DoneAsync(story.Teams.InstallAsync("alice", Tryout.Teams.Place.Group));

        await story.Alice.InGroup.SaysAsync("/invite bob@example.com");
        await story.JoinsAsync("bob@example.com");

        story.Bob.Sees("Welcome to DocSpace");
        story.Alice.InGroup.Sees("sent in the personal chat");
    }

    [Fact]
    public async Task A_welcome_whose_answer_got_lost_is_not_asked_for_twice()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { Dialect = PortalDialect.Documented } });
        story.Portal.Faults.FailNext(
            request => request.Path.Value!.Contains("sendcongratulations", StringComparison.Ordinal),
            PortalFault.DropConnection(afterEffect: true)
        );

        await story.Alice.SaysAsync("/invite carol@example.org");
        await story.JoinsAsync("carol@example.org");
        await story.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal(1, story.CallsTo("portal/sendcongratulations", "POST"));
        story.Alice.Sees("unknown: DocSpace gave no clear answer, and it is asked once only");
    }
}
