using System.Text.Json;
using System.Text.Json.Nodes;
using Teams.Protocol.Activities;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Activities;

public sealed class ActivityTests
{
    public static TheoryData<string> Recorded { get; } = WireFiles.Names("Inbound");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Nothing_of_what_Teams_sends_gets_lost(string name)
    {
        var sent = WireFiles.Read("Inbound", name).Request!;

        var kept = JsonNode.Parse(Activity.FromJson(sent.ToJsonString())!.ToJson())!;

        // The same moment may be written with fewer zeros.
        Assert.Equal((DateTimeOffset?)sent["timestamp"], (DateTimeOffset?)kept["timestamp"]);
        kept["timestamp"] = sent["timestamp"]?.DeepClone();
        Assert.True(WireFiles.AreSame(sent, kept), kept.ToJsonString());
    }

    [Theory]
    [InlineData("message-personal-command", "personal", "a:personal-chat-1")]
    [InlineData("message-group-mention", "groupChat", "19:group-chat-1@thread.v2")]
    [InlineData("message-channel-mention", "channel", "19:channel-deploys@thread.tacv2;messageid=1795174552525")]
    public void A_reference_has_all_that_is_needed_to_answer_later(string name, string type, string conversation)
    {
        var reference = Read(name).Reference;

        Assert.Equal(
            new ConversationReference(
                "http://127.0.0.1:56151/_connector",
                conversation,
                type,
                "11111111-1111-4111-8111-111111111111",
                "28:22222222-2222-4222-8222-222222222222"
            )
            {
                BotName = "Runbook Bot",
            },
            reference
        );
    }

    [Theory]
    [InlineData("""{"conversation":{"id":"1"}}""", "personal")]
    [InlineData("""{"conversation":{"id":"1","isGroup":true}}""", "groupChat")]
    [InlineData("""{"conversation":{"id":"1","isGroup":true},"channelData":{"channel":{"id":"1"}}}""", "channel")]
    [InlineData("""{"channelData":{"team":{"id":"1"}}}""", "channel")]
    public void The_kind_of_conversation_is_worked_out_where_it_is_not_said(string json, string expected) =>
        Assert.Equal(expected, Activity.FromJson(json)!.Reference.ConversationType);

    [Theory]
    [InlineData("""{"type":"message","callerId":"urn:botframework:azure"}""")]
    [InlineData("""{"type":"message","callerId":{"x":1}}""")]
    public void On_whose_behalf_a_sender_claims_to_speak_is_discarded(string json) =>
        Assert.Equal("""{"type":"message"}""", Activity.FromJson(json)!.ToJson());

    [Theory]
    [InlineData("\"2026-11-20T11:31:27.356Z\"", true)]
    [InlineData("\"yesterday\"", false)]
    [InlineData("17", false)]
    [InlineData("null", false)]
    [InlineData("""{"a":[1]}""", false)]
    public void A_time_that_is_none_does_not_make_a_message_unreadable(string timestamp, bool isTime)
    {
        var activity = Activity.FromJson($$"""{"timestamp":{{timestamp}},"text":"hello"}""")!;

        Assert.Equal(isTime, activity.Timestamp is not null);
        Assert.Equal("hello", activity.Text);
    }

    [Fact]
    public void Either_name_of_the_object_id_is_read()
    {
        Assert.Equal("a", Activity.FromJson("""{"from":{"aadObjectId":"a"}}""")!.From!.AadObjectId);
        Assert.Equal("b", Activity.FromJson("""{"from":{"objectId":"b"}}""")!.From!.AadObjectId);
        Assert.Equal("a", Activity.FromJson("""{"from":{"objectId":"b","aadObjectId":"a"}}""")!.From!.AadObjectId);
    }

    [Fact]
    public void Channel_data_is_read()
    {
        var data = Read("conversationupdate-bot-added-team").ChannelData!;

        Assert.Equal("44444444-4444-4444-8444-444444444444", data.Team!.AadGroupId);
        Assert.Equal("Platform Team", data.Team.Name);
        Assert.Equal("teamMemberAdded", data.EventType);
        Assert.True(data.Extra!.ContainsKey("settings"));
    }

    [Theory]
    [InlineData("invoke-adaptivecard-execute", "approve", false, "1795174287030", "looks fine")]
    [InlineData("invoke-adaptivecard-refresh-automatic", "refresh", true, "1795174932059", null)]
    public void A_button_is_read(string name, string verb, bool isAutomatic, string card, string? comment)
    {
        var action = CardAction.From(Read(name))!;

        Assert.Equal(verb, action.Verb);
        Assert.Equal(isAutomatic, action.IsAutomatic);
        Assert.Equal(card, action.CardActivityId);
        Assert.Equal("r-1", action.Data.GetProperty("requestId").GetString());
        Assert.True(action.AnswerIsShown);
        Assert.Equal(comment, action.Data.TryGetProperty("comment", out var text) ? text.GetString() : null);
    }

    [Fact]
    public void A_button_of_an_older_client_comes_as_a_message()
    {
        var action = CardAction.From(
            Activity.FromJson("""{"type":"message","replyToId":"17","value":{"verb":"invite/submit","email":"a@example.com"}}""")!
        )!;

        Assert.Equal("invite/submit", action.Verb);
        Assert.Equal("17", action.CardActivityId);
        Assert.False(action.IsAutomatic);
        Assert.False(action.AnswerIsShown);
        Assert.Equal("a@example.com", action.Data.GetProperty("email").GetString());
    }

    [Fact]
    public void A_button_beneath_a_link_comes_as_an_invoke_whose_answer_nobody_is_shown()
    {
        var action = CardAction.From(Read("invoke-composeextension-oncardbuttonclicked"))!;

        Assert.Equal("approve", action.Verb);
        Assert.Equal("1795174771208", action.CardActivityId);
        Assert.False(action.IsAutomatic);
        Assert.False(action.AnswerIsShown);
        Assert.Equal("r-1", action.Data.GetProperty("requestId").GetString());
        Assert.Equal("looks fine", action.Data.GetProperty("comment").GetString());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{"verb":""}""")]
    [InlineData("""{"verb":{"verb":"x"}}""")]
    [InlineData("""{"action":{"verb":"x"}}""")]
    public void What_is_not_a_button_beneath_a_link_is_none(string value) =>
        Assert.Null(
            CardAction.From(Activity.FromJson($$"""{"type":"invoke","name":"composeExtension/onCardButtonClicked","value":{{value}}}""")!)
        );

    [Fact]
    public void A_button_without_data_has_empty_data() =>
        Assert.Equal(JsonValueKind.Object, CardAction.From(Execute("""{"action":{"verb":"x"}}"""))!.Data.ValueKind);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""17""")]
    [InlineData("""{"action":null}""")]
    [InlineData("""{"action":"approve"}""")]
    [InlineData("""{"action":{}}""")]
    [InlineData("""{"action":{"verb":""}}""")]
    [InlineData("""{"action":{"verb":17}}""")]
    [InlineData("""{"action":{"verb":"x","data":"text"}}""")]
    [InlineData("""{"action":{"verb":"x","data":[1]}}""")]
    public void What_is_not_a_button_is_none(string value) => Assert.Null(CardAction.From(Execute(value)));

    [Fact]
    public void Other_activities_are_no_buttons()
    {
        Assert.Null(CardAction.From(Read("message-personal-command")));
        Assert.Null(CardAction.From(Read("invoke-task-fetch")));
        Assert.Null(CardAction.From(Activity.FromJson("""{"type":"event","value":{"verb":"x"}}""")!));
    }

    private static Activity Read(string name) => Activity.FromJson(WireFiles.Read("Inbound", name).Request!.ToJsonString())!;

    private static Activity Execute(string value) =>
        Activity.FromJson($$"""{"type":"invoke","name":"adaptiveCard/action","value":{{value}}}""")!;
}
