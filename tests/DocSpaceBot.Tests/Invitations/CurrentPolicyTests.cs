using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>The policy changes while the bot runs, and nothing that happens to the settings lets more people in than somebody wrote there.</summary>
public sealed class CurrentPolicyTests : IDisposable
{
    private const string Allow = "{'Policy':{'Otherwise':'Allow'}}";
    private const string Deny = "{'Policy':{'Otherwise':'Deny'}}";
    private const string DenySales =
        "{'Policy':{'Rules':[{'Name':'sales','When':{'Domains':['sales.org']},'Then':'Deny'}],'Otherwise':'Allow'}}";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("docspacebot-policy");

    private string SettingsFile => Path.Combine(folder.FullName, "policy.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_change_is_taken_and_told()
    {
        await using var bot = PolicyUnderWay.Begin(Allow);
        Assert.Equal(PolicyAnswer.Allow, Answer(bot));

        bot.Change(DenySales);

        var taken = Assert.IsType<PolicyChange.Taken>(await bot.NextAsync());
        Assert.Same(bot.Current.Policy, taken.Policy);
        Assert.Equal(PolicyAnswer.Deny, Answer(bot, "sam@sales.org"));
        Assert.Equal(PolicyAnswer.Allow, Answer(bot));
    }

    [Fact]
    public async Task However_often_a_change_is_signalled_it_is_told_once()
    {
        await using var bot = PolicyUnderWay.Begin(Allow);

        bot.Signal();
        Assert.True(bot.WasToldNothing());

        bot.Change(Deny);
        bot.Signal();
        bot.Change(Deny);

        Assert.IsType<PolicyChange.Taken>(await bot.NextAsync());
        Assert.True(bot.WasToldNothing());
    }

    [Fact]
    public async Task Settings_of_other_things_change_nothing()
    {
        await using var bot = PolicyUnderWay.Begin(Deny);

        bot.Change("{'Policy':{'Otherwise':'Deny'},'FollowUps':{'SweepInterval':'00:01:00'}}");

        Assert.True(bot.WasToldNothing());
    }

    [Theory]
    [InlineData("{'Policy':{'Otherwise':'Alow'}}", "Policy:Otherwise: it must be one of Allow, Ask, Deny.")]
    [InlineData("{}", "Policy: one of the sources of settings says nothing about it any more.")]
    [InlineData("{'Policy':{}}", "Policy: one of the sources of settings says nothing about it any more.")]
    [InlineData("{'Policy':null}", "Policy: one of the sources of settings says nothing about it any more.")]
    [InlineData("{'Policys':{'Otherwise':'Allow'}}", "Policy: one of the sources of settings says nothing about it any more.")]
    public async Task What_has_a_fault_is_not_taken_and_told_once(string settings, string fault)
    {
        await using var bot = PolicyUnderWay.Begin(DenySales);

        bot.Change(settings);
        bot.Signal();

        Assert.Equal(new PolicyChange.NotTaken(fault), await bot.NextAsync());
        Assert.True(bot.WasToldNothing());
        Assert.Equal(PolicyAnswer.Deny, Answer(bot, "sam@sales.org"));

        // Put right, though it is what is in force.
        bot.Change(DenySales);
        Assert.IsType<PolicyChange.Taken>(await bot.NextAsync());

        // And the same fault again is a new one.
        bot.Change(settings);
        Assert.Equal(new PolicyChange.NotTaken(fault), await bot.NextAsync());
        Assert.Equal(PolicyAnswer.Deny, Answer(bot, "sam@sales.org"));
    }

    [Fact]
    public async Task Rules_can_be_taken_away_by_saying_so()
    {
        await using var bot = PolicyUnderWay.Begin(DenySales);

        bot.Change("{'Policy':{'Rules':[],'Otherwise':'Allow'}}");

        Assert.IsType<PolicyChange.Taken>(await bot.NextAsync());
        Assert.Equal(PolicyAnswer.Allow, Answer(bot, "sam@sales.org"));
    }

    [Fact]
    public async Task A_changed_file_is_taken_without_a_restart()
    {
        Write(Allow);
        await using var bot = PolicyUnderWay.Begin("{}", SettingsFile);

        Write(Deny);

        Assert.IsType<PolicyChange.Taken>(await bot.NextAsync());
        Assert.Equal(PolicyAnswer.Deny, Answer(bot));

        // The way of editors: another file with the same name.
        Write(Allow, SettingsFile + ".new");
        File.Move(SettingsFile + ".new", SettingsFile, overwrite: true);

        Assert.IsType<PolicyChange.Taken>(await bot.NextAsync());
        Assert.Equal(PolicyAnswer.Allow, Answer(bot));
    }

    [Theory]
    [InlineData("", "Policy: policy.json cannot be read (see line 1).")]
    [InlineData("{\n'Policy': {\n'Rules': [", "Policy: policy.json cannot be read (see line 3).")]
    [InlineData("{'Policy':{'Otherwise':'Deny','Otherwise':'Allow'}}", "Policy: policy.json cannot be read.")]
    [InlineData("{}", "Policy: policy.json says nothing about it any more.")]
    [InlineData(
        "{'Policy':{'Rules':[{'Name':'sales','When':{'Domains':[]},'Then':'Allow'}]}}",
        "Policy:Rules:0:When:Domains: it must not be empty."
    )]
    [InlineData(null, "Policy: policy.json says nothing about it any more.")]
    public async Task A_file_that_breaks_or_goes_leaves_the_policy_as_it_was(string? text, string fault)
    {
        Write(DenySales);
        await using var bot = PolicyUnderWay.Begin("{'FollowUps':{'SweepInterval':'00:01:00'}}", SettingsFile);
        var before = bot.Current.Policy;

        if (text is null)
        {
            File.Delete(SettingsFile);
        }
        else
        {
            Write(text);
        }

        Assert.StartsWith(fault, Assert.IsType<PolicyChange.NotTaken>(await bot.NextAsync()).Fault, StringComparison.Ordinal);
        Assert.Same(before, bot.Current.Policy);

        // Other settings change, and the file is still not there.
        bot.Change("{'FollowUps':{'SweepInterval':'00:02:00'}}");
        Assert.Same(before, bot.Current.Policy);

        Write(Deny);

        while (await bot.NextAsync() is not PolicyChange.Taken)
        {
            // The file was empty for a moment.
        }

        Assert.Equal(PolicyAnswer.Deny, Answer(bot));
    }

    [Fact]
    public async Task What_another_source_says_does_not_stand_for_a_file_that_has_gone()
    {
        Write("{'Policy':{'Rules':[{'Name':'sales','When':{'Domains':['sales.org']},'Then':'Deny'}]}}");
        await using var bot = PolicyUnderWay.Begin(Allow, SettingsFile);

        File.Delete(SettingsFile);

        Assert.IsType<PolicyChange.NotTaken>(await bot.NextAsync());
        Assert.Equal(PolicyAnswer.Deny, Answer(bot, "sam@sales.org"));

        // Nor when that source is the one that changes.
        bot.Change("{'Policy':{'Otherwise':'Ask'}}");
        Assert.Equal(PolicyAnswer.Deny, Answer(bot, "sam@sales.org"));
        Assert.Equal(PolicyAnswer.Allow, Answer(bot));
    }

    [Fact]
    public async Task Whoever_is_told_may_fail_without_harm_to_the_others()
    {
        await using var bot = PolicyUnderWay.Begin(Allow);
        var told = 0;
        var ended = bot.Current.OnChanged(_ => told += 100);
        bot.Current.OnChanged(_ => throw new InvalidOperationException("The database is away."));
        bot.Current.OnChanged(_ => told++);
        ended.Dispose();

        bot.Change(Deny);

        Assert.Equal(1, told);
        Assert.Equal(PolicyAnswer.Deny, Answer(bot));
    }

    [Fact]
    public async Task Many_changes_at_once_end_with_what_is_written_last()
    {
        await using var bot = PolicyUnderWay.Begin(Allow);

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(thread =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 20; i++)
                        {
                            bot.Change(i % 3 == 0 ? "{'Policy':{'Otherwise':'9'}}" : DenySales);
                            Assert.Equal(PolicyAnswer.Allow, Answer(bot));
                        }
                    })
                )
        );
        bot.Change(Deny);

        Assert.Equal(PolicyAnswer.Deny, Answer(bot));
    }

    [Theory]
    [InlineData("{'Policy':{'Otherwise':'Allow'}}", false)]
    [InlineData("{'Policy':{'Rules':[{'Name':'a','Then':'Allow','When':{'Requesters':['*@x.org']}}]}}", true)]
    [InlineData(
        "{'Policy':{'ApproverGroups':{'g':{'People':['d0000000-1000-4000-8000-000000000001'],'Channel':'19:a@thread.tacv2'}}}}",
        false
    )]
    [InlineData("{'Policy':{'ApproverGroups':{'g':{'People':['dana@x.org']}}}}", true)]
    public async Task It_matters_who_asks_where_somebody_is_named_by_address(string settings, bool matters)
    {
        await using var bot = PolicyUnderWay.Begin(settings);

        Assert.Equal(matters, bot.Current.AsksForRequester);
    }

    private static PolicyAnswer Answer(PolicyUnderWay bot, string email = "carol@x.org") =>
        bot.Current.Policy.Decide(new(new("alice-id", null), email, DocSpaceRole.User)).Answer;

    private void Write(string json, string? file = null) => File.WriteAllText(file ?? SettingsFile, json.Replace('\'', '"'));
}
