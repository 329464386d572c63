using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Approvers who are busy, away, or were never there. The stories begin on a Friday at nine.</summary>
public sealed class ApprovalTimeStories
{
    private const string Carol = "carol@example.org";
    private const string Question = "Approve this invitation?";
    private const string Reminder = "Reminder: a request waits for your decision.";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Nobody_decides_in_time_and_both_sides_are_told(string storage)
    {
        await using var story = await Story.StartAsync(Asked.Managers with { Storage = storage });
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.PassAsync(TimeSpan.FromDays(6.9));
        story.Alice.SeesOnCard("Invitation · waiting for approval");
        await story.PassAsync(TimeSpan.FromDays(0.2));

        story.Alice.SeesOnCard("Invitation · expired");
        story.Alice.Sees($"Nobody decided about {Carol} in time");
        story.Dana.Sees("has expired: nobody decided in time. Nobody was invited.");
        Assert.Empty(story.Dana.Buttons);
        story.Mails(Carol, 0);
        await story.Alice.SaysAsync($"/cancel {Carol}");
        story.Alice.Sees($"{Carol}: expired: nobody decided in time, and nobody was invited. There is nothing to withdraw.");
    }

    [Fact]
    public async Task Approvers_are_reminded_with_growing_gaps_and_only_while_they_work()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");

        // Friday, one o'clock.
        await story.PassAsync(TimeSpan.FromHours(4.1), parts: 1);
        Assert.Single(Reminders(story.Dana));

        // What is due on Saturday comes on Monday at eight.
        await story.PassAsync(TimeSpan.FromDays(2.7));
        Assert.Single(Reminders(story.Dana));
        await story.PassAsync(TimeSpan.FromHours(3), parts: 3);
        Assert.Equal(2, Reminders(story.Dana).Count);

        await story.PassAsync(TimeSpan.FromDays(3.5));
        Assert.Equal(3, Reminders(story.Dana).Count);
    }

    [Fact]
    public async Task Whoever_has_decided_is_not_reminded()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.PressesAsync("Approve invitation");

        await story.PassAsync(TimeSpan.FromHours(5));

        Assert.Empty(Reminders(story.Dana));
        Assert.Single(Reminders(story.Max));
    }

    [Fact]
    public async Task Several_requests_are_one_reminder()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Bob.SaysAsync("/invite dave@example.org");

        await story.PassAsync(TimeSpan.FromHours(5));

        story.Dana.Sees("Reminder: 2 requests wait for your decision.");
        Assert.Single(story.Dana.Messages, message => message.Text?.StartsWith("Reminder", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task When_the_first_group_is_silent_the_next_one_is_asked_too()
    {
        await using var story = await Story.StartAsync(
            Asked.With(("Policy:Rules:0:Approvers:1", "directors"), ("Policy:ApproverGroups:directors:People:0", "olga@example.com"))
        );
        var olga = new Speaker(story, "olga");
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromHours(6));
        olga.SeesNo(Question);

        // After a day, and then on the next working day.
        await story.PassAsync(TimeSpan.FromDays(3));

        olga.Sees(Question);
        await olga.PressesAsync("Approve invitation");
        story.Dana.Sees("Olga Orlova approved it");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Where_the_first_group_cannot_be_reached_the_next_one_is_asked_at_once()
    {
        await using var story = await Story.StartAsync(
            Asked.With(("Policy:Rules:0:Approvers:1", "directors"), ("Policy:ApproverGroups:directors:People:0", "olga@example.com"))
        );
        await story.Teams.UninstallAsync("dana", Place.Personal);
        await story.Teams.UninstallAsync("max", Place.Personal);

        await story.Alice.SaysAsync($"/invite {Carol}");

        new Speaker(story, "olga").Sees(Question);
        story.Alice.SeesOnCard("Asked for approval: Olga Orlova.");
    }

    [Fact]
    public async Task When_nobody_can_be_reached_an_operator_is_told_and_whoever_installs_the_bot_gets_the_card()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Teams.UninstallAsync("dana", Place.Personal);
        await story.Teams.UninstallAsync("max", Place.Personal);

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromHours(2));

        story.Alice.SeesOnCard("Nobody who decides can be reached at the moment. An operator has been told.");
        Assert.Single(new Speaker(story, "olga").Messages, message => message.Shows("Request 1 of Alice Anders waits for approval"));

        await story.DoneAsync(story.Teams.InstallAsync("dana", Place.Personal));
        await story.SettleAsync();

        story.Dana.Sees(Question);
        await story.Dana.PressesAsync("Approve invitation");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Approvers_who_never_met_the_bot_are_found_and_written_to()
    {
        await using var story = await Story.StartAsync(Asked.Managers with { Installed = false });

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Dana.Sees(Question);
        await story.Max.PressesAsync("Approve invitation");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Whoever_wants_quiet_gets_no_card_and_no_reminder_but_can_decide()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Dana.SaysAsync("/quiet");

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(5));

        story.Dana.SeesNo(Question);
        Assert.Empty(Reminders(story.Dana));
        await story.Dana.SaysAsync("/approvals");
        story.Dana.Sees($"Request 1: Alice Anders asks for {Carol} as User.");
        await story.Dana.SaysAsync("/approve 1");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task The_cards_come_back_when_quiet_ends()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Dana.SaysAsync("/quiet");
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.SaysAsync("/quiet off");

        story.Dana.Sees(Question);
    }

    [Fact]
    public async Task Once_a_day_is_once_on_each_working_day()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Dana.SaysAsync("/quiet daily");
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.PassAsync(TimeSpan.FromDays(2.9));
        Assert.Empty(Reminders(story.Dana));
        await story.PassAsync(TimeSpan.FromHours(3));
        Assert.Single(Reminders(story.Dana));
        await story.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, Reminders(story.Dana).Count);
        story.Dana.SeesNo(Question);
        story.Dana.SeesNo("card above");
    }

    private static List<TeamsMessage> Reminders(Speaker who) => [.. who.Messages.Where(message => message.Shows(Reminder))];
}
