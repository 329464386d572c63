using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>No one decides who may not, and nothing is decided twice.</summary>
public sealed class ApprovalSafetyStories
{
    private const string Carol = "carol@example.org";
    private const string Unknown = "This card is no longer known. Type /invite to ask again.";
    private const string Approve = "approval/approve";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Two_who_click_at_once_make_one_decision_and_the_second_is_told_who_was_faster(string storage)
    {
        await using var story = await Story.StartAsync(Asked.Managers with { Storage = storage });
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));

        var answers = await story.DoneAsync(
            Task.WhenAll(
                story.Teams.DeliverAsync(Press(story, "dana", Approve, request)),
                story.Teams.DeliverAsync(Press(story, "max", "approval/deny", request, ("reason", "No")))
            )
        );
        await story.SettleAsync();

        var (dana, max) = (Forged.CardIn(answers[0]), Forged.CardIn(answers[1]));
        Assert.True(
            max.Contains("Dana Dorn approved this", StringComparison.Ordinal)
                ^ dana.Contains("Max Maurer denied this", StringComparison.Ordinal),
            $"{dana}\n---\n{max}"
        );
        story.Mails(Carol, max.Contains("Dana Dorn approved this", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public async Task Who_is_too_late_is_told_so_alone()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));
        await story.Dana.PressesAsync("Approve invitation");

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "max", Approve, request)));

        Assert.Contains("Dana Dorn approved this on 2026-11-20 09:0", Forged.CardIn(answer), StringComparison.Ordinal);
        story.Dana.SeesNo("Nothing was changed.");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task What_another_gave_as_a_reason_cannot_put_a_link_onto_the_card_of_who_is_too_late()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));
        await story.Dana.FillsInAsync("Deny invitation", ("reason", "[Sign in](https://evil.example)"));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "max", Approve, request)));

        var card = Forged.CardIn(answer);
        Assert.Contains("Dana Dorn denied this on", card, StringComparison.Ordinal);
        Assert.DoesNotContain("“Sign in”", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_write_cannot_pass_for_lines_of_the_bot_nor_turn_them_around()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        story.Teams.ChangePerson("alice", alice => alice with { DisplayName = "Ali\u202Ece" });
        await story.Alice.SaysAsync("/invite");
        await story.Alice.FillsInAsync("Invite", ("emails", Carol), ("reason", "Audit \u202Eresu sa"));

        await story.Dana.SaysAsync("/approvals");
        await story.Dana.FillsInAsync("Deny invitation", ("reason", "no\n\nDana Dorn approved boss@example.com.\u202E"));

        var said = string.Join('\n', story.Dana.Messages.Concat(story.Alice.Messages).Select(message => message.Text));
        Assert.Contains("1: Alice asks for", said, StringComparison.Ordinal);
        Assert.Contains($"Dana Dorn denied {Carol}: “no Dana Dorn approved", said, StringComparison.Ordinal);
        Assert.DoesNotContain("\nDana Dorn approved", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', said);
    }

    [Fact]
    public async Task Whoever_ceased_to_decide_before_the_card_came_is_not_sent_it()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Dana.SaysAsync("/quiet");
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.ChangeSettings(("Policy:ApproverGroups:managers:People:0", "bob@example.com"));
        await story.Bob.ComesToSeeAsync("Approve this invitation?");

        await story.Dana.SaysAsync("/quiet off");

        story.Dana.SeesNo(Carol);
    }

    [Theory]
    [InlineData(nameof(Delivery.Twice))]
    [InlineData(nameof(Delivery.TwiceAtOnce))]
    [InlineData(nameof(Delivery.TwiceWithNewIds))]
    [InlineData(nameof(Delivery.TwiceAtOnceWithNewIds))]
    public async Task A_click_that_is_delivered_again_approves_once_and_complains_of_nothing(string delivery)
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.PressesAsync(
            "Approve invitation",
            new PressOptions { Delivery = (Delivery)typeof(Delivery).GetField(delivery)!.GetValue(null)! }
        );

        story.Dana.SeesNo("Nothing was changed.");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_click_twice_is_one_of_two()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.PressesAsync("Approve invitation", new PressOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });

        story.Alice.SeesOnCard("1 of 2 have approved (Dana Dorn).");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Whoever_the_policy_no_longer_names_cannot_decide_with_the_card_they_have()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.ChangeSettings(("Policy:ApproverGroups:managers:People:0", "bob@example.com"));
        var request = Forged.RequestOn(Assert.Single(story.Max.Cards));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "dana", Approve, request)));
        await story.SettleAsync();

        Assert.Contains(
            "You are not among the people who decide about this request. Nothing was changed.",
            Forged.CardIn(answer),
            StringComparison.Ordinal
        );
        story.Mails(Carol, 0);
        await story.Bob.ComesToSeeAsync("Approve this invitation?");
        await story.SettleAsync();
        Assert.DoesNotContain("Approve invitation", story.Dana.Buttons);
        await story.Bob.PressesAsync("Approve invitation");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_yes_of_somebody_who_has_lost_the_right_since_no_longer_counts()
    {
        await using var story = await Story.StartAsync(
            Asked.With(("Policy:Rules:0:Needed", "2"), ("Policy:ApproverGroups:managers:People:2", "olga@example.com"))
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.PressesAsync("Approve invitation");
        story.ChangeSettings(("Policy:ApproverGroups:managers:People:0", "bob@example.com"));
        await story.Bob.ComesToSeeAsync("Approve this invitation?");

        await story.Max.PressesAsync("Approve invitation");

        story.Alice.SeesOnCard("1 of 2 have approved (Max Maurer).");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task What_the_rules_have_come_to_forbid_is_denied_and_what_they_let_pass_goes_out()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Bob.SaysAsync("/invite dave@example.net");

        story.ChangeSettings(
            ("Policy:Rules:1:Name", "no org"),
            ("Policy:Rules:1:When:Domains:0", "example.org"),
            ("Policy:Rules:1:Then", "Deny")
        );
        await story.Alice.ComesToSeeAsync("Invitation · denied");
        story.ChangeSettings(("Policy:Rules:0:Then", "Allow"));
        await story.Bob.ComesToSeeAsync("Invitation · invited");

        story.Alice.Sees("The rules were changed and do not allow this invitation any more. Nobody was invited.");
        story.Mails(Carol, 0);
        story.Mails("dave@example.net", 1);
    }

    [Fact]
    public async Task The_requester_is_told_of_a_denial_also_where_the_rules_let_the_rest_pass()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol} dave@example.net");
        await story.Dana.SaysAsync($"/deny 1 {Carol} not yet");

        story.ChangeSettings(("Policy:Rules:0:Then", "Allow"));
        await story.Alice.ComesToSeeAsync("Invited 1");

        story.Alice.Sees($"Dana Dorn denied {Carol}: “not yet”. Nobody was invited by that.");
        story.Alice.Sees("The rules were changed, and nobody has to approve dave@example.net any more.");
    }

    [Theory]
    [InlineData(Approve)]
    [InlineData("approval/deny")]
    [InlineData("invite/undo")]
    [InlineData("card/refresh")]
    public async Task Somebody_who_has_nothing_to_do_with_it_learns_nothing_and_changes_nothing(string verb)
    {
        await using var story = await Story.StartAsync(Asked.With(("Approvals:UndoWindow", "00:01:00"), ("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));
        await story.Dana.PressesAsync("Approve invitation");

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "bob", verb, request, ("reason", "mine"))));

        Assert.Equal(Unknown, Forged.ErrorIn(answer));
        story.Alice.SeesOnCard("1 of 2 have approved (Dana Dorn).");
    }

    [Fact]
    public async Task The_requester_cannot_approve_with_a_card_that_was_made_up()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Dana.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Max.Cards));

        await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "dana", Approve, request)));
        await story.SettleAsync();

        story.Dana.SeesOnCard("Invitation · waiting for approval");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Nothing_that_a_card_says_of_itself_is_believed()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));

        await story.DoneAsync(
            story.Teams.DeliverAsync(
                Press(
                    story,
                    "bob",
                    Approve,
                    request,
                    ("by", story.Teams["dana"].AadObjectId),
                    ("row", "0"),
                    ("emails", "mallory@example.org"),
                    ("role", "docspaceadmin"),
                    ("needed", "0")
                )
            )
        );
        await story.SettleAsync();

        story.Alice.SeesOnCard("Invitation · waiting for approval");
        story.Mails(Carol, 0);
        story.Mails("mallory@example.org", 0);
    }

    [Fact]
    public async Task Somebody_of_another_tenant_that_may_talk_with_the_bot_decides_nothing_here()
    {
        var teams = new TeamsSetup();
        await using var story = await Story.StartAsync(
            Asked.With(
                ("Bot:AllowedTenants:0", teams.TenantId),
                ("Bot:AllowedTenants:1", teams.OtherTenantId),
                ("Policy:ApproverGroups:managers:People:0", "gus@example.com")
            )
        );
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Max.Cards));

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "gus", Approve, request)));
        await new Speaker(story, "gus").SaysAsync("/approve 1");

        Assert.Equal(Unknown, Forged.ErrorIn(answer));
        new Speaker(story, "gus").Sees("I know of no request 1 that you decide about.");
        story.Alice.SeesOnCard("Invitation · waiting for approval");
    }

    /// <summary>Whoever runs a tenant can give an account there any address.</summary>
    [Fact]
    public async Task Somebody_of_another_tenant_is_not_an_approver_by_having_the_address_of_one()
    {
        var teams = new TeamsSetup();
        await using var story = await Story.StartAsync(
            Asked.With(("Bot:AllowedTenants:0", teams.TenantId), ("Bot:AllowedTenants:1", teams.OtherTenantId))
        );
        var (gus, impostor) = (new Speaker(story, "gus"), new Speaker(story, "impostor"));
        story.Teams.AddPerson(
            "impostor",
            person => person with { TenantId = teams.OtherTenantId, Email = "dana@example.com", UserPrincipalName = "dana@example.com" },
            joinsPlaces: false
        );
        await impostor.SaysAsync("/approvals");

        await gus.SaysAsync($"/invite {Carol}");
        await impostor.SaysAsync("/approve 1");

        impostor.SeesNo("Approve this invitation?");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Somebody_of_another_tenant_is_not_let_pass_for_having_an_address_of_ours()
    {
        var teams = new TeamsSetup();
        await using var story = await Story.StartAsync(
            Asked.With(
                ("Bot:AllowedTenants:0", teams.TenantId),
                ("Bot:AllowedTenants:1", teams.OtherTenantId),
                ("Policy:Rules:0:Then", "Allow"),
                ("Policy:Rules:0:When:Requesters:0", "*@example.com"),
                ("Policy:Rules:0:Approvers:0", null),
                ("Policy:Otherwise", "Deny")
            )
        );
        story.Teams.AddPerson(
            "impostor",
            person => person with { TenantId = teams.OtherTenantId, Email = "alice@example.com", UserPrincipalName = "alice@example.com" },
            joinsPlaces: false
        );

        await new Speaker(story, "impostor").SaysAsync($"/invite {Carol}");

        story.Mails(Carol, 0);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task What_was_taken_back_can_no_longer_be_approved()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));
        await story.Alice.PressesAsync("Cancel request");

        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "dana", Approve, request)));
        await story.SettleAsync();

        Assert.Contains("Alice Anders took this back. Nothing was changed.", Forged.CardIn(answer), StringComparison.Ordinal);
        story.Alice.SeesOnCard("Invitation · cancelled");
        story.Dana.Sees("Alice Anders took it back before anything was sent.");
        story.Mails(Carol, 0);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task A_restart_within_the_window_loses_neither_the_approval_nor_the_undo(string storage)
    {
        await using var story = await Story.StartAsync(Asked.With(("Approvals:UndoWindow", "00:00:10")) with { Storage = storage });
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.PressesAsync("Approve invitation");
        story.Dana.Sees("It goes out in 10 seconds");

        await story.RestartBotAsync();
        Assert.Equal(["Undo"], story.Dana.Buttons);
        story.Mails(Carol, 0);
        await story.PassAsync(TimeSpan.FromSeconds(11));

        story.Alice.SeesOnCard("Invitation · invited");
        Assert.Empty(story.Dana.Buttons);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task An_approval_that_was_a_slip_is_taken_back_and_waits_again()
    {
        await using var story = await Story.StartAsync(Asked.With(("Approvals:UndoWindow", "00:00:10")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.PressesAsync("Approve invitation");

        await story.Dana.PressesAsync("Undo");
        await story.PassAsync(TimeSpan.FromMinutes(5));

        story.Alice.SeesOnCard("Invitation · waiting for approval");
        story.Max.Sees("Approve this invitation?");
        story.Mails(Carol, 0);
        await story.Max.PressesAsync("Approve invitation");
        await story.PassAsync(TimeSpan.FromSeconds(11));
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Only_whoever_approved_can_take_the_approval_back()
    {
        await using var story = await Story.StartAsync(Asked.With(("Approvals:UndoWindow", "00:00:10")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        var request = Forged.RequestOn(Assert.Single(story.Dana.Cards));
        await story.Dana.PressesAsync("Approve invitation");

        await story.DoneAsync(story.Teams.DeliverAsync(Press(story, "max", "invite/undo", request)));
        await story.PassAsync(TimeSpan.FromSeconds(11));

        story.Mails(Carol, 1);
    }

    [Theory]
    [InlineData("Policy:Rules:0:Then", "Deny", 0)]
    [InlineData("Policy:ApproverGroups:managers:People:0", "olga@example.com", 0)]
    [InlineData("Policy:Rules:0:Name", "renamed", 1)]
    public async Task What_failed_is_tried_again_only_as_long_as_the_yes_still_counts(string setting, string value, int mails)
    {
        await using var story = await Story.StartAsync(Asked.Managers with { Portal = new PortalSetup { Seats = 1 } });
        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        await story.Dana.PressesAsync("Approve invitation");
        story.Alice.SeesOnCard("Invitation · failed");
        story.Portal.Seats = 10;

        story.ChangeSettings((setting, value));
        await story.Alice.PressesAsync("Try again");

        story.Mails(Carol, mails);

        if (mails == 0)
        {
            story.Alice.Sees(
                "The rules or those who decide have changed since this was agreed to. Nothing was done. Ask again with /invite."
            );
        }
    }

    [Fact]
    public async Task What_is_written_to_the_log_names_nobody()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol} --reason \"secret deal\"");
        await story.Dana.FillsInAsync("Deny invitation", ("reason", "Not with them"));

        story.Log.HoldsNone("carol", "Dana", "Alice", "secret deal", "Not with them");
    }

    private static System.Text.Json.Nodes.JsonObject Press(
        Story story,
        string who,
        string verb,
        string request,
        params (string Field, string Value)[] entered
    ) => Forged.Press(story, who, verb, request, [("view", "approval"), .. entered]);
}
