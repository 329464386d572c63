using DocSpace.Api;
using DocSpaceBot.Tryout.Portal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DocSpaceBot.Tryout.Tests.Portal;

/// <summary>The product's own client and the stand-in portal mean the same by rooms.</summary>
public sealed class RoomClientTests
{
    private const string Gus = "gus@partner.example.com";

    [Fact]
    public async Task A_guest_is_brought_into_a_room_mailed_again_and_joins()
    {
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddRoom("Holidays");
        var number = it.Portal.AddRoom("Contracts 2026");
        await using var services = ServicesFor(it);
        var client = services.GetRequiredService<DocSpaceClient>();

        var room = Assert.Single(await client.FindRoomsAsync("contracts", 10, CancellationToken.None));
        Assert.Equal(new DocSpaceRoom(number, "Contracts 2026"), room);
        Assert.Equal(room, await client.GetRoomAsync(number, CancellationToken.None));
        Assert.Null(await client.GetRoomAsync(1, CancellationToken.None));

        var sharing = await client.ShareRoomAsync(
            room.Id,
            [new(Gus, null, RoomAccess.Editing)],
            "Welcome",
            "en-US",
            notify: true,
            CancellationToken.None
        );

        Assert.False(sharing.HasWarning);
        Assert.Empty(sharing.Members);
        var guest = (await client.GetRoomMembersAsync(room.Id, CancellationToken.None)).Single(member => member.Person.Email == Gus);
        Assert.Equal((RoomAccess.Editing, PersonStatus.Pending), (guest.Access, guest.Person.Status));
        Assert.Equal(DocSpaceRole.Guest, guest.Person.Role);

        await client.ResendRoomInvitationsAsync(room.Id, [guest.Person.Id], CancellationToken.None);
        Assert.Equal([MailKind.RoomInvitation, MailKind.RoomInvitation], it.Portal.MailsTo(Gus).Select(mail => mail.Kind));
        Assert.True((await it.Portal.JoinAsync(Gus)).HasJoined);
    }

    [Fact]
    public async Task Somebody_who_cannot_be_added_is_a_warning_and_the_others_are_in()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts");
        var bob = it.Portal.AddPerson("bob@example.com");
        it.Portal.AddPerson("carol@example.com");
        it.Portal.Disable("carol@example.com");
        await using var services = ServicesFor(it);
        var client = services.GetRequiredService<DocSpaceClient>();

        var sharing = await client.ShareRoomAsync(
            room,
            [new(null, bob.Id, RoomAccess.ContentCreator), new("carol@example.com", null, RoomAccess.Read)],
            message: null,
            culture: null,
            notify: false,
            CancellationToken.None
        );

        Assert.True(sharing.HasWarning);
        Assert.Equal(bob.Id, Assert.Single(sharing.Members).Person.Id);
        Assert.Empty(it.Portal.MailsTo("bob@example.com"));
        Assert.DoesNotContain(
            await client.GetRoomMembersAsync(room, CancellationToken.None),
            member => member.Person.Email == "carol@example.com"
        );
    }

    [Fact]
    public async Task A_room_with_more_members_than_a_page_holds_is_read_to_its_end()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Everybody");
        var people = Enumerable.Range(0, 130).Select(i => it.Portal.AddPerson($"p{i}@example.com")).ToList();
        await using var services = ServicesFor(it);
        var client = services.GetRequiredService<DocSpaceClient>();

        await client.ShareRoomAsync(
            room,
            [.. people.Select(person => new RoomInvitation(null, person.Id, RoomAccess.Read))],
            message: null,
            culture: null,
            notify: false,
            CancellationToken.None
        );

        var members = await client.GetRoomMembersAsync(room, CancellationToken.None);
        Assert.Equal(131, members.Count);
        Assert.Equal(RoomAccess.RoomManager, members.Single(member => member.Person.Role == DocSpaceRole.DocSpaceAdmin).Access);
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told_in_its_own_kind()
    {
        await using var it = await PortalFixture.StartAsync();
        var room = it.Portal.AddRoom("Contracts");
        await using var services = ServicesFor(it);
        var client = services.GetRequiredService<DocSpaceClient>();

        Assert.Equal(DocSpaceProblemKind.NotFound, (await ProblemAsync(1)).Kind);
        await it.PutAsync("settings/invitationsettings", new { allowInvitingMembers = true, allowInvitingGuests = false });
        Assert.Equal(DocSpaceProblemKind.Forbidden, (await ProblemAsync(room)).Kind);
        Assert.Null(it.Portal.Find(Gus));

        async Task<DocSpaceProblem> ProblemAsync(int number) =>
            (
                await Assert.ThrowsAsync<DocSpaceException>(() =>
                    client.ShareRoomAsync(number, [new(Gus, null, RoomAccess.Read)], null, null, notify: true, CancellationToken.None)
                )
            ).Problem;
    }

    [Fact]
    public async Task More_addresses_than_invitations_left_invite_nobody()
    {
        await using var it = await PortalFixture.StartAsync(new PortalSetup { InvitationLimit = 1 });
        var room = it.Portal.AddRoom("Contracts");
        await using var services = ServicesFor(it);
        var client = services.GetRequiredService<DocSpaceClient>();

        var fault = await Assert.ThrowsAsync<DocSpaceException>(() =>
            client.ShareRoomAsync(
                room,
                [new(Gus, null, RoomAccess.Read), new("gil@partner.example.com", null, RoomAccess.Read)],
                message: null,
                culture: null,
                notify: true,
                CancellationToken.None
            )
        );

        Assert.Equal(DocSpaceProblemKind.LimitReached, fault.Problem.Kind);
        Assert.Null(it.Portal.Find(Gus));
    }

    private static ServiceProvider ServicesFor(PortalFixture it) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDocSpaceApi(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>(StringComparer.Ordinal)
                        {
                            ["DocSpace:BaseUrl"] = it.Portal.Url.ToString(),
                            ["DocSpace:ApiKey"] = it.Portal.ApiKey,
                        }
                    )
                    .Build()
            )
            .BuildServiceProvider();
}
