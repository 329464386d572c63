using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary><c>/cancel ADDRESS</c>: what has not left is stopped, what has is withdrawn on the portal, and what is too late is said.</summary>
public sealed class CancelStories
{
    private const string Carol = "carol@example.org";
    private const string Dave = "dave@example.org";
    private const string Withdrawn = "The invitation was withdrawn: the link in the mail no longer works.";
    private const string NothingKnown = "I know of no request of yours. Nothing was changed.";

    private static readonly StorySetup WithUndo = new()
    {
        Settings = new Dictionary<string, string?> { ["Approvals:UndoWindow"] = "00:00:10" },
    };

    [Fact]
    public async Task Before_anything_has_left_nothing_leaves()
    {
        await using var story = await Story.StartAsync(WithUndo);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync($"/cancel {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.Sees($"{Carol}: cancelled. Nothing has been sent.");
        story.Alice.SeesOnCard("Invitation · cancelled");
        Assert.Empty(story.Portal.Calls);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task After_the_mail_the_invitation_is_withdrawn_and_its_link_is_dead(string storage)
    {
        await using var story = await Story.StartAsync(storage);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync($"cancel Carol Carter <{Carol}>");

        story.Alice.Sees($"{Carol}: DocSpace is being asked to withdraw the invitation.");
        story.Alice.SeesOnCard("Invitation · cancelled");
        story.Alice.SeesOnCard(Withdrawn);
        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
        await Assert.ThrowsAsync<DocSpaceBot.Tryout.Portal.StandInException>(() => story.Portal.JoinAsync(Carol));

        await story.PassAsync(TimeSpan.FromDays(1));
        story.Alice.SeesOnCard(Withdrawn);
        Assert.Equal(1, story.CallsTo("people/status", "PUT"));
        story.Mails(Carol, 1);

        await story.Alice.SaysAsync($"/cancel {Carol}");
        story.Alice.Sees($"{Carol}: cancelled already.");
    }

    [Fact]
    public async Task Who_was_withdrawn_and_is_asked_for_again_is_explained()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Alice.SaysAsync($"/cancel {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(2));

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.Sees(
            "An administrator can enable it in DocSpace. (An invitation that was withdrawn leaves the account disabled, too.)"
        );

        story.Portal.Enable(Carol);
        await story.Alice.PressesAsync("Try again");
        await story.Alice.PressesAsync("Send the mail again");
        story.Mails(Carol, 2);
        await story.JoinsAsync(Carol);
        story.Alice.Sees("Invitation · joined");
    }

    [Fact]
    public async Task Who_has_joined_is_not_disabled_and_that_is_said()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.JoinsAsync(Carol);

        await story.Alice.SaysAsync($"/cancel {Carol}");

        story.Alice.Sees($"{Carol}: joined already, so it is too late. An administrator can disable the account in DocSpace.");
        Assert.Equal(0, story.CallsTo("people/status", "PUT"));
        Assert.Equal(PortalStatus.Active, story.Portal.Find(Carol)!.Status);
    }

    [Fact]
    public async Task Who_has_joined_without_our_knowing_is_not_disabled_and_the_join_is_told_at_once()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Portal.JoinAsync(Carol);

        await story.Alice.SaysAsync($"/cancel {Carol}");

        story.Alice.SeesOnCard("Invitation · joined");
        story.Alice.SeesOnCard("It was too late to withdraw the invitation: the person has joined already.");
        story.Alice.Sees($"{Carol} has joined DocSpace");
        Assert.Equal(0, story.CallsTo("people/status", "PUT"));
    }

    [Fact]
    public async Task A_list_that_is_not_confirmed_yet_loses_the_person_and_the_last_one_ends_it()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {List(11)}");

        await story.Alice.SaysAsync("/cancel p3@example.org");
        story.Alice.Sees("p3@example.org: taken off the list that is not confirmed yet. Nothing has been sent.");
        await story.Alice.PressesAsync("Invite 10 people");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Mails("p2@example.org", 1);
        story.Mails("p3@example.org", 0);

        await story.Alice.SaysAsync($"/invite {List(11, "q")}");
        await story.Alice.SaysAsync($"/cancel {List(11, "q")}");
        story.Alice.Sees("cancelled. It was not confirmed yet, and nothing has been sent.");
        Assert.DoesNotContain(story.Portal.Mails, mail => mail.To.StartsWith('q'));
        Assert.DoesNotContain("Invite 11 people", story.Alice.Buttons);
    }

    [Fact]
    public async Task A_list_that_is_still_looked_up_is_looked_up_again_without_the_person()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync($"/invite {List(11)}");
        await story.Alice.SaysAsync("/cancel p3@example.org");

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromSeconds(30));

        await story.Alice.PressesAsync("Invite 10 people");
        story.Mails("p3@example.org", 0);
        story.Mails("p4@example.org", 1);
    }

    [Fact]
    public async Task In_the_middle_of_a_list_each_is_treated_as_they_stand()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {List(30)}");

        // The portal goes away after the first portion.
        story.Portal.Faults.FailNext(
            request =>
                request.Method == "POST" && request.Path.Value!.EndsWith("/people/invite", StringComparison.Ordinal) && Sent(story) > 0,
            PortalFault.Html(502),
            times: 1_000
        );
        await story.Alice.PressesAsync("Invite 30 people");
        Assert.Equal(25, Sent(story));
        story.Portal.Faults.Clear();
        story.Portal.Faults.Down = true;

        await story.Alice.SaysAsync("/cancel p1@example.org p28@example.org");
        story.Alice.Sees("p1@example.org: DocSpace is being asked to withdraw the invitation.");
        story.Alice.Sees("p28@example.org: just going out. Try again in a moment.");

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(PortalStatus.Terminated, story.Portal.Find("p1@example.org")!.Status);
        Assert.Equal(PortalStatus.Pending, story.Portal.Find("p2@example.org")!.Status);

        await story.Alice.SaysAsync("/cancel p28@example.org");
        await story.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(PortalStatus.Terminated, story.Portal.Find("p28@example.org")!.Status);
        story.Alice.SeesOnCard("Invited 28 · Cancelled 2");
    }

    [Fact]
    public async Task A_request_that_waits_for_the_portal_is_taken_back_before_it_goes_out()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync($"/cancel {Carol}");
        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromHours(1));

        story.Alice.SeesOnCard("Invitation · cancelled");
        Assert.Null(story.Portal.Find(Carol));
    }

    [Fact]
    public async Task Requests_of_others_are_neither_touched_nor_told_of()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Bob.SaysAsync($"/cancel {Carol} {Dave}");

        story.Bob.Sees($"{Carol}, {Dave}: {NothingKnown}");
        Assert.Equal(PortalStatus.Pending, story.Portal.Find(Carol)!.Status);
        Assert.Equal(0, story.CallsTo("people/status", "PUT"));
    }

    [Fact]
    public async Task Who_was_invited_by_somebody_else_before_stays_invited()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddPerson(Carol, PortalStatus.Pending, PortalActivation.Pending);
        story.Portal.AddPerson(Dave);
        await story.Alice.SaysAsync($"/invite {Carol} {Dave}");

        await story.Alice.SaysAsync($"/cancel {Carol} {Dave}");

        story.Alice.Sees($"{Carol}: invited by somebody else before you asked. Only an administrator can withdraw that, in DocSpace.");
        story.Alice.Sees($"{Dave}: in DocSpace before you asked, so there is no invitation to withdraw.");
        Assert.Equal(PortalStatus.Pending, story.Portal.Find(Carol)!.Status);
    }

    [Fact]
    public async Task What_was_asked_for_twice_is_withdrawn_by_the_request_that_invited()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(2));
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync($"/cancel {Carol}");

        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
    }

    [Fact]
    public async Task A_guest_who_was_let_into_a_room_is_withdrawn_too()
    {
        await using var story = await Story.StartAsync();
        story.Portal.AddRoom("Audit");
        await story.Alice.SaysAsync($"/invite {Carol} --room \"Audit\"");
        story.Alice.SeesOnCard("Invitation · invited");

        await story.Alice.SaysAsync($"/cancel {Carol}");

        story.Alice.SeesOnCard(Withdrawn);
        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
    }

    [Fact]
    public async Task Somebody_who_was_created_with_a_name_is_withdrawn_too()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite Carol Carter <{Carol}>");
        story.Alice.SeesOnCard("Invitation · invited");

        await story.Alice.SaysAsync($"/cancel {Carol}");

        story.Alice.SeesOnCard(Withdrawn);
        await Assert.ThrowsAsync<DocSpaceBot.Tryout.Portal.StandInException>(() => story.Portal.JoinAsync(Carol));
    }

    [Fact]
    public async Task While_the_portal_is_away_the_wish_waits_and_is_granted_later()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.Down = true;

        await story.Alice.SaysAsync($"/cancel {Carol}");
        story.Alice.SeesOnCard("It cannot be reached at the moment, so it is tried again.");
        await story.Alice.SaysAsync($"/cancel {Carol}");
        story.Alice.Sees($"{Carol}: being withdrawn already.");
        await story.RestartBotAsync();
        await story.PassAsync(TimeSpan.FromHours(2));

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(20));
        story.Alice.SeesOnCard(Withdrawn);
        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
    }

    [Fact]
    public async Task A_portal_that_stays_away_ends_in_a_clear_answer_and_the_wish_can_be_said_again()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.Down = true;

        await story.Alice.SaysAsync($"/cancel {Carol}");
        await story.PassAsync(TimeSpan.FromDays(3), parts: 100);
        story.Alice.SeesOnCard("DocSpace did not withdraw the invitation. The link in the mail may still work.");

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(10));
        await story.Alice.SaysAsync($"/cancel {Carol}");
        story.Alice.SeesOnCard(Withdrawn);
    }

    [Theory]
    [InlineData("no connection, after the effect")]
    [InlineData("HTML 504, after the effect")]
    [InlineData("garbage, after the effect")]
    [InlineData("no connection")]
    [InlineData("HTML 502")]
    [InlineData("429")]
    public async Task Whatever_becomes_of_the_answer_the_look_decides(string fault)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.FailNext(IsStatusChange, BadPortalStories.Fault(fault));

        await story.Alice.SaysAsync($"/cancel {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(20));

        story.Alice.SeesOnCard(Withdrawn);
        Assert.Equal(PortalStatus.Terminated, story.Portal.Find(Carol)!.Status);
    }

    [Theory]
    [InlineData("401", "DocSpace does not accept the bot's key.")]
    [InlineData("403 scope", "The bot's key lacks a permission.")]
    [InlineData("403 role", "The bot's key may not do it.")]
    [InlineData("402 unpaid", "The DocSpace subscription has run out.")]
    [InlineData("500", "Try again later, or tell an operator.")]
    public async Task A_refusal_is_told_and_the_invitation_stays(string fault, string words)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.FailNext(IsStatusChange, BadPortalStories.Fault(fault));

        await story.Alice.SaysAsync($"/cancel {Carol}");

        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.SeesOnCard($"DocSpace did not withdraw the invitation. The link in the mail may still work. {words}");
        await story.JoinsAsync(Carol);
        story.Alice.SeesOnCard("It was too late to withdraw the invitation");
    }

    [Fact]
    public async Task Delivered_twice_with_new_ids_it_is_withdrawn_once()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Alice.SaysAsync($"/cancel {Carol}", new SayOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });

        story.Alice.SeesOnCard(Withdrawn);
        Assert.Equal(1, story.CallsTo("people/status", "PUT"));
    }

    [Theory]
    [InlineData("/cancel", "Nothing was changed: say whose invitation it is, like this: /cancel alice@example.com")]
    [InlineData("/cancel carol", "Nothing was changed: “carol” is not an e-mail address.")]
    [InlineData("/cancel --all", "Nothing was changed: /cancel has no option “--all”.")]
    [InlineData("/cancle carol@example.org", "Did you mean /cancel?")]
    public async Task What_cannot_be_understood_is_answered(string text, string words)
    {
        await using var story = await Story.StartAsync();

        await story.Alice.SaysAsync(text);

        story.Alice.Sees(words);
    }

    private static bool IsStatusChange(HttpRequest request) =>
        request.Method == "PUT" && request.Path.Value!.Contains("/people/status/", StringComparison.Ordinal);

    private static int Sent(Story story) => story.Portal.Mails.Count(mail => mail.Kind is MailKind.Invitation);

    private static string List(int count, string name = "p") =>
        string.Join(' ', Enumerable.Range(1, count).Select(number => $"{name}{number}@example.org"));
}
