using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Links for anybody: the old <c>portal/users/invite/{type}</c> and, from 3.7, <c>portal/users/invitationlink</c>.</summary>
internal static class PortalLinkRoutes
{
    private const int MostUses = 1000;

    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Get("portal/users/invite/{employeeType}", call => Legacy(call, portal));
        if (portal.Dialect == PortalDialect.V36)
        {
            routes.Post("portal/users/invitationlink", _ => throw new PortalNoRouteException());
        }
        else
        {
            routes.Get("portal/users/invitationlink/{employeeType}", call => Show(call, portal));
            routes.Post("portal/users/invitationlink", call => Create(call, portal));
            routes.Put("portal/users/invitationlink", call => Update(call, portal));
            routes.Delete("portal/users/invitationlink", call => Delete(call, portal));
        }
        routes.Post("authentication/confirm", call => Validate(call, portal), RouteTraits.Anonymous | RouteTraits.WorksUnpaid);
        routes.Map(HttpMethods.Get, "/s/{code}", call => Follow(call, portal), RouteTraits.Anonymous | RouteTraits.WorksUnpaid);
        routes.Map(HttpMethods.Get, "/confirm/{kind}", _ => Page(), RouteTraits.Anonymous | RouteTraits.WorksUnpaid);
    }

    private static bool MayLink(PortalPerson caller, PortalRole role) =>
        role == PortalRole.Guest
            ? caller.Role is PortalRole.DocSpaceAdmin or PortalRole.RoomAdmin
            : PortalInvitationRoutes.MayInvite(caller, role);

    /// <summary>Who may not have such a link gets an empty text with 200, not a 403.</summary>
    private static PortalAnswer Legacy(PortalExchange call, PortalState portal)
    {
        var role = PortalExchange.EnumOf<PortalRole>(call.RouteValue("employeeType"), "employeeType")!.Value;
        if (!portal.AllowInvitingMembers)
            throw PortalException.Denied(PortalException.InPortal("GetInvitationLink(InvitationLinkRequestDto inDto)"));
        var url = MayLink(call.Caller, role) ? portal.Links.Issue(LinkKind.Legacy, role, call.Caller.Id).Url : "";
        return PortalAnswer.Ok(call, JsonValue.Create(url));
    }

    private static PortalAnswer Show(PortalExchange call, PortalState portal)
    {
        var role = PortalExchange.EnumOf<PortalRole>(call.RouteValue("employeeType"), "employeeType")!.Value;
        DemandRight(call, portal, role, PortalException.InPortal("GetInvitationLink(InvitationLinkRequestDto inDto)"));
        var link = portal.Links.Managed.Values.FirstOrDefault(managed => managed.Role == role);
        return PortalAnswer.Ok(call, link is null ? null : Shape(link, call.Caller, portal));
    }

    private static PortalAnswer Create(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InPortal("CreateInvitationLink(InvitationLinkCreateRequestDto inDto)");
        var body = call.Json;
        var role = body.Role("employeeType") ?? throw PortalInvalidException.Required("EmployeeType");
        var uses = ReadUses(body);
        if (role is not (PortalRole.User or PortalRole.RoomAdmin or PortalRole.DocSpaceAdmin))
            throw PortalException.Argument(at, "EmployeeType");
        DemandRight(call, portal, role, at);
        if (portal.Links.Managed.Values.Any(managed => managed.Role == role))
            throw PortalException.Argument(at, "Invitation link already exists");
        var expires = ReadExpiration(body, portal, at);
        if (PortalState.IsPaid(role))
            portal.DemandSeat(at);
        var link = new ManagedLink(Guid.NewGuid(), role) { Expires = expires, MaxUses = uses };
        portal.Links.Managed[link.Id] = link;
        return PortalAnswer.Ok(call, Shape(link, call.Caller, portal));
    }

    /// <summary>Both limits are written over: what is left out becomes unlimited.</summary>
    private static PortalAnswer Update(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InPortal("UpdateInvitationLink(InvitationLinkUpdateRequestDto inDto)");
        var uses = ReadUses(call.Json);
        var link = Known(call, portal, at);
        if (uses < link.Uses)
            throw PortalException.Argument(at, "MaxUseCount");
        var changed = link with { Expires = ReadExpiration(call.Json, portal, at), MaxUses = uses };
        portal.Links.Managed[link.Id] = changed;
        return PortalAnswer.Ok(call, Shape(changed, call.Caller, portal));
    }

    private static PortalAnswer Delete(PortalExchange call, PortalState portal)
    {
        var link = Known(call, portal, PortalException.InPortal("DeleteInvitationLink(InvitationLinkDeleteRequestDto inDto)"));
        portal.Links.Managed.Remove(link.Id);
        return PortalAnswer.Ok(call, response: null);
    }

    /// <summary>What the page of a link asks first. Asking starts the last quarter of an hour of a personal link.</summary>
    private static PortalAnswer Validate(PortalExchange call, PortalState portal)
    {
        var link = call.Json.Text("key") is { } key ? portal.Links.ByKey(key) : null;
        var result = link is null ? LinkResult.Invalid : Judge(link, portal);
        if (link is not null && result == LinkResult.Ok)
            portal.Links.Visit(link);
        return PortalAnswer.Ok(call, new JsonObject { ["result"] = (int)result, ["isAgent"] = false });
    }

    private static LinkResult Judge(PortalLink link, PortalState portal)
    {
        if (portal.Links.IsOver(link))
            return LinkResult.Expired;
        if (link.Managed is { } id && portal.Links.Managed.GetValueOrDefault(id) is { MaxUses: { } most } managed && managed.Uses >= most)
            return LinkResult.QuotaFailed;
        if (link.Kind != LinkKind.Personal)
            return LinkResult.Ok;
        return portal.People.Find(link.Person!.Value) switch
        {
            null or { Status: PortalStatus.Terminated } => LinkResult.UserExcluded,
            { HasPassword: true } => LinkResult.UserExisted,
            _ => LinkResult.Ok,
        };
    }

    private static PortalAnswer Follow(PortalExchange call, PortalState portal) =>
        portal.Links.ByCode(call.RouteValue("code")) is { } link
            ? PortalAnswer.Empty(302) with
            {
                Headers = [new("Location", link.Target)],
            }
            : throw new PortalNoRouteException();

    private static PortalAnswer Page() =>
        PortalAnswer.Text(200, "text/html; charset=utf-8", "<!doctype html><title>DocSpace</title><div id=\"root\"></div>");

    private static JsonObject Shape(ManagedLink link, PortalPerson caller, PortalState portal)
    {
        var shape = new JsonObject { ["id"] = link.Id, ["employeeType"] = (int)link.Role };
        if (link.Expires is { } expires)
            shape["expiration"] = PortalShapes.Time(expires);
        shape["isExpired"] = link.Expires <= portal.Setup.Clock.GetUtcNow();
        if (link.MaxUses is { } most)
            shape["maxUseCount"] = most;
        shape["currentUseCount"] = link.Uses;
        shape["url"] = portal.Links.ManagedUrl(link, caller.Id);
        return shape;
    }

    private static ManagedLink Known(PortalExchange call, PortalState portal, string at)
    {
        var id = call.Json.Id("id") ?? throw PortalInvalidException.Required("Id");
        var link = portal.Links.Managed.GetValueOrDefault(id) ?? throw PortalException.NotFound(at, "Link not found");
        DemandRight(call, portal, link.Role, at);
        return link;
    }

    private static void DemandRight(PortalExchange call, PortalState portal, PortalRole role, string at)
    {
        if (!portal.AllowInvitingMembers || !MayLink(call.Caller, role))
            throw PortalException.Denied(at);
    }

    private static int? ReadUses(JsonBody body) =>
        body.Number("maxUseCount") switch
        {
            null => null,
            >= 1 and <= MostUses and var uses => (int)uses,
            _ => throw new PortalInvalidException("MaxUseCount", $"The field MaxUseCount must be between 1 and {MostUses}."),
        };

    /// <summary>In the time zone of the portal, which here is UTC.</summary>
    private static DateTimeOffset? ReadExpiration(JsonBody body, PortalState portal, string at)
    {
        if (body.Date("expiration") is not { } date)
            return null;
        var expires = new DateTimeOffset(date, TimeSpan.Zero);
        return expires > portal.Setup.Clock.GetUtcNow() ? expires : throw PortalException.Argument(at, "Expiration");
    }

    private enum LinkResult
    {
        Ok = 0,
        Invalid = 1,
        Expired = 2,
        UserExisted = 4,
        UserExcluded = 5,
        QuotaFailed = 6,
    }
}
