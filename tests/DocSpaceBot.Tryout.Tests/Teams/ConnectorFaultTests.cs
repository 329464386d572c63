using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>What the connector refuses, and what goes wrong when told to.</summary>
public sealed class ConnectorFaultTests : TeamsTest
{
    [Theory]
    [InlineData("""{"type":"message","text":null}""")]
    [InlineData("""{"type":"message","text":""}""")]
    [InlineData("""{"type":"message","text":"x","entities":null}""")]
    [InlineData("""{"type":"message","text":"x","attachments":null}""")]
    [InlineData("""{"type":"message","text":"x","summary":""}""")]
    [InlineData("""{"type":"message","text":"x","from":{"id":"28:x","name":""}}""")]
    [InlineData("""{"type":"message"}""")]
    [InlineData("""{"type":"event","name":"x"}""")]
    [InlineData("""{"type":"greeting"}""")]
    [InlineData("""{"text":"x"}""")]
    [InlineData("""{"type":"message","text":"x","textFormat":"html"}""")]
    [InlineData(
        """{"type":"message","text":"<at>Al</at>","entities":[{"type":"mention","text":"<at>Alice</at>","mentioned":{"id":"29:1"}}]}"""
    )]
    [InlineData("""[]""")]
    public async Task What_Teams_does_not_take_is_refused_with_400(string activity)
    {
        var (status, body) = await Bot.SendAsync(AliceChat, JsonNode.Parse(activity)!);

        Assert.Equal((400, "BadArgument"), (status, (string?)body!["error"]!["code"]));
        Assert.Empty(Teams.Visible("alice", Place.Personal));
    }

    [Fact]
    public async Task Nulls_inside_a_card_are_the_cards_own_business()
    {
        var card = Card("x");
        card["body"]![0]!["id"] = null;

        await Bot.PostAsync(AliceChat, Message(card));
    }

    [Fact]
    public async Task A_mention_with_the_same_text_is_taken()
    {
        var message = Text("Hi <at>Alice</at>");
        message["entities"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "mention",
                ["text"] = "<at>Alice</at>",
                ["mentioned"] = new JsonObject { ["id"] = Teams["alice"].Id, ["name"] = "Alice" },
            }
        );

        await Bot.PostAsync(AliceChat, message);

        Assert.True(Teams.Sees("alice", Place.Personal, "Hi Alice"));
    }

    [Fact]
    public async Task More_than_100_KB_counted_in_two_bytes_a_character_is_refused_with_413()
    {
        var (status, body) = await Bot.SendAsync(AliceChat, Text(new string('x', 51_300)));
        Assert.Equal((413, "MessageSizeTooBig"), (status, (string?)body!["error"]!["code"]));

        await Bot.PostAsync(AliceChat, Text(new string('x', 51_000)));
    }

    [Fact]
    public async Task Text_with_a_card_becomes_two_messages_and_no_id_comes_back()
    {
        var message = Message(Card("The card"));
        message["text"] = "The text";

        var (status, body) = await Bot.SendAsync(AliceChat, message);

        Assert.Equal((202, (JsonNode?)null), (status, body));
        var messages = Teams.Visible("alice", Place.Personal);
        Assert.Equal(2, messages.Count);
        Assert.Equal("The text", messages[0].Text);
        Assert.True(messages[1].Shows("The card"));
    }

    [Fact]
    public async Task Typing_is_taken_and_nothing_stays()
    {
        Assert.Equal(202, (await Bot.SendAsync(AliceChat, new JsonObject { ["type"] = "typing" })).Status);

        Assert.Empty(Teams.Visible("alice", Place.Personal));
        Assert.Equal("typing", Teams.Calls[0].ActivityType);
    }

    [Fact]
    public async Task A_card_of_a_newer_schema_is_not_shown()
    {
        var card = Card("Secret of 1.6");
        card["version"] = "1.6";
        card["fallbackText"] = "Please update Teams.";

        await Bot.PostAsync(AliceChat, Message(card));

        var message = Assert.Single(Teams.Visible("alice", Place.Personal));
        Assert.Null(message.Card);
        Assert.Equal("Please update Teams.", message.Text);
    }

    [Theory]
    [InlineData("POST", "v3/conversations/nope/activities", "ConversationNotFound")]
    [InlineData("PUT", "v3/conversations/nope/activities/1", "ConversationNotFound")]
    [InlineData("GET", "v3/conversations/nope/pagedmembers", "ConversationNotFound")]
    [InlineData(
        "POST",
        "v3/conversations/19:onboardingb8a14f2c9d7e6a5b4c3d2e1f@thread.tacv2;messageid=1/activities",
        "ConversationNotFound"
    )]
    public async Task What_does_not_exist_is_refused_with_404(string method, string path, string code)
    {
        var (status, body) = await Bot.AskAsync(new(method), path, method == "GET" ? null : Text("x"));

        Assert.Equal((404, code), (status, (string?)body!["error"]!["code"]));
    }

    [Fact]
    public async Task The_bot_edits_only_what_it_wrote()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help");

        Assert.Equal(403, (await Bot.UpdateAsync(AliceChat, Bot.Received[0].Id, Text("/hack"))).Status);
    }

    [Fact]
    public async Task Who_blocks_the_bot_cannot_be_written_to()
    {
        Teams.Faults.Blocked("alice");
        Assert.Equal("ConversationBlockedByUser", await RefusalAsync(AliceChat));

        Teams.Faults.Blocked("alice", asWritesBlocked: true);
        var (status, body) = await Bot.SendAsync(AliceChat, Text("x"));
        Assert.Equal((403, 209), (status, (int)body!["errorCode"]!));
        Assert.Contains("MessageWritesBlocked", (string?)body["message"], StringComparison.Ordinal);

        Teams.Faults.Blocked("alice", isBlocked: false);
        await Bot.PostAsync(AliceChat, Text("x"));
    }

    [Fact]
    public async Task Where_the_bot_is_not_installed_it_cannot_write()
    {
        await Teams.UninstallAsync("alice", Place.Personal);
        await Teams.UninstallAsync("alice", Place.Group);
        Assert.Equal("ForbiddenOperationException", await RefusalAsync(AliceChat));
        Assert.Equal("BotNotInConversationRoster", await RefusalAsync(TeamsDirectory.GroupId));

        await Teams.InstallAsync("alice", Place.Personal);
        await Bot.PostAsync(AliceChat, Text("Back again"));
    }

    [Fact]
    public async Task Throttling_tells_how_long_to_wait()
    {
        Teams.Faults.ThrottleNext(2, TimeSpan.FromSeconds(7));
        var path = $"v3/conversations/{Uri.EscapeDataString(AliceChat)}/activities";

        using var answer = await Bot.CallAsync(HttpMethod.Post, path, Text("x"));

        Assert.Equal((429, "7"), ((int)answer.StatusCode, answer.Headers.RetryAfter!.ToString()));
        Assert.Equal(429, (await Bot.SendAsync(AliceChat, Text("x"))).Status);
        Assert.Equal(201, (await Bot.SendAsync(AliceChat, Text("x"))).Status);
    }

    [Fact]
    public async Task A_failure_befalls_the_calls_it_is_meant_for()
    {
        Teams.Faults.FailNext(502, when: call => call.Method == "PUT");
        Teams.Faults.FailNext(404, "ConversationNotFound", when: call => call.ConversationId == AliceChat);

        Assert.Equal(201, (await Bot.SendAsync(TeamsDirectory.GroupId, Text("x"))).Status);
        Assert.Equal("ConversationNotFound", await RefusalAsync(AliceChat, status: 404));
        var id = await Bot.PostAsync(AliceChat, Text("x"));
        Assert.Equal((502, (JsonNode?)null), await Bot.UpdateAsync(AliceChat, id, Text("y")));
        Assert.Equal(200, (await Bot.UpdateAsync(AliceChat, id, Text("y"))).Status);
    }

    [Fact]
    public async Task The_connection_can_break_before_or_after_the_effect()
    {
        Teams.Faults.DropBeforeEffect();
        await Assert.ThrowsAsync<HttpRequestException>(() => Bot.SendAsync(AliceChat, Text("lost")));
        Assert.Empty(Teams.Visible("alice", Place.Personal));

        Teams.Faults.DropAfterEffect();
        await Assert.ThrowsAsync<HttpRequestException>(() => Bot.SendAsync(AliceChat, Text("kept")));
        Assert.Equal("kept", Assert.Single(Teams.Visible("alice", Place.Personal)).Text);
        Assert.All(Teams.Calls, call => Assert.Null(call.Status));
    }

    [Fact]
    public async Task An_error_can_follow_the_effect()
    {
        Teams.Faults.FailAfterEffect(504);

        Assert.Equal(504, (await Bot.SendAsync(AliceChat, Text("kept"))).Status);

        Assert.True(Teams.Sees("alice", Place.Personal, "kept"));
    }

    [Fact]
    public async Task A_call_can_hang_until_the_bot_gives_up()
    {
        Teams.Faults.HangNext();
        var reached = new TaskCompletionSource();
        Teams.BeforeCall = _ =>
        {
            reached.SetResult();
            return Task.CompletedTask;
        };
        using var patience = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Teams.ServiceUrl}v3/teams/x");
        request.Headers.Authorization = new("Bearer", await Bot.TokenAsync());

        var call = Bot.Http.SendAsync(request, patience.Token);
        await reached.Task;
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    [SuppressMessage("Reliability", "CA2025", Justification = "Both calls are awaited before anything is disposed.")]
    public async Task Two_writes_at_once_in_one_conversation_are_refused_with_412_when_wanted()
    {
        await using var teams = await StandInTeams.StartAsync(
            new() { Clock = Clock, RefuseConcurrentWrites = true },
            CancellationToken.None
        );
        await using var bot = await ScriptedBot.StartAsync(teams);
        await bot.TokenAsync();
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        teams.BeforeCall = call =>
        {
            arrived.TrySetResult();
            return call.Body!.Value.GetProperty("text").GetString() == "first" ? release.Task : Task.CompletedTask;
        };

        var first = bot.SendAsync(AliceChat, Text("first"));
        await arrived.Task;
        var second = await bot.SendAsync(AliceChat, Text("second"));
        var elsewhere = await bot.SendAsync(TeamsDirectory.GroupId, Text("elsewhere"));
        release.SetResult();

        Assert.Equal((412, "PreconditionFailed"), (second.Status, (string?)second.Body!["error"]!["code"]));
        Assert.Equal((201, 201), (elsewhere.Status, (await first).Status));
        Assert.Equal(201, (await bot.SendAsync(AliceChat, Text("again"))).Status);
    }

    private async Task<string?> RefusalAsync(string conversationId, int status = 403)
    {
        var answer = await Bot.SendAsync(conversationId, Text("x"));
        Assert.Equal(status, answer.Status);
        return (string?)answer.Body!["error"]!["code"];
    }
}
