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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_those_who_were_asked_leave_the_next_group_is_asked_at_once(bool isQuiet)
    {
        await using var story = await Story.StartAsync(
            Asked.With(
                ("Policy:ApproverGroups:managers:People:1", null),
                ("Policy:Rules:0:Approvers:1", "directors"),
                ("Policy:ApproverGroups:directors:People:0", "olga@example.com")
            )
        );

        if (isQuiet)
        {
            await story.Dana.SaysAsync("/quiet");
        }

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("Asked for approval: Dana Dorn.");

        await story.DoneAsync(story.Teams.UninstallAsync("dana", Place.Personal));
        await story.SettleAsync();

        story.Olga.Sees(Question);
        story.Alice.SeesOnCard("Asked for approval: Olga Orlova.");
    }

    [Fact]
    public async Task Whoever_blocked_the_bot_and_writes_to_it_again_is_shown_what_waits()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        story.Teams.Faults.Blocked("dana");
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard("Asked for approval: Max Maurer.");

        story.Teams.Faults.Blocked("dana", isBlocked: false);
        await story.Dana.SaysAsync("hello");

        story.Dana.Sees(Question);
        story.Alice.SeesOnCard("Asked for approval: Dana Dorn and Max Maurer.");
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
    public async Task Who_gets_another_manager_while_it_waits_is_decided_about_by_that_one()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Approvers:0", "@manager")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Dana.Sees(Question);
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));

        story.Teams.ChangePerson("alice", alice => alice with { Manager = "max" });
        await story.PassAsync(TimeSpan.FromDays(1.5));
        await story.DoneAsync(story.Teams.DeliverAsync(Forged.Press(story, "dana", "approval/approve", request, ("view", "approval"))));
        await story.SettleAsync();

        story.Mails(Carol, 0);
        await story.Max.PressesAsync("Approve invitation");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Nobody_is_said_to_have_been_told_where_there_is_no_operator()
    {
        await using var story = await Story.StartAsync(Asked.With(("Operators:0", "nobody@example.com")));
        await story.Teams.UninstallAsync("dana", Place.Personal);
        await story.Teams.UninstallAsync("max", Place.Personal);

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Alice.SeesOnCard("Nobody who decides can be reached at the moment. Ask an operator.");
    }

    [Fact]
    public async Task Somebody_of_another_tenant_with_the_address_of_an_operator_is_told_nothing()
    {
        var teams = new TeamsSetup();
        await using var story = await Story.StartAsync(
            Asked.With(
                ("Bot:AllowedTenants:0", teams.TenantId),
                ("Bot:AllowedTenants:1", teams.OtherTenantId),
                ("Policy:ApproverGroups:managers:People:1", null)
            )
        );
        var gus = new Speaker(story, "gus");
        story.Teams.AddPerson(
            "olga of another tenant",
            person => person with { TenantId = teams.OtherTenantId, Email = "olga@example.com", UserPrincipalName = "olga@example.com" },
            joinsPlaces: false
        );
        var impostor = new Speaker(story, "olga of another tenant");
        await impostor.SaysAsync("/approvals");

        await gus.SaysAsync($"/invite {Carol}");

        impostor.SeesNo("waits for approval");
    }

    [Fact]
    public async Task Whoever_comes_back_is_reminded_again()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:ApproverGroups:managers:People:1", null)));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.DoneAsync(story.Teams.UninstallAsync("dana", Place.Personal));
        await story.PassAsync(TimeSpan.FromHours(5));
        Assert.Empty(Reminders(story.Dana));

        await story.DoneAsync(story.Teams.InstallAsync("dana", Place.Personal));
        await story.PassAsync(TimeSpan.FromDays(3.2));

        Assert.NotEmpty(Reminders(story.Dana));
    }

    [Fact]
    public async Task Teams_that_is_away_for_a_quarter_of_an_hour_keeps_nobody_from_being_asked()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        story.Teams.Faults.FailNext(502, times: 1000, when: call => call.Method == "POST");
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(15));
        story.Dana.SeesNo(Question);

        story.Teams.Faults.Clear();
        await story.PassAsync(TimeSpan.FromMinutes(30));

        story.Dana.Sees(Question);
        story.Max.Sees(Question);
    }

    [Theory]
    [InlineData("dana")]
    [InlineData("max")]
    public async Task One_card_that_cannot_be_edited_does_not_keep_the_others_as_they_were(string unlucky)
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var other = unlucky == "dana" ? "max" : "dana";
        story.Teams.Faults.FailNext(400, "BadSyntax", when: call => IsEdit(call, unlucky));
        story.Teams.Faults.FailNext(503, "ServiceUnavailable", times: 12, when: call => IsEdit(call, other));

        await story.Alice.PressesAsync("Cancel request");
        await story.PassAsync(TimeSpan.FromMinutes(5));

        new Speaker(story, other).Sees("Alice Anders took it back before anything was sent.");

        bool IsEdit(TeamsCall call, string who) =>
            call.Method == "PUT" && Uri.UnescapeDataString(call.Path).Contains(story.Teams[who].ChatId, StringComparison.Ordinal);
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
