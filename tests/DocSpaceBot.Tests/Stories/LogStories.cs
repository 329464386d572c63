using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What operators can read in the log of a day on which a lot goes wrong.</summary>
public sealed class LogStories
{
    [Theory]
    [InlineData("Information")]
    [InlineData("Verbose")]
    public async Task The_log_holds_no_addresses_names_tokens_keys_or_words_of_cards(string level)
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = new Dictionary<string, string?> { ["Serilog:MinimumLevel:Default"] = level } }
        );
        var names = story.Teams.People.Select(person => person.DisplayName).ToArray();

        story.Portal.Faults.FailNext(_ => true, PortalFault.Html(502), times: 4);
        await story.Alice.SaysAsync("/invite Carol Carter <carol@example.org> bob@example.com --reason \"Secret project\"");
        await story.Bob.InChannel.SaysAsync("/invit dave@example.org");
        await story.Alice.SaysAsync("/invite not-an-address");
        await story.PassAsync(TimeSpan.FromHours(1));
        story.Teams.Faults.Blocked("bob");
        story.Teams.Faults.FailNext(403, "BotNotInConversationRoster", when: call => call.Method == "PUT");
        await story.JoinsAsync("bob@example.com");
        await new Speaker(story, "gus").TriesToSayAsync("/invite eve@example.org");
        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "alice", "who@knows.example", "carol@example.org")));
        story.Portal.Faults.FailNext(_ => true, PortalFault.Empty401);
        await story.Alice.SaysAsync("/invite frank@example.org", new SayOptions { Delivery = Delivery.Twice });
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync("/invite grace@example.org");
        await story.PassAsync(TimeSpan.FromDays(2));

        Assert.NotEmpty(story.Log.Lines);
        story.Log.HoldsNone([
            .. names,
            "carol",
            "example.org",
            "Secret project",
            "not-an-address",
            "Invitation ·",
            "Bearer",
            "eyJ",
            story.Portal.ApiKey,
            story.Portal.Url.Authority,
            story.Teams.AppPassword,
        ]);
    }

    [Fact]
    public async Task On_a_good_day_there_is_no_warning()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/invite bob@example.com carol@example.org");
        await story.JoinsAsync("bob@example.com");
        await story.JoinsAsync("carol@example.org");
        await story.PassAsync(TimeSpan.FromDays(1));

        Assert.DoesNotContain(story.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.DoesNotContain(story.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
