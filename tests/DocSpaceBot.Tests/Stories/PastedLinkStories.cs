using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Somebody pastes an invitation link where others read along.</summary>
public sealed class PastedLinkStories
{
    private const string Heading = "An invitation link to DocSpace";
    private const string ShareInstead = "Share as a card instead";

    [Fact]
    public async Task Everybody_reads_what_it_is_and_nobody_gets_it_a_second_time()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var url = Linking.UrlIn(story.Alice);

        var preview = await story.Alice.InGroup.PastesAsync($"join here: {url}");

        Assert.NotNull(preview.Card);
        story.Bob.InGroup.Sees(Heading);
        story.Bob.InGroup.Sees("User");
        story.Bob.InGroup.Sees("good until");
        Assert.DoesNotContain("/s/", preview.Card.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_of_the_portal_and_the_link_is_not_opened()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link guest");
        var url = Linking.UrlIn(story.Alice);
        var before = story.Portal.Calls.Count;

        await story.Alice.InGroup.PastesAsync(url);
        await story.Alice.InGroup.SaysAsync($"look {url}");

        Assert.Equal(before, story.Portal.Calls.Count);
    }

    [Fact]
    public async Task One_click_of_whoever_asked_for_it_puts_a_card_there_instead()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --uses 3");
        await story.Alice.InGroup.PastesAsync(Linking.UrlIn(story.Alice));

        await story.Alice.InGroup.PressesAsync(ShareInstead);

        story.Bob.InGroup.Sees("Join DocSpace");
        story.Bob.InGroup.Sees("3 of 3");
        await story.Bob.InGroup.PressesAsync("Get my invitation");
        Assert.Equal(Linking.UrlIn(story.Alice), Linking.UrlIn(story.Bob));
    }

    [Fact]
    public async Task Somebody_else_cannot_share_it_and_is_told_so_alone()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        await story.Alice.InGroup.PastesAsync(Linking.UrlIn(story.Alice));

        await story.Bob.InGroup.PressesAsync(ShareInstead);

        story.Bob.Sees("Only the person who asked for the link, or an operator, can do that.");
        story.Max.InGroup.SeesNo("Only the person who asked");
        story.Max.InGroup.SeesNo("Join DocSpace");
    }

    [Fact]
    public async Task A_link_that_others_made_is_replaced_by_one_that_whoever_presses_asks_for()
    {
        await using var story = await Story.StartAsync();
        await story.Bob.InGroup.PastesAsync(LongLink(story, emplType: 2));
        story.Max.InGroup.Sees("Guest");

        await story.Max.InGroup.PressesAsync(ShareInstead);

        story.Bob.InGroup.Sees("Join DocSpace");
        story.Bob.InGroup.Sees("Max Maurer");
        Linking.OnlyWith(story, "max");
    }

    [Fact]
    public async Task What_the_rules_deny_is_not_had_by_pasting_either()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Rules:0:Name"] = "no users",
                    ["Policy:Rules:0:When:Roles:0"] = "user",
                    ["Policy:Rules:0:Then"] = "Deny",
                    ["Policy:Otherwise"] = "Allow",
                },
            }
        );
        await story.Bob.InGroup.PastesAsync(LongLink(story, emplType: 4));

        await story.Bob.InGroup.PressesAsync(ShareInstead);

        story.Bob.Sees("The rule “no users” does not allow this link");
        story.Max.InGroup.SeesNo("Join DocSpace");
    }

    [Fact]
    public async Task One_from_a_mail_to_somebody_is_told_to_be_left_alone()
    {
        await using var story = await Story.StartAsync();

        await story.Bob.InGroup.PastesAsync($"{LongLink(story, emplType: 4)}&encemail=abc");

        story.Max.InGroup.Sees("It belongs to one person");
        Assert.DoesNotContain(ShareInstead, ButtonsBeneath(story.Max.InGroup));
    }

    [Fact]
    public async Task One_that_was_stopped_says_so()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var url = Linking.UrlIn(story.Alice);
        await story.Alice.PressesAsync("Stop");

        await story.Alice.InGroup.PastesAsync(url);

        story.Bob.InGroup.Sees("revoked");
        Assert.DoesNotContain(ShareInstead, ButtonsBeneath(story.Bob.InGroup));
    }

    [Theory]
    [InlineData("https://elsewhere.example/s/AbCdEfGhIjKlMno")]
    [InlineData("http://127.0.0.1.elsewhere.example/s/AbCdEfGhIjKlMno")]
    [InlineData("http://127.0.0.1@elsewhere.example/s/AbCdEfGhIjKlMno")]
    [InlineData("not a link at all")]
    public async Task Links_to_other_places_are_left_alone(string text)
    {
        await using var story = await Story.StartAsync();

        var preview = await story.Alice.InGroup.PastesAsync(text);

        Assert.Null(preview.Card);
        story.Bob.InGroup.SeesNo(Heading);
    }

    [Fact]
    public async Task Pages_of_the_portal_that_are_no_invitations_are_left_alone()
    {
        await using var story = await Story.StartAsync();

        var preview = await story.Alice.InGroup.PastesAsync($"{story.Portal.Url}rooms/shared/7");

        Assert.Null(preview.Card);
    }

    [Fact]
    public async Task A_message_to_the_bot_is_answered_in_the_same_way()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");

        await story.Alice.InGroup.SaysAsync($"look at {Linking.UrlIn(story.Alice)}");

        Assert.Contains(story.Bob.InGroup.Messages, message => message.Shows(Heading));
    }

    [Fact]
    public async Task A_command_with_a_link_in_it_is_still_a_command()
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync($"/invite carol@example.com --reason \"see {LongLink(story, emplType: 4)}\"");

        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Fact]
    public async Task Somebody_of_another_tenant_learns_nothing_that_the_bot_knows()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var url = Linking.UrlIn(story.Alice);

        var preview = await story.DoneAsync(story.Teams.PasteAsync("gus", Place.Personal, url));

        Assert.True(
            preview.Preview.Card is null || !preview.Preview.Card.Value.GetRawText().Contains("good until", StringComparison.Ordinal)
        );
    }

    /// <summary>Of the kind that says what it is, made a day ago.</summary>
    private static string LongLink(Story story, int emplType)
    {
        var made = (long)(story.Clock.GetUtcNow().AddDays(-1) - new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMilliseconds;
        return $"{story.Portal.Url}confirm/LinkInvite?type=LinkInvite&key={made}.ABCDEF&uid={Guid.Empty}&emplType={emplType}";
    }

    private static IEnumerable<string> ButtonsBeneath(Speaker reader) =>
        reader.Unfurled.SelectMany(message => CardReader.Buttons(message.Card!.Value)).Select(button => button.Title);
}
