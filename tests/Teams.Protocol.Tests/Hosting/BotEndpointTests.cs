using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Teams.Protocol.Activities;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Hosting;

public sealed class BotEndpointTests : IAsyncLifetime
{
    private readonly FakeClock clock = new();
    private OpenIdStandIn openId = null!;
    private RunningBot bot = null!;

    public static TheoryData<string> Recorded { get; } = WireFiles.Names("Inbound");

    public async Task InitializeAsync()
    {
        openId = await OpenIdStandIn.StartAsync();
        bot = await RunningBot.StartAsync(RunningBot.Settings(openId), clock);
    }

    public async Task DisposeAsync()
    {
        await bot.DisposeAsync();
        await openId.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Everything_Teams_was_seen_to_send_is_taken_and_answered_as_recorded(string name)
    {
        var file = WireFiles.Read("Inbound", name);
        bot.OnTurn = (_, _) =>
            Task.FromResult(file.Status == 501 || file.Response is null ? null : InvokeAnswer.Json(file.Response.DeepClone()));

        using var response = await SendAsync(file.Request!.ToJsonString());

        var isInvoke = (string)file.Request["type"]! == "invoke";
        Assert.Equal(isInvoke && file.Response is null ? HttpStatusCode.NotImplemented : HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(file.Status, isInvoke && file.Response is null ? 501 : (int)response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(WireFiles.AreSame(file.Response, body.Length == 0 ? null : JsonNode.Parse(body)));
        Assert.Equal((string)file.Request["type"]!, Assert.Single(bot.Turns).Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"message\"")]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"type":""}""")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"type":"typing"} {"type":"typing"}""")]
    [InlineData("""{"type":"typing","type":"message"}""")]
    [InlineData("""{"type":"typing","unknown":1,"unknown":2}""")]
    [InlineData("""{"type":"typing","value":{"a":{"b":1,"b":2}}}""")]
    [InlineData("""{"type":"typing","channelData":{"tenant":{"id":"1","id":"2"}}}""")]
    [InlineData("""{"type":"typing","value":"\ud800"}""")]
    [InlineData("""{"type":"typing","\udc00":1}""")]
    [InlineData("""{"type":"typing","attachments":[null]}""")]
    [InlineData("""{"type":"typing","membersAdded":[null]}""")]
    [InlineData("""{"type":"typing","membersRemoved":"everybody"}""")]
    [InlineData("""{"type":"typing","from":"alice"}""")]
    public async Task What_is_not_an_activity_is_refused(string body) => await AnsweredAsync(HttpStatusCode.BadRequest, body);

    [Theory]
    [InlineData("conversation")]
    [InlineData("from")]
    [InlineData("serviceUrl")]
    [InlineData("channelId")]
    [InlineData("conversation/id")]
    [InlineData("from/id")]
    public async Task A_message_without_what_an_answer_needs_is_refused(string missing)
    {
        foreach (var type in (string[])["message", "invoke", "conversationUpdate", "installationUpdate"])
        {
            var activity = JsonNode.Parse(Message())!.AsObject();
            activity["type"] = type;
            var path = missing.Split('/');
            var parent = path.Length == 2 ? activity[path[0]]!.AsObject() : activity;
            parent.Remove(path[^1]);

            await AnsweredAsync(HttpStatusCode.BadRequest, activity.ToJsonString());
        }
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_refused()
    {
        var body = Encoding.Latin1.GetBytes(Message("Grüße"));

        using var response = await bot.PostAsync(body, Bearer());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Message())];

        using var response = await bot.PostAsync(body, Bearer());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(63, HttpStatusCode.OK)]
    [InlineData(64, HttpStatusCode.BadRequest)]
    [InlineData(500, HttpStatusCode.BadRequest)]
    [InlineData(50_000, HttpStatusCode.BadRequest)]
    public async Task Deep_nesting_is_refused(int depth, HttpStatusCode expected)
    {
        var deep = new string('[', depth) + new string(']', depth);

        await AnsweredAsync(expected, $"{Message()[..^1]},\"value\":{deep}}}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_a_megabyte_is_refused(bool saysHowLong)
    {
        var body = Message(new string('x', 1_000_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Bearer());
        request.Headers.TransferEncodingChunked = !saysHowLong;

        using var response = await bot.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(bot.Turns);
    }

    [Fact]
    public async Task A_message_as_long_as_Teams_allows_arrives_whole()
    {
        var text = new string('ü', 50_000);

        await AnsweredAsync(HttpStatusCode.OK, Message(text));

        Assert.Equal(text, Assert.Single(bot.Turns).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    public async Task Another_content_type_than_json_is_refused(string? contentType)
    {
        using var response = await bot.PostAsync(Encoding.UTF8.GetBytes(Message()), Bearer(), contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    public async Task Only_posts_are_taken(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), bot.Url);

        using var response = await bot.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Who_has_no_token_learns_nothing_about_the_body()
    {
        using var response = await bot.PostAsync("not json", authorization: null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("33333333-3333-4333-8333-333333333333", null)]
    [InlineData(null, "33333333-3333-4333-8333-333333333333")]
    [InlineData(RunningBot.TenantId, "33333333-3333-4333-8333-333333333333")]
    [InlineData("33333333-3333-4333-8333-333333333333", RunningBot.TenantId)]
    [InlineData(null, null)]
    [InlineData("", "")]
    public async Task Another_tenant_is_turned_away(string? conversation, string? channel)
    {
        var activity = JsonNode.Parse(Message())!.AsObject();
        activity["conversation"]!["tenantId"] = conversation;
        activity["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = channel } };

        await AnsweredAsync(HttpStatusCode.Forbidden, activity.ToJsonString());
    }

    [Fact]
    public async Task A_tenant_is_compared_without_regard_to_case()
    {
        var activity = JsonNode.Parse(Message())!.AsObject();
        activity["conversation"]!["tenantId"] = null;
        activity["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = RunningBot.TenantId.ToUpperInvariant() } };

        await AnsweredAsync(HttpStatusCode.OK, activity.ToJsonString());
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("https://smba.trafficmanager.net@evil.example.com/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("https://smba.trafficmanager.net:8443/emea/")]
    public async Task A_service_url_that_is_not_on_the_list_is_refused_even_with_a_token_for_it(string serviceUrl)
    {
        var activity = JsonNode.Parse(Message())!.AsObject();
        activity["serviceUrl"] = serviceUrl;

        using var response = await bot.PostAsync(activity.ToJsonString(), $"Bearer {OpenIdStandIn.Token(clock, serviceUrl: serviceUrl)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(bot.Turns);
    }

    [Fact]
    public async Task An_activity_of_an_unknown_type_is_handed_on_and_accepted()
    {
        await AnsweredAsync(
            HttpStatusCode.OK,
            $$"""{"type":"hologram","channelId":"msteams","serviceUrl":"{{Emea}}","conversation":{"tenantId":"{{RunningBot.TenantId}}"} }"""
        );

        Assert.Equal("hologram", Assert.Single(bot.Turns).Type);
    }

    [Fact]
    public async Task A_failed_message_is_not_accepted_so_that_Teams_delivers_it_again()
    {
        bot.OnTurn = (_, _) => throw new InvalidOperationException("alice@example.com");

        using var response = await SendAsync(Message());

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_failed_button_says_so_where_it_was_pressed()
    {
        bot.OnTurn = (_, _) => throw new InvalidOperationException("alice@example.com");

        using var response = await SendAsync(Invoke("adaptiveCard/action"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(500, (int)body["statusCode"]!);
        Assert.Equal("application/vnd.microsoft.error", (string)body["type"]!);
        Assert.Equal("Failed", (string)body["value"]!["code"]!);
        Assert.DoesNotContain("alice", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_invoke_that_fails_is_a_server_error()
    {
        bot.OnTurn = (_, _) => throw new InvalidOperationException();

        using var response = await SendAsync(Invoke("task/fetch"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task An_invoke_nobody_answers_is_not_implemented()
    {
        using var response = await SendAsync(Invoke("composeExtension/unheardOf"));

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Fact]
    public async Task A_turn_is_told_to_stop_after_ten_seconds()
    {
        bot.OnTurn = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            return null;
        };
        var answer = SendAsync(Invoke("adaptiveCard/action"));
        await clock.WaitsAsync(1);
        clock.Advance(TimeSpan.FromSeconds(10));

        using var response = await answer;

        Assert.Contains("\"Failed\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_does_not_stop_the_turn()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        bot.OnTurn = async (_, cancellationToken) =>
        {
            begun.SetResult();
            await hungUp.Task;
            ended.SetResult(cancellationToken.IsCancellationRequested);
            return null;
        };
        using (var caller = new HttpClient())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url)
            {
                Content = new StringContent(Message(), Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Authorization", Bearer());
            using var patience = new CancellationTokenSource();
            var call = caller.SendAsync(request, patience.Token);
            await begun.Task;
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }

        hungUp.SetResult();

        Assert.False(await ended.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private const string Emea = "https://smba.trafficmanager.net/emea/";

    private static string Message(string text = "hello") =>
        $$"""{"type":"message","id":"1","channelId":"msteams","serviceUrl":"{{Emea}}","from":{"id":"29:alice"},"conversation":{"id":"a:1","tenantId":"{{RunningBot.TenantId}}"},"text":"{{text}}"}""";

    private static string Invoke(string name) =>
        Message().Replace("\"message\"", $"\"invoke\",\"name\":\"{name}\"", StringComparison.Ordinal);

    private string Bearer() => $"Bearer {OpenIdStandIn.Token(clock)}";

    /// <summary>With a token that names the service URL the body names, so that only what the test is about can be wrong.</summary>
    private async Task<HttpResponseMessage> SendAsync(string body)
    {
        string? serviceUrl = null;
        try
        {
            serviceUrl = (JsonNode.Parse(body) as JsonObject)?["serviceUrl"]?.GetValue<string>();
        }
        catch (Exception notJson) when (notJson is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            // The test wants it so.
        }

        return await bot.PostAsync(body, $"Bearer {OpenIdStandIn.Token(clock, serviceUrl: serviceUrl ?? Emea)}");
    }

    private async Task AnsweredAsync(HttpStatusCode expected, string body)
    {
        using var response = await SendAsync(body);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected is HttpStatusCode.OK ? 1 : 0, bot.Turns.Count);
    }
}
