using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Nobody is brought in without the right person's yes.</summary>
public sealed class ApprovalStories
{
    private const string Carol = "carol@example.org";

    private static readonly StorySetup Asking = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Policy:Otherwise"] = "Ask",
            ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
            ["Policy:ApproverGroups:managers:People:1"] = "max@example.com",
        },
    };

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_manager_approves_with_one_click_and_everybody_sees_it(string storage)
    {
        await using var story = await Story.StartAsync(Asking with { Storage = storage });

        await story.Alice.SaysAsync($"/invite {Carol} --reason \"Audit\"");

        story.Alice.SeesOnCard("Invitation · waiting for approval");
        story.Alice.SeesOnCard("Asked for approval: Dana Dorn and Max Maurer.");
        story.Mails(Carol, 0);
        story.Dana.Sees("Approve this invitation?");
        story.Dana.Sees("nobody has this address: a new account");

        await story.Dana.PressesAsync("Approve invitation");

        story.Mails(Carol, 1);
        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.Sees($"Dana Dorn approved {Carol}.");
        story.Dana.Sees("Invitation · invited");
        story.Max.Sees("Invitation · invited");
        story.Max.Sees("Dana Dorn approved it");
        Assert.Empty(story.Max.Buttons);
        Assert.Empty(story.Dana.Buttons);
    }

    [Fact]
    public async Task A_denial_needs_a_reason_and_the_requester_reads_it()
    {
        await using var story = await Story.StartAsync(Asking);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.PressesAsync("Deny invitation");
        story.Dana.Sees("Say why: the person who asked reads it. Nothing was changed.");
        story.Alice.SeesOnCard("Invitation · waiting for approval");
        await story.Dana.FillsInAsync("Deny invitation", ("reason", "Not a partner any more"));

        story.Alice.SeesOnCard("Invitation · denied");
        story.Alice.Sees($"Dana Dorn denied {Carol}: “Not a partner any more”. Nobody was invited by that.");
        story.Max.Sees("Dana Dorn denied it");
        Assert.Empty(story.Max.Buttons);
        Assert.Equal(0, story.CallsTo("people/invite", "POST"));
    }

    [Fact]
    public async Task Who_asks_cannot_approve()
    {
        await using var story = await Story.StartAsync(Asking);

        await story.Dana.SaysAsync($"/invite {Carol}");
        await story.Dana.SaysAsync("/approve 1");

        story.Dana.Sees("You asked for this invitation, so somebody else has to decide about it.");
        story.Dana.SeesOnCard("Invitation · waiting for approval");
        story.Max.Sees("Approve this invitation?");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Nobody_decides_in_time()
    {
        await using var story = await Story.StartAsync(Asking);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.PassAsync(TimeSpan.FromDays(6.9));
        story.Alice.SeesOnCard("Invitation · waiting for approval");
        await story.PassAsync(TimeSpan.FromDays(0.2));

        story.Alice.SeesOnCard("Invitation · expired");
        story.Alice.Sees($"Nobody decided about {Carol} in time");
        story.Dana.Sees("has expired: nobody decided in time. Nobody was invited.");
        Assert.Empty(story.Dana.Buttons);
        story.Mails(Carol, 0);
    }
}
