using System.Globalization;
using System.Text.Json;
using DocSpace.Api.Tests.World;
using Microsoft.AspNetCore.Http;

namespace DocSpace.Api.Tests;

/// <summary>Rooms, against a portal that answers as the test says.</summary>
public sealed class RoomTests
{
    private static readonly Guid Bob = Guid.Parse("b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22");

    [Fact]
    public async Task Rooms_are_searched_by_title_and_what_has_no_number_is_left_out()
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync(
                """{"response":{"folders":[{"id":4211,"title":"R&D, 2026"},{"id":"sbox-7","title":"Cloud"},null,{"id":9}],"total":4}}"""
            )
        );

        var rooms = await portal.Client.FindRoomsAsync(" R&D, 2026 ", 10, default);

        Assert.Equal(new DocSpaceRoom(4211, "R&D, 2026"), Assert.Single(rooms));
        Assert.Equal("/api/2.0/files/rooms?filterValue=R%26D%2C%202026&count=10", Assert.Single(portal.Arrivals).Target);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task More_rooms_than_a_page_holds_cannot_be_asked_for(int most)
    {
        await using var portal = await FakePortal.StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => portal.Client.FindRoomsAsync("", most, default));
        Assert.Empty(portal.Arrivals);
    }

    [Fact]
    public async Task A_room_that_is_not_there_is_null()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.ErrorAsync(404));

        Assert.Null(await portal.Client.GetRoomAsync(1, default));
    }

    [Fact]
    public async Task A_warning_is_told_without_its_words()
    {
        await using var portal = await FakePortal.StartAsync(it =>
            it.Response.JsonAsync(
                """
                {"response":{"members":[{"access":2,"sharedToUser":{"id":"BOB","displayName":"Bob &amp; Co","status":1},"canEditAccess":true}],
                "warning":"Portal-text about gus@partner.example","error":0}}
                """.Replace("BOB", $"{Bob}", StringComparison.Ordinal)
            )
        );

        var sharing = await portal.Client.ShareRoomAsync(4211, [new(null, Bob, RoomAccess.Read)], null, null, notify: false, default);

        Assert.True(sharing.HasWarning);
        var member = Assert.Single(sharing.Members);
        Assert.Equal((Bob, "Bob & Co", RoomAccess.Read), (member.Person.Id, member.Person.DisplayName, member.Access));
        Assert.DoesNotContain("Portal-text", $"{sharing}", StringComparison.Ordinal);
        using var body = JsonDocument.Parse(Assert.Single(portal.Arrivals).Body);
        Assert.Equal(
            """{"invitations":[{"id":"BOB","access":2}],"notify":false}""".Replace("BOB", $"{Bob}", StringComparison.Ordinal),
            body.RootElement.GetRawText()
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public async Task An_access_that_no_room_gives_is_never_sent(int access)
    {
        await using var portal = await FakePortal.StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            portal.Client.ShareRoomAsync(4211, [new("gus@partner.example", null, (RoomAccess)access)], null, null, notify: true, default)
        );
        Assert.Empty(portal.Arrivals);
    }

    [Fact]
    public async Task A_room_invitation_names_one_address_or_one_person()
    {
        await using var portal = await FakePortal.StartAsync();
        RoomInvitation[] wrong = [new(null, null, RoomAccess.Read), new("gus@partner.example", Bob, RoomAccess.Read)];

        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.ShareRoomAsync(4211, [], null, null, notify: true, default));
        await Assert.ThrowsAsync<ArgumentException>(() => portal.Client.ResendRoomInvitationsAsync(4211, [], default));
        Assert.All(
            wrong,
            it =>
                Assert.IsType<ArgumentException>(
                    Record.Exception(() =>
                        portal.Client.ShareRoomAsync(4211, [it], null, null, notify: true, default).GetAwaiter().GetResult()
                    )
                )
        );
        Assert.Empty(portal.Arrivals);
    }

    [Fact]
    public async Task A_room_invitation_is_sent_once_and_a_fault_says_that_it_may_have_gone_out()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.HtmlAsync(502));

        var fault = await Assert.ThrowsAsync<DocSpaceException>(() =>
            portal.Client.ShareRoomAsync(4211, [new("gus@partner.example", null, RoomAccess.Read)], null, null, notify: true, default)
        );

        Assert.True(fault.Problem.MayHaveHappened);
        Assert.Single(portal.Arrivals);
    }

    [Fact]
    public async Task Members_come_in_pages_each_person_once_without_groups_and_links()
    {
        await using var portal = await FakePortal.StartAsync(it =>
        {
            var start = int.Parse(it.Request.Query["startIndex"]!, CultureInfo.InvariantCulture);
            var people = Enumerable
                .Range(start, Math.Min(100, 230 - start))
                .Select(i => $$"""{"access":{{(i == 0 ? 1 : 2)}},"isOwner":{{(i == 0 ? "true" : "false")}},{{SharedTo(i)}} }""");
            return it.Response.JsonAsync($$"""{"response":[{{string.Join(',', people)}}],"count":1,"total":230}""");
        });

        var members = await portal.Client.GetRoomMembersAsync(4211, default);

        Assert.Equal(3, portal.Arrivals.Count);
        Assert.Equal("/api/2.0/files/rooms/4211/share?count=100&startIndex=200", portal.Arrivals[^1].Target);
        Assert.Equal(227, members.Count);
        Assert.Equal((true, (RoomAccess?)null), (members[0].IsOwner, members[0].Access));
        Assert.Equal(RoomAccess.Read, members[^1].Access);
    }

    [Fact]
    public async Task A_portal_that_does_not_page_is_not_asked_for_ever()
    {
        var people = string.Join(',', Enumerable.Range(10, 120).Select(i => $$"""{"access":2,{{SharedTo(i)}} }"""));
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync($$"""{"response":[{{people}}]}"""));

        Assert.Equal(120, (await portal.Client.GetRoomMembersAsync(4211, default)).Count);
        Assert.Equal(2, portal.Arrivals.Count);
    }

    [Fact]
    public async Task Resending_names_the_people_as_the_portal_spells_it()
    {
        await using var portal = await FakePortal.StartAsync(it => it.Response.JsonAsync("""{"count":0,"status":0,"statusCode":200}"""));

        await portal.Client.ResendRoomInvitationsAsync(4211, [Bob], default);

        var sent = Assert.Single(portal.Arrivals);
        Assert.Equal(("POST", "/api/2.0/files/rooms/4211/resend"), (sent.Method, sent.Target));
        Assert.Equal($$"""{"usersIds":["{{Bob}}"],"resendAll":false}""", sent.Body);
    }

    /// <summary>Entry 1 is a link, 2 a group, 3 the owner again, 4 a person as servers before 3.6 wrote it; all others are people.</summary>
    private static string SharedTo(int i) =>
        i switch
        {
            1 => $$"""
                "sharedTo":{"id":"{{Id(i)}}","title":"Link","shareLink":"https://docspace.example.com/s/x"}
                """,
            2 => $$"""
                "sharedTo":{"id":"{{Id(i)}}","name":"Everybody"}
                """,
            3 => $$"""
                "sharedToUser":{"id":"{{Id(0)}}","displayName":"P0"}
                """,
            4 => $$"""
                "sharedTo":{"id":"{{Id(i)}}","displayName":"P4"}
                """,
            _ => $$"""
                "sharedToUser":{"id":"{{Id(i)}}","displayName":"P{{i}}" }
                """,
        };

    private static Guid Id(int i) => new(i + 1, 0, 0, new byte[8]);
}
