using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class MembershipTests
{
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task A_disabled_person_keeps_a_proven_address()
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob);

        var reply = await it.PutAsync("people/status/Terminated", new { userIds = new[] { bob.Id } });

        Assert.Equal(2, reply.Response[0].GetProperty("status").GetInt32());
        var raw = (await it.GetAsync($"portal/users/{bob.Id}")).Response;
        Assert.Equal((2, true), (raw.GetProperty("status").GetInt32(), raw.GetProperty("isActive").GetBoolean()));
    }

    [Fact]
    public async Task The_owner_and_oneself_cannot_be_disabled()
    {
        await using var it = await PortalFixture.StartAsync(new() { KeyCreator = KeyCreator.DocSpaceAdmin });

        Assert.Equal(403, (await it.PutAsync("people/status/2", new { userIds = new[] { it.Portal.Owner.Id } })).Status);
        Assert.Equal(
            403,
            (await it.PutAsync("people/status/2", new { userIds = new[] { it.Portal.Find("ada.admin@example.com")!.Id } })).Status
        );
    }

    [Fact]
    public async Task Enabling_a_Room_admin_needs_a_seat()
    {
        await using var it = await PortalFixture.StartAsync(new() { Seats = 1 });
        var bob = it.Portal.AddPerson(Bob, PortalStatus.Terminated, role: PortalRole.RoomAdmin);

        Assert.Equal(402, (await it.PutAsync("people/status/1", new { userIds = new[] { bob.Id } })).Status);
    }

    [Theory]
    [InlineData("User", "RoomAdmin", 200)]
    [InlineData("Guest", "User", 200)]
    [InlineData("User", "DocSpaceAdmin", 200)]
    [InlineData("DocSpaceAdmin", "RoomAdmin", 200)]
    [InlineData("RoomAdmin", "User", 403)]
    [InlineData("User", "Guest", 403)]
    [InlineData("User", "User", 403)]
    public async Task A_type_changes_upwards_only(string from, string to, int status)
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob, role: Enum.Parse<PortalRole>(from));

        Assert.Equal(status, (await it.PutAsync($"people/type/{to}", new { userIds = new[] { bob.Id } })).Status);
        Assert.Equal(status == 200 ? to : from, it.Portal.Find(Bob)!.Role.ToString());
    }

    [Fact]
    public async Task Only_who_is_disabled_can_be_deleted_and_the_address_is_free_again()
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob);
        Assert.Equal(403, (await it.DeleteAsync($"people/{bob.Id}")).Status);
        it.Portal.Disable(Bob);

        Assert.Equal(200, (await it.DeleteAsync($"people/{bob.Id}")).Status);

        Assert.Equal(404, (await it.GetAsync($"portal/users/{bob.Id}")).Status);
        await it.InviteAsync(Bob);
        Assert.NotEqual(bob.Id, it.Portal.Find(Bob)!.Id);
    }

    [Fact]
    public async Task The_list_of_who_was_changed_says_it_is_one()
    {
        await using var it = await PortalFixture.StartAsync();
        var ids = new[] { "one@example.com", "two@example.com" }.Select(email => it.Portal.AddPerson(email).Id).ToArray();

        var disabled = await it.PutAsync("people/status/2", new { userIds = ids });
        var deleted = await it.PutAsync("people/delete", new { userIds = ids });

        Assert.All(
            new[] { disabled, deleted },
            reply => Assert.Equal((2, 1), (reply.Response.GetArrayLength(), reply.Json.GetProperty("count").GetInt32()))
        );
        Assert.Null(it.Portal.Find("one@example.com"));
    }
}
