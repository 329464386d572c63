using System.Text.Json.Nodes;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Connector;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Connector;

public sealed class ConnectorClientTests : ConnectorFixture
{
    public static TheoryData<string> Sends { get; } =
        WireFiles.Names(
            "Outbound",
            name =>
                WireFiles.Read("Outbound", name) is { Method: "POST", Status: < 300 } file
                && file.Path.Contains("/activities", StringComparison.Ordinal)
        );

    public static TheoryData<string> Updates { get; } =
        WireFiles.Names("Outbound", name => WireFiles.Read("Outbound", name) is { Method: "PUT", Status: 200 });

    public static TheoryData<string> Refusals { get; } =
        WireFiles.Names("Outbound", name => WireFiles.Read("Outbound", name).Status >= 400);

    [Theory]
    [MemberData(nameof(Sends))]
    public async Task What_Teams_took_is_what_we_send_and_its_answer_is_read(string name)
    {
        var file = WireFiles.Read("Outbound", name);
        Service.Next(ConnectorStandIn.Json(file.Status, file.Response?.ToJsonString()));

        var id = await Client.SendAsync(Place(file), Message(file), default);

        Assert.Equal((string?)file.Response?["id"], id);
        var sent = Assert.Single(Service.Requests);
        Assert.Equal($"/teams{file.Path}", sent.Target);
        AssertEquivalent(file, sent);
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task An_update_is_what_Teams_took(string name)
    {
        var file = WireFiles.Read("Outbound", name);
        Service.Next(ConnectorStandIn.Json(file.Status, file.Response?.ToJsonString()));

        await Client.UpdateAsync(Place(file), Uri.UnescapeDataString(file.Path.Split('/')[^1]), Message(file), default);

        var sent = Assert.Single(Service.Requests);
        Assert.Equal("PUT", sent.Method);
        Assert.Equal($"/teams{file.Path}", sent.Target);
        AssertEquivalent(file, sent);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_as_recorded_becomes_the_right_fault(string name)
    {
        var file = WireFiles.Read("Outbound", name);
        Service.Otherwise = ConnectorStandIn.Json(file.Status, file.Response?.ToJsonString());

        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            file.Method switch
            {
                "GET" => Client.GetMembersPageAsync(Chat, 50, null, default),
                "PUT" => Client.UpdateAsync(Chat, "123", OutgoingActivity.FromText("x"), default),
                _ => Client.SendAsync(Chat, OutgoingActivity.FromText("x"), default),
            }
        );

        var expected = file.Status switch
        {
            400 or 403 => ConnectorFault.Invalid,
            404 => ConnectorFault.NotFound,
            _ => ConnectorFault.Unavailable,
        };
        Assert.Equal(expected, refused.Fault);
        Assert.Equal(file.Status, refused.Status);
        Assert.Equal((string?)file.Response!["error"]!["code"], refused.Code);
        Assert.Equal(file.Status == 500, refused.MayHaveHappened);
        Assert.DoesNotContain((string)file.Response["error"]!["message"]!, refused.Message, StringComparison.Ordinal);
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData("create-conversation-personal-201", "29:user-megan")]
    [InlineData("create-conversation-personal-existing-201", "29:user-alex")]
    public async Task A_personal_chat_is_opened_as_recorded(string name, string member)
    {
        var file = WireFiles.Read("Outbound", name);
        Service.Next(ConnectorStandIn.Json(file.Status, file.Response!.ToJsonString()));

        var created = await Client.CreateConversationAsync(
            Service.ServiceUrl,
            NewConversation.With(member, Chat.TenantId, Chat.BotId),
            default
        );

        Assert.Equal((string?)file.Response["id"], created.Id);
        var sent = Assert.Single(Service.Requests);
        Assert.Equal("/teams/v3/conversations", sent.Target);
        file.Request!["bot"]!.AsObject().Remove("name");
        Assert.True(WireFiles.AreSame(file.Request, sent.Json), sent.Body);
    }

    [Fact]
    public async Task A_thread_in_a_channel_is_created_with_its_first_message()
    {
        Service.Next(
            ConnectorStandIn.Json(
                201,
                """{"id":"19:c@thread.tacv2;messageid=17","activityId":"17","serviceUrl":"https://smba.trafficmanager.net/emea/"}"""
            )
        );

        var created = await Client.CreateConversationAsync(
            Service.ServiceUrl,
            NewConversation.ThreadIn("19:c@thread.tacv2", OutgoingActivity.FromText("first"), Chat.TenantId, Chat.BotId),
            default
        );

        Assert.Equal(new CreatedConversation("19:c@thread.tacv2;messageid=17", "17", "https://smba.trafficmanager.net/emea/"), created);
        var sent = Service.Requests[0].Json!;
        Assert.True((bool)sent["isGroup"]!);
        Assert.Equal("19:c@thread.tacv2", (string?)sent["channelData"]!["channel"]!["id"]);
        Assert.Equal("first", (string?)sent["activity"]!["text"]);
    }

    [Fact]
    public async Task Members_are_read_page_by_page_in_both_spellings()
    {
        Service.Next(
            ConnectorStandIn.Json(
                200,
                """{"members":[{"id":"29:1","aadObjectId":"a1","email":"a@example.com"},null],"continuationToken":"next/+="}"""
            ),
            ConnectorStandIn.Json(200, """{"members":[{"id":"29:2","objectId":"a2","email":null,"new":{"x":1}}]}""")
        );

        var members = new List<ChannelMember>();
        await foreach (var member in Client.GetMembersAsync(Chat, default))
        {
            members.Add(member);
        }

        Assert.Equal(["a1", "a2"], members.Select(member => member.AadObjectId), StringComparer.Ordinal);
        Assert.Equal("/teams/v3/conversations/a%3Apersonal-chat-1/pagedmembers?pageSize=500", Service.Requests[0].Target);
        Assert.EndsWith("?pageSize=500&continuationToken=next%2F%2B%3D", Service.Requests[1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_members_is_read_as_recorded()
    {
        var file = WireFiles.Read("Outbound", "pagedmembers-group-200");
        Service.Next(ConnectorStandIn.Json(200, file.Response!.ToJsonString()));

        var page = await Client.GetMembersPageAsync(Chat with { ConversationId = "19:group-chat-1@thread.v2" }, 2, null, default);

        Assert.Equal(6, page.Members.Count);
        Assert.Null(page.ContinuationToken);
        Assert.Equal($"/teams{file.Path}", Service.Requests[0].Target);
        Assert.All(page.Members, member => Assert.NotNull(member.Email));
    }

    [Theory]
    [InlineData("member-404")]
    [InlineData("member-by-aad-404")]
    public async Task A_person_who_is_not_there_is_null(string name)
    {
        var file = WireFiles.Read("Outbound", name);
        Service.Next(ConnectorStandIn.Json(404, file.Response!.ToJsonString()));

        Assert.Null(await Client.GetMemberAsync(Chat, "nobody", default));
    }

    [Fact]
    public async Task A_person_is_read_as_recorded()
    {
        var file = WireFiles.Read("Outbound", "member-200");
        Service.Next(ConnectorStandIn.Json(200, file.Response!.ToJsonString()));

        var member = await Client.GetMemberAsync(Chat, "29:user-alex", default);

        Assert.Equal($"/teams{file.Path}", Service.Requests[0].Target);
        Assert.Equal("33333333-3333-4333-8333-333333333330", member!.AadObjectId);
        Assert.Equal("alexw@example.com", member.Email);
        Assert.Equal("Alex", member.GivenName);
        Assert.Equal("user", member.UserRole);
    }

    [Theory]
    [InlineData("members-personal-200")]
    [InlineData("members-group-200")]
    [InlineData("members-channel-200")]
    public void The_older_list_of_members_names_the_object_id_otherwise(string name)
    {
        foreach (var member in WireFiles.Read("Outbound", name).Response!.AsArray())
        {
            var read = System.Text.Json.JsonSerializer.Deserialize(member!.ToJsonString(), ConnectorJsonContext.Default.ChannelMember);

            Assert.Equal((string?)member["objectId"], read!.AadObjectId);
        }
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("https://smba.trafficmanager.net@evil.example.com/")]
    [InlineData("http://localhost:1/")]
    [InlineData("")]
    public async Task A_stored_url_that_is_not_on_the_list_gets_no_request_and_no_token(string serviceUrl)
    {
        var refused = await Assert.ThrowsAsync<ConnectorException>(() =>
            Client.SendAsync(Chat with { ServiceUrl = serviceUrl }, OutgoingActivity.FromText("x"), default)
        );

        Assert.Equal(ConnectorFault.NotAllowed, refused.Fault);
        Assert.Empty(Service.TokenRequests);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task An_id_is_never_a_step_to_another_folder(string id)
    {
        foreach (
            var call in (Func<Task>[])
                [() => Client.DeleteAsync(Chat, id, default), () => Client.DeleteAsync(Chat with { ConversationId = id }, "1", default)]
        )
        {
            var refused = await Assert.ThrowsAsync<ConnectorException>(call);
            Assert.Equal(ConnectorFault.Invalid, refused.Fault);
        }

        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task A_hostile_id_stays_one_segment()
    {
        await Client.DeleteAsync(Chat with { ConversationId = "../../x?y#z\\\r\n" }, "a/../b", default);

        Assert.Equal("/teams/v3/conversations/..%2F..%2Fx%3Fy%23z%5C%0D%0A/activities/a%2F..%2Fb", Service.Requests[0].Target);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_with_the_token(int status)
    {
        await using var elsewhere = await ConnectorStandIn.StartAsync();
        Service.Otherwise = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.ServiceUrl;
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, OutgoingActivity.FromText("x"), default));

        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Where_nobody_is_authenticated_no_token_is_sent()
    {
        using var client = NewClient(authenticated: false);

        await client.SendAsync(Chat, OutgoingActivity.FromText("x"), default);

        Assert.Null(Service.Requests[0].Authorization);
        Assert.Empty(Service.TokenRequests);
    }

    [Fact]
    public async Task A_message_that_is_too_big_is_not_sent()
    {
        var tooBig = OutgoingActivity.FromText(new string('x', 60_000));

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, tooBig, default));

        Assert.Equal(ConnectorFault.TooBig, refused.Fault);
        Assert.Empty(Service.Requests);
        await Client.SendAsync(Chat, OutgoingActivity.FromText(new string('語', 40_000)), default);
    }

    [Theory]
    [InlineData(201, "")]
    [InlineData(201, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(202, "[]")]
    [InlineData(201, """{"id":""}""")]
    [InlineData(201, """{"id":null}""")]
    public async Task A_message_that_was_taken_without_an_id_has_none(int status, string body)
    {
        Service.Next(ConnectorStandIn.Json(status, body));

        Assert.Null(await Client.SendAsync(Chat, OutgoingActivity.FromText("x"), default));
    }

    [Fact]
    public async Task A_message_that_was_taken_and_whose_answer_broke_off_is_not_a_failure()
    {
        Service.Next(async context =>
        {
            context.Response.StatusCode = 201;
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync("""{"id":"17"""u8.ToArray());
            await context.Response.Body.FlushAsync(); // And no more: the connection is closed before the length is reached.
        });

        Assert.Null(await Client.SendAsync(Chat, OutgoingActivity.FromText("x"), default));
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task Typing_is_sent()
    {
        Service.Next(ConnectorStandIn.Json(202, null));

        await Client.SendTypingAsync(Chat, default);

        Assert.Equal("typing", (string?)Service.Requests[0].Json!["type"]);
    }

    /// <summary>A sender may name what it replies to and still send to the conversation; ours sends a reply as one.</summary>
    private static bool IsReply(WireFile file) => file.Path.Split('/').Length > 5;

    /// <summary>Where the recorded request went.</summary>
    private ConversationReference Place(WireFile file) => Chat with { ConversationId = Uri.UnescapeDataString(file.Path.Split('/')[3]) };

    /// <summary>The recorded message, as far as it is one we would send.</summary>
    private static OutgoingActivity Message(WireFile file)
    {
        var body = file.Request!;
        return new OutgoingActivity
        {
            Type = (string)body["type"]!,
            Text = (string?)body["text"],
            TextFormat = (string?)body["textFormat"],
            AttachmentLayout = (string?)body["attachmentLayout"],
            ReplyToId = IsReply(file) ? (string?)body["replyToId"] : null,
            Attachments =
            [
                .. (body["attachments"]?.AsArray() ?? []).Select(attachment =>
                    OutgoingAttachment.From(
                        (string)attachment!["contentType"]!,
                        WireFiles.Element(attachment["content"]!.ToJsonString())
                    ) with
                    {
                        Name = (string?)attachment["name"],
                    }
                ),
            ],
        };
    }

    /// <summary>Everything that makes the message is the same; who sends it to whom is the service's to know.</summary>
    private static void AssertEquivalent(WireFile file, RecordedRequest sent)
    {
        Assert.Equal("application/json; charset=utf-8", sent.ContentType);
        Assert.StartsWith("Bearer token-", sent.Authorization, StringComparison.Ordinal);
        foreach (var property in (string[])["type", "text", "textFormat", "attachmentLayout", "attachments"])
        {
            Assert.True(WireFiles.AreSame(file.Request![property], sent.Json![property]), $"{property}: {sent.Body}");
        }

        Assert.Equal(IsReply(file) ? (string?)file.Request!["replyToId"] : null, (string?)sent.Json!["replyToId"]);
        Assert.DoesNotContain("null", sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"\"", sent.Body, StringComparison.Ordinal);
    }
}
