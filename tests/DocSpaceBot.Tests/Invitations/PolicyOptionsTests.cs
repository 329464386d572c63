using System.Runtime.CompilerServices;
using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Tests.Invitations;

/// <summary>How a policy is written, and what is wrong with one.</summary>
public sealed class PolicyOptionsTests
{
    private const string Groups =
        "'ApproverGroups':{'managers':{'People':['dana@example.com','d0000000-1000-4000-8000-000000000001']},'board':{'Channel':'19:abc_-1@thread.tacv2'}}";

    [Fact]
    public void Everything_that_can_be_said_comes_to_the_rules()
    {
        var policy = PolicyUnderWay.Read(
            """
            {'Policy':{
              'Rules':[
                {'Name':' partners ','When':{'Domains':['partner.com','*.partner.com'],'Roles':['Guest','room admin'],'Requesters':['*@contoso.com'],
                  'Rooms':['Audit *'],'MoreThan':5,'NewDomain':true},'Then':'Ask','Approvers':['MANAGERS','@manager','board'],'Needed':2},
                {'Name':'rest','Then':'Allow'}],
              'Otherwise':'Deny',
              'ApproverGroups':{
                'managers':{'People':['dana@example.com','d0000000-1000-4000-8000-000000000001']},
                'board':{'Channel':'19:abc@thread.tacv2'},
                'both':{'People':['max@example.com'],'Channel':'19:def@thread.skype'}}}}
            """
        );

        var rule = policy.Rules[0];
        Assert.Equal("partners", rule.Name);
        Assert.Equal(["partner.com", "*.partner.com"], rule.Domains);
        Assert.Equal([DocSpaceRole.Guest, DocSpaceRole.RoomAdmin], rule.Roles);
        Assert.Equal(["*@contoso.com"], rule.Requesters);
        Assert.Equal(["Audit *"], rule.Rooms);
        Assert.Equal((5, true, PolicyAnswer.Ask, 2), (rule.MoreThan!.Value, rule.NewDomain!.Value, rule.Then, rule.Needed));
        Assert.Equal(["managers", "@manager", "board"], rule.Approvers.Select(group => group.Name));
        Assert.Equal(["dana@example.com", "d0000000-1000-4000-8000-000000000001"], rule.Approvers[0].People.Select(person => person.Text));
        Assert.True(rule.Approvers[1].IsManager);
        Assert.True(rule.Approvers[2].IsOpenChannel);

        var rest = policy.Rules[1];
        Assert.Empty(rest.Domains.Concat(rest.Requesters).Concat(rest.Rooms));
        Assert.Equal((null, null, 1), (rest.MoreThan, rest.NewDomain, rest.Needed));
        Assert.Empty(rest.Roles);

        Assert.Equal(PolicyAnswer.Deny, policy.Otherwise);
        Assert.Equal(["board", "both", "managers"], policy.Groups.Select(group => group.Name).Order(StringComparer.Ordinal));
        Assert.False(policy.Groups.Single(group => group.Name == "both").IsOpenChannel);
    }

    [Fact]
    public void The_example_that_people_copy_is_a_policy()
    {
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../README.md"));
        const string begin = "```json\n\"Policy\"";
        var example = readme[readme.IndexOf(begin, StringComparison.Ordinal)..];
        example = example["```json".Length..example.IndexOf("```\n", StringComparison.Ordinal)];

        var policy = PolicyUnderWay.Read($"{{{example}}}");

        Assert.Equal(7, policy.Rules.Count);
        Assert.All(policy.Rules.Where(rule => rule.Then is PolicyAnswer.Ask), rule => Assert.NotEmpty(rule.Approvers));

        static string Here([CallerFilePath] string here = "") => here;
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'Policy':{}}")]
    [InlineData("{'Policy':{'Rules':[],'ApproverGroups':{}}}")]
    [InlineData("{'Policy':{'Rules':null,'ApproverGroups':null}}")]
    public void Where_nothing_is_said_somebody_is_to_be_asked_and_there_is_nobody(string settings)
    {
        var policy = PolicyUnderWay.Read(settings);

        Assert.Empty(policy.Rules);
        Assert.Empty(policy.Groups);
        Assert.Equal(PolicyAnswer.Ask, policy.Otherwise);
    }

    [Theory]
    [InlineData("'When':{}")]
    [InlineData("'When':null")]
    [InlineData("'When':{'MoreThan':null,'NewDomain':null}")]
    [InlineData("'Approvers':[]")]
    public void A_rule_need_not_be_about_anything(string rest)
    {
        var rule = Assert.Single(PolicyUnderWay.Read($"{{'Policy':{{'Rules':[{{'Name':'rest','Then':'Allow',{rest}}}]}}}}").Rules);

        Assert.Empty(rule.Domains.Concat(rule.Requesters).Concat(rule.Rooms));
        Assert.Equal((null, null), (rule.MoreThan, rule.NewDomain));
    }

    [Theory]
    // Names.
    [InlineData("{'Rules':[{'Then':'Allow'}]}", "Policy:Rules:0:Name: it must say what the rule is called.")]
    [InlineData("{'Rules':[{'Name':null,'Then':'Allow'}]}", "Policy:Rules:0:Name: it must say what the rule is called.")]
    [InlineData("{'Rules':[{'Name':' ','Then':'Allow'}]}", "Policy:Rules:0:Name: it must say what the rule is called.")]
    [InlineData(
        "{'Rules':[{'Name':'a','Then':'Allow'},{'Name':' A','Then':'Deny'}]}",
        "Policy:Rules:1:Name: another rule has the same name."
    )]
    [InlineData("{'Rules':[null]}", "Policy:Rules:0:Name: it must say what the rule is called.")]
    [InlineData("{'Rules':'none'}", "Policy:Rules: it must be a list, such as [\"…\"].")]
    [InlineData("{'Rules':['partners']}", "Policy:Rules:0: it must have settings below it.")]
    // Settings that do not exist.
    [InlineData("{'Rule':[{'Name':'a'}]}", "Policy:Rule")]
    [InlineData("{'Rules':[{'Name':'a','Then':'Allow','Domains':['x.org']}]}", "Policy:Rules:0:Domains is not a setting.")]
    [InlineData(
        "{'Rules':[{'Name':'a','Then':'Allow','When':{'Domain':['x.org']}}]}",
        "Policy:Rules:0:When:Domain is not a setting. Did you mean Policy:Rules:0:When:Domains?"
    )]
    [InlineData("{'ApproverGroups':{'a':{'Persons':['x@x.org']}}}", "Policy:ApproverGroups:a:Persons is not a setting.")]
    // What is decided.
    [InlineData("{'Rules':[{'Name':'a'}]}", "Policy:Rules:0:Then: it must be Allow, Ask or Deny.")]
    [InlineData("{'Rules':[{'Name':'a','Then':null}]}", "Policy:Rules:0:Then: it must be Allow, Ask or Deny.")]
    [InlineData("{'Rules':[{'Name':'a','Then':'9'}]}", "Policy:Rules:0:Then: it must be Allow, Ask or Deny.")]
    [InlineData("{'Rules':[{'Name':'a','Then':'Permit'}]}", "Policy:Rules:0:Then: it must be one of Allow, Ask, Deny.")]
    [InlineData("{'Otherwise':null}", "Policy:Otherwise: it must not be empty.")]
    [InlineData("{'Otherwise':''}", "Policy:Otherwise: it must not be empty.")]
    [InlineData("{'Otherwise':['Allow']}", "Policy:Otherwise")]
    [InlineData("{'Otherwise':'Perhaps'}", "Policy:Otherwise: it must be one of Allow, Ask, Deny.")]
    public Task What_is_wrong_with_it_is_said_in_one_line(string policy, string fault) => HasFaultAsync(policy, fault);

    [Theory]
    [InlineData("'Domains':'partner.com'", "Domains: it must be a list, such as [\"…\"].")]
    [InlineData("'Domains':[]", "Domains: it must not be empty.")]
    [InlineData("'Domains':null", "Domains: it must not be empty.")]
    [InlineData("'Domains':['']", "Domains:0: it must not be empty.")]
    [InlineData("'Domains':['x.org',null]", "Domains:1: it must not be empty.")]
    [InlineData("'Domains':['x.org','y .org']", "Domains:1: it must be a domain such as partner.com or *.partner.com.")]
    [InlineData("'Domains':['@']", "Domains:0: it must be a domain")]
    [InlineData("'Domains':['alice@x.org']", "Domains:0: it must be a domain")]
    [InlineData("'Domains':['https://x.org']", "Domains:0: it must be a domain")]
    [InlineData(
        "'Roles':['roomadmn']",
        "Roles:0: there is no such role. Did you mean roomadmin? Roles are user, roomadmin, docspaceadmin and guest."
    )]
    [InlineData("'Roles':['2']", "Roles:0: there is no such role. Roles are")]
    [InlineData("'Roles':[]", "Roles: it must not be empty.")]
    [InlineData("'Requesters':[]", "Requesters: it must not be empty.")]
    [InlineData("'Requesters':[' ']", "Requesters:0: it must not be empty.")]
    [InlineData("'Requesters':['contoso.com']", "Requesters:0: it must be an address, with * for any characters, or an Entra object id.")]
    [InlineData("'Requesters':['* @contoso.com']", "Requesters:0: it must be an address")]
    [InlineData("'Requesters':['{d0000000-1000-4000-8000-000000000001}']", "Requesters:0: it must be an address")]
    [InlineData("'Rooms':[]", "Rooms: it must not be empty.")]
    [InlineData("'Rooms':['']", "Rooms:0: it must not be empty.")]
    [InlineData("'MoreThan':-1", "MoreThan: it must be 0 or more.")]
    [InlineData("'MoreThan':'many'", "MoreThan: it must be a whole number.")]
    [InlineData("'NewDomain':'sometimes'", "NewDomain: it must be true or false.")]
    public Task What_is_wrong_with_a_condition_is_said_in_one_line(string condition, string fault) =>
        HasFaultAsync($"{{'Rules':[{{'Name':'a','Then':'Allow','When':{{{condition}}}}}]}}", $"Policy:Rules:0:When:{fault}");

    [Theory]
    [InlineData("'Approvers':'managers'", "Approvers: it must be a list, such as [\"…\"].")]
    [InlineData("'Approvers':['']", "Approvers:0: it must not be empty.")]
    [InlineData(
        "'Approvers':['managers','manager']",
        "Approvers:1: there is no such group under Policy:ApproverGroups. Did you mean managers?"
    )]
    [InlineData("'Approvers':['@manger']", "Approvers:0: there is no such group under Policy:ApproverGroups. Did you mean @manager?")]
    [InlineData("'Approvers':['dana@example.com']", "Approvers:0: there is no such group under Policy:ApproverGroups.")]
    [InlineData("'Approvers':['managers'],'Needed':0", "Needed: it must be between 1 and 10.")]
    [InlineData("'Approvers':['managers'],'Needed':11", "Needed: it must be between 1 and 10.")]
    [InlineData("'Approvers':['managers'],'Needed':null", "Needed: it must not be empty.")]
    [InlineData("'Approvers':['managers'],'Needed':'all'", "Needed: it must be a whole number.")]
    [InlineData("'Approvers':['managers'],'Needed':3", "Needed: the rule asks only 2 people.")]
    public Task What_is_wrong_with_who_is_asked_is_said_in_one_line(string asks, string fault) =>
        HasFaultAsync($"{{'Rules':[{{'Name':'a','Then':'Ask',{asks}}}],{Groups}}}", $"Policy:Rules:0:{fault}");

    [Theory]
    [InlineData("'Approvers':['board'],'Needed':10")]
    [InlineData("'Approvers':['managers','board'],'Needed':3")]
    [InlineData("'Approvers':['managers','@manager'],'Needed':3")]
    [InlineData("'Approvers':['@MANAGER']")]
    [InlineData("'Approvers':[' Managers ','managers'],'Needed':2")]
    public void As_many_may_be_needed_as_can_be_there(string asks) =>
        Assert.Single(PolicyUnderWay.Read($"{{'Policy':{{'Rules':[{{'Name':'a','Then':'Ask',{asks}}}],{Groups}}}}}").Rules);

    [Theory]
    [InlineData("'g':{}", "g: it must name people or a channel.")]
    [InlineData("'g':null", "g: it must name people or a channel.")]
    [InlineData("'g':'dana@example.com'", "g: it must have settings below it.")]
    [InlineData("'g':{'People':[]}", "g: it must name people or a channel.")]
    [InlineData("'g':{'Channel':null}", "g: it must name people or a channel.")]
    [InlineData("'g':{'People':'dana@example.com'}", "g:People: it must be a list, such as [\"…\"].")]
    [InlineData("'g':{'People':['dana']}", "g:People:0: it must be an address or an Entra object id.")]
    [InlineData("'g':{'People':['max@example.com','*@example.com']}", "g:People:1: it must be an address or an Entra object id.")]
    [InlineData("'g':{'People':['d0000000100040008000000000000001']}", "g:People:0: it must be an address or an Entra object id.")]
    [InlineData("'g':{'Channel':''}", "g:Channel: it must be the id of a channel, such as 19:…@thread.tacv2.")]
    [InlineData("'g':{'Channel':'General'}", "g:Channel: it must be the id of a channel")]
    [InlineData("'g':{'Channel':'19:@thread.tacv2'}", "g:Channel: it must be the id of a channel")]
    [InlineData("'g':{'Channel':'19:abc@thread.v2'}", "g:Channel: it must be the id of a channel")]
    [InlineData("'g':{'Channel':'19:abc@thread.tacv2;messageid=1'}", "g:Channel: it must be the id of a channel")]
    [InlineData("'g':{'Channel':'19%3aabc%40thread.tacv2'}", "g:Channel: it must be the id of a channel")]
    [InlineData(
        "'@manager':{'People':['max@example.com']}",
        "@manager: a group cannot be called that. @manager means the manager of whoever asks."
    )]
    public Task What_is_wrong_with_a_group_is_said_in_one_line(string group, string fault) =>
        HasFaultAsync($"{{'ApproverGroups':{{{group}}}}}", $"Policy:ApproverGroups:{fault}");

    /// <summary>It stops the start, and a bot that runs goes on with the policy before.</summary>
    private static async Task HasFaultAsync(string policy, string fault)
    {
        var stopped = Assert.ThrowsAny<Exception>(() => PolicyUnderWay.Begin($"{{'Policy':{policy}}}"));
        IsTheLine(stopped is OptionsValidationException invalid ? invalid.Failures.First() : stopped.Message);

        await using var bot = PolicyUnderWay.Begin("{'Policy':{'Otherwise':'Deny'}}");
        var before = bot.Current.Policy;
        bot.Change($"{{'Policy':{policy}}}");
        IsTheLine(Assert.IsType<PolicyChange.NotTaken>(await bot.NextAsync()).Fault);
        Assert.Same(before, bot.Current.Policy);

        void IsTheLine(string line)
        {
            Assert.StartsWith(fault, line, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain("@example.com", line, StringComparison.Ordinal);
        }
    }
}
