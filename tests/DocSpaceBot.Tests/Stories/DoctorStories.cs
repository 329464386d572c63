using DocSpaceBot.Tryout;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tests.Stories;

/// <summary>An operator asks whether everything is set up.</summary>
public sealed class DoctorStories
{
    private const string Secret = "Try-out-secret-1";

    [Fact]
    public async Task A_good_setup_gets_its_webhook_and_is_good()
    {
        await using var story = await StartAsync();

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("Everything is set up");
        story.Olga.Sees("It can be reached. Version 3.7.2.");
        story.Olga.Sees("and does not expire. It dies with that account.");
        story.Olga.Sees("The key may do everything that the bot can use.");
        story.Olga.Sees("It is switched on for members and guests.");
        story.Olga.Sees("It is that of a DocSpace admin.");
        story.Olga.Sees("1 of 10 are taken.");
        story.Olga.Sees("DocSpace sets no limit.");
        story.Olga.Sees("I have just registered it. No event has been sent yet.");
        var webhook = Assert.Single(story.Portal.Webhooks);
        Assert.Equal(
            ("DocSpaceBot", new Uri(story.Teams.BotUrl!, "api/docspace/webhook"), 15L, true),
            (webhook.Name, webhook.Uri, webhook.Triggers, webhook.IsEnabled)
        );

        // It works: nobody waits for a round.
        await story.Alice.SaysAsync("/invite carol@example.org");
        await story.Portal.JoinAsync("carol@example.org");
        await story.DoneAsync(story.Portal.WebhooksSettledAsync(CancellationToken.None));
        await story.SettleAsync();
        story.Alice.Sees("carol@example.org has joined DocSpace");

        await story.Olga.SaysAsync("/doctor");
        story.Olga.Sees("It is registered and switched on. The last event arrived");
        Assert.Single(story.Portal.Webhooks);
        story.Log.HoldsNone(Secret, story.Portal.ApiKey, "carol");
        Assert.DoesNotContain(story.Olga.Read(), text => text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_asks_in_german_is_told_in_german()
    {
        await using var story = await StartAsync();
        story.Teams.ChangePerson("olga", olga => olga with { Locale = "de-DE" });

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("Ich sehe nach, wie alles eingerichtet ist.");
        story.Olga.Sees("Alles ist eingerichtet");
        story.Olga.Sees("Der Schlüssel darf alles, was der Bot brauchen kann.");
        story.Olga.Sees("Ich habe ihn gerade registriert. Es wurde noch kein Ereignis gesendet.");
        story.Olga.SeesNo("good");
    }

    [Theory]
    [InlineData("switched off")]
    [InlineData("not for everything")]
    [InlineData("another secret")]
    public async Task A_webhook_that_does_not_work_is_set_up_anew_and_there_is_no_second_one(string fault)
    {
        await using var story = await StartAsync();
        await story.Olga.SaysAsync("/doctor");
        var good = Assert.Single(story.Portal.Webhooks);
        await SpoilAsync(story, good, fault);

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("I have just set it up anew. Whether events arrive shows with the next one.");
        var again = Assert.Single(story.Portal.Webhooks);
        Assert.Equal((good.Id, true, 15L, Secret), (again.Id, again.IsEnabled, again.Triggers, again.Secret));
    }

    [Fact]
    public async Task A_narrow_key_is_told_what_it_lacks_and_how_to_do_it_by_hand()
    {
        await using var story = await StartAsync(new() { KeyScopes = ["accounts:read", "accounts:write"] });

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("2 things need you");
        story.Olga.Sees("rooms:write (guests and rooms)");
        story.Olga.Sees("(seats, limits and links)");
        story.Olga.Sees("The key may not look at webhooks");
        story.Olga.Sees("name DocSpaceBot, payload URL ");
        story.Olga.Sees("secret key the value of DocSpace:WebhookSecret");
        Assert.Empty(story.Portal.Webhooks);
        Assert.Equal(0, story.CallsTo("settings/webhook", "POST"));
    }

    [Fact]
    public async Task A_key_that_only_reads_is_told_that_there_is_no_webhook()
    {
        await using var story = await StartAsync(new() { KeyScopes = ["*:read", "accounts:write", "rooms:write"] });

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("DocSpace has no webhook that leads to me. Who has joined is asked for every 5 minutes in its place.");
        Assert.Empty(story.Portal.Webhooks);

        // Made by hand, it is good.
        story.Portal.AddWebhook(new Uri(story.Teams.BotUrl!, "api/docspace/webhook"), Secret);
        await story.Olga.SaysAsync("/doctor");
        story.Olga.Sees("It is registered and switched on.");
    }

    [Fact]
    public async Task Where_docspace_takes_no_such_address_that_is_told()
    {
        await using var story = await StartAsync(new() { AllowPrivateWebhooks = false });

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("DocSpace did not take the webhook. It takes none at a private address, and none where it gets no answer.");
        Assert.Empty(story.Portal.Webhooks);
    }

    [Theory]
    [InlineData("DocSpace:WebhookSecret", "DocSpace:WebhookSecret is empty.")]
    [InlineData("Bot:PublicUrl", "I do not know where DocSpace can reach me")]
    public async Task Without_its_settings_the_webhook_is_not_used(string empty, string expected)
    {
        await using var story = await StartAsync(settings: (empty, ""));

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("One thing needs you");
        story.Olga.Sees(expected);
        Assert.Empty(story.Portal.Webhooks);
    }

    [Fact]
    public async Task A_portal_that_is_away_or_has_limits_is_told()
    {
        await using var story = await StartAsync(
            new()
            {
                Seats = 1,
                InvitationLimit = 0,
                AllowInvitingMembers = false,
            }
        );

        await story.Olga.SaysAsync("/doctor");
        story.Olga.Sees("Inviting members is switched off");
        story.Olga.Sees("All 1 are taken");
        story.Olga.Sees("None: DocSpace sends no more invitations for now.");

        story.Portal.Faults.Down = true;
        await story.Olga.SaysAsync("/doctor");
        story.Olga.Sees("DocSpace cannot be reached, or something else answers at its address.");
    }

    [Theory]
    [InlineData("RoomAdmin", "who cannot invite admins and does not see who is disabled.")]
    [InlineData("User", "who cannot invite anybody.")]
    public async Task A_key_of_somebody_who_may_little_is_told(string creator, string expected)
    {
        await using var story = await StartAsync(new() { KeyCreator = Enum.Parse<KeyCreator>(creator) });

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees(expected);
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_is_told()
    {
        await using var story = await StartAsync();
        story.Portal.Faults.FailNext(request => request.Path.Value!.EndsWith("keys/@self", StringComparison.Ordinal), PortalFault.Empty401);

        await story.Olga.SaysAsync("/doctor");

        story.Olga.Sees("DocSpace does not accept the API key.");
        Assert.Empty(story.Portal.Webhooks);
    }

    [Fact]
    public async Task Only_operators_are_answered_and_only_in_the_personal_chat()
    {
        await using var story = await StartAsync();

        await story.Alice.SaysAsync("/doctor");
        await story.Olga.InChannel.SaysAsync("/doctor");

        story.Alice.Sees("/doctor is for the operators of this bot. Nothing was looked up.");
        story.Olga.InChannel.Sees("/doctor works in our personal chat only");
        Assert.Empty(story.Portal.Calls);
    }

    private static async Task SpoilAsync(Story story, PortalWebhook good, string fault)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {story.Portal.ApiKey}");
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = good.Id,
            ["name"] = good.Name,
            ["uri"] = good.Uri.AbsoluteUri,
            ["secretKey"] = fault == "another secret" ? "Somebody-elses-1" : Secret,
            ["enabled"] = fault != "switched off",
            ["ssl"] = false,
            ["triggers"] = fault == "not for everything" ? 1 : 15,
            ["targetId"] = "",
        };
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(
            http,
            new Uri(story.Portal.Url, "api/2.0/settings/webhook"),
            body
        );
        Assert.True(answer.IsSuccessStatusCode);

        if (fault == "another secret")
        {
            var attempts = story.Portal.WebhookDeliveries.Count;
            await story.Alice.SaysAsync("/invite carol@example.org");
            await story.DoneAsync(story.Portal.WebhookAttemptsAsync(attempts + 1, CancellationToken.None));
            Assert.Contains(story.Portal.WebhookDeliveries, delivery => delivery.Status == 401);
        }
    }

    private static Task<Story> StartAsync(PortalSetup? portal = null, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(TryoutSettings.WithAddress(new Dictionary<string, string?>()));

        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return Story.StartAsync(new StorySetup { Portal = portal ?? new(), Settings = all });
    }
}
