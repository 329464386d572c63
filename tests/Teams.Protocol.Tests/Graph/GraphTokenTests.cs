using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Graph;
using Teams.Protocol.Hosting;
using Teams.Protocol.Tests.Connector;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Graph;

/// <summary>The tokens the bot shows Graph: its own identity's, for that service and that tenant.</summary>
[Collection(ConnectorCredentialsTests.Variables)]
public sealed class GraphTokenTests : GraphFixture
{
    private static readonly string[] TwoTokens = ["Bearer token-1", "Bearer token-2"];

    [Fact]
    public async Task A_token_is_asked_for_with_the_apps_id_and_password_and_for_Graph()
    {
        await Graph.GetManagerAsync(Tenant, Alice, default);

        Assert.Equal(
            $"grant_type=client_credentials&client_id={AppId}&client_secret=not-a-real-password&scope={WebUtility.UrlEncode("https://graph.microsoft.com/.default")}",
            Assert.Single(Service.TokenRequests).Body
        );
        Assert.Equal("Bearer token-1", Service.Requests[0].Authorization);
    }

    [Fact]
    public async Task Graph_and_the_connector_are_shown_a_token_each()
    {
        var (settings, tokens) = (Settings(), NewTokens());
        using var connector = new ConnectorClient(
            new ServiceUrls(settings),
            new ConnectorCredentials(settings, tokens),
            new ConnectorLimits(),
            Clock
        );
        var graph = NewClient(tokens);

        for (var round = 0; round < 2; round++)
        {
            await connector.SendAsync(
                new ConversationReference(Service.ServiceUrl, "a:1", "personal", Tenant, $"28:{AppId}"),
                OutgoingActivity.FromText("hello"),
                default
            );
            await graph.GetManagerAsync(Tenant, Alice, default);
        }

        Assert.Equal(2, Service.TokenRequests.Count);
        Assert.Equal([.. TwoTokens, .. TwoTokens], Service.Requests.Select(request => request.Authorization), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Fifty_questions_at_once_ask_for_one_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Graph.FindPersonAsync(Tenant, $"p{i}@example.com", default)));

        Assert.Single(Service.TokenRequests);
        Assert.Equal(50, Service.Requests.Count);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once()
    {
        Service.Next(ConnectorStandIn.Json(401, """{"error":{"code":"InvalidAuthenticationToken","message":"expired"}}"""));

        Assert.NotNull(await Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal(TwoTokens, Service.Requests.Select(request => request.Authorization), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_Graph_that_refuses_every_token_does_not_cause_a_storm_of_them()
    {
        Service.Otherwise = ConnectorStandIn.Json(401, """{"error":{"code":"InvalidAuthenticationToken"}}""");

        for (var i = 0; i < 5; i++)
        {
            var refused = await Assert.ThrowsAsync<GraphException>(() => Graph.GetManagerAsync(Tenant, Alice, default));
            Assert.Equal(GraphFault.NotAllowed, refused.Fault);
        }

        Assert.Equal(2, Service.TokenRequests.Count);
    }

    [Fact]
    public async Task A_managed_identity_is_asked_for_a_token_for_Graph()
    {
        await using var identity = await ConnectorStandIn.StartAsync();
        identity.Otherwise = ConnectorStandIn.Json(
            200,
            $$"""{"access_token":"from-identity","expires_on":"{{Clock.GetUtcNow().AddHours(24).ToUnixTimeSeconds()}}","resource":"x","token_type":"Bearer"}"""
        );
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", identity.ServiceUrl);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "not-a-secret");
        try
        {
            var graph = NewClient(change: options => (options.MicrosoftAppType, options.MicrosoftAppPassword) = ("UserAssignedMSI", ""));

            await graph.GetManagerAsync(Tenant, Alice, default);
        }
        finally
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }

        var asked = Uri.UnescapeDataString(Assert.Single(identity.Requests).Target);
        Assert.Contains("resource=https://graph.microsoft.com&", $"{asked}&", StringComparison.Ordinal);
        Assert.Equal("Bearer from-identity", Assert.Single(Service.Requests).Authorization);
        Assert.Empty(Service.TokenRequests);
    }

    [Fact]
    public async Task Without_an_app_id_no_token_is_sent_and_none_is_asked_for()
    {
        var graph = NewClient(change: options => (options.MicrosoftAppId, options.AllowedTenants) = ("", []));

        Assert.NotNull(await graph.GetManagerAsync(OtherTenant, Alice, default));

        Assert.Null(Assert.Single(Service.Requests).Authorization);
        Assert.Empty(Service.TokenRequests);
    }

    [Theory]
    [InlineData(400, "unauthorized_client")]
    [InlineData(401, "invalid_client")]
    public async Task A_bot_that_is_not_registered_may_not_ask(int status, string error)
    {
        Service.TokenAnswer = (context, _) =>
            ConnectorStandIn.Json(status, $$"""{"error":"{{error}}","error_description":"AADSTS700016: not found in {{Tenant}}."}""")(
                context
            );

        var refused = await Assert.ThrowsAsync<GraphException>(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal((GraphFault.NotAllowed, error), (refused.Fault, refused.Code));
        Assert.DoesNotContain("AADSTS", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(Service.Requests);
    }

    [Fact]
    public async Task A_token_service_that_stays_unwell_is_unavailable()
    {
        Service.TokenAnswer = (context, _) => ConnectorStandIn.Json(503, null, retryAfter: "2")(context);

        var failed = await Assert.ThrowsAsync<GraphException>(() => Graph.GetManagerAsync(Tenant, Alice, default));

        Assert.Equal((GraphFault.Unavailable, TimeSpan.FromSeconds(2)), (failed.Fault, failed.RetryAfter!.Value));
        Assert.Equal(3, Service.TokenRequests.Count);
    }

    [Theory]
    [InlineData("SingleTenant", Tenant)]
    [InlineData("UserAssignedMSI", Tenant)]
    [InlineData("MultiTenant", "")]
    public async Task People_of_a_tenant_the_bot_is_not_at_home_in_are_not_asked_about(string type, string appTenant)
    {
        var graph = NewClient(change: options =>
            (options.MicrosoftAppType, options.MicrosoftAppTenantId, options.AllowedTenants) = (
                type,
                appTenant,
                type == "MultiTenant" ? [Tenant] : [Tenant, OtherTenant]
            )
        );

        var refused = await Assert.ThrowsAsync<GraphException>(() => graph.FindPersonAsync(OtherTenant, "alice@example.com", default));

        Assert.Equal(GraphFault.NotAllowed, refused.Fault);
        Assert.Empty(Service.TokenRequests);
        Assert.Empty(Service.Requests);
    }

    [Theory]
    [InlineData("SingleTenant", null, "https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/oauth2/v2.0/token")]
    [InlineData("MultiTenant", null, "https://login.microsoftonline.com/99999999-9999-4999-8999-999999999999/oauth2/v2.0/token")]
    [InlineData("SingleTenant", "https://login.example.com/token", "https://login.example.com/token")]
    [InlineData("MultiTenant", "https://login.example.com/token", "https://login.example.com/token")]
    public async Task Tokens_come_from_the_tenant_that_is_asked_about_unless_a_setting_says_otherwise(
        string type,
        string? setting,
        string expected
    )
    {
        await using var bot = await RunningBot.StartAsync(
            new(StringComparer.Ordinal)
            {
                ["MicrosoftAppType"] = type,
                ["MicrosoftAppId"] = AppId,
                ["MicrosoftAppPassword"] = "not-a-real-password",
                ["MicrosoftAppTenantId"] = RunningBot.TenantId,
                ["Bot:TokenUrl"] = setting,
            }
        );

        var options = bot.Services.GetRequiredService<IOptions<BotOptions>>().Value;
        Assert.Equal(expected, options.TokenUrlOf(type == "MultiTenant" ? OtherTenant : RunningBot.TenantId));
        Assert.NotNull(bot.Services.GetRequiredService<GraphClient>());
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/v1.0", "https://graph.microsoft.com/.default")]
    [InlineData("https://graph.microsoft.us/v1.0/", "https://graph.microsoft.us/.default")]
    [InlineData("https://dod-graph.microsoft.us/v1.0", "https://dod-graph.microsoft.us/.default")]
    [InlineData("https://microsoftgraph.chinacloudapi.cn/v1.0", "https://microsoftgraph.chinacloudapi.cn/.default")]
    [InlineData("http://127.0.0.1:4000/graph/v1.0", "https://graph.microsoft.com/.default")]
    public void Each_cloud_has_its_own_scope(string graphUrl, string scope) =>
        Assert.Equal(scope, GraphCredentials.Scope(new BotOptions { GraphUrl = graphUrl }));
}
