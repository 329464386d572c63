using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>How often, and when, an activity is delivered.</summary>
public sealed class DeliveryTests : TeamsTest
{
    [Fact]
    public async Task The_same_activity_can_come_twice()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help", new() { Delivery = Delivery.Twice });

        Assert.Equal(2, Bot.Received.Count);
        Assert.Equal(Bot.Received[0].Activity.ToJsonString(), Bot.Received[1].Activity.ToJsonString());
        Assert.Single(Teams.Visible("alice", Place.Personal));
    }

    [Fact]
    public async Task The_same_activity_can_come_twice_at_once()
    {
        var both = new CountdownEvent(2);
        var met = new TaskCompletionSource();
        Bot.Answer = async _ =>
        {
            if (both.Signal())
            {
                met.SetResult();
            }

            await met.Task;
            return (200, null);
        };

        await Teams.SayAsync("alice", Place.Personal, "/help", new() { Delivery = Delivery.TwiceAtOnce });

        Assert.Single(Bot.Received.Select(received => received.Id).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_text_can_come_again_with_a_new_id()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help", new() { Delivery = Delivery.TwiceWithNewIds });

        Assert.NotEqual(Bot.Received[0].Id, Bot.Received[1].Id, StringComparer.Ordinal);
        Assert.Equal((string?)Bot.Received[0].Activity["text"], (string?)Bot.Received[1].Activity["text"]);
    }

    [Fact]
    public async Task The_repeat_can_come_late()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help", new() { Delivery = Delivery.AgainAfter(TimeSpan.FromMinutes(10)) });
        Assert.Single(Bot.Received);

        Clock.Pass(TimeSpan.FromMinutes(10));
        await Teams.IdleAsync();

        Assert.Equal(Bot.Received[0].Id, Bot.Received[1].Id);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task After_a_server_error_it_comes_once_more_with_the_same_id(int status)
    {
        Bot.AnswersStatus(status, status);

        Assert.Equal(status, await Teams.SayAsync("alice", Place.Personal, "/help"));
        Clock.Pass(TimeSpan.FromMinutes(1));
        await Teams.IdleAsync();
        Clock.Pass(TimeSpan.FromMinutes(1));
        await Teams.IdleAsync();

        Assert.Equal(2, Bot.Received.Count);
        Assert.Equal(Bot.Received[0].Id, Bot.Received[1].Id);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task After_any_other_answer_it_does_not_come_again(int status)
    {
        Bot.AnswersStatus(status);

        await Teams.SayAsync("alice", Place.Personal, "/help");
        Clock.Pass(TimeSpan.FromMinutes(1));
        await Teams.IdleAsync();

        Assert.Single(Bot.Received);
    }

    [Fact]
    public async Task After_fifteen_seconds_without_an_answer_it_comes_again()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Bot.Answer = async _ =>
        {
            arrived.TrySetResult();
            await release.Task;
            return (200, null);
        };

        var say = Teams.SayAsync("alice", Place.Personal, "/help");
        await arrived.Task;
        Clock.Pass(TimeSpan.FromSeconds(14));
        Assert.False(say.IsCompleted);
        Clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(504, await say);
        release.SetResult();
        Clock.Pass(TimeSpan.FromSeconds(2));
        await Teams.IdleAsync();

        Assert.Equal(2, Bot.Received.Count);
    }

    [Fact]
    public async Task After_the_bot_has_come_back_it_gets_what_it_missed()
    {
        var old = Teams.BotUrl;
        Teams.BotUrl = new("http://127.0.0.1:9");
        Assert.Equal(502, await Teams.SayAsync("alice", Place.Personal, "/help"));

        Teams.BotUrl = old;
        Clock.Pass(TimeSpan.FromSeconds(2));
        await Teams.IdleAsync();

        Assert.Equal("/help", (string?)Assert.Single(Bot.Received).Activity["text"]);
    }

    [Fact]
    public async Task An_invoke_is_not_sent_again_because_its_person_has_seen_the_failure()
    {
        Bot.AnswersStatus(500);
        await Bot.PostAsync(AliceChat, Message(Card("Invite?", Execute("Approve", "approval/approve"))));

        await Teams.PressAsync("alice", Place.Personal, "Approve");
        Clock.Pass(TimeSpan.FromMinutes(1));
        await Teams.IdleAsync();

        Assert.Single(Bot.Received);
    }

    [Fact]
    public async Task What_was_said_can_be_delivered_again_by_hand()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help");

        Assert.Equal(200, (await Teams.DeliverAsync(Teams.LastMessage())).Status);

        Assert.Equal(Bot.Received[0].Id, Bot.Received[1].Id);
    }

    [Fact]
    public async Task Sending_again_can_be_switched_off()
    {
        await using var teams = await StandInTeams.StartAsync(new() { Clock = Clock, Redeliver = false }, CancellationToken.None);
        await using var bot = await ScriptedBot.StartAsync(teams);
        bot.AnswersStatus(500);

        await teams.SayAsync("alice", Place.Personal, "/help");
        Clock.Pass(TimeSpan.FromMinutes(1));
        await teams.IdleAsync();

        Assert.Single(bot.Received);
    }

    [Fact]
    public async Task Installing_tells_of_every_place_with_two_activities_at_once()
    {
        await Teams.InstallAsync();

        // Six chats, the group and the team.
        Assert.Equal(8, Bot.Received.Count(received => received.Type == "installationUpdate"));
        Assert.Equal(8, Bot.Received.Count(received => received.Type == "conversationUpdate"));
        Assert.Equal(8, Bot.Received.Select(received => received.ConversationId).Distinct(StringComparer.Ordinal).Count());
    }
}
