#pragma warning disable S3871 // Nothing outside of this program and its tests can meet these exceptions.
namespace DocSpaceBot.Tryout.Portal;

/// <summary>Thrown by the stand-in at who uses it wrongly, in words for a person: no letter to join from, no such address.</summary>
internal sealed class StandInException(string message) : Exception(message);

/// <summary>A .NET exception of the server, which reaches the client as the JSON error envelope with a stack trace.</summary>
internal sealed class PortalException(int status, string type, int hResult, string message, string at) : Exception(message)
{
    private const string Users = "ASC.People.Api.UserController.";

    public int Status => status;

    public string Type => type;

    public int Code => hResult;

    /// <summary>A trace as the server sends it to everybody; a client must never show it.</summary>
    public string Trace => $"   at {at}\n   at Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker.InvokeActionMethodAsync()";

    public static PortalException Denied(string at) => new(403, "System.Security.SecurityException", -2146233078, "Access denied", at);

    public static PortalException NotFound(string at, string message = "The user could not be found") =>
        new(404, "ASC.Common.Web.ItemNotFoundException", -2146233088, message, at);

    public static PortalException Argument(string at, string message) => new(400, "System.ArgumentException", -2147024809, message, at);

    public static PortalException ArgumentNull(string at, string parameter) =>
        new(400, "System.ArgumentNullException", -2147467261, $"Value cannot be null. (Parameter '{parameter}')", at);

    public static PortalException InvalidOperation(string at, string message) =>
        new(403, "System.InvalidOperationException", -2146233079, message, at);

    public static PortalException Quota(string at, string message) =>
        new(402, "ASC.Core.Tenants.TenantQuotaException", -2146233088, message, at);

    public static PortalException Plain(string at, string message) => new(500, "System.Exception", -2146233088, message, at);

    public static PortalException Culture(string culture) =>
        new(
            400,
            "System.Globalization.CultureNotFoundException",
            -2147024809,
            $"Culture is not supported. (Parameter 'name')\n{culture} is an invalid culture identifier.",
            "ASC.Web.Studio.Core.Notify.SaasDocSpaceInviteNotifyAction.Init(String confirmationUrl, String culture)"
        );

    /// <summary>A place of the server's user controller, such as <c>InviteUsers(InviteUsersRequestDto inDto)</c>.</summary>
    public static string InUsers(string method) => Users + method;

    public static string InPortal(string method) => "ASC.Web.Api.Controllers.PortalController." + method;

    public static string InWebhooks(string method) => "ASC.Web.Api.Controllers.Settings.WebhooksController." + method;

    public static string InRooms(string method) => "ASC.Files.Api.VirtualRoomsController." + method;
}

/// <summary>What the server's model binding refuses: the validation envelope; nothing of the call was done.</summary>
internal sealed class PortalInvalidException(string key, string problem) : Exception(problem)
{
    public string Key => key;

    public static PortalInvalidException BadEmail(string key, string field = "Email") =>
        new(key, $"The {field} field is not a valid e-mail address.");

    public static PortalInvalidException Required(string key) => new(key, $"The {key} field is required.");
}

/// <summary>The body is not of a type the server reads.</summary>
internal sealed class PortalUnsupportedMediaException : Exception;

/// <summary>No such place: HTTP 404 without a body.</summary>
internal sealed class PortalNoRouteException : Exception;
