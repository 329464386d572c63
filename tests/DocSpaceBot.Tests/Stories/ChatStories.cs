using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Small talk, and what is no command: there is always an answer, and it is safe to read.</summary>
public sealed class ChatStories
{
    [Theory]
    [InlineData("/help")]
    [InlineData("help")]
    [InlineData("HELP!")]
    [InlineData("Hello")]
    [InlineData("hi!")]
    [InlineData("Hey, bot")]
    [InlineData("thanks")]
    [InlineData("Thank you")]
    [InlineData("Hallo!")]
    [InlineData("danke")]
    [InlineData("Hilfe")]
    [InlineData("  ")]
    [InlineData("?")]
    public async Task The_bot_says_what_it_can_do(string text)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync(text);

        story.Alice.Sees("What I can do");
        story.Alice.Sees("/invite alice@example.com");
        Assert.Single(story.Alice.Messages);
    }

    [Theory]
    [InlineData("/invit carol@example.org", "Did you mean /invite?")]
    [InlineData("/hepl", "Did you mean /help?")]
    [InlineData("good morning", "I do not know “good”. Type /help to see what I can do.")]
    [InlineData("carol@example.org", "Do you want to invite carol@example.org? Then type: /invite carol@example.org")]
    [InlineData("Carol Carter <carol@example.org>", "Type /invite in front, or /help")]
    [InlineData("carol@example.org; dave@example.org", "Type /invite in front of their addresses.")]
    [InlineData("👍", "Type /help to see what I can do.")]
    [InlineData("/", "What I can do")]
    [InlineData("--role", "Type /help")]
    public async Task What_is_no_command_is_answered_with_the_nearest_one(string text, string words)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync(text);

        story.Alice.Sees(words);
        Assert.Single(story.Alice.Messages);
        Assert.Empty(story.Portal.Mails);
    }

    [Theory]
    [InlineData("/invite ")]
    [InlineData("")]
    public async Task A_very_long_text_has_a_short_answer(string start)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync(start + new string('x', 28 * 1024));

        Assert.InRange(Speaker.TextOf(Assert.Single(story.Alice.Messages)).Length, 1, 300);
    }

    [Fact]
    public async Task What_people_are_called_and_write_is_shown_as_it_is()
    {
        const string Trick = "**Big** [click](https://evil.example) <b>x</b> {{DATE(2020-01-01T00:00:00Z)}}";
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        story.Teams.ChangePerson("alice", alice => alice with { DisplayName = Trick });

        await story.Alice.SaysAsync($"/invite _carol_*@example.org --reason \"{Trick}\"");

        story.Alice.SeesOnCard("_carol_*@example.org");
        var card = Assert.Single(story.Alice.Cards).Card!.Value.GetRawText();
        Assert.DoesNotContain("[click](", card, StringComparison.Ordinal);
        Assert.DoesNotContain("{{DATE(2020", card, StringComparison.Ordinal);
        story.Alice.SeesOnCard("**Big** [click](https://evil.example)");
    }

    [Fact]
    public async Task An_answer_that_repeats_what_was_typed_is_no_markup()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync("[click](https://evil.example)");
        await story.Alice.SaysAsync("/invite **x**@y");

        Assert.All(
            story.Teams.Calls.Where(call => call.ActivityType == "message"),
            call => Assert.Equal("plain", call.Body!.Value.GetProperty("textFormat").GetString())
        );
        Assert.Equal(2, story.Alice.Messages.Count);
    }

    [Fact]
    public async Task Everybody_is_answered_in_their_own_language()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        story.Teams.ChangePerson("alice", alice => alice with { Locale = "de-AT" });
        story.Teams.ChangePerson("dana", dana => dana with { Locale = "fr-FR" });

        await story.Alice.SaysAsync("Hallo");
        await story.Bob.SaysAsync("hallo");
        await story.Dana.SaysAsync("hello");
        await story.Alice.SaysAsync("/invit carol@example.org");

        story.Alice.Sees("Was ich kann");
        story.Alice.Sees("„invit“ kenne ich nicht. Meinten Sie /invite?");
        story.Bob.Sees("What I can do");
        story.Dana.Sees("What I can do");
    }

    [Fact]
    public async Task Help_names_the_operators_commands_to_operators_alone_and_only_where_nobody_else_reads_it()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync("/help");
        await story.Olga.SaysAsync("/help");
        await story.Olga.InGroup.SaysAsync("/help");

        story.Olga.Sees("/doctor checks whether everything is set up");
        story.Alice.SeesNo("/doctor");
        story.Olga.InGroup.SeesNo("/doctor");
    }

    [Fact]
    public async Task Whoever_is_known_is_greeted_in_their_language()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        story.Teams.ChangePerson("alice", alice => alice with { Locale = "de-DE" });
        await story.Alice.SaysAsync("Danke");

        await story.DoneAsync(story.Teams.InstallAsync("alice", Place.Personal));
        await story.SettleAsync();

        story.Alice.Sees("Hallo, ich bin der DocSpace-Bot");
        story.Alice.SeesNo("Hello, I am the DocSpace bot");
    }

    [Fact]
    public async Task Whoever_installs_the_bot_is_greeted_once()
    {
        await using var story = await Story.StartAsync();

        Assert.Single(story.Alice.Messages, message => message.Shows("Hello, I am the DocSpace bot"));
        Assert.Single(story.Alice.InGroup.Messages);
        Assert.Single((story.Alice with { Where = Place.General }).Messages);

        await story.DoneAsync(story.Teams.UninstallAsync("alice", Place.Personal));
        await story.DoneAsync(story.Teams.InstallAsync("alice", Place.Personal));
        await story.SettleAsync();
        Assert.Equal(2, story.Alice.Messages.Count(message => message.Shows("Hello, I am the DocSpace bot")));
    }
}
