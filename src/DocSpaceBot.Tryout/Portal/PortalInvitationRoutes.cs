using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Bringing people in by address: <c>POST people</c>, <c>people/invite</c> and the letters that follow.</summary>
internal static partial class PortalInvitationRoutes
{
    private const string Inviting = "ASC.People.Api.UserController.InviteUsers(InviteUsersRequestDto inDto)";
    private const string Creating = "ASC.People.Api.UserController.AddMember(MemberRequestDto inDto)";
    private const string Resending = "ASC.People.Api.UserController.ResendUserInvites(UpdateMembersRequestDto inDto)";
    private const int LongestInDatabase = 64;

    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Post("people", call => Create(call, portal), RouteTraits.Unscoped);
        routes.Post("people/invite", call => Invite(call, portal), RouteTraits.InvitesByEmail);
        routes.Put("people/invite", call => Resend(call, portal), RouteTraits.Sensitive | RouteTraits.WorksUnpaid);
        routes.Post("people/password", call => RemindPassword(call, portal), RouteTraits.Anonymous | RouteTraits.Sensitive);
    }

    /// <summary>Whether the caller may bring somebody in as this; a wish nobody defined counts as <c>All</c>.</summary>
    public static bool MayInvite(PortalPerson caller, PortalRole wish) =>
        wish switch
        {
            PortalRole.DocSpaceAdmin => caller.IsOwner,
            PortalRole.User => caller.Role is PortalRole.DocSpaceAdmin or PortalRole.RoomAdmin,
            PortalRole.Guest => false,
            _ => caller.Role == PortalRole.DocSpaceAdmin,
        };

    private static PortalAnswer Create(PortalExchange call, PortalState portal)
    {
        var body = call.Json;
        var email = body.Text("email");
        var wish = body.Role("type") ?? PortalRole.All;
        var (firstName, lastName) = (body.Text("firstName"), body.Text("lastName") ?? "");
        if (email is not null && !PortalEmail.IsPlausible(email))
            throw PortalInvalidException.BadEmail("Email");
        foreach (var (key, name) in new[] { ("FirstName", firstName), ("LastName", lastName) })
        {
            if (name?.Length > 255)
                throw new PortalInvalidException(key, $"The field {key} must be a string with a maximum length of 255.");
        }
        if (!portal.AllowInvitingMembers || !MayInvite(call.Caller, wish))
            throw PortalException.Denied(Creating);
        if (email is null)
            throw PortalException.ArgumentNull("System.Net.Mail.MailAddress..ctor(String address)", "address");
        DemandNames(firstName, lastName);
        DemandPassword(body.Text("password"));
        if (portal.People.Find(email) is not null)
            throw PortalException.Argument(
                "ASC.Web.Core.Users.UserManagerWrapper.AddUserAsync(UserInfo userInfo, String passwordHash)",
                "User with this email is already registered"
            );
        if (firstName!.Length > LongestInDatabase || lastName.Length > LongestInDatabase)
            throw PortalException.Plain(
                "Npgsql.Internal.NpgsqlConnector.ReadMessageLong(Boolean async)",
                "22001: value too long for type character varying(64)"
            );

        // No seat for who must have one: the server makes a free User of them and says nothing.
        var role = PortalState.IsPaid(wish) && portal.FreeSeats == 0 ? PortalRole.User : wish;
        var documented = portal.Dialect == PortalDialect.Documented;
        var person = portal.People.Add(
            portal.NewPerson(email, role, call.Caller) with
            {
                FirstName = firstName,
                LastName = lastName,
                Activation = PortalActivation.Pending,
                Culture = body.Text("cultureName"),
                HasPassword = !documented,
                IsUnannounced = documented,
            }
        );
        if (!documented)
            portal.Mail(person, MailKind.Activation, call.Caller, person.Culture);
        portal.Webhooks.Raise(WebhookTrigger.UserCreated, person, call.Caller.Id);
        return PortalAnswer.Ok(call, portal.Shapes.Full(person, call.Caller));
    }

    private static PortalAnswer Invite(PortalExchange call, PortalState portal)
    {
        var body = call.Json;
        var isLenient = portal.Dialect == PortalDialect.V36;
        var culture = body.Text("culture");
        var items = ReadInvitations(body, portal, isLenient);
        if (!portal.AllowInvitingMembers || call.Caller.Role is PortalRole.User or PortalRole.Guest)
            throw PortalException.Denied(Inviting);
        var seats = items.Count(item => item.Wish is PortalRole.DocSpaceAdmin or PortalRole.RoomAdmin);
        if (seats > portal.FreeSeats)
            throw PortalException.Quota(Inviting, $"The number of admins exceeds the limit: {seats}/{portal.FreeSeats}.");

        // One by one and without a way back: what is done before an item fails stays done.
        foreach (var (email, wish) in items)
        {
            if (WhyNot(email, wish, call.Caller, portal) is not { } refusal)
                InviteOne(email!, wish, culture, call.Caller, portal);
            else if (!isLenient)
                throw refusal;
        }
        return PortalAnswer.OkList(call, PendingPeople(call, portal));
    }

    private static List<(string? Email, PortalRole Wish)> ReadInvitations(JsonBody body, PortalState portal, bool isLenient)
    {
        var items = body.Items("invitations") ?? throw PortalInvalidException.Required("Invitations");
        var read = items.ConvertAll(item => (Email: item.Text("email"), Wish: item.Role("type") ?? PortalRole.All));
        var bad = read.FindIndex(item => item.Email is not null && !PortalEmail.IsPlausible(item.Email));
        if (bad >= 0 && !isLenient)
            throw PortalInvalidException.BadEmail($"Invitations[{bad}].Email");
        return read.Count <= portal.InvitationsLeft
            ? read
            : throw new PortalInvalidException("Invitations", "Invitation limit is exceeded");
    }

    private static PortalException? WhyNot(string? email, PortalRole wish, PortalPerson caller, PortalState portal)
    {
        if (!PortalEmail.IsInvitable(email))
            return PortalException.Argument(Inviting, "Incorrect email");
        if (!MayInvite(caller, wish))
            return PortalException.Denied(Inviting);
        return portal.People.Find(email!) is { Status: PortalStatus.Terminated }
            ? PortalException.Argument(Inviting, $"User disabled: {email}")
            : null;
    }

    private static void InviteOne(string email, PortalRole wish, string? culture, PortalPerson caller, PortalState portal)
    {
        if (portal.People.Find(email) is { } known)
        {
            InviteKnown(known, wish, culture, caller, portal);
            return;
        }
        if (portal.LinkedEmails.Contains(email))
            throw PortalException.Plain(
                "ASC.Web.Core.Users.UserManagerWrapper.AddInvitedUserAsync(String email, EmployeeType type)",
                "This email is attached to the user Frank Other as a third-party provider"
            );
        if (PortalState.IsPaid(wish))
            portal.DemandSeat("ASC.Core.UserManager.SaveUserInfo(UserInfo u, EmployeeType type)");
        var person = portal.People.Add(
            portal.NewPerson(email, wish, caller) with
            {
                Status = PortalStatus.Pending,
                Activation = PortalActivation.Pending,
            }
        );
        portal.People.Relate(caller.Id, person.Id);
        // The server looks at the culture only now: with a bad one this person exists and gets no letter.
        person = portal.People.Save(person with { Culture = ValidCulture(culture) });
        portal.Mail(person, MailKind.Invitation, caller, culture);
        portal.CountInvitation(-1);
        portal.Webhooks.Raise(WebhookTrigger.UserInvited, person, caller.Id);
    }

    /// <summary>No letter and no event for who is there already, but perhaps a higher type.</summary>
    private static void InviteKnown(PortalPerson known, PortalRole wish, string? culture, PortalPerson caller, PortalState portal)
    {
        if (!Enum.IsDefined(wish))
            throw PortalException.Plain(Inviting, "Exception of type 'System.ArgumentOutOfRangeException' was thrown.");
        if (!known.IsOwner && Rank(wish) > Rank(known.Role))
        {
            if (PortalState.IsPaid(wish) && !known.IsPaid)
                portal.DemandSeat("ASC.Core.UserManager.UpdateUserTypeAsync(UserInfo user, EmployeeType type)");
            known = portal.People.Save(known with { Role = PortalState.Stored(wish), Modified = portal.Now });
        }
        portal.People.Relate(caller.Id, known.Id);
        if (known.IsUnannounced)
        {
            portal.Mail(known, MailKind.Invitation, caller, ValidCulture(culture));
            portal.People.Save(known with { IsUnannounced = false });
        }
    }

    private static int Rank(PortalRole role) =>
        role switch
        {
            PortalRole.DocSpaceAdmin => 4,
            PortalRole.RoomAdmin => 3,
            PortalRole.User => 2,
            PortalRole.Guest => 1,
            _ => 0,
        };

    /// <summary>Not who was invited just now: everybody of the portal who has not joined yet.</summary>
    private static List<byte[]> PendingPeople(PortalExchange call, PortalState portal) =>
        [
            .. portal
                .People.Entries.Where(entry =>
                    entry.Person is { Activation: PortalActivation.Pending, Status: PortalStatus.Active or PortalStatus.Pending } person
                    && (call.Caller.Role == PortalRole.DocSpaceAdmin || person.Role != PortalRole.Guest)
                )
                .Select(entry => entry.Brief(portal.Shapes.BriefBytes)),
        ];

    private static PortalAnswer Resend(PortalExchange call, PortalState portal)
    {
        var body = call.Json;
        var ids = body.Ids("userIds");
        var isAll = body.Flag("resendAll");
        if (!isAll && ids is null)
            throw PortalException.ArgumentNull(Resending, "userIds");
        if (call.Caller.Role is PortalRole.User or PortalRole.Guest)
            throw PortalException.Denied(Resending);
        var people = isAll
            ? [.. portal.People.Entries.Select(entry => entry.Person).Where(person => person.Status == PortalStatus.Pending)]
            : ids!.ConvertAll(id =>
                portal.People.Find(id) ?? throw PortalException.Plain(Resending, "Object reference not set to an instance of an object.")
            );
        foreach (var person in people)
        {
            var mayInvite = person.Role == PortalRole.Guest || MayInvite(call.Caller, person.Role);
            if (person.Status == PortalStatus.Terminated || person.Activation == PortalActivation.Activated || !mayInvite)
                continue;
            // Also to who owns a password already and for whom this link is dead: the server does not look.
            var kind = person.Activation == PortalActivation.Pending ? MailKind.Invitation : MailKind.ConfirmEmail;
            portal.Mail(person, kind, call.Caller, person.Culture);
        }
        return PortalAnswer.Ok(call, new JsonArray([.. people.Select(person => portal.Shapes.Full(person, call.Caller))]), count: 1);
    }

    /// <summary>The answer is the same for who is unknown, so that nobody learns who is here.</summary>
    private static PortalAnswer RemindPassword(PortalExchange call, PortalState portal)
    {
        var email = call.Json.Text("email") ?? throw PortalInvalidException.Required("Email");
        if (!PortalEmail.IsPlausible(email))
            throw PortalInvalidException.BadEmail("Email");
        if (portal.People.Find(email) is { Status: PortalStatus.Active } person)
            portal.Mail(person, MailKind.PasswordReminder, call.CallerOrNull ?? portal.Owner, person.Culture);
        return PortalAnswer.Ok(call, JsonValue.Create($"The password change instruction has been sent to {email} email address."));
    }

    private static void DemandNames(string? firstName, string lastName)
    {
        if (firstName is null)
            throw PortalException.ArgumentNull(Creating, "firstName");
        if (!NameRule().IsMatch(firstName) || (lastName.Length > 0 && !NameRule().IsMatch(lastName)))
            throw PortalException.Argument(Creating, "Incorrect firstname or lastname");
    }

    private static void DemandPassword(string? password)
    {
        if (password is { Length: < 8 or > 30 })
            throw PortalException.Argument(
                "ASC.Web.Core.Users.UserManagerWrapper.CheckPasswordPolicy(String password)",
                "The password is not strong enough"
            );
    }

    /// <summary>What <c>new CultureInfo(…)</c> makes of the text.</summary>
    private static string? ValidCulture(string? culture)
    {
        if (string.IsNullOrEmpty(culture))
            return null;
        try
        {
            return CultureInfo.GetCultureInfo(culture, predefinedOnly: true).Name;
        }
        catch (CultureNotFoundException)
        {
            throw PortalException.Culture(culture);
        }
    }

    [GeneratedRegex(@"^[\p{L}\p{M}' \-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NameRule();
}
