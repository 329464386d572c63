using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>The three shapes in which DocSpace shows a person, and the times in them.</summary>
internal sealed class PortalShapes(PortalPeople people)
{
    public string BaseUrl { get; set; } = "";

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>As the server writes what it reads from its database: no zone, and to be read as UTC.</summary>
    public static string RawTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>EmployeeDto</c>: no address and no status in it.</summary>
    public JsonObject Brief(PortalPerson person)
    {
        var shape = new JsonObject();
        AddBrief(shape, person);
        return shape;
    }

    public byte[] BriefBytes(PortalPerson person) => Encoding.UTF8.GetBytes(Brief(person).ToJsonString());

    /// <summary><c>EmployeeFullDto</c> of the people calls; who made the person is for DocSpace admins to see.</summary>
    public JsonObject Full(PortalPerson person, PortalPerson caller)
    {
        var shape = new JsonObject
        {
            ["firstName"] = person.FirstName,
            ["lastName"] = person.LastName,
            ["userName"] = person.UserName,
            ["email"] = person.Email,
            ["status"] = (int)person.Status,
            ["activationStatus"] = (int)person.Activation,
        };
        if (person.Terminated is { } terminated)
            shape["terminated"] = Time(terminated);
        shape["department"] = "";
        shape["isAdmin"] = !person.IsOwner && person.Role == PortalRole.DocSpaceAdmin;
        shape["isRoomAdmin"] = !person.IsOwner && person.Role == PortalRole.RoomAdmin;
        shape["isLDAP"] = false;
        shape["isOwner"] = person.IsOwner;
        shape["isVisitor"] = person.Role == PortalRole.Guest;
        if (person.Culture is { Length: > 0 } culture)
            shape["cultureName"] = culture;
        shape["isCollaborator"] = person.Role == PortalRole.User;
        shape["mobilePhoneActivationStatus"] = 0;
        shape["isSSO"] = false;
        if ((caller.IsOwner || caller.Role == PortalRole.DocSpaceAdmin) && person.CreatedBy is { } by && people.Find(by) is { } creator)
            shape["createdBy"] = Brief(creator);
        shape["registrationDate"] = Time(person.Created);
        AddBrief(shape, person);
        return shape;
    }

    /// <summary>The raw <c>UserInfo</c> of <c>portal/users/{id}</c>, the only place that says <c>isActive</c>.</summary>
    public static JsonObject Raw(PortalPerson person)
    {
        var isConfirmed = person.Activation == PortalActivation.Activated;
        var shape = new JsonObject
        {
            ["id"] = person.Id,
            ["firstName"] = person.FirstName,
            ["lastName"] = person.LastName,
            ["userName"] = person.UserName,
            ["status"] = (int)person.Status,
            ["activationStatus"] = (int)person.Activation,
        };
        if (person.Terminated is { } terminated)
            shape["terminatedDate"] = RawTime(terminated);
        if (person.Joined is { } joined)
            shape["workFromDate"] = RawTime(joined);
        shape["email"] = person.Email;
        shape["removed"] = false;
        shape["lastModified"] = RawTime(person.Modified);
        shape["tenantId"] = 1;
        shape["isActive"] = isConfirmed;
        if (person.Culture is { Length: > 0 } culture)
            shape["cultureName"] = culture;
        shape["mobilePhoneActivationStatus"] = 0;
        shape["ldapQouta"] = 0;
        shape["createDate"] = RawTime(person.Created);
        if (person.CreatedBy is { } by)
            shape["createdBy"] = by;
        shape["checkActivation"] = !isConfirmed;
        return shape;
    }

    /// <summary>The raw shape as webhooks carry it: what has its default value is left out, times have a zone.</summary>
    public static JsonObject Payload(PortalPerson person)
    {
        var raw = Raw(person);
        var payload = new JsonObject();
        foreach (var (name, value) in raw)
        {
            if (name == "terminatedDate")
                continue;
            if (name is "lastModified" or "createDate" or "workFromDate")
                payload[name] = value!.GetValue<string>() + "Z";
            else if (value!.ToJsonString() is not ("0" or "false"))
                payload[name] = value.DeepClone();
        }
        if (person is { Joined: not null, Activation: PortalActivation.Activated })
            payload["spam"] = false;
        return payload;
    }

    private void AddBrief(JsonObject shape, PortalPerson person)
    {
        shape["id"] = person.Id;
        shape["displayName"] = WebUtility.HtmlEncode(person.DisplayName);
        shape["avatar"] = Photo("82-82");
        shape["avatarOriginal"] = Photo("200-200");
        shape["avatarMax"] = Photo("200-200");
        shape["avatarMedium"] = Photo("48-48");
        shape["avatarSmall"] = Photo("32-32");
        shape["profileUrl"] = $"{BaseUrl}/accounts/people/filter?search={Uri.EscapeDataString(person.Email)}";
        shape["hasAvatar"] = false;
        shape["isAnonim"] = false;
    }

    private string Photo(string size) => $"{BaseUrl}/static/images/default_user_photo_size_{size}.png?hash=1482310922";
}
