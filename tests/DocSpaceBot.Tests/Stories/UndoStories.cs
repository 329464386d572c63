using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>For ten seconds a request can be taken back, and nothing leaves before.</summary>
public sealed class UndoStories
{
    private const string Carol = "carol@example.org";

    private static readonly StorySetup WithUndo = new()
    {
        Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" },
    };

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Taken_back_in_time_nothing_is_sent(string storage)
    {
        await using var story = await Story.StartAsync(WithUndo with { Storage = storage });
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("Invitation · queued");
        story.Alice.SeesOnCard("Nothing has been sent yet.");

        await story.PassAsync(TimeSpan.FromSeconds(5));
        await story.Alice.PressesAsync("Undo");
        await story.PassAsync(TimeSpan.FromMinutes(10));

        story.Alice.SeesOnCard("Invitation · cancelled");
        story.Alice.SeesOnCard("It was taken back before anything was sent. Nobody was invited.");
        Assert.Empty(story.Alice.Buttons);
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Left_alone_it_goes_out_and_the_button_goes_away()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.SaysAsync($"/invite {Carol}");
        Assert.Equal(["Undo"], story.Alice.Buttons);

        await story.PassAsync(TimeSpan.FromSeconds(9));
        Assert.Empty(story.Portal.Calls);
        await story.PassAsync(TimeSpan.FromSeconds(2));

        story.Alice.SeesOnCard("Invitation · invited");
        Assert.Empty(story.Alice.Buttons);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task The_time_that_is_left_is_counted_down_also_by_a_bot_that_was_restarted()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("It goes out in 10 seconds");

        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromSeconds(6), parts: 2);

        story.Alice.SeesOnCard("It goes out in 5 seconds");
        Assert.Equal(["Undo"], story.Alice.Buttons);
    }

    [Fact]
    public async Task Somebody_else_cannot_take_it_back()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.InGroup.SaysAsync($"/invite {Carol}");

        await story.Bob.InGroup.PressesAsync("Undo");
        story.Bob.InGroup.Sees("Only the person who asked can do that.");
        story.Alice.InGroup.SeesNo("Only the person who asked can do that.");

        await story.PassAsync(TimeSpan.FromSeconds(11));
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Too_late_is_too_late()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var late = Forged.Press(story, "alice", "invite/undo", Forged.RequestOn(Assert.Single(story.Alice.Cards)));
        await story.PassAsync(TimeSpan.FromSeconds(11));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(late));

        Assert.Equal(200, answer.Status);
        Assert.Contains("That is no longer possible: the invitation is “Invited”.", Forged.CardIn(answer), StringComparison.Ordinal);
        story.Mails(Carol, 1);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_restart_within_the_window_changes_nothing(string storage)
    {
        await using var story = await Story.StartAsync(WithUndo with { Storage = storage });
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.RestartBotAsync();
        Assert.Equal(["Undo"], story.Alice.Buttons);
        await story.PassAsync(TimeSpan.FromSeconds(11));

        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_double_click_on_Undo_takes_it_back_once_and_complains_of_nothing()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.SaysAsync($"/invite {Carol} dave@example.org");

        await story.Alice.PressesAsync("Undo", new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Cancelled 2");
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task After_Undo_the_person_can_be_asked_for_again()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.PressesAsync("Undo");

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromSeconds(11));

        story.Mails(Carol, 1);
    }
}
