using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>The ways in which people write addresses.</summary>
public sealed class AddressStories
{
    /// <summary>A long list is not drawn more often.</summary>
    private static readonly TimeSpan BetweenEdits = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("/invite carol@example.org")]
    [InlineData("invite carol@example.org")]
    [InlineData("INVITE   carol@example.org")]
    [InlineData("/invite Carol@Example.ORG")]
    [InlineData("/invite Carol Carter <carol@example.org>")]
    [InlineData("/invite \"Carter, Carol\" <carol@example.org>")]
    [InlineData("/invite Carter, Carol <carol@example.org>;")]
    [InlineData("/invite Carol<carol@example.org>")]
    [InlineData("/invite <carol@example.org>")]
    [InlineData("/invite (carol@example.org)")]
    [InlineData("/invite carol@example.org.")]
    [InlineData("/invite carol@example.org!")]
    [InlineData("/invite mailto:carol@example.org")]
    [InlineData("/invite \"carol@example.org\"")]
    [InlineData("/invite carol@example.org carol@example.org, CAROL@EXAMPLE.ORG;carol@example.org.")]
    public async Task One_person_however_it_is_written(string text)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync(text);

        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails("carol@example.org", 1);
        Assert.Equal("carol@example.org", Assert.Single(story.Portal.People, person => !person.IsOwner).Email);
    }

    [Theory]
    [InlineData(nameof(EmailMarkup.Anchor), false)]
    [InlineData(nameof(EmailMarkup.Markdown), false)]
    [InlineData(nameof(EmailMarkup.Angle), false)]
    [InlineData(nameof(EmailMarkup.None), true)]
    public async Task Marked_as_Teams_marks_addresses(string markup, bool escaped)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        var options = new SayOptions { Emails = Enum.Parse<EmailMarkup>(markup), HtmlEscaped = escaped };

        await story.Alice.SaysAsync("/invite Carol Carter <carol@example.org>, dave@example.org", options);

        story.Alice.SeesOnCard("2 invitations");
        story.Mails("carol@example.org", 1);
        story.Mails("dave@example.org", 1);
    }

    [Theory]
    [InlineData("a@example.org b@example.org c@example.org")]
    [InlineData("a@example.org, b@example.org; c@example.org")]
    [InlineData("a@example.org\nb@example.org\r\nc@example.org\n")]
    [InlineData("Ann <a@example.org>; Ben <b@example.org>; c@example.org")]
    public async Task Several_people_at_once_have_one_card(string addresses)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync("/invite " + addresses);

        story.Alice.SeesOnCard("3 invitations");
        story.Alice.SeesOnCard("Invited 3");
        Assert.All(["a@example.org", "b@example.org", "c@example.org"], email => story.Mails(email, 1));
        Assert.Equal(1, story.CallsTo("people/invite", "POST"));
    }

    [Fact]
    public async Task Forty_people_are_counted_on_the_card_and_cost_few_calls()
    {
        await using var story = await Story.StartAsync();
        var emails = Enumerable.Range(1, 40).Select(number => $"person{number}@example.org").ToList();

        await story.Alice.SaysAsync("/invite " + string.Join(' ', emails));
        await story.Alice.PressesAsync("Invite 40 people");
        await story.PassAsync(BetweenEdits, parts: 1);

        story.Alice.SeesOnCard("40 invitations");
        story.Alice.SeesOnCard("Invited 40");
        Assert.All(emails, email => story.Mails(email, 1));
        Assert.InRange(story.Portal.Calls.Count, 1, 8);

        await story.JoinsAsync("person7@example.org");
        story.Alice.SeesOnCard("Invited 39 · Joined 1");
        story.Alice.Sees("person7@example.org has joined DocSpace");
    }

    [Theory]
    [InlineData("carol", "Nobody was invited: “carol” is not an e-mail address. Write it like alice@example.com.")]
    [InlineData("carol@", "Nobody was invited: “carol@” is not an e-mail address.")]
    [InlineData("@example.org", "is not an e-mail address")]
    [InlineData("carol@example", "is not an e-mail address")]
    [InlineData("carol@@example.org", "is not an e-mail address")]
    [InlineData("carol@exam_ple.org", "is not an e-mail address")]
    [InlineData("dave@example.org carol@example", "Nobody was invited: “carol@example” is not an e-mail address.")]
    [InlineData("dave@example.org 4711 carol@example.org", "Nobody was invited: “4711” is not an e-mail address.")]
    [InlineData("carol@bücher.example", "has a domain with letters that DocSpace does not take.")]
    [InlineData("carol@xn--bcher-kva.example", "has a domain with letters that DocSpace does not take.")]
    [InlineData("carol@example.org --role manager", "there is no role “manager”.")]
    [InlineData("carol@example.org --role roomadmn", "Did you mean --role roomadmin?")]
    [InlineData("carol@example.org --roll user", "I do not know the option --roll. Did you mean --role?")]
    [InlineData("carol@example.org --role", "--role needs a role behind it.")]
    public async Task What_cannot_be_is_told_and_nobody_is_invited(string arguments, string words)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync("/invite " + arguments);

        story.Alice.Sees(words);
        Assert.Single(story.Alice.Messages);
        Assert.Empty(story.Portal.Mails);
        Assert.Equal(0, story.CallsTo("people"));
    }

    [Fact]
    public async Task More_than_a_thousand_at_once_are_too_many()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });

        await story.Alice.SaysAsync("/invite " + string.Join(' ', Enumerable.Range(0, 1001).Select(number => $"p{number}@example.org")));

        story.Alice.Sees(
            "Nobody was invited: 1001 addresses are more than the 1000 that one request can hold. Send them in several requests."
        );
        Assert.Empty(story.Portal.Mails);
    }
}
