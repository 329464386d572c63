using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Somebody wonders what would come of an invitation, and gets the answer that the invitation would get.</summary>
public sealed class WhyStories
{
    private static readonly Dictionary<string, string?> Rules = new(StringComparer.Ordinal)
    {
        ["Policy:Otherwise"] = "Ask",
        ["Policy:ApproverGroups:managers:People:0"] = "dana@example.com",
        ["Policy:ApproverGroups:managers:People:1"] = "stranger@example.net",
        ["Policy:ApproverGroups:managers:People:2"] = "alice@example.com",
        ["Policy:ApproverGroups:board:Channel"] = "19:board@thread.tacv2",
        ["Policy:Rules:0:Name"] = "partners",
        ["Policy:Rules:0:When:Domains:0"] = "partner.example",
        ["Policy:Rules:0:Then"] = "Ask",
        ["Policy:Rules:0:Approvers:0"] = "managers",
        ["Policy:Rules:0:Needed"] = "2",
        ["Policy:Rules:1:Name"] = "no sales",
        ["Policy:Rules:1:When:Domains:0"] = "sales.example",
        ["Policy:Rules:1:Then"] = "Deny",
        ["Policy:Rules:2:Name"] = "own people",
        ["Policy:Rules:2:When:Domains:0"] = "example.com",
        ["Policy:Rules:2:Then"] = "Allow",
        ["Policy:Rules:3:Name"] = "audit",
        ["Policy:Rules:3:When:Rooms:0"] = "* audit",
        ["Policy:Rules:3:Then"] = "Ask",
        ["Policy:Rules:3:Approvers:0"] = "@manager",
        ["Policy:Rules:3:Approvers:1"] = "board",
    };

    [Theory]
    [InlineData(
        "carol@example.com",
        "carol@example.com as User: the rule “own people” allows it.",
        "It would go out at once.",
        "This was only a question, and nobody was invited. To ask for it: /invite carol@example.com"
    )]
    [InlineData(
        "p@partner.example",
        "p@partner.example as User: the rule “partners” is about it, and asks for approval.",
        "Who decides: “managers” (Dana Dorn, stranger@example.net, you). You are one of them, but nobody approves their own request.",
        "It would wait for 2 of 2 people to approve it, up to 7 days."
    )]
    [InlineData(
        "Carol Jones <c@elsewhere.example> as guest --room \"Q4 Audit\"",
        "c@elsewhere.example as Guest into the room “Q4 Audit”: the rule “audit” is about it, and asks for approval.",
        "Who decides: your manager, then “board” (everybody in its channel).",
        "It would wait for 1 of them to approve it, up to 7 days.",
        "To ask for it: /invite \"Carol Jones\" <c@elsewhere.example> --role guest --room \"Q4 Audit\""
    )]
    [InlineData(
        "c@elsewhere.example",
        "no rule is about it, and what no rule is about needs approval.",
        "“board” (everybody in its channel) and “managers” (Dana Dorn, stranger@example.net, you)"
    )]
    [InlineData(
        "s@sales.example --role roomadmin",
        "s@sales.example as Room admin (uses a paid seat): the rule “no sales” does not allow it.",
        "It would be refused. An operator can change the rule."
    )]
    [InlineData(
        "carol@example.com as guest",
        "the rule “own people” allows it.",
        "It would be refused. Guests cannot be invited to DocSpace by mail"
    )]
    [InlineData("carol@exmaple.com --reason \"because\"", "You would be asked to confirm it first. Did you mean carol@example.com?")]
    public async Task It_is_said_which_rule_is_meant_who_decides_and_what_would_come_of_it(string arguments, params string[] words)
    {
        await using var story = await Story.StartAsync(new StorySetup { Settings = Rules });
        var before = story.Portal.Calls.Count;

        await story.Alice.SaysAsync($"/why {arguments}");

        Assert.All(words, story.Alice.Sees);
        Assert.Equal(before, story.Portal.Calls.Count);
        Assert.Empty(story.Alice.Cards);
    }

    [Theory]
    [InlineData("", "I cannot tell: say whom it is about. You can copy this: /why alice@example.com --role user")]
    [InlineData(
        "carol@example.com dave@example.com --role guest --room Design",
        "I cannot tell: one address at a time, please. You can copy this: /why carol@example.com --role guest --room \"Design\""
    )]
    [InlineData(
        "carol",
        "I cannot tell: “carol” is not an e-mail address. Write it like alice@example.com. You can copy this: /why alice@example.com"
    )]
    [InlineData(
        "carol@example.com --role admn",
        "I cannot tell: there is no role “admn”. Did you mean --role admin? Roles are user, roomadmin, docspaceadmin and guest. You can copy this: /why carol@example.com --role docspaceadmin"
    )]
    [InlineData(
        "carol@example.com --rol user",
        "I do not know the option --rol. Did you mean --role? You can copy this: /why carol@example.com --role user"
    )]
    [InlineData("was carol@example.com denied?", "I cannot tell: ")]
    public async Task What_cannot_be_understood_is_answered_with_something_to_copy(string arguments, string words)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Rules });

        await story.Alice.SaysAsync($"/why {arguments}");

        story.Alice.Sees(words);
        Assert.Empty(story.Portal.Calls);
    }

    [Fact]
    public async Task Who_has_never_met_the_bot_is_told_the_same_as_they_are_asked_by_name()
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Rules });

        await story.Alice.SaysAsync("why p@partner.example");

        story.Alice.Sees("“managers” (dana@example.com, stranger@example.net, you). You are one of them");
    }

    [Fact]
    public async Task Where_too_few_are_left_it_is_said_that_it_would_be_refused()
    {
        var settings = new Dictionary<string, string?>(Rules, StringComparer.Ordinal) { ["Policy:Rules:0:Needed"] = "3" };
        await using var story = await Story.StartAsync(new StorySetup { Settings = settings });

        await story.Alice.SaysAsync("/why p@partner.example");
        await story.Bob.SaysAsync("/why p@partner.example");

        story.Alice.Sees("It would be refused. It needs 3 approvals, and there are 2 people who could give one.");
        story.Bob.Sees("It would wait for 3 of 3 people to approve it");
    }

    [Fact]
    public async Task Where_nobody_is_named_it_is_said_that_it_would_be_refused()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Installed = false,
                Settings = new Dictionary<string, string?> { ["Policy:Otherwise"] = "Ask", ["Approvals:UndoWindow"] = "00:00:10" },
            }
        );

        await story.Alice.SaysAsync("/why carol@example.com");

        story.Alice.Sees("It would be refused. Nobody is set up who could approve it. Ask an operator to allow it or to name approvers.");
        story.Alice.SeesNo("Who decides");
    }

    [Fact]
    public async Task It_is_said_how_long_it_can_be_taken_back()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Installed = false,
                Settings = new Dictionary<string, string?> { ["Policy:Otherwise"] = "Allow", ["Approvals:UndoWindow"] = "00:01:00" },
            }
        );

        await story.Alice.SaysAsync("/why carol@example.com");

        story.Alice.Sees("no rule is about it, and what no rule is about is allowed.");
        story.Alice.Sees("It would go out after 1 minute, in which you can take it back.");
    }

    [Fact]
    public async Task Whose_address_Teams_does_not_tell_is_told_that_this_counts_against_them()
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

        await story.Alice.SaysAsync("/why carol@example.com");
        await story.Bob.SaysAsync("/why carol@example.com");

        story.Alice.Sees("the rule “no interns” does not allow it.");
        story.Alice.Sees("Teams has not told me your address, which counts against you where a rule is about who asks.");
        story.Bob.SeesNo("counts against you");
    }

    [Fact]
    public async Task People_of_another_organisation_are_told_no_addresses_that_they_do_not_know()
    {
        var tenants = new TeamsSetup();
        var settings = new Dictionary<string, string?>(Rules, StringComparer.Ordinal)
        {
            ["Bot:AllowedTenants:0"] = tenants.TenantId,
            ["Bot:AllowedTenants:1"] = tenants.OtherTenantId,
        };
        await using var story = await Story.StartAsync(new StorySetup { Settings = settings });
        var gus = new Speaker(story, "gus");

        await gus.SaysAsync("/why p@partner.example");

        gus.Sees(
            "Who decides: “managers” (somebody of another organisation, somebody of another organisation, somebody of another organisation)."
        );
        gus.SeesNo("dana@example.com");
        gus.SeesNo("Dana");
    }

    [Theory]
    [InlineData("carol@example.com", null)]
    [InlineData("carol@example.com --role roomadmin", null)]
    [InlineData("s@sales.example", "The rule “no sales” does not allow this invitation.")]
    [InlineData("Carol@Example.com as user --room \"Q4 Audit\"", "A room is for guests.")]
    [InlineData("carol@example.com --room \"Q4 Audit\"", null)]
    public async Task The_answer_is_what_the_invitation_would_get(string arguments, string? refusal)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false, Settings = Rules });
        story.Portal.AddRoom("Q4 Audit");

        await story.Alice.SaysAsync($"/why {arguments}");

        if (refusal is null)
        {
            story.Alice.Sees("It would go out at once.");
            await story.Alice.SaysAsync($"/invite {arguments}");
            story.Alice.SeesOnCard("Invitation · invited");
        }
        else
        {
            story.Alice.Sees("It would be refused.");
            await story.Alice.SaysAsync($"/invite {arguments}");
            story.Alice.Sees(refusal);
            Assert.Empty(story.Alice.Cards);
        }
    }
}
