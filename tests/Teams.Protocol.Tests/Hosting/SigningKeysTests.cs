using System.Net;
using Microsoft.AspNetCore.Http;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Hosting;

public sealed class SigningKeysTests : IAsyncLifetime
{
    private const string Message = $$"""
        {
          "type": "message", "id": "1", "channelId": "msteams", "text": "hello", "serviceUrl": "https://smba.trafficmanager.net/emea/",
          "from": { "id": "29:alice" }, "conversation": { "id": "a:1", "tenantId": "{{RunningBot.TenantId}}" }
        }
        """;

    private readonly FakeClock clock = new();
    private OpenIdStandIn openId = null!;
    private RunningBot bot = null!;

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

    [Fact]
    public async Task Fifty_callers_at_once_fetch_the_keys_once()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SayAsync(claimsId: i)));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, openId.MetadataRequests);
        Assert.Equal(1, openId.KeyRequests);
    }

    [Fact]
    public async Task A_new_key_is_found_at_once_and_strangers_key_ids_cost_one_request_in_five_minutes()
    {
        Assert.Equal(HttpStatusCode.OK, await SayAsync());
        openId.Keys["new-key"] = ["msteams"];

        Assert.Equal(HttpStatusCode.OK, await SayAsync("new-key"));
        Assert.Equal(2, openId.KeyRequests);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SayAsync($"invented-{i}")));
        Assert.Equal(2, openId.KeyRequests);

        clock.Advance(TimeSpan.FromMinutes(5));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SayAsync($"invented-{i}")));
        Assert.Equal(3, openId.KeyRequests);
    }

    [Fact]
    public async Task A_token_for_somebody_else_never_makes_us_ask_for_keys()
    {
        using var response = await bot.PostAsync(
            Message,
            $"Bearer {OpenIdStandIn.Token(clock, "invented", claims: claims => claims["aud"] = "other")}"
        );

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, openId.MetadataRequests);
    }

    [Fact]
    public async Task Keys_are_renewed_after_a_day_while_the_old_ones_go_on()
    {
        Assert.Equal(HttpStatusCode.OK, await SayAsync());
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, await SayAsync());
        Assert.Equal(1, openId.KeyRequests);

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        openId.Instead = context =>
        {
            asked.TrySetResult();
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.OK, await SayAsync());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.OK, await SayAsync());
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "not json")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"keys":[]}""")]
    [InlineData(302, "")]
    public async Task The_last_good_keys_are_kept_when_newer_ones_cannot_be_had(int status, string body)
    {
        Assert.Equal(HttpStatusCode.OK, await SayAsync());
        openId.Instead = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "https://login.botframework.com/";
            await context.Response.WriteAsync(body);
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await SayAsync("invented"));

        Assert.Equal(HttpStatusCode.OK, await SayAsync());
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_takes_its_remembered_tokens_with_it()
    {
        var token = OpenIdStandIn.Token(clock);
        using var before = await bot.PostAsync(Message, $"Bearer {token}");
        openId.Keys.Remove("key1");
        openId.Keys["new-key"] = ["msteams"];
        Assert.Equal(HttpStatusCode.OK, await SayAsync("new-key"));

        using var after = await bot.PostAsync(Message, $"Bearer {token}");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Without_any_keys_the_channel_is_asked_to_come_again()
    {
        openId.Instead = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SayAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SayAsync());
        Assert.Equal(1, openId.MetadataRequests);

        openId.Instead = null;
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, await SayAsync());
    }

    [Theory]
    [InlineData("http://login.botframework.com/keys")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@login.botframework.com/keys")]
    [InlineData("/keys")]
    public async Task Keys_come_from_no_other_place_than_https_or_the_loopback_the_document_came_from(string keysUrl)
    {
        openId.KeysUrl = keysUrl;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SayAsync());
        Assert.Equal(0, openId.KeyRequests);
    }

    [Fact]
    public async Task A_key_document_of_over_a_megabyte_is_not_read()
    {
        openId.Instead = context => context.Response.WriteAsync(new string(' ', 1_100_000));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await SayAsync());
    }

    [Fact]
    public async Task The_metadata_document_decides_whose_tokens_another_cloud_accepts()
    {
        openId.Issuer = "https://api.botframework.us";

        Assert.Equal(HttpStatusCode.Unauthorized, await SayAsync());
        using var response = await bot.PostAsync(
            Message,
            $"Bearer {OpenIdStandIn.Token(clock, claims: claims => claims["iss"] = "https://api.botframework.us")}"
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<HttpStatusCode> SayAsync(string key = "key1", int claimsId = 0)
    {
        using var response = await bot.PostAsync(
            Message,
            $"Bearer {OpenIdStandIn.Token(clock, key, claims: claims => claims["jti"] = claimsId)}"
        );
        return response.StatusCode;
    }
}
