using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class DialectTests
{
    private static readonly PortalSetup Older = new() { Dialect = PortalDialect.V36 };
    private static readonly PortalSetup Documented = new() { Dialect = PortalDialect.Documented };

    [Fact]
    public async Task Up_to_3_6_who_cannot_be_invited_is_skipped_with_200()
    {
        await using var it = await PortalFixture.StartAsync(Older);
        it.Portal.AddPerson("old@example.com", PortalStatus.Terminated);

        var reply = await it.PostAsync(
            "people/invite",
            new
            {
                invitations = new object[]
                {
                    new { email = "not-an-email", type = "User" },
                    new { value = new { email = "wrapped@example.com" } },
                    new { email = "guest@example.com", type = "Guest" },
                    new { email = "old@example.com", type = "User" },
                    new { email = "bob@example.com", type = "User" },
                },
            }
        );

        Assert.Equal(200, reply.Status);
        Assert.Equal("bob@example.com", Assert.Single(it.Portal.Mails).To);
        Assert.Null(it.Portal.Find("guest@example.com"));
    }

    [Fact]
    public async Task Up_to_3_6_there_is_no_exists_and_no_managed_link()
    {
        await using var it = await PortalFixture.StartAsync(Older);

        var exists = await it.GetAsync("people/exists?email=olga.admin%40example.com");
        Assert.Equal(404, exists.Status);
        Assert.Equal("The user could not be found", exists.Json.GetProperty("error").GetProperty("message").GetString());

        foreach (
            var reply in new[]
            {
                await it.GetAsync("portal/users/invitationlink/User"),
                await it.PostAsync("portal/users/invitationlink", new { employeeType = "User" }),
            }
        )
            Assert.Equal((404, ""), (reply.Status, reply.Text));
        Assert.Equal("3.6.1", (await it.GetAsync("settings/version/build")).Response.GetProperty("docSpace").GetString());
        Assert.Equal(200, (await it.GetAsync("portal/users/invite/User")).Status);
        Assert.Equal(1, (await it.GetAsync("settings/webhook/triggers")).Response.GetProperty("user.created").GetInt32());
    }

    [Fact]
    public async Task As_documented_creating_mails_nobody_and_inviting_the_created_mails_once()
    {
        await using var it = await PortalFixture.StartAsync(Documented);

        await it.CreateAsync("alice@example.com");
        Assert.Empty(it.Portal.Mails);

        await it.InviteAsync("alice@example.com");
        await it.InviteAsync("alice@example.com");

        Assert.Equal(MailKind.Invitation, Assert.Single(it.Portal.MailsTo("alice@example.com")).Kind);
        Assert.True((await it.Portal.JoinAsync("alice@example.com")).HasJoined);
    }

    [Fact]
    public async Task As_documented_any_template_key_congratulates()
    {
        await using var it = await PortalFixture.StartAsync(Documented);
        var bob = it.Portal.AddPerson("bob@example.com");

        var reply = await it.PostAsync($"portal/sendcongratulations?Userid={bob.Id}&Key=welcome_guest");

        Assert.Equal(200, reply.Status);
        Assert.False(reply.Json.TryGetProperty("response", out _));
        var mail = Assert.Single(it.Portal.MailsTo("bob@example.com"));
        Assert.Equal((MailKind.Congratulations, "welcome_guest"), (mail.Kind, mail.Note));
    }

    [Theory]
    [InlineData(nameof(PortalDialect.V37))]
    [InlineData(nameof(PortalDialect.V36))]
    public async Task On_a_real_server_congratulations_are_always_denied(string dialect)
    {
        await using var it = await PortalFixture.StartAsync(new() { Dialect = Enum.Parse<PortalDialect>(dialect) });
        var bob = it.Portal.AddPerson("bob@example.com");

        Assert.Equal(403, (await it.PostAsync($"portal/sendcongratulations?Userid={bob.Id}&Key=welcome_guest")).Status);
        Assert.Equal(400, (await it.PostAsync($"portal/sendcongratulations?Userid={bob.Id}")).Status);
        Assert.Equal(400, (await it.PostAsync("portal/sendcongratulations?Userid=me&Key=welcome_guest")).Status);
        Assert.Empty(it.Portal.Mails);
    }
}
