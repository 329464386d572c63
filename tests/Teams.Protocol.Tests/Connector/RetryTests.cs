using System.Globalization;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Connector;

/// <summary>Waiting takes no time here: the clock jumps to the end of every wait.</summary>
public sealed class RetryTests : ConnectorFixture
{
    private static readonly OutgoingActivity Hello = OutgoingActivity.FromText("hello");

    [Theory]
    [InlineData(429)]
    [InlineData(412)]
    public async Task A_message_that_was_surely_not_taken_is_sent_again(int status)
    {
        Service.Next(ConnectorStandIn.Json(status, null), ConnectorStandIn.Json(status, null));

        Assert.Equal("1795174286710", await Client.SendAsync(Chat, Hello, default));
        Assert.Equal(3, Service.Requests.Count);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(408, true)]
    [InlineData(501, false)]
    [InlineData(400, false)]
    public async Task A_message_that_may_have_been_taken_is_not_sent_again(int status, bool mayHaveHappened)
    {
        Service.Next(ConnectorStandIn.Json(status, "<html>Bad gateway</html>"));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.Single(Service.Requests);
        Assert.Equal(mayHaveHappened, failure.MayHaveHappened);
        Assert.Null(failure.Code);
    }

    [Fact]
    public async Task A_message_whose_answer_got_lost_may_have_been_taken()
    {
        Service.Next(ConnectorStandIn.Drop);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.Equal(ConnectorFault.Unavailable, failure.Fault);
        Assert.True(failure.MayHaveHappened);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_message_to_a_service_that_is_not_there_surely_was_not_taken()
    {
        var failure = await Assert.ThrowsAsync<ConnectorException>(() =>
            Client.SendAsync(Chat with { ServiceUrl = "http://127.0.0.1:9/" }, Hello, default)
        );

        Assert.Equal(ConnectorFault.Unavailable, failure.Fault);
        Assert.False(failure.MayHaveHappened);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up()
    {
        using var client = NewClient(limits: new ConnectorLimits { Attempt = TimeSpan.FromSeconds(1) });
        await client.SendAsync(Chat, Hello, default);
        var answering = new TaskCompletionSource();
        Service.Next(_ => answering.Task);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => client.SendAsync(Chat, Hello, default));

        answering.SetResult();
        Assert.Equal(ConnectorFault.Unavailable, failure.Fault);
        Assert.True(failure.MayHaveHappened);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        using var patience = new CancellationTokenSource();
        Service.Next(async context =>
        {
            await patience.CancelAsync();
            context.Abort();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.SendAsync(Chat, Hello, patience.Token));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_ends_the_same_however_often_it_is_done_is_done_again(int status)
    {
        Service.Next(ConnectorStandIn.Json(status, null));
        await Client.UpdateAsync(Chat, "1", Hello, default);
        Service.Next(ConnectorStandIn.Json(status, null));
        await Client.DeleteAsync(Chat, "1", default);
        Service.Next(ConnectorStandIn.Json(status, null), ConnectorStandIn.Json(200, """{"id":"29:1"}"""));
        await Client.GetMemberAsync(Chat, "1", default);

        Assert.Equal(
            ["PUT", "PUT", "DELETE", "DELETE", "GET", "GET"],
            Service.Requests.Select(request => request.Method),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task An_update_is_repeated_after_a_broken_connection()
    {
        Service.Next(ConnectorStandIn.Drop, ConnectorStandIn.Drop);

        await Client.UpdateAsync(Chat, "1", Hello, default);

        Assert.Equal(3, Service.Requests.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task What_stays_wrong_is_not_repeated(int status)
    {
        Service.Next(ConnectorStandIn.Json(status, null));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.UpdateAsync(Chat, "1", Hello, default));

        Assert.Equal(status, failure.Status);
        Assert.False(failure.MayHaveHappened);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task A_message_that_a_lost_attempt_deleted_is_deleted()
    {
        Service.Next(ConnectorStandIn.Drop, ConnectorStandIn.Json(404, """{"error":{"code":"ActivityNotFoundInConversation"}}"""));

        await Client.DeleteAsync(Chat, "1", default);

        Assert.Equal(2, Service.Requests.Count);
    }

    [Fact]
    public async Task A_message_that_was_not_there_at_first_is_not_found()
    {
        Service.Next(ConnectorStandIn.Json(429, null), ConnectorStandIn.Json(404, null));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.DeleteAsync(Chat, "1", default));

        Assert.Equal(ConnectorFault.NotFound, failure.Fault);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("0", 0)]
    public async Task The_service_says_how_long_to_wait(string retryAfter, int seconds)
    {
        Service.Next(ConnectorStandIn.Json(429, null, retryAfter));
        var before = Clock.GetUtcNow();

        await Client.SendAsync(Chat, Hello, default);

        Assert.Equal(TimeSpan.FromSeconds(seconds), Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task The_service_may_say_until_when_to_wait()
    {
        Service.Next(
            ConnectorStandIn.Json(429, null, (Clock.GetUtcNow() + TimeSpan.FromSeconds(4)).ToString("R", CultureInfo.InvariantCulture))
        );
        var before = Clock.GetUtcNow();

        await Client.SendAsync(Chat, Hello, default);

        Assert.Equal(TimeSpan.FromSeconds(4), Clock.GetUtcNow() - before);
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("86400", 86_400)]
    public async Task A_long_wait_is_the_callers(string retryAfter, int seconds)
    {
        Service.Next(ConnectorStandIn.Json(429, """{"error":{"code":"Throttled"}}""", retryAfter));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.Equal(ConnectorFault.Throttled, failure.Fault);
        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
        Assert.False(failure.MayHaveHappened);
        Assert.Single(Service.Requests);
    }

    [Fact]
    public async Task All_attempts_together_end_after_ten_seconds()
    {
        Service.Otherwise = ConnectorStandIn.Json(429, null);
        var before = Clock.GetUtcNow();

        await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.InRange(Clock.GetUtcNow() - before, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        Assert.InRange(Service.Requests.Count, 4, 6);
    }

    [Theory]
    [InlineData("""{"error":{"code":"BotNotInConversationRoster","message":"…"}}""", "BotNotInConversationRoster")]
    [InlineData("""{"errorCode":209,"message":"{\r\n  \"subCode\": \"MessageWritesBlocked\", \"details\": \"x\"}"}""", null)]
    [InlineData("""{"errorCode":209,"message":"{\"subCode\":\"MessageWritesBlocked\"}"}""", "MessageWritesBlocked")]
    [InlineData("""{"errorCode":209,"message":"alice@example.com"}""", "209")]
    [InlineData("""{"error":{"code":"alice@example.com has blocked you"}}""", null)]
    [InlineData("""{"error":"x"}""", null)]
    [InlineData("<html><body>403 Forbidden</body></html>", null)]
    [InlineData("", null)]
    [InlineData("null", null)]
    public async Task Every_shape_of_a_refusal_is_understood(string body, string? code)
    {
        Service.Next(ConnectorStandIn.Json(403, body));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.Equal(ConnectorFault.Unreachable, failure.Fault);
        Assert.Equal(body.Contains("\\r\\n", StringComparison.Ordinal) ? "MessageWritesBlocked" : code, failure.Code);
        Assert.DoesNotContain("alice", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_many_megabytes_is_not_read_to_its_end()
    {
        Service.Next(async context =>
        {
            context.Response.StatusCode = 403;
            var page = new byte[64 * 1024];
            for (var i = 0; i < 1000 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(page);
            }
        });

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.Equal(ConnectorFault.Unreachable, failure.Fault);
    }
}
