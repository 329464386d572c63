using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The part of Microsoft Graph that knows people and their managers. Only people of the tenant itself are in its directory.</summary>
internal sealed class GraphEndpoints(TeamsSetup setup, TeamsDirectory directory, TeamsFaults faults)
{
    public const string Path = "/graph/v1.0";

    // What Graph tells unless it is told what to tell.
    private const string UsualFields = "displayName,givenName,id,mail,surname,userPrincipalName";

    public void Map(IEndpointRouteBuilder app, ConnectorService connector)
    {
        app.MapGet("users/{user}", connector.GraphRoute(User));
        app.MapGet("users/{user}/manager", connector.GraphRoute(Manager));
    }

    private ConnectorAnswer User(ConnectorRequest request) =>
        Known(request, person => ConnectorAnswer.Json(200, Body(request, person, "users", type: null)));

    private ConnectorAnswer Manager(ConnectorRequest request) =>
        Known(
            request,
            person =>
                person.Manager is { } manager
                    ? ConnectorAnswer.Json(200, Body(request, directory[manager], "directoryObjects", "#microsoft.graph.user"))
                    : Missing("manager")
        );

    private ConnectorAnswer Known(ConnectorRequest request, Func<TeamsPerson, ConnectorAnswer> answer)
    {
        var user = (string)request.Context.Request.RouteValues["user"]!;
        return faults.GraphDown ? ConnectorAnswer.Error(503, "serviceNotAvailable", "The service is temporarily unavailable.")
            : faults.GraphRefuses
                ? ConnectorAnswer.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
            : directory.InTenant(setup.TenantId, user) is { } person ? answer(person)
            : Missing(user);
    }

    private static ConnectorAnswer Missing(string what) =>
        ConnectorAnswer.Error(
            404,
            "Request_ResourceNotFound",
            $"Resource '{what}' does not exist or one of its queried reference-property objects are not present."
        );

    private static JsonObject Body(ConnectorRequest request, TeamsPerson person, string set, string? type)
    {
        var body = new JsonObject { ["@odata.context"] = $"https://graph.microsoft.com/v1.0/$metadata#{set}/$entity" };
        if (type is not null)
        {
            body["@odata.type"] = type;
        }

        foreach (var field in (request.Query("$select") ?? UsualFields).Split(','))
        {
            body[field] = field switch
            {
                "id" => person.AadObjectId,
                "displayName" => person.DisplayName,
                "givenName" => person.GivenName,
                "surname" => person.Surname,
                "mail" => person.Email,
                "userPrincipalName" => person.UserPrincipalName,
                "accountEnabled" => person.IsEnabled,
                _ => null,
            };
        }

        return body;
    }
}
