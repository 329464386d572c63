using System.Net;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>What is said reaches the bot, and what the bot writes is seen.</summary>
public sealed class ConversationTests : TeamsTest
{
    [Fact]
    public async Task What_a_person_says_reaches_the_bot_with_its_answer_as_the_result()
    {
        Bot.AnswersStatus(202);

        Assert.Equal(202, await Teams.SayAsync("alice", Place.Personal, "/help"));

        var message = Assert.Single(Bot.Received);
        Assert.Equal("/help", (string?)message.Activity["text"]);
        Assert.Equal(Teams["alice"].AadObjectId, (string?)message.Activity["from"]!["aadObjectId"]);
        Assert.Equal(AliceChat, message.ConversationId);
    }

    [Fact]
    public async Task What_the_bot_sends_is_seen_by_whom_it_is_for()
    {
        var id = await Bot.PostAsync(AliceChat, Text("Hello, Alice."));

        Assert.Equal("Hello, Alice.", Assert.Single(Teams.Visible("alice", Place.Personal)).Text);
        Assert.Equal(id, Teams.Visible("alice", Place.Personal)[0].Id);
        Assert.Equal("DocSpaceBot", Teams.Visible("alice", Place.Personal)[0].From);
        Assert.Empty(Teams.Visible("bob", Place.Personal));
    }

    [Fact]
    public async Task An_edit_replaces_the_message_in_its_place()
    {
        var id = await Bot.PostAsync(AliceChat, Text("One of two"));
        await Bot.PostAsync(AliceChat, Text("Later"));

        Assert.Equal(200, (await Bot.UpdateAsync(AliceChat, id, Text("Two of two"))).Status);

        var messages = Teams.Visible("alice", Place.Personal);
        Assert.Equal("Two of two, Later", string.Join(", ", messages.Select(message => message.Text)));
        Assert.True(messages[0].Edited);
        Assert.False(messages[1].Edited);
    }

    [Fact]
    public async Task A_deleted_message_is_gone()
    {
        var id = await Bot.PostAsync(AliceChat, Text("Oops"));

        Assert.Equal(200, (await Bot.DeleteAsync(AliceChat, id)).Status);

        Assert.Empty(Teams.Visible("alice", Place.Personal));
        Assert.Equal(404, (await Bot.DeleteAsync(AliceChat, id)).Status);
    }

    [Fact]
    public async Task Who_waits_for_words_is_woken_by_them()
    {
        var waiting = Teams.SeesAsync("alice", Place.Personal, "Approved", Soon);
        Assert.False(waiting.IsCompleted);

        await Bot.PostAsync(AliceChat, Text("Approved"));

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_so() =>
        Assert.False(await Teams.SeesAsync("alice", Place.Personal, "Approved", TimeSpan.FromMilliseconds(1)));

    [Fact]
    public async Task What_a_person_typed_themselves_does_not_count_as_seen()
    {
        await Teams.SayAsync("alice", Place.Personal, "/invite carol@example.com");

        Assert.Single(Teams.Visible("alice", Place.Personal));
        Assert.False(Teams.Sees("alice", Place.Personal, "carol@example.com"));
    }

    [Fact]
    public async Task In_the_group_everybody_sees_what_the_bot_writes()
    {
        await Bot.PostAsync(TeamsDirectory.GroupId, Text("Good morning"));

        Assert.True(Teams.Sees("alice", Place.Group, "Good morning"));
        Assert.True(Teams.Sees("olga", Place.Group, "Good morning"));
        Assert.Throws<StandInException>(() => Teams.Visible("gus", Place.Group));
    }

    [Fact]
    public async Task In_a_group_the_bot_hears_only_what_mentions_it()
    {
        Assert.Equal(0, await Teams.SayAsync("alice", Place.Group, "lunch?", new() { Mention = false }));
        Assert.Empty(Bot.Received);

        await Teams.SayAsync("alice", Place.Group, "/help");
        Assert.Equal("<at>DocSpaceBot</at> /help", (string?)Assert.Single(Bot.Received).Activity["text"]);
    }

    [Fact]
    public async Task A_message_in_the_channel_starts_a_thread_and_the_reply_belongs_to_it()
    {
        await Teams.SayAsync("alice", Place.Channel, "/help");
        var asked = Bot.Received[0];
        Assert.Equal($"{TeamsDirectory.ChannelId};messageid={asked.Id}", asked.ConversationId);

        Assert.Equal(201, (await Bot.ReplyAsync(asked.ConversationId, asked.Id, Text("Gladly"))).Status);

        Assert.Equal(asked.ConversationId, Teams.Visible("bob", Place.Channel)[^1].ConversationId);

        await Teams.SayAsync("bob", Place.Channel, "thanks", new() { InThread = asked.ConversationId });
        Assert.Equal(asked.ConversationId, Bot.Received[1].ConversationId);
    }

    [Fact]
    public async Task A_message_to_the_bare_channel_starts_a_thread_of_its_own()
    {
        var id = await Bot.PostAsync(TeamsDirectory.ChannelId, Text("News"));

        var thread = Teams.Visible("alice", Place.Channel)[0].ConversationId;
        Assert.Equal($"{TeamsDirectory.ChannelId};messageid={id}", thread);
        Assert.Equal(200, (await Bot.UpdateAsync(thread, id, Text("Old news"))).Status);
    }

    [Fact]
    public async Task In_a_channel_a_reply_is_edited_with_the_id_of_its_thread()
    {
        var root = await Bot.PostAsync(TeamsDirectory.ChannelId, Text("News"));
        var thread = $"{TeamsDirectory.ChannelId};messageid={root}";
        var reply = await Bot.PostAsync(thread, Text("More"));

        Assert.Equal(404, (await Bot.UpdateAsync(TeamsDirectory.ChannelId, reply, Text("Less"))).Status);
        Assert.Equal(200, (await Bot.UpdateAsync(thread, reply, Text("Less"))).Status);
    }

    [Fact]
    public async Task Message_ids_are_times_in_milliseconds_and_never_the_same()
    {
        var first = await Bot.PostAsync(AliceChat, Text("One"));
        var second = await Bot.PostAsync(AliceChat, Text("Two"));

        Assert.Equal(Clock.GetUtcNow().ToUnixTimeMilliseconds(), long.Parse(first, System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual(first, second, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Somebody_of_another_tenant_writes_with_that_tenant()
    {
        await Teams.SayAsync("gus", Place.Personal, "/help");

        var activity = Bot.Received[0].Activity;
        Assert.Equal(new TeamsSetup().OtherTenantId, (string?)activity["conversation"]!["tenantId"]);
        Assert.Equal((string?)activity["conversation"]!["tenantId"], (string?)activity["channelData"]!["tenant"]!["id"]);
    }

    [Fact]
    public async Task Text_is_seen_as_it_reads_not_as_it_is_marked()
    {
        await Bot.PostAsync(AliceChat, Text("**Done**: [alice\\_smith](mailto:a@b.c)<br>Bye &amp; thanks"));
        await Bot.PostAsync(
            AliceChat,
            new JsonObject
            {
                ["type"] = "message",
                ["text"] = "a **b**",
                ["textFormat"] = "plain",
            }
        );

        Assert.Equal("Done: alice_smith\nBye & thanks", Teams.Visible("alice", Place.Personal)[0].Text);
        Assert.Equal("a **b**", Teams.Visible("alice", Place.Personal)[1].Text);
    }

    [Fact]
    public async Task Nobody_can_talk_to_a_bot_that_is_nowhere()
    {
        Teams.BotUrl = null;

        await Assert.ThrowsAsync<StandInException>(() => Teams.SayAsync("alice", Place.Personal, "/help"));
    }

    [Fact]
    public async Task Every_call_is_recorded_with_its_answer()
    {
        await Bot.PostAsync(AliceChat, Text("Hello"));

        var call = Assert.Single(Teams.Calls);
        Assert.Equal(("POST", AliceChat, 201, "message"), (call.Method, call.ConversationId, call.Status, call.ActivityType));
        Assert.Equal("Hello", call.Body!.Value.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Hooks_are_called_around_the_effect()
    {
        var seen = new List<(string Hook, int Messages, int? Status)>();
        Teams.BeforeCall = call => Note("before", call);
        Teams.AfterCall = call => Note("after", call);

        await Bot.PostAsync(AliceChat, Text("Hello"));

        Assert.Equal([("before", 0, null), ("after", 1, (int?)HttpStatusCode.Created)], seen);

        Task Note(string hook, TeamsCall call)
        {
            seen.Add((hook, Teams.Visible("alice", Place.Personal).Count, call.Status));
            return Task.CompletedTask;
        }
    }
}
