using Teams.Protocol.Graph;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Graph;

public sealed class GraphRetryTests : GraphFixture
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_service_that_is_unwell_for_a_moment_is_asked_again(int status)
    {
        Service.Next(ConnectorStandIn.Json(status, null), ConnectorStandIn.Json(status, "<html>"));

        Assert.Equal("Dana Dorn", (await Graph.GetManagerAsync(Tenant, Alice, default))!.Name);
        Assert.Equal(3, Service.Requests.Count);
    }

    [Fact]
    public async Task After_a_broken_connection_it_is_asked_again()
    {
        Service.Next(ConnectorStandIn.Drop, ConnectorStandIn.Drop);

        Assert.NotNull(await Graph.GetManagerAsync(Tenant, Alice, default));
        Assert.Equal(3, Service.Requests.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_service_says_how_long_to_wait(int status)
    {
        Service.Next(ConnectorStandIn.Json(status, null, retryAfter: "3"));
        var before = Clock.GetUtcNow();

        await Graph.GetManagerAsync(Tenant, Alice, default);

        Assert.Equal(TimeSpan.FromSeconds(3), Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task A_long_wait_is_the_callers()
    {
        Service.Otherwise = ConnectorStandIn.Json(429, """{"error":{"code":"TooManyRequests"}}""", retryAfter: "60");

        var failed = await Assert.ThrowsAsync<GraphException>(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal((GraphFault.Throttled, TimeSpan.FromSeconds(60)), (failed.Fault, failed.RetryAfter!.Value));
        Assert.Single(Service.Requests);
    }

    [Theory]
    [InlineData(429, GraphFault.Throttled)]
    [InlineData(503, GraphFault.Unavailable)]
    public async Task All_attempts_together_end_after_eight_seconds(int status, GraphFault fault)
    {
        Service.Otherwise = ConnectorStandIn.Json(status, null);
        var before = Clock.GetUtcNow();

        var failed = await Assert.ThrowsAsync<GraphException>(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(fault, failed.Fault);
        Assert.InRange(Clock.GetUtcNow() - before, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));
        Assert.InRange(Service.Requests.Count, 4, 6);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_given_up()
    {
        var limits = new GraphLimits { Attempt = TimeSpan.FromSeconds(0.2), Total = TimeSpan.FromSeconds(5) };
        var graph = NewClient(limits);
        var never = new TaskCompletionSource();
        Service.Otherwise = context => never.Task.WaitAsync(context.RequestAborted);

        var failed = await Assert.ThrowsAsync<GraphException>(() => graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(GraphFault.Unavailable, failed.Fault);
        Assert.InRange(Service.Requests.Count, 3, 5);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_up()
    {
        var graph = NewClient(new GraphLimits { Attempt = TimeSpan.FromSeconds(0.2), Total = TimeSpan.FromSeconds(0.5) });
        var never = new TaskCompletionSource();
        Service.Otherwise = async context =>
        {
            await context.Response.Body.WriteAsync("{\"id\":"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await never.Task.WaitAsync(context.RequestAborted);
        };

        var failed = await Assert.ThrowsAsync<GraphException>(() => graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(GraphFault.Unavailable, failed.Fault);
    }

    [Fact]
    public async Task A_token_service_that_does_not_answer_is_given_up_as_well()
    {
        var graph = NewClient(new GraphLimits { Total = TimeSpan.FromSeconds(0.5) });
        var never = new TaskCompletionSource();
        Service.TokenAnswer = (context, _) => never.Task.WaitAsync(context.RequestAborted);

        var failed = await Assert.ThrowsAsync<GraphException>(() => graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(GraphFault.Unavailable, failed.Fault);
        Assert.Empty(Service.Requests);
        never.SetResult();
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_unavailable()
    {
        var graph = NewClient(change: options => options.GraphUrl = "http://127.0.0.1:9/v1.0");

        var failed = await Assert.ThrowsAsync<GraphException>(() => graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(GraphFault.Unavailable, failed.Fault);
        Assert.Null(failed.Status);
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Graph.GetManagerAsync(Tenant, Alice, patience.Token));
    }
}
