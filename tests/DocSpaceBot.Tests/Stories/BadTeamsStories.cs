using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>Teams does not take what the bot writes, for a while or for good.</summary>
public sealed class BadTeamsStories
{
    private const string Carol = "carol@example.org";

    private static readonly Func<TeamsCall, bool> Posting = call => call.Method == "POST" && call.ActivityType == "message";
    private static readonly Func<TeamsCall, bool> Editing = call => call.Method == "PUT";

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task When_Teams_is_busy_the_card_comes_later_and_once(int seconds)
    {
        await using var story = await Story.StartAsync();
        story.Teams.Faults.ThrottleNext(times: 3, TimeSpan.FromSeconds(seconds), Posting);

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(10));

        story.Alice.SeesOnCard("Invitation · invited");
        story.Mails(Carol, 1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_card_that_could_not_be_edited_is_edited_later(int status)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Teams.Faults.FailNext(status, times: 8, when: Editing);

        await story.JoinsAsync(Carol);
        await story.PassAsync(TimeSpan.FromHours(3));

        story.Alice.SeesOnCard("Invitation · joined");
    }

    [Fact]
    public async Task A_Teams_that_is_away_for_half_a_day_is_waited_for()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Teams.Faults.DropBeforeEffect(times: 10_000, when: Editing);
        story.Teams.Faults.ThrottleNext(times: 10_000, TimeSpan.FromMinutes(10), Posting);

        await story.JoinsAsync(Carol);
        await story.Bob.SaysAsync("/invite dave@example.org");
        await story.PassAsync(TimeSpan.FromHours(12), parts: 24);
        story.Alice.SeesOnCard("Invitation · invited");
        Assert.Empty(story.Bob.Cards);

        story.Teams.Faults.Clear();
        await story.PassAsync(TimeSpan.FromMinutes(20));
        story.Alice.SeesOnCard("Invitation · joined");
        story.Alice.Sees($"{Carol} has joined DocSpace");
        story.Bob.SeesOnCard("Invitation · invited");
    }

    [Theory]
    [InlineData(403, "ConversationBlockedByUser")]
    [InlineData(404, "ConversationNotFound")]
    public async Task Shut_out_the_bot_keeps_quiet_and_is_back_when_it_is_let_in(int status, string code)
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} dave@example.org");
        story.Teams.Faults.FailNext(status, code, times: 100, when: call => call.ConversationId == story.Teams["alice"].ChatId);

        await story.JoinsAsync(Carol);
        var calls = story.Teams.Calls.Count;
        await story.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(calls, story.Teams.Calls.Count);
    }

    [Fact]
    public async Task Uninstalled_and_installed_again_the_bot_goes_on_where_it_was()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol} dave@example.org");

        await story.DoneAsync(story.Teams.UninstallAsync("alice", Place.Personal));
        await story.JoinsAsync(Carol);
        await story.PassAsync(TimeSpan.FromHours(1));
        story.Alice.SeesNo("has joined DocSpace");

        await story.DoneAsync(story.Teams.InstallAsync("alice", Place.Personal));
        await story.SettleAsync();
        story.Alice.SeesOnCard("Invited 1 · Joined 1");

        await story.JoinsAsync("dave@example.org");
        story.Alice.SeesOnCard("Joined 2");
        story.Alice.Sees("dave@example.org has joined DocSpace");
    }

    [Fact]
    public async Task Blocked_and_let_in_again_the_card_is_brought_up_to_date_when_the_person_writes()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Teams.Faults.Blocked("alice");
        await story.JoinsAsync(Carol);
        await story.PassAsync(TimeSpan.FromHours(1));
        story.Alice.SeesOnCard("Invitation · invited");

        story.Teams.Faults.Blocked("alice", isBlocked: false);
        await story.Alice.SaysAsync("hello");
        story.Alice.SeesOnCard("Invitation · joined");
    }

    [Fact]
    public async Task A_card_that_somebody_deleted_is_not_forced_on_them_again()
    {
        await using var story = await Story.StartAsync();
        await story.Alice.SaysAsync($"/invite {Carol}");
        story.Teams.Faults.FailNext(404, "ActivityNotFoundInConversation", times: 100, when: Editing);

        await story.JoinsAsync(Carol);
        await story.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(story.Alice.Cards);
        Assert.Single(story.Teams.Calls, call => Editing(call) && call.Status == 404);
        story.Alice.Sees($"{Carol} has joined DocSpace");
    }

    [Fact]
    public async Task A_posting_whose_answer_got_lost_is_repeated_and_the_last_card_is_kept_up_to_date()
    {
        await using var story = await Story.StartAsync();
        story.Teams.Faults.DropAfterEffect(when: Posting);

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromMinutes(1));
        await story.JoinsAsync(Carol);

        Assert.InRange(story.Alice.Cards.Count, 1, 2);
        Assert.True(story.Alice.Cards[^1].Shows("Invitation · joined"));
        Assert.Single(story.Alice.Messages, message => message.Shows("has joined DocSpace"));
        story.Mails(Carol, 1);
    }

    [Fact]
    public async Task A_token_that_is_no_longer_accepted_is_replaced()
    {
        await using var story = await Story.StartAsync();
        story.Teams.RevokeTokens();

        await story.Alice.SaysAsync($"/invite {Carol}");

        story.Alice.SeesOnCard("Invitation · invited");
    }

    [Theory]
    [InlineData(503, "temporarily_unavailable")]
    [InlineData(400, "invalid_client")]
    [InlineData(401, "invalid_client")]
    public async Task Without_a_token_the_invitation_goes_on_and_the_card_comes_later(int status, string error)
    {
        await using var story = await Story.StartAsync(new StorySetup { Installed = false });
        story.Teams.Faults.FailTokensNext(status, error, times: 4);

        await story.Alice.SaysAsync($"/invite {Carol}");
        await story.PassAsync(TimeSpan.FromHours(1), parts: 20);

        story.Mails(Carol, 1);
        story.Alice.SeesOnCard("Invitation · invited");
        story.Log.HoldsNone(story.Teams.AppPassword);
    }

    [Fact]
    public async Task Many_requests_in_one_chat_all_get_their_card_although_Teams_limits_them()
    {
        await using var story = await Story.StartAsync(
            new StorySetup
            {
                Teams = new() { RateLimits = true, RefuseConcurrentWrites = true },
                Installed = false,
            }
        );

        await story.DoneAsync(
            Task.WhenAll(
                Enumerable.Range(1, 20).Select(number => story.Teams.SayAsync("alice", Place.Personal, $"/invite p{number}@example.org"))
            )
        );
        await story.PassAsync(TimeSpan.FromMinutes(10), parts: 30);

        Assert.Equal(20, story.Alice.Cards.Count);
        Assert.All(story.Alice.Cards, card => Assert.True(card.Shows("Invitation · invited")));

        // One write at a time, and what was refused all the same (the clock moves while a message is under way) came again.
        Assert.DoesNotContain(story.Teams.Calls, call => call.Status is 412);
    }
}
