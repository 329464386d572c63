using DocSpaceBot.Tests.Storage;
using DocSpaceBot.Tryout.Portal;
using DocSpaceBot.Tryout.Teams;
using Microsoft.AspNetCore.Http;

namespace DocSpaceBot.Tests.Stories;

/// <summary>The mail once more, to people who were waiting before: when somebody asks for it, and once.</summary>
public sealed class ResendStories
{
    private const string Carol = "carol@example.org";
    private const string Dave = "dave@example.org";
    private const string Button = "Send the mail again";
    private const string Done = "DocSpace was asked to send the mail again and did not object.";
    private const string Unknown =
        "Whether DocSpace has sent the mail again is not known, so it is not tried twice. Ask the person whether it has come.";

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task All_who_were_waiting_get_it_in_one_call(string storage)
    {
        await using var story = await StartAsync(storage, Carol, Dave);
        await story.Alice.SaysAsync($"/invite {Carol} {Dave} new@example.org");

        await story.Alice.PressesAsync(Button);

        story.Alice.SeesOnCard(Done);
        Assert.Equal(1, story.CallsTo("people/invite", "PUT"));
        story.Mails(Carol, 1);
        story.Mails(Dave, 1);
        story.Mails("new@example.org", 1);
        Assert.DoesNotContain(Button, story.Alice.Buttons);
    }

    [Theory]
    [InlineData("Asked", 1, Done)]
    [InlineData("Begun", 0, Unknown)]
    public async Task What_was_asked_of_the_bot_before_it_was_upgraded_is_done_all_the_same(string state, int mails, string words)
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.StopBotAsync();

        // So it was kept as long as mails were among the wishes of each request.
        await story.TamperAsync($"update invitations set wish = 'Resend', wish_state = '{state}'");
        await story.TamperAsync(
            "insert into steps (kind, subject, due_at, attempts, revision, leased_until) select 'grant-wishes', id, 0, 0, 1, 0 from requests"
        );
        await story.RestartBotAsync();

        story.Mails(Carol, mails);
        story.Alice.SeesOnCard(words);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pressed_twice_it_is_one_mail(bool atOnce)
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol}");
        var late = Forged.Press(story, "alice", "invite/resend", Forged.RequestOn(Assert.Single(story.Alice.Cards)), ("row", "mails"));

        await story.Alice.PressesAsync(
            Button,
            new PressOptions { Delivery = atOnce ? Delivery.TwiceAtOnceWithNewIds : Delivery.TwiceWithNewIds }
        );
        await story.DoneAsync(story.Teams.DeliverAsync(late));
        await story.SettleAsync();

        story.Mails(Carol, 1);
        story.Alice.SeesOnCard(Done);
    }

    [Theory]
    [InlineData("no connection, after the effect", 1)]
    [InlineData("HTML 504, after the effect", 1)]
    [InlineData("garbage, after the effect", 1)]
    [InlineData("500", 0)]
    public async Task When_the_answer_is_lost_it_is_not_tried_twice(string fault, int mails)
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.FailNext(IsResend, BadPortalStories.Fault(fault));

        await story.Alice.PressesAsync(Button);
        await story.PassAsync(TimeSpan.FromHours(1));

        story.Alice.SeesOnCard(Unknown);
        story.Mails(Carol, mails);
        Assert.DoesNotContain(Button, story.Alice.Buttons);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("429 for 10 minutes")]
    public async Task A_portal_that_asks_to_wait_is_waited_for(string fault)
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.FailNext(IsResend, BadPortalStories.Fault(fault));

        await story.Alice.PressesAsync(Button);
        story.Alice.SeesOnCard("It asks to wait, so it is tried again later.");
        story.Mails(Carol, 0);
        await story.PassAsync(TimeSpan.FromMinutes(20));

        story.Alice.SeesOnCard(Done);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_portal_that_is_away_is_waited_for()
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.Down = true;

        await story.Alice.PressesAsync(Button);
        story.Alice.SeesOnCard("It cannot be reached at the moment, so it is tried again.");
        await story.PassAsync(TimeSpan.FromHours(1));
        story.Portal.Faults.Down = false;
        await story.PassAsync(TimeSpan.FromMinutes(20));

        story.Alice.SeesOnCard(Done);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_refusal_is_told_and_can_be_tried_again()
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Portal.Faults.FailNext(IsResend, BadPortalStories.Fault("403 scope"));

        await story.Alice.PressesAsync(Button);
        story.Alice.SeesOnCard("Nothing was sent. The bot's key lacks a permission.");
        story.Mails(Carol, 0);

        await story.Alice.PressesAsync(Button);
        story.Alice.SeesOnCard(Done);
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task Who_has_joined_meanwhile_gets_none()
    {
        await using var story = await StartAsync("Sqlite", Dave);
        await story.Bob.SaysAsync($"/invite {Carol}");
        await story.Alice.SaysAsync($"/invite {Carol} {Dave}");
        await story.Portal.JoinAsync(Carol);

        await story.Alice.PressesAsync(Button);

        story.Mails(Carol, 1);
        story.Mails(Dave, 1);
        story.Alice.SeesOnCard("The person has joined meanwhile, so no mail was sent again.");
        story.Alice.SeesOnCard("Joined");
    }

    [Fact]
    public async Task Who_is_gone_or_disabled_meanwhile_gets_none()
    {
        await using var story = await StartAsync("Sqlite", Carol, Dave);
        await story.Alice.SaysAsync($"/invite {Carol} {Dave}");
        story.Portal.Remove(Carol);
        story.Portal.Disable(Dave);

        await story.Alice.PressesAsync(Button);

        Assert.Equal(0, story.CallsTo("people/invite", "PUT"));
        story.Alice.SeesOnCard("Cancelled 1 · Failed 1");
        story.Alice.SeesOnCard("This person's DocSpace account was disabled after the invitation.");
    }

    [Fact]
    public async Task Of_a_list_only_with_the_tick()
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.SaysAsync($"/invite {Carol} {List("p")}");
        await story.Alice.PressesAsync("Invite 11 people");
        await story.PassAsync(TimeSpan.FromMinutes(1));
        story.Mails(Carol, 0);

        await story.Bob.SaysAsync($"/invite {Carol} {List("q")}");
        await story.DoneAsync(
            story.Teams.PressAsync(
                "bob",
                Place.Personal,
                "Invite 11 people",
                new Dictionary<string, string> { ["mailAgain"] = "true" },
                options: null
            )
        );
        await story.PassAsync(TimeSpan.FromMinutes(1));

        story.Mails(Carol, 1);
        story.Mails("p1@example.org", 1);
        story.Mails("q1@example.org", 1);
    }

    [Fact]
    public async Task Of_somebody_else_s_request_nothing_is_sent()
    {
        await using var story = await StartAsync("Sqlite", Carol);
        await story.Alice.InGroup.SaysAsync($"/invite {Carol}");

        await story.Bob.InGroup.PressesAsync(Button);

        story.Bob.InGroup.Sees("Only the person who asked can do that.");
        story.Mails(Carol, 0);
    }

    private static async Task<Story> StartAsync(string storage, params string[] pending)
    {
        var story = await Story.StartAsync(storage);

        foreach (var email in pending)
        {
            story.Portal.AddPerson(email, PortalStatus.Pending, PortalActivation.Pending);
        }

        return story;
    }

    private static string List(string name) => string.Join(' ', Enumerable.Range(1, 11).Select(number => $"{name}{number}@example.org"));

    private static bool IsResend(HttpRequest request) =>
        request.Method == "PUT" && request.Path.Value!.EndsWith("/people/invite", StringComparison.Ordinal);
}
