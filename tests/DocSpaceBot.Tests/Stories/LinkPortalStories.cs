using System.Globalization;
using System.Text.RegularExpressions;
using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What each kind of portal has for links, and what goes wrong there.</summary>
public sealed class LinkPortalStories
{
    private const string Managed = "portal/users/invitationlink";
    private const string Old = "portal/users/invite/";
    private const string CannotBeRevoked = "for any number of people, and it cannot be revoked.";

    [Theory, OnSqlite, OnPostgres]
    public async Task DocSpace_keeps_the_limits_itself_where_it_can_and_is_looked_at_afterwards(string storage)
    {
        await using var story = await Story.StartAsync(storage);

        await story.Alice.SaysAsync("/link user --expires 3d --uses 5");

        var there = (await Linking.ManagedAsync(story))!.Value;
        Assert.Equal(5, there.GetProperty("maxUseCount").GetInt32());
        Assert.Equal(Story.Start.AddDays(3), there.GetProperty("expiration").GetDateTimeOffset(), TimeSpan.FromMinutes(1));
        Assert.Equal(there.GetProperty("url").GetString(), Linking.UrlIn(story.Alice));
        story.Alice.SeesNo(CannotBeRevoked);
        var calls = story.Portal.Calls.Where(call => call.Path.Contains("invitationlink", StringComparison.Ordinal)).ToList();
        var post = calls.FindIndex(call => call.Method == "POST");
        Assert.Equal(("GET", "GET"), (calls[post - 1].Method, calls[post + 1].Method));
    }

    [Theory]
    [InlineData(nameof(PortalDialect.V36), "user")]
    [InlineData(nameof(PortalDialect.V36), "roomadmin")]
    [InlineData(nameof(PortalDialect.V37), "guest")]
    public async Task Where_DocSpace_has_no_such_link_it_is_the_old_kind_and_that_is_said(string dialect, string role)
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Portal = new PortalSetup { Dialect = Enum.Parse<PortalDialect>(dialect) } }
        );

        await story.Alice.SaysAsync($"/link {role} --uses 5");

        story.Alice.SeesOnCard("Invitation link · ready");
        story.Alice.SeesOnCard(CannotBeRevoked);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
        Assert.Equal(0, story.CallsTo(Managed, "POST"));
        Assert.Equal(1, story.CallsTo(Old));
    }

    [Fact]
    public async Task A_portal_as_the_guides_promise_it_gives_a_link_too()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Dialect = PortalDialect.Documented } });

        await story.Alice.SaysAsync("/link user");

        story.Alice.SeesOnCard("Invitation link · ready");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
    }

    [Theory]
    [InlineData("user")]
    [InlineData("guest")]
    public async Task Where_inviting_is_switched_off_it_says_so(string role)
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { AllowInvitingMembers = false } });

        await story.Alice.SaysAsync($"/link {role}");

        story.Alice.SeesOnCard("Invitation link · failed");
        story.Alice.SeesOnCard("DocSpace's administrators have switched inviting off.");
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Switched_on_again_a_second_try_makes_it()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { AllowInvitingMembers = false } });
        await story.Alice.SaysAsync("/link user");
        story.Portal.AllowInvitingMembers = true;

        await story.Alice.PressesAsync("Try again");

        story.Alice.SeesOnCard("Invitation link · ready");
        Linking.OnlyWith(story, "alice");
    }

    [Theory]
    [InlineData("roomadmin")]
    [InlineData("docspaceadmin")]
    public async Task A_role_that_the_owner_of_the_key_may_not_bring_in_is_refused(string role)
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { KeyCreator = KeyCreator.RoomAdmin } });

        await story.Alice.SaysAsync($"/link {role}");

        story.Alice.SeesOnCard("Invitation link · failed");
        story.Alice.SeesOnCard("DocSpace gives the bot no link for this role.");
    }

    [Fact]
    public async Task With_a_key_of_a_room_admin_a_user_link_is_made()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { KeyCreator = KeyCreator.RoomAdmin } });

        await story.Alice.SaysAsync("/link user");

        story.Alice.SeesOnCard("Invitation link · ready");
    }

    [Fact]
    public async Task With_a_key_that_may_only_read_it_is_the_old_kind()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { KeyScopes = ["*:read"] } });

        await story.Alice.SaysAsync("/link user");

        story.Alice.SeesOnCard("Invitation link · ready");
        story.Alice.SeesOnCard(CannotBeRevoked);
    }

    [Fact]
    public async Task With_a_key_that_may_nothing_of_this_it_says_what_it_lacks()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Portal = new PortalSetup { KeyScopes = ["accounts:read", "accounts:write"] } }
        );

        await story.Alice.SaysAsync("/link user");

        story.Alice.SeesOnCard("Invitation link · failed");
        story.Alice.SeesOnCard("The bot's DocSpace key lacks a permission that links need.");
    }

    [Fact]
    public async Task A_link_that_somebody_else_has_made_is_left_alone()
    {
        await using var story = await Story.StartAsync();
        var foreign = await Linking.MakeManagedAsync(story);

        await story.Alice.SaysAsync("/link user --uses 50");
        story.Alice.SeesOnCard(CannotBeRevoked);
        await story.Alice.PressesAsync("Stop");
        await story.PassAsync(TimeSpan.FromDays(8));

        Assert.Equal(foreign.GetRawText(), (await Linking.ManagedAsync(story))!.Value.GetRawText());
        Assert.All((string[])["POST", "PUT", "DELETE"], method => Assert.Equal(method == "POST" ? 1 : 0, story.CallsTo(Managed, method)));
    }

    [Fact]
    public async Task Somebody_elses_that_came_between_the_look_and_the_call_is_left_alone_too()
    {
        await using var story = await Story.StartAsync();
        var isFirst = true;
        story.Portal.BeforeCall = async call =>
        {
            if (isFirst && call is { Method: "POST" } && call.Path.EndsWith(Managed, StringComparison.Ordinal))
            {
                isFirst = false;
                await Linking.MakeManagedAsync(story);
            }
        };

        await story.Alice.SaysAsync("/link user --uses 50");

        story.Alice.SeesOnCard(CannotBeRevoked);
        Assert.Equal(3, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
    }

    [Fact]
    public async Task Where_all_paid_seats_are_taken_it_says_so()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Seats = 1 } });

        await story.Alice.SaysAsync("/link roomadmin");

        story.Alice.SeesOnCard("Invitation link · failed");
        story.Alice.SeesOnCard("All paid seats of DocSpace are taken");
    }

    [Fact]
    public async Task A_portal_that_is_away_is_waited_for()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync("/link user");
        story.Alice.SeesOnCard("DocSpace cannot be reached at the moment. Nothing is lost.");

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(10));

        story.Alice.SeesOnCard("Invitation link · ready");
        Assert.Equal(1, story.CallsTo(Managed, "POST"));
    }

    [Fact]
    public async Task One_that_stays_away_is_given_up_after_a_day()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;
        await story.Alice.SaysAsync("/link user");

        await story.PassAsync(TimeSpan.FromDays(2), parts: 16);

        story.Alice.SeesOnCard("Invitation link · failed");
        story.Alice.SeesOnCard("DocSpace cannot be reached.");
    }

    [Fact]
    public async Task A_portal_that_takes_no_more_calls_is_waited_for()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Limited = true;
        await story.Alice.SaysAsync("/link user");
        story.Alice.SeesOnCard("Invitation link · queued");

        story.Portal.Faults.Limited = false;
        await story.PassAsync(TimeSpan.FromMinutes(30));

        story.Alice.SeesOnCard("Invitation link · ready");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task An_answer_that_is_lost_after_its_effect_leaves_one_link_and_that_is_the_bots(string method)
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.FailNext(
            call => call.Method == method && call.Path.Value!.Contains("invitationlink", StringComparison.Ordinal),
            PortalFault.DropConnection(afterEffect: true)
        );

        await story.Alice.SaysAsync("/link user");
        await story.PassAsync(TimeSpan.FromMinutes(10));

        story.Alice.SeesOnCard("Invitation link · ready");
        story.Alice.SeesNo(CannotBeRevoked);
        Assert.Equal(Linking.UrlIn(story.Alice), (await Linking.ManagedAsync(story))!.Value.GetProperty("url").GetString());
        Assert.Equal(0, story.CallsTo(Old));
    }

    [Fact]
    public async Task A_link_to_another_host_is_pointed_out_to_everybody_who_gets_it()
    {
        await using var story = await Story.StartAsync();
        await story.RestartBotAsync(("DocSpace:BaseUrl", $"http://localhost:{story.Portal.Url.Port}"));
        await Linking.ShareInGroupAsync(story);
        story.Alice.SeesOnCard($"Beware: this link leads to 127.0.0.1, not to localhost:{story.Portal.Url.Port}.");

        await story.Bob.InGroup.PressesAsync("Get my invitation");

        story.Bob.Sees("Beware: it leads to 127.0.0.1");
    }

    [Fact]
    public async Task Two_links_of_a_role_share_DocSpaces_one_and_stopping_one_renews_the_other()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --uses 5 --expires 2d");
        var shared = Linking.UrlIn(story.Alice);
        await story.Bob.SaysAsync("/link user --uses 7 --expires 5d");

        Assert.Equal(shared, Linking.UrlIn(story.Bob));
        var there = (await Linking.ManagedAsync(story))!.Value;
        Assert.Equal(12, there.GetProperty("maxUseCount").GetInt32());
        Assert.Equal(Story.Start.AddDays(5), there.GetProperty("expiration").GetDateTimeOffset(), TimeSpan.FromMinutes(1));

        await story.Alice.PressesAsync("Stop");

        story.Alice.SeesOnCard("copies no longer work: DocSpace has revoked it (looked up).");
        Assert.False(await Linking.WorksAsync(story, shared));
        Assert.NotEqual(shared, Linking.UrlIn(story.Bob));
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        story.Bob.SeesOnCard("This is a new link");
        Assert.Equal(7, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
        Linking.OnlyWith(story, "alice", "bob");
    }

    [Fact]
    public async Task The_last_one_stopped_nothing_is_left_in_DocSpace()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");

        await story.Alice.PressesAsync("Stop");

        Assert.Null(await Linking.ManagedAsync(story));
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task What_somebody_has_revoked_in_DocSpace_is_not_made_again()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story);
        await Linking.DeleteManagedAsync(story);

        await story.PassAsync(TimeSpan.FromMinutes(2), parts: 1);
        await story.Bob.SaysAsync("/link user --uses 3");

        story.Alice.Sees("It was revoked in DocSpace, not by me");
        story.Bob.SeesOnCard("Invitation link · ready");
        Assert.Equal(3, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
        Assert.True(story.Teams.Sees("max", Tryout.Teams.Place.Group, "Invitation to DocSpace · stopped"));
        Linking.OnlyWith(story, "alice", "bob");
        story.Alice.SeesNo("/s/");
    }

    [Fact]
    public async Task After_its_time_DocSpaces_link_does_not_stand_in_the_way_of_the_next()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --expires 1h --uses 3");
        await story.PassAsync(TimeSpan.FromHours(2), parts: 4);
        story.Alice.SeesOnCard("Invitation link · expired");
        Linking.WithNobody(story);

        await story.Bob.SaysAsync("/link user --uses 4");

        story.Bob.SeesNo(CannotBeRevoked);
        Assert.Equal(4, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
    }

    [Fact]
    public async Task A_link_that_ends_leaves_no_more_places_than_the_others_have()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --expires 1d --uses 1000");
        await story.Bob.SaysAsync("/link user --expires 9d --uses 5");
        Assert.Equal(1000, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());

        await story.Alice.PressesAsync("Stop");

        Assert.Equal(5, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
    }

    [Fact]
    public async Task The_old_kind_is_replaced_before_its_seven_days_are_over_when_it_was_asked_for_for_longer()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story, "/link guest --expires 20d");
        await story.Bob.InGroup.PressesAsync("Get my invitation");
        var first = Linking.UrlIn(story.Bob);

        await story.PassAsync(TimeSpan.FromDays(6.5), parts: 13);

        Assert.NotEqual(first, Linking.UrlIn(story.Alice));
        Assert.Equal(Linking.UrlIn(story.Alice), Linking.UrlIn(story.Bob));
        await story.PassAsync(TimeSpan.FromDays(6), parts: 12);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        await story.PassAsync(TimeSpan.FromDays(8), parts: 16);
        story.Alice.Sees("Invitation link · expired");
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task The_old_kind_stopped_says_until_when_copies_work()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Dialect = PortalDialect.V36 } });
        await Linking.ShareInGroupAsync(story);

        await story.Alice.PressesAsync("Stop");

        story.Alice.Sees("DocSpace cannot revoke this kind of link: copies work until");
        Assert.True(story.Teams.Sees("bob", Tryout.Teams.Place.Group, "DocSpace cannot revoke this kind of link"));
        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Stopped_while_DocSpace_is_away_it_is_revoked_when_it_is_back()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var url = Linking.UrlIn(story.Alice);
        story.Portal.Faults.Down = true;
        await story.Alice.PressesAsync("Stop");
        story.Alice.SeesOnCard("DocSpace is asked to revoke it.");
        Linking.WithNobody(story);

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(30));

        Assert.False(await Linking.WorksAsync(story, url));
        story.Alice.SeesOnCard("copies no longer work");
    }

    [Fact]
    public async Task What_others_make_while_the_fate_of_the_bots_call_is_open_is_not_taken_for_the_bots()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.FailNext(call => call.Method == "POST", PortalFault.DropConnection());
        var isFirst = true;
        story.Portal.AfterCall = async call =>
        {
            if (isFirst && call is { Method: "POST" } && call.Path.EndsWith(Managed, StringComparison.Ordinal))
            {
                isFirst = false;
                await Linking.MakeManagedAsync(story);
            }
        };

        await story.Alice.SaysAsync("/link user --uses 50");
        await story.PassAsync(TimeSpan.FromMinutes(30));

        story.Alice.SeesOnCard(CannotBeRevoked);
        Assert.Equal(3, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
        Assert.Equal(0, story.CallsTo(Managed, "DELETE"));
    }

    [Fact]
    public async Task Somebody_elses_that_comes_between_revoking_and_making_anew_leaves_nobody_with_a_dead_link()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var isFirst = true;
        story.Portal.BeforeCall = async call =>
        {
            if (isFirst && call is { Method: "POST" } && call.Path.EndsWith(Managed, StringComparison.Ordinal))
            {
                isFirst = false;
                await Linking.MakeManagedAsync(story);
            }
        };

        await story.Alice.PressesAsync("New link");

        story.Alice.SeesOnCard(CannotBeRevoked);
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
        Assert.Equal(3, (await Linking.ManagedAsync(story))!.Value.GetProperty("maxUseCount").GetInt32());
    }

    [Fact]
    public async Task A_slow_portal_does_not_end_a_link_before_the_bot_says()
    {
        await using var story = await Story.StartAsync();
        story.Portal.BeforeCall = _ =>
        {
            story.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };

        await story.Alice.SaysAsync("/link user --expires 5m");

        story.Portal.BeforeCall = null;
        var ends = (await Linking.ManagedAsync(story))!.Value.GetProperty("expiration").GetDateTimeOffset();
        var said = Regex.Match(story.Alice.Cards[0].Card!.Value.GetRawText(), "DATE\\(([^,]+),").Groups[1].Value;
        Assert.True(
            DateTimeOffset.Parse(said, CultureInfo.InvariantCulture) <= ends,
            $"The card says {said}, and DocSpace ends it at {ends:O}."
        );
    }

    [Fact]
    public async Task People_who_came_by_a_link_that_is_over_do_not_take_the_places_of_the_next()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --uses 2 --expires 1h");
        await story.Bob.SaysAsync("/link user --uses 2 --expires 5d");
        await story.Portal.JoinByLinkAsync("p1@example.com");
        await story.Portal.JoinByLinkAsync("p2@example.com");
        await story.PassAsync(TimeSpan.FromHours(2), parts: 4);

        await story.Dana.SaysAsync("/link user --uses 2");

        var there = (await Linking.ManagedAsync(story))!.Value;
        Assert.Equal(4, there.GetProperty("maxUseCount").GetInt32() - there.GetProperty("currentUseCount").GetInt32());
    }

    [Theory]
    [InlineData("New link")]
    [InlineData("Stop")]
    public async Task A_link_that_cannot_be_made_again_after_it_was_revoked_is_not_shown_as_good(string button)
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new PortalSetup { Seats = 2 } });
        await story.Alice.SaysAsync("/link roomadmin");
        await story.Bob.SaysAsync("/link roomadmin");
        story.Portal.AddPerson("admin@example.com", role: PortalRole.RoomAdmin);

        await story.Alice.PressesAsync(button);
        await story.PassAsync(TimeSpan.FromHours(1));

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)), Speaker.TextOf(story.Bob.Cards[0]));
    }

    [Fact]
    public async Task Renewed_while_DocSpace_is_away_it_is_replaced_when_it_is_back()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var old = Linking.UrlIn(story.Alice);
        story.Portal.Faults.Down = true;
        await story.Alice.PressesAsync("New link");
        story.Alice.SeesOnCard("A new link is being made.");

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(30));

        Assert.False(await Linking.WorksAsync(story, old));
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
        story.Alice.SeesNo("A new link is being made.");
    }

    [Fact]
    public async Task With_another_key_links_of_before_are_still_handed_out()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story);
        story.Clock.Advance(TimeSpan.FromMinutes(1));

        await story.RestartBotAsync(("DocSpace:ApiKey", story.Portal.AddKey([])));
        await story.Bob.InGroup.PressesAsync("Get my invitation");

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)));
        Linking.OnlyWith(story, "alice", "bob");
    }
}
