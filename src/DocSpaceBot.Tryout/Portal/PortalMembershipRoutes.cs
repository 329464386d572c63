using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Disabling, enabling, promoting, demoting and deleting people.</summary>
internal static class PortalMembershipRoutes
{
    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Put("people/status/{status}", call => ChangeStatus(call, portal));
        routes.Put("people/type/{type}", call => ChangeRole(call, portal));
        routes.Post("people/type", call => LowerRole(call, portal));
        routes.Get("people/type/progress/{id:guid}", call => LoweringProgress(call, portal));
        routes.Delete("people/{id:guid}", call => DeleteOne(call, portal));
        routes.Put("people/delete", call => DeleteMany(call, portal));
    }

    public static PortalPerson Disable(PortalPerson person, PortalPerson by, PortalState portal)
    {
        if (person.Status == PortalStatus.Terminated)
            return person;
        var disabled = person with { Status = PortalStatus.Terminated, Terminated = portal.Now, Modified = portal.Now };
        portal.People.Save(disabled);
        portal.Webhooks.Raise(WebhookTrigger.UserUpdated, disabled, by.Id);
        return disabled;
    }

    /// <summary>An invitee who never joined is an invitee again.</summary>
    public static PortalPerson Enable(PortalPerson person, PortalPerson by, PortalState portal)
    {
        if (person.Status != PortalStatus.Terminated)
            return person;
        if (person.IsPaid)
            portal.DemandSeat("ASC.Core.UserManager.UpdateUserInfoAsync(UserInfo u)");
        var neverJoined = person is { Activation: PortalActivation.Pending, HasPassword: false };
        var enabled = person with
        {
            Status = neverJoined ? PortalStatus.Pending : PortalStatus.Active,
            Terminated = null,
            Modified = portal.Now,
        };
        portal.People.Save(enabled);
        portal.Webhooks.Raise(WebhookTrigger.UserUpdated, enabled, by.Id);
        return enabled;
    }

    public static void Delete(PortalPerson person, PortalPerson by, PortalState portal)
    {
        portal.People.Remove(person);
        portal.Webhooks.Raise(WebhookTrigger.UserDeleted, person, by.Id);
    }

    private static PortalAnswer ChangeStatus(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InUsers("UpdateUserStatus(UpdateMemberStatusRequestDto inDto)");
        var status = PortalExchange.EnumOf<PortalStatus>(call.RouteValue("status"), "status");
        var people = Chosen(call, portal, at);
        DemandAdmin(call, at);
        var changed = people.ConvertAll(person =>
        {
            var isOff = person.IsOwner || person.Id == call.Caller.Id || (person.Role == PortalRole.DocSpaceAdmin && !call.Caller.IsOwner);
            if (isOff)
                throw PortalException.Denied(at);
            return status == PortalStatus.Terminated ? Disable(person, call.Caller, portal) : Enable(person, call.Caller, portal);
        });
        return Streamed(call, portal, changed);
    }

    private static PortalAnswer ChangeRole(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InUsers("UpdateUserType(UpdateMemberTypeRequestDto inDto)");
        var role = PortalExchange.EnumOf<PortalRole>(call.RouteValue("type"), "type") ?? PortalRole.All;
        var people = Chosen(call, portal, at);
        DemandAdmin(call, at);
        var changed = people.ConvertAll(person =>
        {
            if (!MayBecome(person, role, call.Caller))
                throw PortalException.Denied(at);
            if (PortalState.IsPaid(role) && !person.IsPaid)
                portal.DemandSeat("ASC.Core.UserManager.UpdateUserTypeAsync(UserInfo user, EmployeeType type)");
            var next = portal.People.Save(person with { Role = role, Modified = portal.Now });
            portal.MailWithoutLink(next, MailKind.RoleChanged);
            portal.Webhooks.Raise(WebhookTrigger.UserUpdated, next, call.Caller.Id);
            return next;
        });
        return Streamed(call, portal, changed);
    }

    /// <summary>Only upwards; and the owner may make a Room admin of a DocSpace admin.</summary>
    private static bool MayBecome(PortalPerson person, PortalRole role, PortalPerson caller) =>
        !person.IsOwner
        && (person.Role, role) switch
        {
            (PortalRole.Guest, PortalRole.User or PortalRole.RoomAdmin) => true,
            (PortalRole.User, PortalRole.RoomAdmin) => true,
            (PortalRole.Guest or PortalRole.User or PortalRole.RoomAdmin, PortalRole.DocSpaceAdmin) => caller.IsOwner,
            (PortalRole.DocSpaceAdmin, PortalRole.RoomAdmin) => caller.IsOwner,
            _ => false,
        };

    /// <summary>Downwards, in a queue: what the person owns goes to somebody else first.</summary>
    private static PortalAnswer LowerRole(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InUsers("StartUserTypeUpdate(StartUpdateUserTypeDto inDto)");
        var role = call.Json.Role("type") ?? PortalRole.All;
        if (role is not (PortalRole.Guest or PortalRole.User))
            throw PortalException.Argument(at, $"Can not update to {role}");
        DemandAdmin(call, at);
        if (role == PortalRole.Guest && !portal.AllowInvitingGuests)
            throw PortalException.Denied(at);
        var person = call.Json.Id("userId") is { } id ? portal.People.Find(id) : null;
        var heir = call.Json.Id("reassignUserId") is { } other ? portal.People.Find(other) : call.Caller;
        var isOff =
            person is null or { Status: PortalStatus.Terminated }
            || heir is null or { Status: PortalStatus.Terminated }
            || person.Id == heir.Id;
        if (isOff || person!.Id == call.Caller.Id || (person.Role == PortalRole.DocSpaceAdmin && !call.Caller.IsOwner))
            throw PortalException.Argument(at, "Can not update type");
        if (!heir!.IsPaid)
            throw PortalException.Argument(at, $"Can not reassign to user - {heir.Id}");
        return Progress(call, portal.RoleChanges.Start(person, role, call.Caller, portal.Setup.Clock.GetUtcNow()));
    }

    private static PortalAnswer LoweringProgress(PortalExchange call, PortalState portal)
    {
        DemandAdmin(call, PortalException.InUsers("GetUserTypeUpdateProgress(UserIdRequestDto inDto)"));
        return Progress(call, portal.RoleChanges.Find(call.RouteId()));
    }

    private static PortalAnswer Progress(PortalExchange call, PortalRoleChange? change)
    {
        if (change is null)
            return PortalAnswer.Ok(call, response: null);
        var shape = new JsonObject { ["id"] = $"1_{change.Person}_UpdateUserTypeProgressItem" };
        if (change.Error is { } error)
            shape["error"] = error;
        shape["percentage"] = change switch
        {
            { Error: not null } => 10,
            { IsCompleted: true } => 100,
            _ => 0,
        };
        shape["isCompleted"] = change.IsCompleted;
        shape["status"] = change switch
        {
            { Error: not null } => 4,
            { IsCompleted: true } => 2,
            _ => 0,
        };
        return PortalAnswer.Ok(call, shape);
    }

    private static PortalAnswer DeleteOne(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InUsers("DeleteMember(GetMemberByIdRequestDto inDto)");
        DemandAdmin(call, at);
        var person = portal.People.Find(call.RouteId()) ?? throw PortalException.NotFound(at);
        DemandSuspended(person, at);
        var shape = portal.Shapes.Full(person, call.Caller);
        Delete(person, call.Caller, portal);
        return PortalAnswer.Ok(call, shape);
    }

    private static PortalAnswer DeleteMany(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InUsers("RemoveUsers(UpdateMembersRequestDto inDto)");
        var people = Chosen(call, portal, at);
        DemandAdmin(call, at);
        people.ForEach(person => DemandSuspended(person, at));
        var answer = Streamed(call, portal, people);
        people.ForEach(person => Delete(person, call.Caller, portal));
        return answer;
    }

    private static void DemandSuspended(PortalPerson person, string at)
    {
        if (person.Status != PortalStatus.Terminated)
            throw PortalException.InvalidOperation(at, "The user is not suspended");
    }

    private static void DemandAdmin(PortalExchange call, string at)
    {
        if (call.Caller.Role != PortalRole.DocSpaceAdmin)
            throw PortalException.Denied(at);
    }

    private static List<PortalPerson> Chosen(PortalExchange call, PortalState portal, string at) =>
        (call.Json.Ids("userIds") ?? throw PortalException.ArgumentNull(at, "userIds"))
            .Select(portal.People.Find)
            .OfType<PortalPerson>()
            .ToList();

    private static PortalAnswer Streamed(PortalExchange call, PortalState portal, List<PortalPerson> people) =>
        PortalAnswer.Ok(call, new JsonArray([.. people.Select(person => portal.Shapes.Full(person, call.Caller))]), count: 1);
}
