using Microsoft.AspNetCore.Http;
using Teams.Protocol.Graph;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Graph;

public sealed class GraphClientTests : GraphFixture
{
    private const string NoManager =
        """{"error":{"code":"Request_ResourceNotFound","message":"Resource 'manager' does not exist or one of its queried reference-property objects are not present.","innerError":{"date":"2026-03-01T12:00:00","request-id":"r","client-request-id":"r"}}}""";

    [Fact]
    public async Task A_manager_is_asked_for_with_the_fields_that_are_needed_and_no_more()
    {
        var manager = await Graph.GetManagerAsync(Tenant, Alice, default);

        Assert.Equal(
            new GraphPerson("7d54cb02-aaa3-4016-9f9c-a4b49422dd9b", "Dana Dorn", "dana@example.com", true)
            {
                UserPrincipalName = "dana.dorn@example.com",
            },
            manager
        );
        var asked = Assert.Single(Service.Requests);
        Assert.Equal("GET", asked.Method);
        Assert.Equal(
            $"/graph/v1.0/users/{Alice}/manager?$select=id,displayName,mail,userPrincipalName,accountEnabled",
            Uri.UnescapeDataString(asked.Target)
        );
    }

    [Theory]
    [InlineData("carol@example.com", "carol%40example.com")]
    [InlineData("carol_example.org#EXT#@contoso.com", "carol_example.org%23EXT%23%40contoso.com")]
    [InlineData("a/b?c=d&e", "a%2Fb%3Fc%3Dd%26e")]
    [InlineData("../me", "..%2Fme")]
    public async Task Whatever_is_looked_for_stays_one_part_of_the_path(string idOrAddress, string part)
    {
        await Graph.FindPersonAsync(Tenant, idOrAddress, default);

        Assert.StartsWith($"/graph/v1.0/users/{part}?", Assert.Single(Service.Requests).Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task What_is_no_id_is_not_asked_for(string id)
    {
        Assert.Equal(GraphFault.Invalid, (await FaultAsync(() => Graph.GetManagerAsync(Tenant, id, default))).Fault);
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task Somebody_without_a_manager_has_none()
    {
        Service.Otherwise = ConnectorStandIn.Json(404, NoManager);

        Assert.Null(await Graph.GetManagerAsync(Tenant, Alice, default));
        Assert.Null(await Graph.FindPersonAsync(Tenant, "nobody@example.com", default));
        Assert.Equal(2, Service.Requests.Count);
    }

    [Theory]
    [InlineData("#microsoft.graph.orgContact")]
    [InlineData("#microsoft.graph.agentUser")]
    [InlineData("#microsoft.graph.servicePrincipal")]
    public async Task A_manager_who_is_no_person_is_none(string type)
    {
        Service.Next(ConnectorStandIn.Json(200, Dana.Replace("#microsoft.graph.user", type, StringComparison.Ordinal)));

        Assert.Null(await Graph.GetManagerAsync(Tenant, Alice, default));
    }

    [Theory]
    [InlineData("""{"id":"1"}""", null, null, null, false)]
    [InlineData("""{"id":"1","displayName":" ","mail":"","userPrincipalName":null,"accountEnabled":null}""", null, null, null, false)]
    [InlineData(
        """{"id":"1","displayName":"Dana","userPrincipalName":"dana@example.com"}""",
        "Dana",
        "dana@example.com",
        "dana@example.com",
        false
    )]
    [InlineData(
        """{"id":"1","mail":"dana@example.org","userPrincipalName":"d@example.com"}""",
        null,
        "dana@example.org",
        "d@example.com",
        false
    )]
    [InlineData("""{"id":"1","userPrincipalName":"d_x.org#EXT#@example.com","accountEnabled":true}""", null, null, null, true)]
    [InlineData("""{"id":"1","mail":"d@x.org","userPrincipalName":"d_x.org#EXT#@example.com"}""", null, "d@x.org", null, false)]
    [InlineData("""{"id":"1","accountEnabled":false,"businessPhones":["1"],"manager":{"id":"2"}}""", null, null, null, false)]
    public async Task What_Graph_leaves_out_is_not_known(string body, string? name, string? email, string? upn, bool isEnabled)
    {
        Service.Next(ConnectorStandIn.Json(200, body));

        Assert.Equal(
            new GraphPerson("1", name, email, isEnabled) { UserPrincipalName = upn },
            await Graph.FindPersonAsync(Tenant, "1", default)
        );
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", GraphFault.NotAllowed)]
    [InlineData(403, "Authorization_RequestDenied", GraphFault.NotAllowed)]
    [InlineData(400, "Request_BadRequest", GraphFault.Invalid)]
    [InlineData(405, "Request_BadRequest", GraphFault.Invalid)]
    [InlineData(501, "notImplemented", GraphFault.Invalid)]
    public async Task A_refusal_becomes_the_right_fault_and_is_not_asked_for_again(int status, string code, GraphFault fault)
    {
        Service.Otherwise = ConnectorStandIn.Json(status, $$$"""{"error":{"code":"{{{code}}}","message":"About alice@example.com."}}""");

        var refused = await FaultAsync(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal((fault, status, code), (refused.Fault, refused.Status, refused.Code));
        Assert.Equal(status == 401 ? 2 : 1, Service.Requests.Count);
    }

    [Theory]
    [InlineData(404, "<html>Not found</html>")]
    [InlineData(404, "")]
    [InlineData(302, "")]
    [InlineData(200, "")]
    [InlineData(202, "")]
    [InlineData(200, "<html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"id":""}""")]
    [InlineData(200, """{"id":7}""")]
    [InlineData(200, """{"id":"7d54cb02-aaa3-4016-9f9c-a4b49422dd9b","displayName":"Da""")]
    public async Task What_is_not_an_answer_of_Graphs_says_nothing_about_anybody(int status, string body)
    {
        Service.Next(context =>
        {
            context.Response.Headers.Location = Service.TokenUrl;
            return ConnectorStandIn.Json(status, body)(context);
        });

        var failed = await FaultAsync(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(GraphFault.Unavailable, failed.Fault);
        Assert.Single(Service.Requests);
        Assert.Single(Service.TokenRequests);
    }

    [Fact]
    public async Task No_fault_names_anybody_or_shows_a_token()
    {
        foreach (var status in new[] { 400, 401, 403, 404, 429, 500 })
        {
            Service.Otherwise = ConnectorStandIn.Json(
                status,
                $$$"""{"error":{"code":"alice@example.com {{{Alice}}} token-1","message":"m"}}"""
            );
            var failed = await FaultAsync(() => Graph.FindPersonAsync(Tenant, "alice@example.com", default));

            foreach (var secret in new[] { "alice", Alice, "token-", Tenant, AppId, "not-a-real-password" })
            {
                Assert.DoesNotContain(secret, failed.ToString(), StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [InlineData(200, GraphFault.Unavailable)]
    [InlineData(403, GraphFault.NotAllowed)]
    public async Task An_answer_without_end_is_cut_off_and_not_asked_for_again(int status, GraphFault fault)
    {
        Service.Otherwise = async context =>
        {
            context.Response.StatusCode = status;
            var page = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(page, context.RequestAborted);
            }
        };

        var failed = await FaultAsync(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(fault, failed.Fault);
        Assert.Single(Service.Requests);
    }

    private static Task<GraphException> FaultAsync(Func<Task<GraphPerson?>> question) => Assert.ThrowsAsync<GraphException>(question);
}
