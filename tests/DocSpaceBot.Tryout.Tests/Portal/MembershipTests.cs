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

    [Theory]
    [InlineData("RoomAdmin", "Active")]
    [InlineData("RoomAdmin", "Pending")]
    [InlineData("DocSpaceAdmin", "Active")]
    public async Task A_type_changes_downwards_in_a_queue_and_the_seat_is_free(string from, string status)
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob, Enum.Parse<PortalStatus>(status), role: Enum.Parse<PortalRole>(from));

        var begun = await it.PostAsync("people/type", new { type = "User", userId = bob.Id });
        Assert.Equal((200, false), (begun.Status, begun.Response.GetProperty("isCompleted").GetBoolean()));
        Assert.Equal(from, it.Portal.Find(Bob)!.Role.ToString());

        it.Clock.Move(TimeSpan.FromSeconds(2));

        var progress = (await it.GetAsync($"people/type/progress/{bob.Id}")).Response;
        Assert.Equal((true, 100), (progress.GetProperty("isCompleted").GetBoolean(), progress.GetProperty("percentage").GetInt32()));
        Assert.Equal((PortalRole.User, Enum.Parse<PortalStatus>(status)), (it.Portal.Find(Bob)!.Role, it.Portal.Find(Bob)!.Status));
        Assert.Equal(MailKind.RoleChanged, Assert.Single(it.Portal.MailsTo(Bob)).Kind);
    }

    [Fact]
    public async Task Asked_for_twice_it_is_one_change()
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob, role: PortalRole.RoomAdmin);

        await it.PostAsync("people/type", new { type = "User", userId = bob.Id });
        await it.PostAsync("people/type", new { type = "User", userId = bob.Id });
        it.Clock.Move(TimeSpan.FromSeconds(2));

        Assert.Single(it.Portal.MailsTo(Bob));
    }

    [Fact]
    public async Task What_the_queue_cannot_do_is_told_by_its_progress_alone()
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob, role: PortalRole.RoomAdmin);
        it.Portal.RefuseRoleChanges = true;

        Assert.Equal(200, (await it.PostAsync("people/type", new { type = "User", userId = bob.Id })).Status);
        it.Clock.Move(TimeSpan.FromSeconds(2));

        var progress = (await it.GetAsync($"people/type/progress/{bob.Id}")).Response;
        Assert.True(progress.GetProperty("isCompleted").GetBoolean());
        Assert.NotEmpty(progress.GetProperty("error").GetString()!);
        Assert.Equal(PortalRole.RoomAdmin, it.Portal.Find(Bob)!.Role);
    }

    [Fact]
    public async Task Of_a_change_that_was_never_begun_there_is_no_progress()
    {
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.GetAsync($"people/type/progress/{Guid.NewGuid()}");

        Assert.Equal(200, reply.Status);
        Assert.False(reply.Json.TryGetProperty("response", out _));
    }

    [Fact]
    public async Task Upwards_the_queue_takes_nobody_nor_the_disabled_nor_the_owner_nor_an_heir_without_rooms()
    {
        await using var it = await PortalFixture.StartAsync();
        var bob = it.Portal.AddPerson(Bob, role: PortalRole.RoomAdmin);
        var off = it.Portal.AddPerson("off@example.com", PortalStatus.Terminated, role: PortalRole.RoomAdmin);
        var user = it.Portal.AddPerson("una@example.com");

        object[] bodies =
        [
            new { type = "RoomAdmin", userId = user.Id },
            new { userId = bob.Id },
            new { type = "User", userId = off.Id },
            new { type = "User", userId = it.Portal.Owner.Id },
            new
            {
                type = "User",
                userId = bob.Id,
                reassignUserId = user.Id,
            },
            new
            {
                type = "User",
                userId = bob.Id,
                reassignUserId = bob.Id,
            },
        ];

        foreach (var body in bodies)
        {
            Assert.Equal(400, (await it.PostAsync("people/type", body)).Status);
        }
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
