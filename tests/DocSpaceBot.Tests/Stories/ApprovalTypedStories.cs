using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Approvals without cards, and requests for several people.</summary>
public sealed class ApprovalTypedStories
{
    private const string Carol = "carol@example.org";
    private const string Dave = "dave@example.org";

    [Fact]
    public async Task The_list_has_numbers_to_approve_and_deny_by()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol} --reason Audit");
        await story.Bob.SaysAsync($"/invite {Dave} --role roomadmin");

        await story.Dana.SaysAsync("/approvals");
        story.Dana.Sees("Asked by");
        story.Dana.Sees($"Request 1: Alice Anders asks for {Carol} as User.");
        story.Dana.Sees("Reason: Audit.");
        story.Dana.Sees($"Request 2: Bob Brandt asks for {Dave} as Room admin (uses a paid seat).");
        await story.Dana.SaysAsync("/approve 1");
        story.Dana.Sees($"Approved: {Carol} (request 1).");
        await story.Dana.SaysAsync("/deny 2 no seats left, sorry");
        story.Dana.Sees($"Denied: {Dave} (request 2). Nobody was invited by that; Bob Brandt reads your reason.");

        story.Mails(Carol, 1);
        story.Mails(Dave, 0);
        story.Bob.Sees($"Dana Dorn denied {Dave}: “no seats left, sorry”.");
        story.Max.Sees("Dana Dorn denied it");
        await story.Dana.SaysAsync("/approvals");
        story.Dana.Sees("Nothing waits for your decision.");
    }

    [Theory]
    [InlineData("/approve", "Nothing was changed: say which request, like this: /approve 17.")]
    [InlineData("/deny", "Nothing was changed: say which request, like this: /deny 17 not with us any more.")]
    [InlineData("/approve carol", "Nothing was changed: say which request")]
    [InlineData("/approve 99", "Nothing was changed: I know of no request 99 that you decide about.")]
    [InlineData("/approve 99999999999999999999", "Nothing was changed: say which request")]
    [InlineData("/approve -1", "Nothing was changed: say which request")]
    [InlineData("/approve 1 somebody@example.org", "“somebody@example.org” is nobody in request 1.")]
    [InlineData("/deny 1", "Say why: the person who asked reads it. Nothing was changed.")]
    [InlineData("/deny 1 carol@example.org", "Say why: the person who asked reads it. Nothing was changed.")]
    public async Task What_cannot_be_understood_changes_nothing_and_says_how(string typed, string answer)
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.SaysAsync(typed);

        story.Dana.Sees(answer);
        story.Alice.SeesOnCard("Invitation · waiting for approval");
    }

    [Theory]
    [InlineData("/deny 1 davy@example.org unknown to us")]
    [InlineData($"/deny 1 {Carol} davy@example.org unknown to us")]
    public async Task A_slip_in_an_address_is_no_reason_to_deny_others(string typed)
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol} {Dave}");

        await story.Dana.SaysAsync(typed);

        story.Dana.Sees("“davy@example.org unknown to us” is nobody in request 1. Type /deny 1 and why for all of it, or name addresses");
        story.Alice.SeesOnCard("Waiting for approval 2");
    }

    [Fact]
    public async Task A_number_is_no_key_for_somebody_who_does_not_decide()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Bob.SaysAsync("/approve 1");
        await story.Bob.SaysAsync("/deny 1 because");
        await story.Bob.SaysAsync("/approvals");

        story.Bob.Sees("I know of no request 1 that you decide about.");
        story.Bob.Sees("Nothing waits for your decision.");
        story.Bob.SeesNo(Carol);
        story.Alice.SeesOnCard("Invitation · waiting for approval");
    }

    [Fact]
    public async Task Typed_twice_it_is_approved_once()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");

        await story.Dana.SaysAsync("/approve 1", new SayOptions { Delivery = Delivery.TwiceAtOnceWithNewIds });

        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Who_approves_again_what_was_taken_back_since_is_told_so()
    {
        await using var story = await Story.StartAsync(Asked.With(("Policy:Rules:0:Needed", "2")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.SaysAsync("/approve 1");
        await story.Alice.PressesAsync("Cancel request");

        await story.Dana.SaysAsync("/approve 1");

        story.Dana.Sees("Alice Anders took this back. Nothing was changed.");
        story.Dana.SeesNo($"Approved: {Carol}");
    }

    [Fact]
    public async Task Within_the_window_a_typed_denial_stops_what_the_same_person_approved()
    {
        await using var story = await Story.StartAsync(Asked.With(("Approvals:UndoWindow", "00:00:10")));
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Dana.SaysAsync("/approve 1");
        story.Dana.Sees("until then /deny 1 and a reason stops it.");

        await story.Dana.SaysAsync("/deny 1 wrong person");
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Alice.SeesOnCard("Invitation · denied");
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task Where_others_read_along_nothing_of_other_places_is_listed()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Bob.InGroup.SaysAsync($"/invite {Dave}");

        await story.Dana.InGroup.SaysAsync("/approvals");

        story.Dana.InGroup.Sees($"Request 2: Bob Brandt asks for {Dave}");
        story.Dana.InGroup.Sees("1 more waits for you. Ask me in our personal chat, where nobody reads along.");
        story.Dana.InGroup.SeesNo(Carol);
        await story.Dana.InGroup.SaysAsync("/approve 2");
        await story.Dana.InGroup.SaysAsync("/approvals");
        story.Dana.InGroup.Sees("1 request waits for you. Ask me in our personal chat, where nobody reads along.");
    }

    [Fact]
    public async Task Where_others_read_along_nothing_is_told_of_what_was_decided_elsewhere()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.Max.SaysAsync("/deny 1 she was let go");

        await story.Dana.InGroup.SaysAsync("/approve 1");
        story.Dana.InGroup.Sees("Request 1 has been decided already. Nothing was changed.");
        story.Dana.InGroup.SeesNo("let go");

        await story.Dana.SaysAsync("/approve 1");
        story.Dana.Sees("Max Maurer denied this");
    }

    [Fact]
    public async Task Several_people_are_decided_row_by_row()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync($"/invite {Carol} {Dave} erin@example.org");
        Assert.Equal(["Approve", "Deny", "Approve", "Deny", "Approve", "Deny", "Approve all 3", "Deny all 3"], story.Dana.Buttons);

        await story.Dana.PressesAsync("Approve");
        story.Mails(Carol, 1);
        story.Dana.Sees("2 of 3 invitations wait for a decision");
        await story.Max.SaysAsync($"/deny 1 {Dave} unknown to us");
        story.Max.Sees("1 of 3 invitations waits for a decision");
        await story.Max.PressesAsync("Approve 1 invitation");

        story.Mails(Dave, 0);
        story.Mails("erin@example.org", 1);
        story.Alice.SeesOnCard("Invited 2 · Denied 1");
        story.Alice.Sees($"Max Maurer denied {Dave}: “unknown to us”.");
        story.Alice.Sees($"Dana Dorn approved {Carol}.");
    }

    [Fact]
    public async Task What_needs_no_approval_goes_out_and_the_rest_waits()
    {
        await using var story = await Story.StartAsync(
            Asked.With(("Policy:Rules:0:When:Domains:0", "example.org"), ("Policy:Otherwise", "Allow"))
        );

        await story.Alice.SaysAsync($"/invite {Carol} dave@example.net");

        story.Mails("dave@example.net", 1);
        story.Mails(Carol, 0);
        story.Alice.SeesOnCard("Waiting for approval 1 · Invited 1");
        story.Alice.SeesOnCard("1 person waits for that and is not invited before.");
        await story.Dana.SaysAsync("/approve 1");
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_list_says_before_it_is_confirmed_that_somebody_has_to_approve()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/invite " + string.Join(' ', Enumerable.Range(0, 12).Select(i => $"p{i}@example.com")));
        story.Alice.SeesOnCard("All 12 need somebody's approval first");

        await story.Alice.PressesAsync("Invite 12 people");
        story.Alice.SeesOnCard("Waiting for approval 12");
        await story.Dana.PressesAsync("Approve all 12");
        await story.PassAsync(TimeSpan.FromSeconds(10));

        story.Alice.SeesOnCard("Invited 12");
        story.Mails("p3@example.com", 1);
    }

    [Fact]
    public async Task An_old_client_gets_its_buttons_as_a_message_and_its_answers_too()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        story.Teams.ChangePerson("dana", dana => dana with { HasOldClient = true });
        await story.Alice.SaysAsync($"/invite {Carol}");
        Assert.Equal(["Decide"], story.Dana.Buttons);

        await story.Dana.PressesAsync("Decide");
        await story.Dana.PressesAsync("Approve invitation");

        story.Mails(Carol, 1);
        story.Max.Sees("Dana Dorn approved it");
    }
}
