using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary><c>/resend</c>: the mail again, in few calls, and not to anybody who asks too often.</summary>
public sealed class ResendCommandStories
{
    private const string Carol = "carol@example.org";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task The_mail_goes_out_again_and_not_once_more_within_the_hour(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync($"/resend {Carol}");
        story.Mails(Carol, 2);

        await story.PassAsync(TimeSpan.FromMinutes(30));
        await story.Alice.SaysAsync($"/resend {Carol}");
        story.Alice.Sees("less than an hour ago");
        story.Mails(Carol, 2);

        await story.PassAsync(TimeSpan.FromHours(1));
        await story.Alice.SaysAsync($"resend {Carol}");
        story.Mails(Carol, 3);
    }

    [Fact]
    public async Task Everybody_who_has_been_waiting_gets_it_in_one_call_whatever_request_they_are_of()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { RateLimits = true } });
        await story.Alice.SaysAsync("/invite a@example.org b@example.org");
        await story.Alice.SaysAsync("/invite c@example.org");
        await story.PassAsync(TimeSpan.FromDays(4));
        await story.Alice.SaysAsync("/invite d@example.org");
        await story.Bob.SaysAsync("/invite e@example.org");

        await story.Alice.SaysAsync("/resend --all --older 3d");

        Assert.Equal(1, story.CallsTo("people/invite", "PUT"));
        Assert.All((string[])["a@example.org", "b@example.org", "c@example.org"], email => story.Mails(email, 2));
        Assert.All((string[])["d@example.org", "e@example.org"], email => story.Mails(email, 1));
        story.Alice.Sees("DocSpace is being asked to mail 3 people again.");
    }

    [Fact]
    public async Task Of_more_than_five_calls_in_a_quarter_of_an_hour_the_sixth_waits_and_nothing_is_refused()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { RateLimits = true } });
        var emails = Enumerable.Range(1, 8).Select(number => $"p{number}@example.org").ToList();
        await story.Alice.SaysAsync("/invite " + string.Join(' ', emails));

        foreach (var email in emails)
        {
            await story.Alice.SaysAsync($"/resend {email}");
        }

        Assert.Equal(5, story.CallsTo("people/invite", "PUT"));
        story.Alice.Sees("It asks to wait, so it is tried again later.");

        await story.PassAsync(TimeSpan.FromMinutes(16));
        Assert.Equal(6, story.CallsTo("people/invite", "PUT"));
        Assert.All(emails, email => story.Mails(email, 2));
    }

    [Fact]
    public async Task A_guest_is_mailed_again_by_the_room()
    {
        await using var story = await Story.StartAsync();
        var room = story.Portal.AddRoom("Audit");
        await story.Alice.SaysAsync($"/invite {Carol} --role guest --room Audit");

        await story.Alice.SaysAsync($"/resend {Carol}");

        Assert.Equal(1, story.CallsTo($"files/rooms/{room}/resend", "POST"));
        Assert.Equal(0, story.CallsTo("people/invite", "PUT"));
        story.Alice.Sees("DocSpace was asked to send the mail again and did not object.");
    }

    [Theory]
    [InlineData("/resend", "say whose mail it is")]
    [InlineData("/resend nobody", "is not an e-mail address")]
    [InlineData("/resend --all --older soon", "“soon” is not a time that I can take")]
    [InlineData("/resend --all --older", "“” is not a time that I can take")]
    [InlineData("/resend carol@example.org --all", "name addresses, or say --all, not both")]
    [InlineData("/resend carol@example.org --older 3d", "name addresses, or say --all, not both")]
    [InlineData("/resend carol@example.org --quickly", "/resend has no option “--quickly”")]
    [InlineData("/resend --all --older 99999999999999d", "is not a time that I can take")]
    [InlineData("/resend --all --older 1000000d", "Nobody whom you invited has been waiting that long")]
    [InlineData("/resend --all --older 2 Wochen", "Nobody whom you invited has been waiting that long (14 days)")]
    [InlineData("/resend carol@example.org", "I know of no request of yours.")]
    [InlineData("/resend dave@example.org", "has joined, so no mail is needed.")]
    public async Task What_cannot_be_done_is_said(string typed, string words)
    {
        await using var story = await Story.StartAsync();
        await story.Bob.SaysAsync($"/invite {Carol}");
        await story.Alice.SaysAsync("/invite dave@example.org");
        await story.JoinsAsync("dave@example.org");

        await story.Alice.SaysAsync(typed);

        story.Alice.Sees(words);
        Assert.Equal(0, story.CallsTo("people/invite", "PUT"));
    }
}
