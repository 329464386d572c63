using DocSpaceBot.Tryout.Portal;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>The portal is away, slow, or answers what it should not: one clear sentence, nothing lost, one mail.</summary>
public sealed class BadPortalStories
{
    private const string Carol = "carol@example.org";
    private const string Away = "DocSpace cannot be reached at the moment. Nothing is lost.";
    private const string Unclear = "DocSpace gave no clear answer. The bot looks again before it sends anything.";
    private static readonly string[] GivenUp =
    [
        "Whether this person was invited is not known.",
        "DocSpace gave an answer that the bot does not understand.",
    ];

    private const string Wait = "DocSpace asks to wait before it takes more invitations. Nothing is lost.";
    private const string Key = "DocSpace does not accept the bot's key. This person was not invited. An operator has to set a valid key.";
    private const string Unpaid = "The DocSpace subscription has run out. This person was not invited. An operator has to renew it.";
    private const string Scope = "The bot's DocSpace key lacks a permission that is needed. This person was not invited.";
    private const string Role = "DocSpace does not allow the bot to invite with this role. This person was not invited.";
    private const string Nothing = "DocSpace answered yes but did not create the invitation. This person was not invited.";
    private const string Done = "DocSpace sends the mail";

    private static readonly Dictionary<string, PortalFault> Faults = new(StringComparer.Ordinal)
    {
        ["no connection"] = PortalFault.DropConnection(),
        ["no connection, after the effect"] = PortalFault.DropConnection(afterEffect: true),
        ["30 s"] = PortalFault.Slow(TimeSpan.FromSeconds(30)),
        ["no answer"] = PortalFault.Hang,
        ["HTML 502"] = PortalFault.Html(502),
        ["HTML 504, after the effect"] = PortalFault.Html(504) with { AfterEffect = true },
        ["401"] = PortalFault.Empty401,
        ["402 unpaid"] = PortalFault.Unpaid402,
        ["403 scope"] = PortalFault.Scope403,
        ["403 role"] = PortalFault.Role403,
        ["404 suspended"] = PortalFault.Suspended404,
        ["429"] = PortalFault.TooMany(),
        ["429 for 10 minutes"] = PortalFault.TooMany(TimeSpan.FromMinutes(10)),
        ["500"] = PortalFault.Json500,
        ["500, after the effect"] = PortalFault.Json500 with { AfterEffect = true },
        ["garbage"] = PortalFault.GarbageJson,
        ["garbage, after the effect"] = PortalFault.GarbageJson with { AfterEffect = true },
    };

    /// <summary>For other stories in which the portal goes wrong.</summary>
    internal static PortalFault Fault(string name) => Faults[name];

    [Theory]
    [InlineData("no connection", Away)]
    [InlineData("30 s", Away)]
    [InlineData("HTML 502", Away)]
    [InlineData("401", Key)]
    [InlineData("402 unpaid", Unpaid)]
    [InlineData("403 scope", Scope)]
    [InlineData("403 role", Role)]
    [InlineData("404 suspended", Away)]
    [InlineData("429", Wait)]
    [InlineData("429 for 10 minutes", Wait)]
    [InlineData("500", Away)]
    [InlineData("garbage", Unclear)]
    public Task On_the_look_before(string fault, string words) => TellAsync(fault, words, call => call.Path.IsLookUp());

    [Theory]
    [InlineData("no connection", Away)]
    [InlineData("no connection, after the effect", Done)]
    [InlineData("30 s", Done)]
    [InlineData("HTML 502", Away)]
    [InlineData("HTML 504, after the effect", Done)]
    [InlineData("401", Key)]
    [InlineData("402 unpaid", Unpaid)]
    [InlineData("403 scope", Scope)]
    [InlineData("403 role", Role)]
    [InlineData("404 suspended", Away)]
    [InlineData("429", Wait)]
    [InlineData("429 for 10 minutes", Wait)]
    [InlineData("500", Unclear)]
    [InlineData("500, after the effect", Done)]
    [InlineData("garbage", Unclear)]
    [InlineData("garbage, after the effect", Done)]
    public Task On_the_call_that_invites(string fault, string words) => TellAsync(fault, words, call => call.Path.IsInviteCall());

    [Theory]
    [InlineData("no connection", Away)]
    [InlineData("no answer", Away)]
    [InlineData("HTML 502", Away)]
    [InlineData("401", Unclear)]
    [InlineData("402 unpaid", Unclear)]
    [InlineData("403 scope", Unclear)]
    [InlineData("403 role", Unclear)]
    [InlineData("429", Wait)]
    [InlineData("500", Away)]
    [InlineData("garbage", Unclear)]
    public Task On_the_look_afterwards(string fault, string words) =>
        TellAsync(fault, words, call => call.Path.IsLookUp() && call.Story.CallsTo("people/invite", "POST") > 0);

    [Theory]
    [InlineData("401")]
    [InlineData("402 unpaid")]
    [InlineData("403 scope")]
    [InlineData("403 role")]
    [InlineData("no connection")]
    [InlineData("garbage")]
    public async Task Nobody_is_said_not_to_be_invited_when_only_the_looks_fail(string fault)
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.FailNext(
            request => request.Method == "GET" && story.CallsTo("people/invite", "POST") > 0,
            Faults[fault],
            times: 10_000
        );

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(2), parts: 30);

        story.Mails(Carol, 1);
        story.Alice.SeesNo("was not invited");
        story.Alice.SeesOnCard("Whether this person was invited is not known");

        story.Portal.Faults.Clear();
        await story.Alice.PressesAsync("Try again");
        story.Alice.SeesOnCard(Done);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_portal_that_is_away_for_hours_is_waited_for()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;

        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Alice.SeesOnCard(Away);
        story.Alice.SeesOnCard("The next try is at");
        await story.PassAsync(TimeSpan.FromHours(10));
        story.Alice.SeesOnCard(Away);

        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(20));
        story.Alice.SeesOnCard(Done);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task After_a_day_the_bot_stops_waiting_and_says_so()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.Down = true;

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromDays(2), parts: 20);
        story.Alice.SeesOnCard("DocSpace cannot be reached. This person was not invited. Try again later, or tell an operator.");

        story.Portal.Faults.Down = false;
        await story.Alice.PressesAsync("Try again");
        story.Alice.SeesOnCard(Done);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task While_DocSpace_asks_to_wait_nothing_is_sent()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.FailNext(request => request.Path.IsInviteCall(), PortalFault.TooMany(TimeSpan.FromMinutes(10)));

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(1, story.CallsTo("people/invite", "POST"));
        await story.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, story.CallsTo("people/invite", "POST"));
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task When_all_paid_seats_are_taken_the_card_says_what_can_be_done()
    {
        await using var story = await Story.StartAsync(new StorySetup { Portal = new() { Seats = 1 } });

        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");
        story.Alice.SeesOnCard("All paid seats of DocSpace are taken, and this role needs one. This person was not invited.");

        story.Portal.Seats = 5;
        await story.Alice.PressesAsync("Try again");
        story.Alice.SeesOnCard(Done);
        Assert.Equal(PortalRole.RoomAdmin, story.Portal.Find(Carol)?.Role);
    }

    [Fact]
    public async Task A_portal_that_skips_somebody_silently_is_not_believed()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Portal = new() { Dialect = PortalDialect.V36, KeyCreator = KeyCreator.RoomAdmin },
            }
        );

        await story.Alice.SaysAsync($"/invite {Carol} --role roomadmin");

        story.Alice.SeesOnCard(Nothing);
        story.Mails(Carol, 0);
    }

    [Fact]
    public async Task A_fixed_key_and_Try_again_bring_everybody_in_who_was_asked_for()
    {
        await using var story = await Story.StartAsync();
        story.Portal.Faults.FailNext(_ => true, PortalFault.Empty401, times: 10_000);
        await story.Alice.SaysAsync($"/invite {Carol} dave@example.org");
        story.Alice.SeesOnCard(Key);

        story.Portal.Faults.Clear();
        await story.Alice.PressesAsync("Try again");

        story.Alice.SeesOnCard("Invited 2");
        story.Mails(Carol, 1);
        story.Mails("dave@example.org", 1);
        story.Alice.SeesNo("Try again");
    }

    [Fact]
    public async Task One_address_that_DocSpace_does_not_take_keeps_nobody_else_out()
    {
        await using var story = await Story.StartAsync();
        story.Portal.LinkToThirdParty("eve@example.org");

        await story.Alice.SaysAsync("/invite dave@example.org eve@example.org frank@example.org");
        await story.PassAsync(TimeSpan.FromHours(1));

        story.Mails("dave@example.org", 1);
        story.Mails("eve@example.org", 0);
        story.Mails("frank@example.org", 1);
        story.Alice.SeesOnCard("Invited 2 · Failed 1");
    }

    [Fact]
    public async Task A_burst_is_not_lost_when_the_portal_takes_only_so_many_calls()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Portal = new() { RateLimits = true, EmailInvitationsPerDay = 5 },
            }
        );

        await story.Alice.SaysAsync("/invite a1@example.org a2@example.org a3@example.org a4@example.org");
        await story.Alice.SaysAsync("/invite b1@example.org b2@example.org b3@example.org");
        story.Alice.Sees(Wait);

        await story.PassAsync(TimeSpan.FromHours(26));
        Assert.All(story.Portal.People.Where(person => !person.IsOwner), person => story.Mails(person.Email, 1));
        Assert.Equal(8, story.Portal.People.Count);
    }

    private static async Task TellAsync(string name, string words, Func<(Story Story, PathString Path), bool> where)
    {
        await using var story = await Story.StartAsync();
        story.TimeLimitsEnd = name is "30 s" or "no answer";
        story.Portal.Faults.FailNext(request => where((story, request.Path)), Faults[name], times: 10_000);

        await story.Alice.SaysAsync($"/invite {Carol}");

        // How often it was tried by now depends on how far the clock was moved while it waited; after the last try it says so.
        if (words == Unclear && story.Alice.Buttons.Contains("Try again"))
        {
            words = Assert.Single(GivenUp, given => story.Alice.Read().Any(text => text.Contains(given, StringComparison.Ordinal)));
        }

        story.Alice.SeesOnCard(words);
        Assert.Single(story.Alice.Messages, message => message.Shows(words));
        HoldsNothingOfThePortal(story);

        // The portal is well again.
        story.Portal.Faults.Clear();

        if (story.Alice.Buttons.Contains("Try again"))
        {
            await story.Alice.PressesAsync("Try again");
        }

        await story.PassAsync(TimeSpan.FromHours(1));
        story.Alice.SeesOnCard("Invitation · invited");
        story.Alice.SeesOnCard(Done);
        story.Alice.SeesNo(words == Done ? "Try again" : words);
        story.Mails(Carol, 1);
        HoldsNothingOfThePortal(story);
    }

    /// <summary>No words of the portal, no address of it and no key on a card; nor in the log, where there are no addresses of people either.</summary>
    private static void HoldsNothingOfThePortal(Story story)
    {
        string[] secrets = ["Npgsql", "nginx", "Exception while", "stack", story.Portal.Url.Authority, story.Portal.ApiKey, "sk-"];
        Assert.All(
            story.Alice.Read(),
            text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase))
        );
        story.Log.HoldsNone([.. secrets.Except(["Exception while"]), Carol]);
    }
}

internal static class PortalPaths
{
    public static bool IsLookUp(this PathString path) => path.Value is "/api/2.0/people/email" or "/api/2.0/people/filter";

    public static bool IsInviteCall(this PathString path) => path.Value == "/api/2.0/people/invite";
}
