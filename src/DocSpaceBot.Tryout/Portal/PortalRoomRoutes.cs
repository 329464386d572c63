using System.Globalization;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Rooms: finding them, bringing people into them, their invitation links.</summary>
internal static class PortalRoomRoutes
{
    /// <summary>Full access to files, which a room cannot give.</summary>
    private const int ReadWrite = 1;
    private const int User = 0;
    private const int InvitationLink = 5;

    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Get("files/rooms", call => List(call, portal));
        routes.Get("files/rooms/{id:int}", call => PortalAnswer.Ok(call, RoomShape(Known(call, portal))));
        routes.Get("files/rooms/{id:int}/share", call => Members(call, portal));
        routes.Put("files/rooms/{id:int}/share", call => Share(call, portal), RouteTraits.InvitesByEmail);
        routes.Get("files/rooms/{id:int}/links", call => Links(call, portal));
        routes.Put("files/rooms/{id:int}/links", call => ChangeLink(call, portal));
        routes.Post("files/rooms/{id:int}/resend", call => Resend(call, portal), RouteTraits.Sensitive);
    }

    private static PortalAnswer List(PortalExchange call, PortalState portal)
    {
        var text = call.Query("filterValue") ?? "";
        var start = call.QueryNumber("startIndex", 0, 0, int.MaxValue, "StartIndex");
        var count = call.QueryNumber("count", 100, 1, 100, "Count");
        var found = portal.Rooms.All.Where(room => room.Title.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        var page = found.Skip(start).Take(count).ToList();
        var answer = new JsonObject
        {
            ["files"] = new JsonArray(),
            ["folders"] = new JsonArray([.. page.Select(RoomShape)]),
            ["current"] = new JsonObject { ["id"] = 2, ["title"] = "Rooms" },
            ["pathParts"] = new JsonArray(),
            ["startIndex"] = start,
            ["count"] = page.Count,
            ["total"] = found.Count,
            ["new"] = 0,
        };
        return PortalAnswer.Ok(call, answer);
    }

    private static JsonObject RoomShape(PortalRoom room) =>
        new()
        {
            ["parentId"] = 2,
            ["roomType"] = 2,
            ["tags"] = new JsonArray(),
            ["pinned"] = false,
            ["private"] = false,
            ["id"] = room.Id,
            ["rootFolderId"] = 2,
            ["title"] = room.Title,
            ["access"] = 0,
            ["shared"] = room.Members.Count > 1,
        };

    private static PortalAnswer Members(PortalExchange call, PortalState portal)
    {
        var room = Known(call, portal);
        var start = call.QueryNumber("startIndex", 0, 0, int.MaxValue, "StartIndex");
        var count = call.QueryNumber("count", 100, 1, 100, "Count");
        var items = room.Members.Select(member =>
            portal.People.Find(member.Key) is { } person ? Member(person, member.Value, call, portal) : null
        );
        var members = items.OfType<JsonNode>().ToList();
        return PortalAnswer.Ok(call, new JsonArray([.. members.Skip(start).Take(count)]), total: members.Count);
    }

    /// <summary>A single item that fails is a warning, and the call a success.</summary>
    private static PortalAnswer Share(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InRooms("SetRoomSecurityAsync(RoomInvitationRequestDto inDto)");
        var room = Known(call, portal);
        var body = call.Json;
        var items = body.Items("invitations") ?? [];
        var byMail = items.Count(item => item.Has("email"));
        if (byMail > portal.InvitationsLeft)
            throw new PortalInvalidException("Invitations", "Invitation limit is exceeded");
        if (items.Exists(item => item.Access("access") == ReadWrite))
            throw PortalException.Denied(at);
        if (byMail > 0 && !portal.AllowInvitingGuests)
            throw PortalException.Denied(at);
        var (notify, note, culture) = (body.Flag("notify"), body.Text("message"), body.Text("culture"));
        var answered = new JsonArray();
        string? warning = null;
        foreach (var item in items)
        {
            var access = item.Access("access");
            var person = item.Id("id") is { } id ? portal.People.Find(id) : Guest(item.Text("email"), call.Caller, portal);
            if (person is null or { Status: PortalStatus.Terminated })
            {
                warning = "Some people could not be added";
                continue;
            }
            Put(room, person, access, call.Caller, portal, notify || person.Status == PortalStatus.Pending ? (note, culture) : null);
            if (item.Has("id"))
                answered.Add(Member(person, access, call, portal));
        }
        var answer = new JsonObject { ["members"] = answered };
        if (warning is not null)
            answer["warning"] = warning;
        answer["error"] = 0;
        return PortalAnswer.Ok(call, answer);
    }

    private static void Put(
        PortalRoom room,
        PortalPerson person,
        int access,
        PortalPerson by,
        PortalState portal,
        (string? Note, string? Culture)? letter
    )
    {
        if (access == 0)
        {
            room.Members.Remove(person.Id);
            return;
        }
        room.Members[person.Id] = access;
        if (letter is { } words)
            portal.Mail(person, MailKind.RoomInvitation, by, words.Culture, words.Note);
        if (person.Status == PortalStatus.Pending)
            portal.CountInvitation(-1);
    }

    /// <summary>Who is new becomes a guest who has yet to register; nobody is told by webhook.</summary>
    private static PortalPerson? Guest(string? email, PortalPerson by, PortalState portal)
    {
        if (!PortalEmail.IsInvitable(email))
            return null;
        var guest =
            portal.People.Find(email!)
            ?? portal.People.Add(
                portal.NewPerson(email!, PortalRole.Guest, by) with
                {
                    Status = PortalStatus.Pending,
                    Activation = PortalActivation.Pending,
                }
            );
        portal.People.Relate(by.Id, guest.Id);
        return guest;
    }

    private static PortalAnswer Links(PortalExchange call, PortalState portal) =>
        PortalAnswer.Ok(call, new JsonArray([.. Known(call, portal).Links.Values.Select(LinkShape)]));

    private static PortalAnswer ChangeLink(PortalExchange call, PortalState portal)
    {
        var room = Known(call, portal);
        var body = call.Json;
        var id = body.Id("linkId") is { } given && given != Guid.Empty ? given : Guid.NewGuid();
        var access = body.Access("access");
        if (access == 0)
        {
            room.Links.Remove(id);
            return PortalAnswer.Ok(call, response: null);
        }
        var url = room.Links.GetValueOrDefault(id)?.Url ?? portal.Links.Issue(LinkKind.Room, PortalRole.Guest, call.Caller.Id).Url;
        var uses = body.Number("maxUseCount");
        if (uses is < 1 or > 1000)
            throw new PortalInvalidException("MaxUseCount", "The field MaxUseCount must be between 1 and 1000.");
        var link = new RoomLink(id, body.Text("title") ?? "Shared link", access, url)
        {
            Expires = body.Date("expirationDate"),
            MaxUses = (int?)uses,
        };
        room.Links[id] = link;
        return PortalAnswer.Ok(call, LinkShape(link));
    }

    private static PortalAnswer Resend(PortalExchange call, PortalState portal)
    {
        var room = Known(call, portal);
        var ids = call.Json.Flag("resendAll") ? [.. room.Members.Keys] : call.Json.Ids("usersIds") ?? [];
        foreach (var person in ids.Where(room.Members.ContainsKey).Select(portal.People.Find).OfType<PortalPerson>())
        {
            if (person.Status == PortalStatus.Pending)
                portal.Mail(person, MailKind.RoomInvitation, call.Caller, person.Culture);
        }
        return PortalAnswer.Ok(call, response: null);
    }

    private static PortalRoom Known(PortalExchange call, PortalState portal) =>
        portal.Rooms.Find(int.Parse(call.RouteValue("id"), CultureInfo.InvariantCulture))
        ?? throw PortalException.NotFound(
            PortalException.InRooms("GetRoomInfoAsync(RoomIdRequestDto inDto)"),
            "The required folder was not found"
        );

    private static JsonObject Member(PortalPerson person, int access, PortalExchange call, PortalState portal) =>
        new()
        {
            ["access"] = access,
            ["sharedToUser"] = portal.Shapes.Full(person, call.Caller),
            ["isLocked"] = false,
            ["isOwner"] = false,
            ["canEditAccess"] = true,
            ["subjectType"] = User,
        };

    private static JsonObject LinkShape(RoomLink link)
    {
        var shared = new JsonObject
        {
            ["id"] = link.Id,
            ["title"] = link.Title,
            ["shareLink"] = link.Url,
        };
        if (link.Expires is { } expires)
            shared["expirationDate"] = PortalShapes.Time(new DateTimeOffset(expires, TimeSpan.Zero));
        if (link.MaxUses is { } uses)
            shared["maxUseCount"] = uses;
        shared["linkType"] = 0;
        shared["isExpired"] = false;
        return new JsonObject
        {
            ["access"] = link.Access,
            ["sharedLink"] = shared,
            ["isLocked"] = false,
            ["isOwner"] = false,
            ["canEditAccess"] = false,
            ["subjectType"] = InvitationLink,
        };
    }
}
