using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class JoiningTests
{
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task A_letter_can_be_used_for_seven_days_and_a_new_one_for_seven_more()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.InviteAsync(Bob);
        it.Clock.Move(TimeSpan.FromDays(7));

        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinAsync(Bob));

        await it.PutAsync("people/invite", new { userIds = new[] { it.Portal.Find(Bob)!.Id } });
        it.Clock.Move(TimeSpan.FromDays(6));
        Assert.True((await it.Portal.JoinAsync(Bob)).HasJoined);
    }

    [Fact]
    public async Task Opening_the_link_leaves_a_quarter_of_an_hour()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.InviteAsync(Bob);
        using var page = await it.Client.GetAsync(it.Portal.MailsTo(Bob)[0].Link);
        Assert.Equal(302, (int)page.StatusCode);
        var key = page.Headers.Location!.Query.Split("key=")[1].Split('&')[0];

        Assert.Equal(0, await AskAsync(it, key));
        it.Clock.Move(TimeSpan.FromMinutes(16));

        Assert.Equal(2, await AskAsync(it, key));
        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinAsync(Bob));
    }

    [Fact]
    public async Task Who_was_not_written_to_cannot_join()
    {
        await using var it = await PortalFixture.StartAsync();

        var error = await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinAsync(Bob));

        Assert.Contains(Bob, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_revokes_an_invitation_and_enabling_gives_it_back()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.InviteAsync(Bob);
        var ids = new[] { it.Portal.Find(Bob)!.Id };

        await it.PutAsync("people/status/2", new { userIds = ids });
        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinAsync(Bob));

        var reply = await it.PutAsync("people/status/Active", new { userIds = ids });
        Assert.Equal(4, reply.Response[0].GetProperty("status").GetInt32());
        Assert.True((await it.Portal.JoinAsync(Bob)).HasJoined);
    }

    [Fact]
    public async Task Nobody_joins_twice()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.InviteAsync(Bob);
        await it.Portal.JoinAsync(Bob);

        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinAsync(Bob));
    }

    [Theory]
    [InlineData("Guest", nameof(PortalRole.Guest))]
    [InlineData("User", nameof(PortalRole.User))]
    [InlineData("roomadmin", nameof(PortalRole.RoomAdmin))]
    [InlineData("All", nameof(PortalRole.RoomAdmin))]
    public async Task An_old_link_lets_anybody_in_whose_address_is_proven_later(string type, string role)
    {
        await using var it = await PortalFixture.StartAsync();
        var url = (await it.GetAsync($"portal/users/invite/{type}")).Response.GetString();
        Assert.Matches($"^{it.Portal.Url}s/[A-Za-z0-9_-]{{15}}$", url);

        var joined = await it.Portal.JoinByLinkAsync(Bob);

        Assert.Equal((role, PortalActivation.NotActivated, true), (joined.Role.ToString(), joined.Activation, joined.HasJoined));
        Assert.Equal([MailKind.Welcome, MailKind.ConfirmEmail], it.Portal.MailsTo(Bob).Select(mail => mail.Kind));
        Assert.Equal(0, it.Portal.InvitationMailsTo(Bob));
        Assert.False((await it.GetAsync($"portal/users/{joined.Id}")).Response.GetProperty("isActive").GetBoolean());

        await it.Portal.ConfirmEmailAsync(Bob);
        Assert.True((await it.GetAsync($"portal/users/{joined.Id}")).Response.GetProperty("isActive").GetBoolean());
    }

    [Fact]
    public async Task An_old_link_works_for_seven_days_and_many_people()
    {
        await using var it = await PortalFixture.StartAsync();
        await it.GetAsync("portal/users/invite/User");
        await it.Portal.JoinByLinkAsync("one@example.com");
        await it.Portal.JoinByLinkAsync("two@example.com");
        it.Clock.Move(TimeSpan.FromDays(7));

        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinByLinkAsync("three@example.com"));
    }

    [Fact]
    public async Task Through_a_link_a_Room_admin_without_a_seat_becomes_a_User()
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 1 });
        await it.GetAsync("portal/users/invite/RoomAdmin");

        Assert.Equal(PortalRole.User, (await it.Portal.JoinByLinkAsync(Bob)).Role);
    }

    [Theory]
    [InlineData(nameof(KeyCreator.RoomAdmin), "RoomAdmin")]
    [InlineData(nameof(KeyCreator.DocSpaceAdmin), "DocSpaceAdmin")]
    [InlineData(nameof(KeyCreator.User), "Guest")]
    public async Task Who_may_not_have_an_old_link_gets_an_empty_one(string creator, string type)
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyCreator = Enum.Parse<KeyCreator>(creator) });

        var reply = await it.GetAsync($"portal/users/invite/{type}");

        Assert.Equal((200, ""), (reply.Status, reply.Response.GetString()));
    }

    [Fact]
    public async Task Guests_stay_out_while_inviting_them_is_switched_off()
    {
        await using var it = await PortalFixture.StartAsync(new() { AllowInvitingGuests = false });
        await it.GetAsync("portal/users/invite/Guest");

        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinByLinkAsync(Bob));
    }

    [Fact]
    public async Task A_managed_link_is_one_per_type_with_uses_and_an_end_and_can_be_taken_back()
    {
        await using var it = await PortalFixture.StartAsync();
        var made = (
            await it.PostAsync(
                "portal/users/invitationlink",
                new
                {
                    employeeType = "User",
                    expiration = "2026-09-03T00:00:00",
                    maxUseCount = 1,
                }
            )
        ).Response;
        Assert.Equal(400, (await it.PostAsync("portal/users/invitationlink", new { employeeType = 4 })).Status);

        await it.Portal.JoinByLinkAsync(Bob);
        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinByLinkAsync("two@example.com"));

        var id = made.GetProperty("id").GetGuid();
        var changed = (await it.PutAsync("portal/users/invitationlink", new { id })).Response;
        Assert.False(changed.TryGetProperty("maxUseCount", out _));
        Assert.Equal(
            (1, made.GetProperty("url").GetString()),
            (changed.GetProperty("currentUseCount").GetInt32(), changed.GetProperty("url").GetString())
        );

        Assert.Equal(200, (await it.DeleteAsync("portal/users/invitationlink", new { id })).Status);
        Assert.Equal(404, (await it.DeleteAsync("portal/users/invitationlink", new { id })).Status);
        await Assert.ThrowsAsync<StandInException>(() => it.Portal.JoinByLinkAsync("two@example.com"));
    }

    [Theory]
    [InlineData("{\"maxUseCount\":5}")]
    [InlineData("{\"employeeType\":\"All\"}")]
    [InlineData("{\"employeeType\":\"User\",\"maxUseCount\":1001}")]
    [InlineData("{\"employeeType\":\"User\",\"expiration\":\"2026-08-01T00:00:00\"}")]
    public async Task A_managed_link_that_makes_no_sense_is_refused(string body)
    {
        await using var it = await PortalFixture.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await it.Client.PostAsync("portal/users/invitationlink", content);

        Assert.Equal(400, (int)response.StatusCode);
    }

    private static async Task<int> AskAsync(PortalFixture it, string key) =>
        (await it.PostAsync("authentication/confirm", new { type = "LinkInvite", key })).Response.GetProperty("result").GetInt32();
}
