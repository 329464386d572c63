using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class RoomTests
{
    private const string Gus = "gus@partner.example.com";

    [Fact]
    public async Task A_new_address_in_a_room_becomes_a_pending_Guest_who_joins_from_the_room_letter()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts");

        var reply = await it.PutAsync(
            $"files/rooms/{room}/share",
            new
            {
                invitations = new[] { new { email = Gus, access = 10 } },
                notify = true,
                message = "Hello",
            }
        );

        Assert.Equal(0, reply.Response.GetProperty("members").GetArrayLength());
        var guest = it.Portal.Find(Gus)!;
        Assert.Equal((PortalRole.Guest, PortalStatus.Pending), (guest.Role, guest.Status));
        var mail = Assert.Single(it.Portal.MailsTo(Gus));
        Assert.Equal((MailKind.RoomInvitation, "Hello"), (mail.Kind, mail.Note));
        var members = (await it.GetAsync($"files/rooms/{room}/share")).Response;
        Assert.Equal(
            10,
            members
                .EnumerateArray()
                .Single(member => member.GetProperty("sharedToUser").GetProperty("id").GetGuid() == guest.Id)
                .GetProperty("access")
                .GetInt32()
        );
        Assert.True((await it.Portal.JoinAsync(Gus)).HasJoined);
    }

    [Theory]
    [InlineData(1, 403, null)]
    [InlineData(2, 200, 2)]
    [InlineData("Editing", 200, 10)]
    [InlineData("editing", 200, null)]
    [InlineData(0, 200, null)]
    public async Task An_access_the_server_does_not_know_takes_the_access_away(object access, int status, int? expected)
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts");
        var bob = it.Portal.AddPerson("bob@example.com");

        Assert.Equal(
            status,
            (await it.PutAsync($"files/rooms/{room}/share", new { invitations = new[] { new { id = bob.Id, access } } })).Status
        );

        var members = (await it.GetAsync($"files/rooms/{room}/share")).Response.EnumerateArray();
        var given = members
            .Where(member => member.GetProperty("sharedToUser").GetProperty("id").GetGuid() == bob.Id)
            .Select(member => (int?)member.GetProperty("access").GetInt32());
        Assert.Equal(expected, given.SingleOrDefault());
    }

    [Fact]
    public async Task An_item_that_fails_is_a_warning_and_POST_is_no_way_to_share()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts");

        var reply = await it.PutAsync(
            $"files/rooms/{room}/share",
            new { invitations = new[] { new { email = "not-an-email", access = 2 } } }
        );

        Assert.Equal(200, reply.Status);
        Assert.True(reply.Response.TryGetProperty("warning", out _));
        Assert.Equal(405, (await it.PostAsync($"files/rooms/{room}/share", new { })).Status);
        Assert.Equal(404, (await it.GetAsync("files/rooms/1/share")).Status);
    }

    [Fact]
    public async Task Rooms_are_found_by_title_and_have_links()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts 2026");
        it.Portal.AddRoom("Holidays");

        var found = (await it.GetAsync("files/rooms?filterValue=contracts&count=10")).Response;
        Assert.Equal((1, room), (found.GetProperty("total").GetInt32(), found.GetProperty("folders")[0].GetProperty("id").GetInt32()));

        var link = (
            await it.PutAsync(
                $"files/rooms/{room}/links",
                new
                {
                    access = 10,
                    linkType = 0,
                    title = "Join",
                }
            )
        ).Response.GetProperty("sharedLink");
        Assert.StartsWith(it.Portal.Url.ToString(), link.GetProperty("shareLink").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await it.GetAsync($"files/rooms/{room}/links?type=0")).Response.GetArrayLength());

        await it.PutAsync($"files/rooms/{room}/links", new { linkId = link.GetProperty("id").GetGuid(), access = 0 });
        Assert.Equal(0, (await it.GetAsync($"files/rooms/{room}/links?type=0")).Response.GetArrayLength());
    }

    [Fact]
    public async Task Guests_are_not_let_into_rooms_while_that_is_switched_off()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts");
        await it.PutAsync("settings/invitationsettings", new { allowInvitingMembers = true, allowInvitingGuests = false });

        Assert.Equal(
            403,
            (await it.PutAsync($"files/rooms/{room}/share", new { invitations = new[] { new { email = Gus, access = 2 } } })).Status
        );
    }
}
