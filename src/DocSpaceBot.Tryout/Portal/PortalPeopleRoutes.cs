using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Finding people: <c>people</c>, <c>people/email</c>, <c>people/exists</c>, <c>portal/users/{id}</c>.</summary>
internal static class PortalPeopleRoutes
{
    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Get("people/email", call => ByEmail(call, portal));
        if (portal.Dialect != PortalDialect.V36)
            routes.Get("people/exists", call => Exists(call, portal), RouteTraits.Unscoped);
        routes.Get(
            "people/@self",
            call => PortalAnswer.Ok(call, portal.Shapes.Full(call.Caller, call.Caller)),
            RouteTraits.WorksUnpaid | RouteTraits.WorksBusy
        );
        routes.Get("people", call => List(call, portal, new PortalFilter { Status = 1 }, isFull: true));
        routes.Get("people/filter", call => List(call, portal, PortalFilter.Of(call), isFull: true));
        routes.Get("people/simple/filter", call => List(call, portal, PortalFilter.Of(call), isFull: false));
        routes.Get("people/status/{status}", call => List(call, portal, StatusFilter(call), isFull: true));
        routes.Get("people/search", call => List(call, portal, Search(call.Query("query")), isFull: true));
        routes.Get("people/@search/{query}", call => List(call, portal, Search(call.RouteValue("query")), isFull: true));
        routes.Get("people/{id}", call => ByName(call, portal), RouteTraits.Unscoped | RouteTraits.WorksUnpaid);
        routes.Get("portal/users/{id:guid}", call => PortalUser(call, portal), RouteTraits.WorksUnpaid | RouteTraits.WorksBusy);
    }

    private static PortalAnswer ByEmail(PortalExchange call, PortalState portal)
    {
        const string At = "GetProfileByEmail(GetMemberByEmailRequestDto inDto)";
        var email = call.Query("email");
        if (string.IsNullOrEmpty(email))
            throw PortalInvalidException.Required("Email");
        if (!PortalEmail.IsPlausible(email))
            throw PortalInvalidException.BadEmail("Email");
        var person = portal.People.Find(email) ?? throw PortalException.NotFound(PortalException.InUsers(At));
        DemandVisible(call.Caller, person, portal, PortalException.InUsers(At));
        return PortalAnswer.Ok(call, portal.Shapes.Full(person, call.Caller));
    }

    private static PortalAnswer Exists(PortalExchange call, PortalState portal)
    {
        var email = call.Query("email");
        if (string.IsNullOrEmpty(email))
            throw PortalInvalidException.Required("Email");
        if (!PortalEmail.IsPlausible(email))
            throw PortalInvalidException.BadEmail("Email");
        var answer = portal.People.Find(email) is { } person
            ? new JsonObject { ["exists"] = true, ["status"] = (int)person.Status }
            : new JsonObject { ["exists"] = false };
        return PortalAnswer.Ok(call, answer);
    }

    private static PortalAnswer ByName(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InUsers("GetById(GetMemberByIdRequestDto inDto)");
        var name = call.RouteValue("id");
        var person = portal.People.FindByUserName(name) ?? (Guid.TryParse(name, out var id) ? portal.People.Find(id) : null);
        if (person is null)
            throw PortalException.NotFound(at);
        DemandVisible(call.Caller, person, portal, at);
        return PortalAnswer.Ok(call, portal.Shapes.Full(person, call.Caller));
    }

    private static PortalAnswer PortalUser(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InPortal("GetUserById(UserIDRequestDto inDto)");
        var person = portal.People.Find(call.RouteId()) ?? throw PortalException.NotFound(at);
        DemandVisible(call.Caller, person, portal, at);
        return PortalAnswer.Ok(call, PortalShapes.Raw(person));
    }

    private static PortalFilter StatusFilter(PortalExchange call) =>
        PortalFilter.Of(call) with
        {
            Status = (int?)PortalExchange.EnumOf<PortalFilterStatus>(call.RouteValue("status"), "status"),
        };

    private static PortalFilter Search(string? text) => new() { Status = 1, Texts = [text ?? ""] };

    private static PortalAnswer List(PortalExchange call, PortalState portal, PortalFilter filter, bool isFull)
    {
        if (call.Caller.Role is PortalRole.User or PortalRole.Guest)
            throw PortalException.Denied(PortalException.InUsers("GetFullByFilter(AdvancedFilterRequestDto inDto)"));
        var (page, total) = filter.Apply(portal.People, call.Caller);
        var items = page.Select(person => isFull ? portal.Shapes.Full(person, call.Caller) : portal.Shapes.Brief(person));
        return PortalAnswer.Ok(call, new JsonArray([.. items]), total: total);
    }

    /// <summary>Admins see everybody, Room admins everybody but guests they have nothing to do with, others only themselves.</summary>
    private static void DemandVisible(PortalPerson caller, PortalPerson person, PortalState portal, string at)
    {
        var mayNot = caller.Role switch
        {
            _ when caller.Id == person.Id => false,
            PortalRole.DocSpaceAdmin => false,
            PortalRole.RoomAdmin => person.Role == PortalRole.Guest && !portal.People.IsInvitedBy(person, caller.Id),
            _ => true,
        };
        if (mayNot)
            throw PortalException.Denied(at);
    }
}
