using System.Net;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Connector;

[Collection(Variables)]
public sealed class ConnectorCredentialsTests : ConnectorFixture
{
    /// <summary>Tests that tell the process where its managed identity is do not run side by side.</summary>
    internal const string Variables = "variables of the process";

    private static readonly OutgoingActivity Hello = OutgoingActivity.FromText("hello");

    [Fact]
    public async Task A_token_is_asked_for_with_the_apps_id_and_password()
    {
        await Client.SendAsync(Chat, Hello, default);

        var form = Assert.Single(Service.TokenRequests);
        Assert.Equal("application/x-www-form-urlencoded", form.ContentType);
        Assert.Equal(
            $"grant_type=client_credentials&client_id={AppId}&client_secret=not-a-real-password&scope={WebUtility.UrlEncode("https://api.botframework.com/.default")}",
            form.Body
        );
        Assert.Equal("Bearer token-1", Service.Requests[0].Authorization);
    }

    [Fact]
    public async Task Fifty_senders_at_once_ask_for_one_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Client.SendAsync(Chat with { ConversationId = $"a:{i}" }, Hello, default)));

        Assert.Single(Service.TokenRequests);
        Assert.Equal(50, Service.Requests.Count);
    }

    [Fact]
    public async Task A_token_is_renewed_five_minutes_before_it_ends_while_the_old_one_still_goes()
    {
        await Client.SendAsync(Chat, Hello, default);
        Clock.Advance(TimeSpan.FromMinutes(54));
        await Client.SendAsync(Chat, Hello, default);
        Assert.Single(Service.TokenRequests);

        var renewed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.TokenAnswer = (context, _) =>
        {
            renewed.TrySetResult();
            return ConnectorStandIn.Json(200, """{"expires_in":"3600","access_token":"newer"}""")(context);
        };
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Client.SendAsync(Chat, Hello, default);
        Assert.Equal("Bearer token-1", Service.Requests[^1].Authorization);

        await renewed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Client.SendAsync(Chat, Hello, default);
        Assert.Equal("Bearer newer", Service.Requests[^1].Authorization);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_once()
    {
        Service.Next(ConnectorStandIn.Json(401, null));

        await Client.SendAsync(Chat, Hello, default);

        Assert.Equal(
            ["Bearer token-1", "Bearer token-2"],
            Service.Requests.Select(request => request.Authorization),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task A_connector_that_refuses_every_token_does_not_cause_a_storm_of_them()
    {
        Service.Otherwise = ConnectorStandIn.Json(401, """{"error":{"code":"BotNotRegistered"}}""");

        for (var i = 0; i < 7; i++)
        {
            var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));
            Assert.Equal(ConnectorFault.Unauthorized, failure.Fault);
            Assert.Equal("BotNotRegistered", failure.Code);
        }

        Assert.Equal(2, Service.TokenRequests.Count);
    }

    [Theory]
    [InlineData(400, "unauthorized_client")]
    [InlineData(401, "invalid_client")]
    public async Task A_wrong_registration_fails_at_once_and_is_not_tried_again_for_a_minute(int status, string error)
    {
        Service.TokenAnswer = (context, _) =>
            ConnectorStandIn.Json(
                status,
                $$"""{"error":"{{error}}","error_description":"AADSTS7000215: Invalid client secret provided."}"""
            )(context);

        for (var i = 0; i < 5; i++)
        {
            var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));
            Assert.Equal(ConnectorFault.Unauthorized, failure.Fault);
            Assert.Equal(error, failure.Code);
            Assert.False(failure.MayHaveHappened);
            Assert.DoesNotContain("AADSTS", failure.Message, StringComparison.Ordinal);
        }

        Assert.Single(Service.TokenRequests);
        Assert.Empty(Service.Requests);

        Service.TokenAnswer = null;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Client.SendAsync(Chat, Hello, default);
    }

    [Theory]
    [InlineData(429, "{}")]
    [InlineData(500, "")]
    [InlineData(503, "<html>")]
    [InlineData(400, """{"error":"temporarily_unavailable"}""")]
    [InlineData(200, "{}")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"access_token":"line\r\nbreak"}""")]
    [InlineData(302, "")]
    public async Task A_token_service_that_is_unwell_is_asked_again_for_a_moment(int status, string body)
    {
        Service.TokenAnswer = (context, number) =>
            ConnectorStandIn.Json(number < 3 ? status : 200, number < 3 ? body : """{"access_token":"good"}""")(context);

        await Client.SendAsync(Chat, Hello, default);

        Assert.Equal(3, Service.TokenRequests.Count);
        Assert.Equal("Bearer good", Service.Requests[0].Authorization);
    }

    [Fact]
    public async Task A_token_service_that_stays_unwell_is_unavailable()
    {
        Service.TokenAnswer = (context, _) => ConnectorStandIn.Json(503, null)(context);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => Client.SendAsync(Chat, Hello, default));

        Assert.Equal(ConnectorFault.Unavailable, failure.Fault);
        Assert.False(failure.MayHaveHappened);
        Assert.Equal(3, Service.TokenRequests.Count);
    }

    [Fact]
    public async Task A_managed_identity_is_asked_where_the_platform_says()
    {
        // As App Service and Container Apps announce it; whoever else needs these variables waits.
        await using var identity = await ConnectorStandIn.StartAsync();
        identity.Otherwise = ConnectorStandIn.Json(
            200,
            $$"""{"access_token":"from-identity","expires_on":"{{Clock.GetUtcNow().AddHours(24).ToUnixTimeSeconds()}}","resource":"x","token_type":"Bearer"}"""
        );
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", identity.ServiceUrl);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "not-a-secret");
        try
        {
            using var client = NewClient(change: options =>
                (options.MicrosoftAppType, options.MicrosoftAppPassword) = ("UserAssignedMSI", "")
            );

            await client.SendAsync(Chat, Hello, default);
        }
        finally
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }

        var asked = Uri.UnescapeDataString(Assert.Single(identity.Requests).Target);
        Assert.Contains("resource=https://api.botframework.com", asked, StringComparison.Ordinal);
        Assert.Contains($"client_id={AppId}", asked, StringComparison.Ordinal);
        Assert.Equal("Bearer from-identity", Service.Requests[0].Authorization);
        Assert.Empty(Service.TokenRequests);
    }

    [Fact]
    public void Each_cloud_has_its_own_scope()
    {
        Assert.Equal("https://api.botframework.com/.default", Scope("https://login.botframework.com/v1/.well-known/openidconfiguration"));
        Assert.Equal(
            "https://api.botframework.us/.default",
            Scope("https://login.botframework.azure.us/v1/.well-known/openidconfiguration")
        );
        Assert.Equal(
            "https://api.botframework.azure.cn/.default",
            Scope("https://login.botframework.azure.cn/v1/.well-known/openidconfiguration")
        );

        static string Scope(string metadata) => TokenEndpoint.Scope(new Teams.Protocol.Hosting.BotOptions { OpenIdMetadataUrl = metadata });
    }
}
