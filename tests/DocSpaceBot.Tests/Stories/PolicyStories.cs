using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Who may invite whom. Until somebody can be asked, to ask is to deny, and the bot says so.</summary>
public sealed class PolicyStories
{
    private const string NobodyToAsk =
        "This invitation needs somebody's approval, and nobody is set up who could give it. Nobody was invited. Ask an operator to allow it or to name approvers.";

    private static readonly Dictionary<string, string?> Partners = new(StringComparer.Ordinal)
    {
        ["Policy:Otherwise"] = "Ask",
        ["Policy:Rules:0:Name"] = "partners",
        ["Policy:Rules:0:When:Domains:0"] = "partner.example",
        ["Policy:Rules:0:When:Domains:1"] = "*.partner.example",
        ["Policy:Rules:0:When:Roles:0"] = "User",
        ["Policy:Rules:0:Then"] = "Allow",
        ["Policy:Rules:1:Name"] = "no sales",
        ["Policy:Rules:1:When:Domains:0"] = "sales.partner.example",
        ["Policy:Rules:1:Then"] = "Deny",
    };

    private static readonly Dictionary<string, string?> Colleagues = new(StringComparer.Ordinal)
    {
        ["Policy:Otherwise"] = "Ask",
        ["Policy:Rules:0:Name"] = "colleagues",
        ["Policy:Rules:0:When:Requesters:0"] = "*@example.com",
        ["Policy:Rules:0:Then"] = "Allow",
    };

    [Theory]
    [InlineData("p@partner.example", null)]
    [InlineData("P@HQ.Partner.Example", null)]
    [InlineData("p@elsewhere.example", NobodyToAsk)]
    [InlineData("p@notpartner.example", NobodyToAsk)]
    [InlineData("p@partner.example --role roomadmin", NobodyToAsk)]
    [InlineData("p@sales.partner.example", "The rule “no sales” does not allow this invitation. Nobody was invited.")]
    [InlineData("q@partner.example p@sales.partner.example", "The rule “no sales” does not allow this invitation. Nobody was invited.")]
    public async Task The_first_rule_decides_but_a_denial_wins(string arguments, string? words)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Partners });

        await story.Alice.SaysAsync($"/invite {arguments}");

        if (words is null)
        {
            story.Alice.SeesOnCard("Invitation · invited");
        }
        else
        {
            story.Alice.Sees(words);
            Assert.Empty(story.Portal.Calls);
        }
    }

    [Fact]
    public async Task What_no_rule_is_about_can_be_denied()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Installed = false,
                Settings = new Dictionary<string, string?> { ["Policy:Otherwise"] = "Deny" },
            }
        );

        await story.Alice.SaysAsync("/invite carol@example.org");

        story.Alice.Sees("Your organisation's rules do not allow this invitation. Nobody was invited. An operator can change the rules.");
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Nobody_has_to_have_met_the_bot_to_fit_a_rule_about_requesters()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Colleagues });

        await story.Alice.SaysAsync("/invite carol@example.org");

        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Fact]
    public async Task Somebody_whose_address_Teams_does_not_know_fits_no_rule_that_allows()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Colleagues });
        story.Teams.ChangePerson("alice", alice => alice with { Email = null, UserPrincipalName = null });

        await story.Alice.SaysAsync("/invite carol@example.org");

        story.Alice.Sees(NobodyToAsk);
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Somebody_whose_address_is_not_known_fits_every_rule_that_denies()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Installed = false,
                Settings = new Dictionary<string, string?>
                {
                    ["Policy:Otherwise"] = "Allow",
                    ["Policy:Rules:0:Name"] = "no interns",
                    ["Policy:Rules:0:When:Requesters:0"] = "intern-*@example.com",
                    ["Policy:Rules:0:Then"] = "Deny",
                },
            }
        );
        story.Teams.ChangePerson("alice", alice => alice with { Email = null, UserPrincipalName = null });

        await story.Bob.SaysAsync("/invite carol@example.org");
        await story.Alice.SaysAsync("/invite dave@example.org");

        story.Bob.SeesOnCard("Invitation · invited");
        story.Alice.Sees("The rule “no interns” does not allow this invitation.");
        story.Mails("dave@example.org", 0);
    }

    [Fact]
    public async Task A_rule_about_requesters_fails_closed_while_Teams_cannot_say_who_asks()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Colleagues });
        story.Teams.Faults.FailNext(503, times: 100, when: call => call.Method == "GET");

        await story.Alice.SaysAsync("/invite carol@example.org");

        story.Alice.Sees(NobodyToAsk);
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task A_requester_can_be_named_by_object_id()
    {
        var settings = new Dictionary<string, string?>(Colleagues, StringComparer.Ordinal)
        {
            ["Policy:Rules:0:When:Requesters:0"] = TeamsPerson.Named("bob", new TeamsSetup().TenantId).AadObjectId,
        };
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = settings });

        await story.Bob.SaysAsync("/invite carol@example.org");
        await story.Alice.SaysAsync("/invite dave@example.org");

        story.Bob.SeesOnCard("Invitation · invited");
        story.Alice.Sees(NobodyToAsk);
    }

    [Fact]
    public async Task A_rule_can_be_about_rooms()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Settings = Otherwise(
                    "Deny",
                    ("Name", "audits"),
                    ("When:Rooms:0", "* audit"),
                    ("When:Rooms:1", "Design"),
                    ("Then", "Allow")
                ),
            }
        );
        story.Portal.AddRoom("Q4 Audit");
        story.Portal.AddRoom("Board");

        await story.Alice.SaysAsync("/invite carol@example.org --room \"q4 audit\"");
        await story.Bob.SaysAsync("/invite dave@example.org --room Board");
        await story.Dana.SaysAsync("/invite erin@example.org");

        story.Alice.SeesOnCard("Invitation · invited");
        story.Bob.Sees("Your organisation's rules do not allow this invitation.");
        story.Dana.Sees("Your organisation's rules do not allow this invitation.");
        story.Mails("dave@example.org", 0);
    }

    [Fact]
    public async Task A_rule_can_be_about_how_many_are_asked_for_at_once()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = Otherwise("Allow", ("Name", "no crowds"), ("When:MoreThan", "2"), ("Then", "Deny")) }
        );

        await story.Bob.SaysAsync("/invite a@example.org b@example.org c@example.org");
        await story.Alice.SaysAsync("/invite a@example.org b@example.org");

        story.Bob.Sees("The rule “no crowds” does not allow this invitation.");
        story.Alice.SeesOnCard("2 invitations");
        story.Mails("a@example.org", 1);
        story.Mails("c@example.org", 0);
    }

    [Fact]
    public async Task A_list_is_as_long_as_it_came_whoever_of_it_would_be_invited()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = Otherwise("Allow", ("Name", "no crowds"), ("When:MoreThan", "2"), ("Then", "Deny")) }
        );

        await story.Alice.SendsAsync("people.csv", "email\na@example.org\nnobody\nb@example.org\n");

        story.Alice.SeesOnCard("The rule “no crowds” does not allow this invitation.");
        Assert.DoesNotContain(story.Alice.Buttons, title => title.StartsWith("Invite", StringComparison.Ordinal));
        story.Mails("a@example.org", 0);
    }

    [Fact]
    public async Task A_rule_can_be_about_domains_that_nobody_was_invited_at_before()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = Otherwise("Allow", ("Name", "new places"), ("When:NewDomain", "true"), ("Then", "Deny")) }
        );

        await story.Bob.SaysAsync("/invite carol@example.org");
        await story.Alice.SaysAsync("/invite dave@example.com");

        story.Bob.Sees("The rule “new places” does not allow this invitation.");
        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Theory]
    [InlineData("carol@exarnple.com")]
    [InlineData("carol@example.co")]
    [InlineData("carol@gmail.com")]
    public async Task A_domain_that_looks_like_a_known_one_is_new_all_the_same(string email)
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = Otherwise("Allow", ("Name", "new places"), ("When:NewDomain", "true"), ("Then", "Deny")) }
        );

        await story.Alice.SaysAsync($"/why {email}");

        story.Alice.Sees("the rule “new places” does not allow it.");
    }

    [Fact]
    public async Task Other_rules_hold_from_the_moment_they_are_written()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync("/invite carol@example.org");
        story.Alice.SeesOnCard("Invitation · invited");

        story.ChangeSettings([
            .. Otherwise("Allow", ("Name", "closed"), ("When:Domains:0", "example.org"), ("Then", "Deny")).Select(it => (it.Key, it.Value)),
        ]);
        await story.Bob.SaysAsync("/invite dave@example.org");
        story.Bob.Sees("The rule “closed” does not allow this invitation.");

        story.ChangeSettings(("Policy:Rules:0:When:Domains:0", "example.net"));
        await story.Bob.SaysAsync("/invite dave@example.org");
        story.Bob.SeesOnCard("Invitation · invited");
    }

    [Fact]
    public async Task A_list_that_was_shown_is_not_sent_where_other_rules_hold_by_then()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SendsAsync("people.csv", "email\na@example.org\nb@example.net\n");

        story.ChangeSettings([
            .. Otherwise("Allow", ("Name", "closed"), ("When:Domains:0", "example.org"), ("Then", "Deny")).Select(it => (it.Key, it.Value)),
        ]);
        await story.Alice.PressesAsync("Invite 2 people");

        story.Mails("a@example.org", 0);
        story.Mails("b@example.net", 1);
    }

    [Fact]
    public async Task Rules_with_a_fault_do_not_take_the_place_of_good_ones()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = Otherwise("Deny", ("Name", "friends"), ("When:Domains:0", "friend.example"), ("Then", "Allow")) }
        );

        story.ChangeSettings(("Policy:Rules:0:When:Domains:0", null), ("Policy:Rules:0:When:Domains", ""), ("Policy:Otherwise", "Allow"));
        await story.Alice.SaysAsync("/invite carol@example.org");
        await story.Bob.SaysAsync("/invite bert@friend.example");

        story.Alice.Sees("Your organisation's rules do not allow this invitation.");
        story.Bob.SeesOnCard("Invitation · invited");
        Assert.Single(
            story.Log.Lines,
            line =>
                line.StartsWith("Error The policy was not changed, the one before stays in force. ", StringComparison.Ordinal)
                && line.Contains("Policy:Rules:0:When:Domains: it must not be empty.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_rule_that_asks_nobody_is_told_at_the_start()
    {
        await using var story = await Story.StartAsync(
            new StorySetup { Settings = Otherwise("Allow", ("Name", "partners"), ("When:Domains:0", "partner.example"), ("Then", "Ask")) }
        );

        Assert.Single(
            story.Log.Lines,
            line =>
                line.StartsWith("Warning ", StringComparison.Ordinal) && line.Contains("Policy:Rules:0:Approvers", StringComparison.Ordinal)
        );
        await story.Alice.SaysAsync("/invite p@partner.example");
        story.Alice.Sees(NobodyToAsk);
    }

    private static Dictionary<string, string?> Otherwise(string answer, params (string Key, string Value)[] rule) =>
        rule.ToDictionary(it => $"Policy:Rules:0:{it.Key}", it => (string?)it.Value, StringComparer.Ordinal)
            .Append(KeyValuePair.Create("Policy:Otherwise", (string?)answer))
            .ToDictionary(StringComparer.Ordinal);
}
