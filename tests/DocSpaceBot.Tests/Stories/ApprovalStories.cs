using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Nobody is brought in without the right person's yes.</summary>
public sealed class ApprovalStories
{
    private const string Carol = "carol@example.org";

    private static readonly StorySetup Asking = Asked.Managers;

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
    public async Task Two_have_to_approve_and_the_card_says_who_has()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Dana.Sees("0 of 2");

        await story.Dana.PressesAsync("Approve invitation");
        story.Dana.Sees("1 of 2 (Dana Dorn)");
        story.Max.Sees("1 of 2 (Dana Dorn)");
        story.Alice.SeesOnCard("1 of 2 have approved (Dana Dorn).");
        story.Alice.SeesOnCard("Invitation · waiting for approval");
        Assert.Equal(["Deny invitation", "Undo"], story.Dana.Buttons);
        story.Mails(Carol, 0);

        await story.Max.PressesAsync("Approve invitation");

        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.Sees($"Dana Dorn and Max Maurer approved {Carol}.");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task When_one_is_enough_by_now_whoever_has_approved_can_let_it_go_out()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.PressesAsync("Approve invitation");

        story.ChangeSettings(("Policy:Rules:0:Needed", "1"), ("Policy:ApproverGroups:managers:People:1", null));
        await story.Dana.ComesToSeeAsync("1 of 1 (Dana Dorn)");
        await story.Dana.SaysAsync("/approvals");
        story.Dana.SeesNo("somebody else still has to");
        await story.Dana.PressesAsync("Approve invitation");

        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task One_denial_is_enough()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.PressesAsync("Approve invitation");

        await story.Max.FillsInAsync("Deny invitation", ("reason", "No budget"));

        story.Alice.SeesOnCard("Invitation · denied");
        story.Dana.Sees("Max Maurer denied it");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task The_manager_is_whoever_the_directory_names()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Approvers:0", "@manager")));

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Dana.Sees("Approve this invitation?");
        story.Max.SeesNo("Approve this invitation?");
        await story.Dana.PressesAsync("Approve invitation");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Somebody_who_has_no_manager_is_told_that_nobody_can_be_asked()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Approvers:0", "@manager")));

        await new Speaker(story, "olga").SaysAsync($"/invite {Carol}");

        new Speaker(story, "olga").SeesOnCard("Invitation · denied");
        new Speaker(story, "olga").SeesOnCard("Nobody can be found who could approve it.");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Where_nobody_decides_about_one_the_others_still_wait_for_theirs()
    {
        await using var story = await Story.StartAsync(
            Asked.With(
                ("Policy:Rules:0:When:Domains:0", "example.org"),
                ("Policy:Rules:0:Approvers:0", "@manager"),
                ("Policy:Rules:1:Name", "others"),
                ("Policy:Rules:1:Then", "Ask"),
                ("Policy:Rules:1:Approvers:0", "managers")
            )
        );

        await story.Olga.SaysAsync($"/invite {Carol} dave@example.net");

        story.Olga.SeesOnCard("Waiting for approval 1 · Denied 1");
        story.Olga.SeesOnCard($"Nobody can be found who could approve {Carol}.");
        await story.Dana.PressesAsync("Approve 1 invitation");
        story.Mails("dave@example.net", 1);
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task In_a_channel_everybody_reads_the_card_and_only_those_who_decide_have_buttons()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:ApproverGroups:managers:Channel", TeamsDirectory.ChannelId)));
        var olga = new Speaker(story, "olga").InChannel;

        await story.Alice.SaysAsync($"/invite {Carol}");

        olga.Sees("Approve this invitation?");
        Assert.Equal(["Decide"], olga.Buttons);
        Assert.Equal(["Approve invitation", "Deny invitation"], story.Dana.InChannel.Buttons);
        await olga.PressesAsync("Decide");
        Assert.Empty(olga.Buttons);

        await story.Dana.InChannel.PressesAsync("Approve invitation");

        olga.Sees("Dana Dorn approved it");
        story.Max.Sees("Dana Dorn approved it");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_channel_alone_lets_whoever_is_in_it_decide_but_not_whoever_asked()
    {
        await using var story = await Story.StartAsync(
            Asked.With(
                ("Policy:ApproverGroups:managers:Channel", TeamsDirectory.ChannelId),
                ("Policy:ApproverGroups:managers:People:0", null),
                ("Policy:ApproverGroups:managers:People:1", null)
            )
        );
        await story.Alice.SaysAsync($"/invite {Carol}");

        Assert.Empty(story.Alice.InChannel.Buttons);
        await story.Bob.InChannel.PressesAsync("Approve invitation");

        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task What_nobody_could_approve_is_refused_at_once()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:ApproverGroups:managers:People:1", null)));

        await story.Dana.SaysAsync($"/invite {Carol}");

        story.Dana.Sees("This invitation needs somebody's approval, and nobody is set up who could give it. Nobody was invited.");
        Assert.Empty(story.Dana.Cards);
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Approvers_see_who_is_there_already_and_what_looks_odd()
    {
        await using var story = await Story.StartAsync(Asking);
        story.Portal.AddPerson(Carol);

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Dana.Sees("a member already: nothing is changed");
        story.Dana.Sees("Once approved, nobody is mailed: see the account above.");
        story.Dana.Sees("Nobody at example.org has been invited from here before.");
    }

    [Theory]
    [InlineData(false, "a member already, as User: approved, the role can be changed")]
    [InlineData(true, "a member already, as User: approved, the role is changed")]
    public async Task Approvers_read_that_their_yes_lets_a_role_be_changed(bool ticked, string words)
    {
        await using var story = await Story.StartAsync(Asking with { Portal = new PortalSetup { Seats = -1 } });
        story.Portal.AddPerson(Carol);
        var list = string.Join(' ', Enumerable.Range(1, ticked ? 11 : 1).Select(number => $"p{number}@example.com"));

        await story.Alice.SaysAsync($"/invite {Carol} {list} --role roomadmin");

        if (ticked)
        {
            await story.Alice.FillsInAsync("Invite 11 people", ("changeRoles", "true"));
        }

        story.Dana.Sees(words);
        Assert.Equal(PortalRole.User, story.Portal.Find(Carol)!.Role);
    }
}
