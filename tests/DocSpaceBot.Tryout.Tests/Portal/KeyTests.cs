using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class KeyTests
{
    [Theory]
    [InlineData("bearer KEY")]
    [InlineData("BEARER KEY")]
    [InlineData("KEY")]
    [InlineData("Bearer  KEY")]
    [InlineData("Bearer bot-KEY")]
    [InlineData("Bearer a.b.c")]
    public async Task A_key_is_accepted_in_one_spelling_of_the_header_only(string header)
    {
        await using var it = await PortalFixture.StartAsync();
        using var client = it.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization",
            header.Replace("KEY", it.Portal.ApiKey, StringComparison.Ordinal)
        );

        var reply = await PortalFixture.SendAsync(client, HttpMethod.Get, "keys/@self");

        Assert.Equal((401, ""), (reply.Status, reply.Text));
        Assert.False(reply.Headers.ContainsKey("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_key_in_the_cookie_is_refused_and_the_cookie_taken_away()
    {
        await using var it = await PortalFixture.StartAsync();
        using var client = it.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"asc_auth_key={it.Portal.ApiKey}");

        var reply = await PortalFixture.SendAsync(client, HttpMethod.Get, "people/@self");

        Assert.Equal(401, reply.Status);
        Assert.StartsWith("asc_auth_key=;", reply.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_dies_when_it_expires_when_it_is_switched_off_and_with_its_creator()
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyCreator = KeyCreator.DocSpaceAdmin });
        var soon = it.Portal.AddKey([], it.Clock.GetUtcNow().AddHours(1));
        var off = it.Portal.AddKey([], isActive: false);

        Assert.Equal(200, await StatusAsync(it, soon));
        Assert.Equal(401, await StatusAsync(it, off));

        it.Clock.Move(TimeSpan.FromHours(1));
        Assert.Equal(401, await StatusAsync(it, soon));
        Assert.Equal(200, await StatusAsync(it, it.Portal.ApiKey));

        it.Portal.Disable("ada.admin@example.com");
        Assert.Equal(401, await StatusAsync(it, it.Portal.ApiKey));
    }

    [Fact]
    public async Task The_key_shows_only_its_last_four_characters()
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyScopes = ["accounts:read"] });

        var self = (await it.GetAsync("keys/@self")).Response;

        Assert.Equal($"sk-***{it.Portal.ApiKey[^4..]}", self.GetProperty("key").GetString());
        Assert.Equal("accounts:read", self.GetProperty("permissions")[0].GetString());
        Assert.Equal("Olga Admin", self.GetProperty("createBy").GetProperty("displayName").GetString());
    }

    [Theory]
    [InlineData("accounts:read", "GET", "people/filter", 200)]
    [InlineData("accounts:write", "GET", "people/filter", 200)]
    [InlineData("accounts:read", "POST", "people/invite", 403)]
    [InlineData("accounts:write", "POST", "people/invite", 400)]
    [InlineData("*:read", "GET", "people/filter", 200)]
    [InlineData("*:read", "POST", "people/invite", 403)]
    [InlineData("*:write", "GET", "people/filter", 200)]
    [InlineData("accounts:write", "GET", "people/@self", 403)]
    [InlineData("accounts.self:read", "GET", "people/@self", 200)]
    [InlineData("accounts.self:read", "GET", "people/filter", 403)]
    [InlineData("accounts:write", "GET", "portal/payment/quota", 403)]
    [InlineData("accounts:read", "GET", "portal/users/0d9c1f6a-2a0e-4a70-8a5b-2f5c52fb0a01", 403)]
    [InlineData("*:read", "GET", "portal/users/invite/User", 200)]
    [InlineData("*:read", "POST", "portal/users/invitationlink", 403)]
    [InlineData("rooms:read", "GET", "files/rooms", 200)]
    [InlineData("files:read", "GET", "files/rooms", 403)]
    [InlineData("files:read", "GET", "keys/@self", 200)]
    [InlineData("files:read", "GET", "keys", 403)]
    [InlineData("files:read", "GET", "people/exists?email=a%40example.com", 200)]
    [InlineData("files:read", "GET", "people/olga.admin", 200)]
    [InlineData("files:read", "GET", "settings/security/password", 200)]
    [InlineData("files:read", "POST", "people", 400)]
    public async Task A_permission_opens_its_own_calls_and_no_others(string scope, string method, string path, int status)
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyScopes = [scope] });

        var reply = await it.SendAsync(new HttpMethod(method), path, method == "POST" ? new { } : null);

        Assert.Equal(status, reply.Status);
        if (status == 403)
            Assert.Equal("", reply.Text);
    }

    [Fact]
    public async Task An_anonymous_call_works_without_a_key_and_is_refused_with_a_narrow_one()
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyScopes = ["accounts:read"] });
        using var nobody = it.Anonymous();

        var without = await PortalFixture.SendAsync(nobody, HttpMethod.Get, "settings");
        var with = await it.GetAsync("settings");

        Assert.Equal(200, without.Status);
        Assert.Equal((403, "application/problem+json; charset=utf-8"), (with.Status, with.ContentType));
    }

    [Fact]
    public async Task Before_3_7_an_anonymous_call_does_not_look_at_the_key()
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyScopes = ["accounts:read"], Dialect = PortalDialect.V36 });

        Assert.Equal(200, (await it.GetAsync("settings")).Status);
    }

    private static async Task<int> StatusAsync(PortalFixture it, string key)
    {
        using var client = it.ClientWith(key);
        return (await PortalFixture.SendAsync(client, HttpMethod.Get, "keys/@self")).Status;
    }
}
