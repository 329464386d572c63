using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Hosting;

/// <summary>Every token goes over HTTP to a whole bot, whose keys come over HTTP from a stand-in of the channel.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly FakeClock clock = new();
    private OpenIdStandIn openId = null!;
    private RunningBot bot = null!;

    public static TheoryData<string> Cases { get; } = [.. AllCases.Select(testCase => (string)testCase!["name"]!)];

    private static JsonArray AllCases =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(WireFiles.Folder, "token-cases.json")))!["cases"]!.AsArray();

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
    [MemberData(nameof(Cases))]
    public async Task The_channel_is_let_in_and_nobody_else(string name)
    {
        var testCase = AllCases.Single(candidate => (string)candidate!["name"]! == name)!;
        var header = testCase["header"];
        string? authorization = null;
        if (header is not null)
        {
            var claims = testCase["claims"]!.DeepClone().AsObject();
            foreach (var time in (string[])["exp", "nbf", "iat"])
            {
                if ((string?)claims[time] is { } relative)
                {
                    claims[time] =
                        clock.GetUtcNow().ToUnixTimeSeconds() + long.Parse(relative["now".Length..], CultureInfo.InvariantCulture);
                }
            }

            var pen = (string?)header["kid"] is { } key && openId.Keys.ContainsKey(key) ? OpenIdStandIn.Pen(key) : null;
            var scheme = name.Contains("lower case", StringComparison.Ordinal) ? "bearer" : "Bearer";
            authorization = $"{scheme} {OpenIdStandIn.Sign(header.ToJsonString(), claims.ToJsonString(), (string)header["alg"]!, pen)}";
        }

        var activity = (JsonObject)JsonNode.Parse(Message)!;
        activity["channelId"] = (string)testCase["activity"]!["channelId"]!;
        activity["serviceUrl"] = (string)testCase["activity"]!["serviceUrl"]!;

        using var response = await bot.PostAsync(activity.ToJsonString(), authorization);

        Assert.Equal((string)testCase["expected"]! == "accept" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(response.StatusCode is HttpStatusCode.OK ? 1 : 0, bot.Turns.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer  ")]
    [InlineData("Bearer .")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer garbage")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer e30.e30.e30")]
    [InlineData("Bearer bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("Bearer W10.W10.W10")]
    public async Task A_header_without_a_token_is_refused_without_asking_for_keys(string? authorization)
    {
        using var response = await bot.PostAsync(Message, authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(0, openId.MetadataRequests);
    }

    [Fact]
    public async Task A_token_of_over_16_kilobytes_is_not_even_looked_at() =>
        await RefusedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["filler"] = new string('x', 16_000)));

    [Fact]
    public async Task A_big_token_below_the_limit_is_accepted() =>
        await AcceptedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["filler"] = new string('x', 8_000)));

    [Fact]
    public async Task A_changed_claim_breaks_the_signature()
    {
        var parts = OpenIdStandIn.Token(clock).Split('.');
        var others = OpenIdStandIn.Token(clock, claims: claims => claims["exp"] = 4_000_000_000).Split('.');

        await RefusedAsync($"{parts[0]}.{others[1]}.{parts[2]}");
    }

    [Fact]
    public async Task A_strangers_key_signs_nothing_whatever_key_id_it_names()
    {
        using var stranger = RSA.Create(2048);
        var head = """{"alg":"RS256","typ":"JWT","kid":"key1"}""";

        await RefusedAsync(OpenIdStandIn.Sign(head, Claims(), pen: stranger));
    }

    [Theory]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"../key1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"key1' or '1'='1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"KEY1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":""}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":1}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":["key1"]}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","x5t":"key1"}""")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt","kid":"key1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"key1","crit":["exp"]}""")]
    [InlineData("""{"alg":"rs256","typ":"JWT","kid":"key1"}""")]
    [InlineData("""{"alg":"NONE","typ":"JWT","kid":"key1"}""")]
    [InlineData("""{"alg":"none","alg":"RS256","typ":"JWT","kid":"key1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"nokey","kid":"key1"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"key1"} """ + "x")]
    [InlineData("""["RS256"]""")]
    public async Task A_header_that_is_not_the_channels_is_refused(string header) =>
        await RefusedAsync(OpenIdStandIn.Sign(header, Claims()));

    [Theory]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("HS256")]
    [InlineData("none")]
    public async Task The_sender_does_not_choose_the_algorithm(string algorithm)
    {
        await RefusedAsync(OpenIdStandIn.Sign($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"key1"}""", Claims(), algorithm));
        await RefusedAsync(OpenIdStandIn.Sign("""{"alg":"RS256","typ":"JWT","kid":"key1"}""", Claims(), algorithm));
    }

    [Fact]
    public async Task A_key_the_token_brings_along_is_not_used()
    {
        using var stranger = RSA.Create(2048);
        var key = stranger.ExportParameters(false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = "mine",
            ["n"] = System.Buffers.Text.Base64Url.EncodeToString(key.Modulus),
            ["e"] = System.Buffers.Text.Base64Url.EncodeToString(key.Exponent),
        };
        var head = new JsonObject
        {
            ["alg"] = "RS256",
            ["kid"] = "mine",
            ["jwk"] = jwk,
            ["jku"] = openId.MetadataUrl,
        };

        await RefusedAsync(OpenIdStandIn.Sign(head.ToJsonString(), Claims(), pen: stranger));
    }

    public static TheoryData<string, string?> WrongClaims { get; } =
        new()
        {
            { "aud", """["22222222-2222-4222-8222-222222222222"]""" },
            { "aud", """["22222222-2222-4222-8222-222222222222","other"]""" },
            { "aud", "\"\"" },
            { "aud", null },
            { "iss", null },
            { "iss", "\"https://api.botframework.com/\"" },
            { "iss", "\"https://api.botframework.us\"" },
            { "iss", """["https://api.botframework.com"]""" },
            { "exp", "\"4000000000\"" },
            { "exp", "-1" },
            { "exp", "1e400" },
            { "exp", "null" },
            { "nbf", "\"soon\"" },
            { "nbf", "4000000000" },
            { "serviceurl", "\"https://evil.example.com/\"" },
            { "serviceurl", "\"\"" },
        };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task A_claim_that_is_wrong_or_missing_is_refused(string claim, string? json)
    {
        var changed = JsonNode.Parse(Claims())!.AsObject();
        changed.Remove(claim);
        var text = changed.ToJsonString();
        text = json is null ? text : $"{text[..^1]},\"{claim}\":{json}}}";

        await RefusedAsync(OpenIdStandIn.Sign("""{"alg":"RS256","typ":"JWT","kid":"key1"}""", text));
    }

    [Fact]
    public async Task A_claim_that_is_there_twice_is_refused()
    {
        var claims = Claims();

        await RefusedAsync(
            OpenIdStandIn.Sign("""{"alg":"RS256","typ":"JWT","kid":"key1"}""", $"{claims[..^1]},\"aud\":\"{OpenIdStandIn.AppId}\"}}")
        );
    }

    [Fact]
    public async Task A_key_without_endorsements_speaks_for_no_channel() => await RefusedAsync(OpenIdStandIn.Token(clock, "key3"));

    [Fact]
    public async Task A_time_may_have_a_fraction() =>
        await AcceptedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + 60.5));

    [Fact]
    public async Task Clocks_may_differ_by_five_minutes_and_not_more()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        await AcceptedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["exp"] = now - 299));
        await RefusedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["exp"] = now - 301));
        await AcceptedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["nbf"] = now + 299));
        await RefusedAsync(OpenIdStandIn.Token(clock, claims: claims => claims["nbf"] = now + 301));
    }

    [Fact]
    public async Task A_remembered_token_ends_when_it_expires()
    {
        var token = OpenIdStandIn.Token(clock);
        await AcceptedAsync(token);
        clock.Advance(TimeSpan.FromMinutes(64));
        await AcceptedAsync(token);
        clock.Advance(TimeSpan.FromMinutes(2));
        await RefusedAsync(token);
    }

    [Fact]
    public async Task A_remembered_token_is_good_for_its_own_service_url_only()
    {
        var token = OpenIdStandIn.Token(clock);
        await AcceptedAsync(token);

        using var response = await bot.PostAsync(
            Message.Replace("smba.trafficmanager.net/emea", "smba.trafficmanager.net/amer", StringComparison.Ordinal),
            $"Bearer {token}"
        );

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Two_authorization_headers_are_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url)
        {
            Content = new StringContent(Message, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {OpenIdStandIn.Token(clock)}", "Bearer x"]);

        using var response = await bot.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private const string Message = $$"""
        {
          "type": "message", "id": "1", "channelId": "msteams", "text": "hello", "serviceUrl": "https://smba.trafficmanager.net/emea/",
          "from": { "id": "29:alice" }, "conversation": { "id": "a:1", "tenantId": "{{RunningBot.TenantId}}" }
        }
        """;

    private string Claims()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["serviceurl"] = "https://smba.trafficmanager.net/emea/",
            ["nbf"] = now - 10,
            ["exp"] = now + 3600,
            ["iss"] = "https://api.botframework.com",
            ["aud"] = OpenIdStandIn.AppId,
        }.ToJsonString();
    }

    private async Task AcceptedAsync(string token)
    {
        using var response = await bot.PostAsync(Message, $"Bearer {token}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task RefusedAsync(string token)
    {
        using var response = await bot.PostAsync(Message, $"Bearer {token}");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
