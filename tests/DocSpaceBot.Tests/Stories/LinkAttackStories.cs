using System.Net.Http.Headers;
using System.Net.Http.Json;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What goes wrong between two calls, or is said of a link that others share.</summary>
public sealed class LinkAttackStories
{
    private const string Managed = "portal/users/invitationlink";
    private const string GetIt = "Get my invitation";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_portal_that_takes_no_call_between_revoking_and_making_anew_leaves_nobody_with_a_dead_link(bool refuses)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --uses 5");
        await story.Bob.SaysAsync("/link user --uses 7");
        story.Portal.Faults.FailNext(
            call => call.Method == "POST" && call.Path.Value!.EndsWith(Managed, StringComparison.Ordinal),
            refuses ? PortalFault.Unpaid402 : PortalFault.TooMany(),
            times: refuses ? 1 : 20
        );

        await story.Alice.PressesAsync("Stop");
        await story.PassAsync(TimeSpan.FromHours(3), parts: 24);

        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Bob)), Speaker.TextOf(story.Bob.Cards[0]));
        story.Alice.SeesOnCard("stopped it");
    }

    [Fact]
    public async Task A_copy_that_was_shown_to_an_old_client_does_not_outlive_the_link()
    {
        await using var story = await Story.StartAsync();
        story.Teams.ChangePerson("alice", alice => alice with { HasOldClient = true });
        await story.Alice.SaysAsync("/link user");

        await story.Alice.PressesAsync("Share");
        await story.Alice.PressesAsync("New link");
        Assert.Single(story.Alice.Messages, message => Linking.UrlOn(message) is not null);
        await Linking.PressAsync(story, "alice", "link/revoke", Linking.IdIn(story.Alice), ("view", "link"));

        Linking.WithNobody(story);
    }

    [Fact]
    public async Task Pasted_after_one_of_two_links_is_over_it_is_not_called_dead_while_the_other_lives()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --expires 30d");
        await story.Bob.SaysAsync("/link user --expires 1h");
        var url = Linking.UrlIn(story.Alice);
        await story.PassAsync(TimeSpan.FromHours(2), parts: 2);
        Assert.True(await Linking.WorksAsync(story, url));

        await story.Dana.InGroup.PastesAsync($"Join here: {url}");

        var card = Assert.Single(story.Dana.InGroup.Unfurled);
        Assert.False(card.Shows("Nobody can join with it any more"), Speaker.TextOf(card));
        Assert.True(card.Shows("good until"), Speaker.TextOf(card));
    }

    [Fact]
    public async Task With_another_key_nobody_is_told_that_copies_of_before_are_dead()
    {
        await using var story = await Story.StartAsync();
        await Linking.ShareInGroupAsync(story);
        await story.Bob.InGroup.PressesAsync(GetIt);
        var copy = Linking.UrlIn(story.Bob);
        story.Clock.Advance(TimeSpan.FromMinutes(1));

        await story.RestartBotAsync(("DocSpace:ApiKey", story.Portal.AddKey([])));
        await story.Dana.InGroup.PressesAsync(GetIt);

        Assert.True(await Linking.WorksAsync(story, copy));
        story.Alice.SeesNo("The one before is no longer good.");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Dana)));
    }

    [Fact]
    public async Task With_another_key_whoever_has_it_gets_it_again()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        await story.Bob.InGroup.PressesAsync(GetIt);
        story.Clock.Advance(TimeSpan.FromMinutes(1));
        await story.RestartBotAsync(("DocSpace:ApiKey", story.Portal.AddKey([])));

        await Linking.PressAsync(story, "bob", "link/take", id, TeamsDirectory.GroupId);
        var answer = await Linking.PressAsync(story, "bob", "link/take", id, TeamsDirectory.GroupId);

        Assert.Contains("/s/", Linking.WordsOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_takes_no_card_does_not_keep_others_from_hearing_that_it_was_stopped()
    {
        await using var story = await Story.StartAsync();
        var id = await Linking.ShareInGroupAsync(story);
        await story.Bob.InGroup.PressesAsync(GetIt);
        await story.Dana.InGroup.PressesAsync(GetIt);
        story.Teams.Faults.ThrottleNext(times: 20, when: call => call.Method == "PUT" && call.ConversationId == story.Teams["bob"].ChatId);
        story.Teams.Faults.FailNext(
            400,
            "BadArgument",
            times: 50,
            when: call => call.Method == "PUT" && call.ConversationId == TeamsDirectory.GroupId
        );

        await Linking.PressAsync(story, "alice", "link/revoke", id, ("view", "link"));
        await story.PassAsync(TimeSpan.FromMinutes(10));

        story.Dana.Sees("Your invitation to DocSpace · stopped");
        story.Bob.Sees("Your invitation to DocSpace · stopped");
    }

    [Fact]
    public async Task What_DocSpace_does_not_end_the_bot_revokes_when_the_link_is_over()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user --expires 1h");
        var url = Linking.UrlIn(story.Alice);
        await WithoutLimitsAsync(story);

        await story.PassAsync(TimeSpan.FromHours(2), parts: 4);

        story.Alice.SeesOnCard("Invitation link · expired");
        Assert.False(await Linking.WorksAsync(story, url));
        Assert.Null(await Linking.ManagedAsync(story));
    }

    [Fact]
    public async Task The_old_kind_that_could_not_be_replaced_once_is_replaced_later()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link guest --expires 30d");
        await story.PassAsync(TimeSpan.FromDays(6) - TimeSpan.FromHours(1), parts: 2);
        story.Portal.Faults.Unpaid = true;
        await story.PassAsync(TimeSpan.FromHours(4), parts: 4);

        story.Portal.Faults.Unpaid = false;
        await story.PassAsync(TimeSpan.FromDays(2));

        story.Alice.SeesOnCard("This is a new link");
        Assert.True(await Linking.WorksAsync(story, Linking.UrlIn(story.Alice)));
    }

    [Fact]
    public async Task What_is_still_in_DocSpace_is_not_called_revoked()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/link user");
        var url = Linking.UrlIn(story.Alice);
        await story.TamperAsync("update portal_links set portal_link = null, begun_at = null");

        await story.Alice.PressesAsync("Stop");

        Assert.False(await Linking.WorksAsync(story, url), Speaker.TextOf(story.Alice.Cards[0]));
        story.Alice.SeesOnCard("copies no longer work");
    }

    [Theory]
    [InlineData("javascript:alert(document.cookie)//portal/s/abc")]
    [InlineData("data:text/html,/s/abc")]
    [InlineData("https://docspace.example.com@evil.example/s/abc")]
    [InlineData("https://docspace.example.com/s/abc> [Sign in](https://evil.example)")]
    [InlineData("//evil.example/s/abc")]
    public async Task What_DocSpace_gives_for_a_link_and_is_none_is_handed_to_nobody(string url)
    {
        await using var liar = await FilePlace.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path.StartsWithSegments("/api/2.0/portal/users/invite", StringComparison.Ordinal)
                ? 200
                : 404;
            return context.Response.StatusCode == 200 ? context.Response.WriteAsJsonAsync(new { response = url }) : Task.CompletedTask;
        });
        await using var story = await Story.StartAsync();
        await story.RestartBotAsync(("DocSpace:BaseUrl", new Uri(liar.Link).GetLeftPart(UriPartial.Authority)));

        await story.Alice.SaysAsync("/link guest");

        story.Alice.SeesOnCard("Invitation link · failed");
        Assert.DoesNotContain("evil.example", string.Join('\n', story.Alice.Read()), StringComparison.Ordinal);
        Linking.WithNobody(story);
    }

    [Theory]
    [InlineData("DocSpaceAdmin", false)]
    [InlineData("RoomAdmin", false)]
    [InlineData("User", true)]
    public async Task A_made_up_link_gets_nobody_to_ask_for_administrators(string role, bool canShare)
    {
        await using var story = await Story.StartAsync();

        await story.Bob.InGroup.PastesAsync($"{story.Portal.Url}confirm/LinkInvite?type=LinkInvite&key=1.A&emplType={role}");

        var card = Assert.Single(story.Olga.InGroup.Unfurled);
        Assert.Equal(canShare, CardReader.Buttons(card.Card!.Value).Any(button => button.Title == "Share as a card instead"));
    }

    [Theory]
    [InlineData("takes")]
    [InlineData("asks")]
    public async Task A_guest_of_the_company_is_not_taken_for_one_of_its_people_by_the_name_to_sign_in_with(string does)
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Installed = false,
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Rules:0:Name"] = "our people",
                    ["Policy:Rules:0:When:Requesters:0"] = "*@contoso.example",
                    ["Policy:Rules:0:Then"] = "Allow",
                    ["Policy:Otherwise"] = "Deny",
                },
            }
        );
        story.Teams.ChangePerson("alice", alice => alice with { Email = "alice@contoso.example" });
        story.Teams.ChangePerson("bob", bob => bob with { Email = null, UserPrincipalName = "bob_partner.example#EXT#@contoso.example" });
        await story.DoneAsync(story.Teams.InstallAsync());
        await story.SettleAsync();

        if (does == "asks")
        {
            await story.Bob.SaysAsync("/link user");
            Linking.WithNobody(story);
            return;
        }

        var id = await Linking.ShareInGroupAsync(story, "/link user --domain contoso.example");
        var answer = await Linking.PressAsync(story, "bob", "link/take", id, TeamsDirectory.GroupId);

        Assert.StartsWith("It depends on your address", Linking.WordsOf(answer), StringComparison.Ordinal);
        Linking.OnlyWith(story, "alice");
    }

    [Fact]
    public async Task A_link_that_is_shared_as_soon_as_it_is_there_is_in_the_ledger_as_shared()
    {
        await using var story = await Story.StartAsync();

        await Linking.PressAsync(story, "bob", "link/share", "new", TeamsDirectory.GroupId, ("role", "user"));

        Assert.Single(await Linking.LedgerAsync(story), line => line.Contains("\"LinkShared\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whom_nobody_answers_about_a_link_reads_how_to_ask_for_one_again()
    {
        await using var story = await Story.StartAsync(Asked.Managers);
        await story.Alice.SaysAsync("/link user");

        await story.PassAsync(TimeSpan.FromDays(8));

        story.Alice.Sees("Ask again with /link, or speak with those who decide.");
    }

    /// <summary>Somebody takes the limits away in DocSpace, or DocSpace never kept them.</summary>
    private static async Task WithoutLimitsAsync(Story story)
    {
        using var http = new HttpClient { BaseAddress = story.Portal.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", story.Portal.ApiKey);
        var id = (await Linking.ManagedAsync(story))!.Value.GetProperty("id").GetGuid();
        using var answer = await story.DoneAsync(http.PutAsJsonAsync($"api/2.0/{Managed}", new { id }));
        Assert.True(answer.IsSuccessStatusCode);
    }
}
