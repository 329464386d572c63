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
}
