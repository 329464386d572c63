using System.Text;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>A file whose link leads to the wrong place, to nothing, or to something without an end: one clear sentence, and nobody is invited.</summary>
public sealed class BadLinkStories
{
    private const string Few = "email\nbob@example.com\ncarol@example.org\n";

    [Theory]
    [InlineData("https://10.0.0.5/people.csv")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::1]:80/people.csv")]
    [InlineData("https://files.evil.example/people.csv")]
    [InlineData("https://example.sharepoint.com.evil.example/people.csv")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a link")]
    public async Task A_link_that_leads_elsewhere_is_not_followed(string link) =>
        await NobodyIsInvitedAsync(link, "The file is not in a place that I may fetch files from. Nobody was invited.");

    [Fact]
    public async Task A_redirect_to_elsewhere_is_not_followed()
    {
        await using var elsewhere = await FilePlace.StartAsync(_ => Task.CompletedTask);
        await using var place = await FilePlace.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.Link);
            return Task.CompletedTask;
        });

        await NobodyIsInvitedAsync(place.Link, "The file is not in a place that I may fetch files from. Nobody was invited.");

        Assert.Equal(0, elsewhere.Asked);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_link_that_has_run_out_is_told_at_once(int status)
    {
        await using var place = await FilePlace.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await NobodyIsInvitedAsync(
            place.Link,
            "Teams does not give me that file any more: its link has run out, or the file was deleted. Nobody was invited. Send it again."
        );

        Assert.Equal(1, place.Asked);
    }

    [Theory]
    [InlineData(50L * 1024 * 1024)]
    [InlineData(null)]
    public async Task A_file_that_is_far_too_large_is_not_read_whether_it_says_so_or_never_ends(long? announced)
    {
        await using var place = await FilePlace.StartAsync(async context =>
        {
            context.Response.ContentLength = announced;
            var part = new byte[64 * 1024];

            for (
                var sent = 0L;
                (announced is null || sent < announced) && !context.RequestAborted.IsCancellationRequested;
                sent += part.Length
            )
            {
                await context.Response.Body.WriteAsync(part);
            }
        });

        await NobodyIsInvitedAsync(place.Link, "The file is larger than 1 MB. Nobody was invited.");

        Assert.Equal(1, place.Asked);
    }

    [Fact]
    public async Task A_place_that_fails_is_asked_again_before_anybody_is_told()
    {
        await using var place = await FilePlace.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        await NobodyIsInvitedAsync(place.Link, "The file cannot be fetched at the moment");

        Assert.Equal(3, place.Asked);
    }

    [Fact]
    public async Task A_place_that_never_comes_to_an_end_is_given_up()
    {
        await using var place = await FilePlace.StartAsync(FilePlace.DribbleAsync);

        await NobodyIsInvitedAsync(place.Link, "The file cannot be fetched at the moment", timeLimitsEnd: true);

        Assert.Equal(3, place.Asked);
    }

    [Fact]
    public async Task A_place_that_fails_once_does_no_harm()
    {
        await using var story = await Story.StartAsync();
        await using var place = await FilePlace.StartAsync(FailsOnce());

        await story.Alice.SendsAsync("people.csv", Few, link: place.Link);
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Check before sending · 2 people");

        static RequestDelegate FailsOnce()
        {
            var asked = 0;
            return async context =>
            {
                context.Response.StatusCode = Interlocked.Increment(ref asked) == 1 ? 502 : 200;
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Few));
            };
        }
    }

    /// <summary>One sentence, no card, nobody in the portal, and the link is nowhere in the log.</summary>
    private static async Task NobodyIsInvitedAsync(string link, string sentence, bool timeLimitsEnd = false)
    {
        await using var story = await Story.StartAsync();
        story.TimeLimitsEnd = timeLimitsEnd;
        var before = story.Alice.Messages.Count;

        await story.Alice.SendsAsync("people.csv", Few, link: link);
        await story.PassAsync(TimeSpan.FromMinutes(3));

        story.Alice.Sees(sentence);
        Assert.Equal(before + 1, story.Alice.Messages.Count);
        Assert.Null(story.Portal.Find("bob@example.com"));
        story.Log.HoldsNone("tempauth", "evil.example", "169.254", "passwd");
    }
}
