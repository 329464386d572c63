namespace DocSpaceBot.Tests.Stories;

/// <summary>Settings that change while the bot runs.</summary>
public sealed class SettingsStories
{
    private const string Level = "Serilog:MinimumLevel:Default";

    [Fact]
    public async Task What_the_bot_follows_changes_without_a_restart_and_back_to_what_the_settings_file_says()
    {
        await using var story = await Story.StartAsync();
        var stranger = new Speaker(story, "gus");
        Assert.Equal(1, await LinesAsync());

        story.ChangeSettings((Level, "Fatal"));
        Assert.Equal(0, await LinesAsync());

        story.ChangeSettings((Level, null));
        Assert.Equal(1, await LinesAsync());

        // Whoever is turned away is noted at the level that the settings file has.
        async Task<int> LinesAsync()
        {
            var before = story.Log.Lines.Count;
            Assert.Equal(403, await stranger.TriesToSayAsync("/help"));
            return story.Log.Lines.Count - before;
        }
    }
}
