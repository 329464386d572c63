using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>Keys and tokens, in both directions.</summary>
public sealed class TokenTests : TeamsTest
{
    [Fact]
    public async Task The_metadata_names_issuer_algorithm_and_keys()
    {
        var metadata = await DocumentAsync(Teams.OpenIdMetadataUrl);

        Assert.Equal("https://api.botframework.com", (string?)metadata["issuer"]);
        Assert.Equal("""["RS256"]""", metadata["id_token_signing_alg_values_supported"]!.ToJsonString());
        Assert.NotNull((await DocumentAsync(new((string)metadata["jwks_uri"]!)))["keys"]);
        Assert.Equal((1, 1), (Teams.MetadataRequests, Teams.KeyRequests));
    }

    [Fact]
    public async Task Keys_are_endorsed_for_channels_as_in_the_matrix()
    {
        var published = (await KeysAsync()).AsArray();
        var expected = WireFile.Read("jwt-matrix")["metadata"]!["keys"]!.AsArray();

        Assert.Equal(
            expected.Select(key => (key!["kid"]!.ToString(), key["endorsements"]?.ToJsonString())),
            published.Select(key => (key!["kid"]!.ToString(), key["endorsements"]?.ToJsonString()))
        );
        Assert.All(published, key => Assert.Equal(256, Base64Url.DecodeFromChars((string)key!["n"]!).Length));
    }

    [Fact]
    public async Task What_Teams_sends_carries_a_token_signed_for_this_bot_and_service_url()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help");

        var authorization = Bot.Received[0].Authorization!;
        Assert.StartsWith("Bearer ", authorization, StringComparison.Ordinal);
        var (header, claims) = await VerifiedAsync(authorization["Bearer ".Length..]);
        Assert.Equal("RS256", (string?)header["alg"]);
        Assert.Equal("https://api.botframework.com", (string?)claims["iss"]);
        Assert.Equal(Teams.AppId, (string?)claims["aud"]);
        Assert.Equal((string?)Bot.Received[0].Activity["serviceUrl"], (string?)claims["serviceurl"]);
        Assert.EndsWith("/", (string?)claims["serviceurl"], StringComparison.Ordinal);
        Assert.InRange((long)claims["exp"]! - Clock.GetUtcNow().ToUnixTimeSeconds(), 600, 3600);
    }

    [Fact]
    public async Task A_token_is_used_again_until_it_grows_old()
    {
        await Teams.SayAsync("alice", Place.Personal, "one");
        await Teams.SayAsync("alice", Place.Personal, "two");
        Clock.Pass(TimeSpan.FromMinutes(51));
        await Teams.SayAsync("alice", Place.Personal, "three");

        Assert.Equal(Bot.Received[0].Authorization, Bot.Received[1].Authorization);
        Assert.NotEqual(Bot.Received[0].Authorization, Bot.Received[2].Authorization, StringComparer.Ordinal);
    }

    [Fact]
    public async Task After_a_rotation_only_the_new_keys_are_published_and_used()
    {
        var before = (await KeysAsync()).ToJsonString();

        Teams.RotateKeys();
        await Teams.SayAsync("alice", Place.Personal, "/help");

        Assert.DoesNotContain((string)(await KeysAsync())[0]!["kid"]!, before, StringComparison.Ordinal);
        await VerifiedAsync(Bot.Received[0].Authorization!["Bearer ".Length..]);
    }

    [Fact]
    public async Task A_token_can_be_spoilt_in_any_way()
    {
        await VerifiedAsync(Teams.MintToken());

        var (header, claims) = Parts(
            Teams.MintToken(token =>
            {
                token.SignWith = "key2";
                token.Header["kid"] = "key2";
                token.Claims["iss"] = "https://evil";
                token.Claims.Remove("exp");
            })
        );
        Assert.Equal("key2", (string?)header["kid"]);
        Assert.Equal("https://evil", (string?)claims["iss"]);
        Assert.Null(claims["exp"]);

        Assert.EndsWith(".", Teams.MintToken(token => token.Header["alg"] = "none"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<CryptographicException>(() => VerifiedAsync(Teams.MintToken(token => token.BreakSignature = true)));
        await Assert.ThrowsAsync<CryptographicException>(() => VerifiedAsync(Teams.MintToken(token => token.SignWith = "stranger")));
        await Assert.ThrowsAsync<CryptographicException>(() => VerifiedAsync(Teams.MintToken(token => token.Header["alg"] = "PS256")));
        await Assert.ThrowsAsync<CryptographicException>(() => VerifiedAsync(Teams.MintToken(token => token.Header["alg"] = "HS256")));
    }

    [Fact]
    public async Task An_activity_can_be_posted_with_any_token_or_none()
    {
        await Teams.SayAsync("alice", Place.Personal, "/help");

        await Teams.PostAsync(Teams.LastMessage(), "rubbish");
        await Teams.PostAsync(Teams.LastMessage(), token: null);

        Assert.Equal("Bearer rubbish", Bot.Received[1].Authorization);
        Assert.Null(Bot.Received[2].Authorization);
    }

    [Fact]
    public async Task The_bot_gets_a_token_for_an_hour()
    {
        var (status, body) = await Bot.AskTokenAsync();

        Assert.Equal(200, status);
        Assert.Equal("Bearer", (string?)body!["token_type"]);
        Assert.InRange((int)body["expires_in"]!, 3000, 3600);
        Assert.Equal(1, Teams.TokenRequests);
    }

    [Theory]
    [InlineData("client_secret", "wrong", 401, "invalid_client")]
    [InlineData("client_id", "99999999-2222-4222-8222-222222222222", 400, "unauthorized_client")]
    [InlineData("scope", "https://management.azure.com/.default", 400, "invalid_scope")]
    [InlineData("grant_type", "password", 400, "unsupported_grant_type")]
    public async Task A_wrong_request_for_a_token_is_refused(string name, string value, int status, string error)
    {
        var answer = await Bot.AskTokenAsync((name, value));

        Assert.Equal((status, error), (answer.Status, (string?)answer.Body!["error"]));
        Assert.Contains("AADSTS", (string?)answer.Body["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connector_refuses_whoever_has_no_good_token()
    {
        var path = $"v3/conversations/{Uri.EscapeDataString(AliceChat)}/activities";

        using var stranger = await Bot.CallAsync(HttpMethod.Post, path, Text("x"), bearer: "unknown");
        Assert.Equal(401, (int)stranger.StatusCode);

        using var nobody = await Bot.Http.GetAsync(new Uri(Teams.ServiceUrl + "v3/teams/x"));
        Assert.Equal(401, (int)nobody.StatusCode);

        Assert.Equal(201, (await Bot.SendAsync(AliceChat, Text("x"))).Status);
        Clock.Pass(TimeSpan.FromHours(1));
        Assert.Equal(401, (await Bot.SendAsync(AliceChat, Text("too late"))).Status);
        Assert.Equal("x", Assert.Single(Teams.Visible("alice", Place.Personal)).Text);
    }

    [Fact]
    public async Task Tokens_can_be_revoked()
    {
        await Bot.PostAsync(AliceChat, Text("x"));

        Teams.RevokeTokens();

        Assert.Equal(401, (await Bot.SendAsync(AliceChat, Text("y"))).Status);
    }

    [Theory]
    [InlineData("https%3A%2F%2Fapi.botframework.com", 200)]
    [InlineData("https%3A%2F%2Fgraph.microsoft.com", 401)]
    public async Task A_managed_identity_gets_a_token_that_is_good_for_what_it_asked_for(string resource, int status)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"{Teams.ManagedIdentityUrl}?api-version=2019-08-01&resource={resource}&client_id={Teams.AppId}"
        );
        request.Headers.Add("X-IDENTITY-HEADER", IdentityEndpoints.ManagedIdentityHeader);
        using var response = await Bot.Http.SendAsync(request);
        var token = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!;

        using var call = await Bot.CallAsync(HttpMethod.Get, $"v3/teams/{TeamsDirectory.TeamId}", bearer: token);
        Assert.Equal(status, (int)call.StatusCode);
    }

    [Fact]
    public async Task Faults_of_the_identity_services_befall_the_next_requests_only()
    {
        Teams.Faults.FailTokensNext(503, "temporarily_unavailable");
        Teams.Faults.FailMetadataNext(502);

        Assert.Equal(
            (503, "temporarily_unavailable"),
            ((await Bot.AskTokenAsync()) is var (status, body) ? (status, (string?)body!["error"]) : default)
        );
        Assert.Equal(200, (await Bot.AskTokenAsync()).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => DocumentAsync(Teams.OpenIdMetadataUrl));
        await DocumentAsync(Teams.OpenIdMetadataUrl);
    }

    [Fact]
    public async Task Without_an_app_id_nobody_is_authenticated()
    {
        await using var open = await StandInTeams.StartAsync(new() { AppId = "", Clock = Clock }, CancellationToken.None);
        await using var bot = await ScriptedBot.StartAsync(open);

        await open.SayAsync("alice", Place.Personal, "/help");

        Assert.Null(bot.Received[0].Authorization);
        using var answer = await bot.Http.GetAsync(new Uri($"{open.ServiceUrl}v3/teams/{TeamsDirectory.TeamId}"));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private async Task<JsonNode> DocumentAsync(Uri url) => JsonNode.Parse(await Bot.Http.GetStringAsync(url))!;

    private async Task<JsonNode> KeysAsync() =>
        (await DocumentAsync(new((string)(await DocumentAsync(Teams.OpenIdMetadataUrl))["jwks_uri"]!)))["keys"]!;

    private static (JsonNode Header, JsonNode Claims) Parts(string token)
    {
        var parts = token.Split('.');
        return (Read(parts[0]), Read(parts[1]));

        static JsonNode Read(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
    }

    // As a bot would: the published key with that id has to have signed it.
    private async Task<(JsonNode Header, JsonNode Claims)> VerifiedAsync(string token)
    {
        var (header, claims) = Parts(token);
        var key = (await KeysAsync()).AsArray().Single(key => (string?)key!["kid"] == (string?)header["kid"])!;
        using var rsa = RSA.Create(
            new RSAParameters
            {
                Modulus = Base64Url.DecodeFromChars((string)key["n"]!),
                Exponent = Base64Url.DecodeFromChars((string)key["e"]!),
            }
        );
        var end = token.LastIndexOf('.');
        return rsa.VerifyData(
            Encoding.ASCII.GetBytes(token[..end]),
            Base64Url.DecodeFromChars(token.AsSpan(end + 1)),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        )
            ? (header, claims)
            : throw new CryptographicException("The signature is wrong.");
    }
}
