using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The identity services around Teams: the OpenID document and keys for what the bot receives, access tokens for what it sends.</summary>
internal sealed class IdentityEndpoints(TeamsSetup setup, SigningKeys keys, TeamsFaults faults)
{
    public const string MetadataPath = "/v1/.well-known/openidconfiguration";
    public const string KeysPath = "/v1/.well-known/keys";
    public const string ManagedIdentityPath = "/msi/token";
    public const string ManagedIdentityHeader = "stand-in-identity-header";
    public const string Issuer = "https://api.botframework.com";

    /// <summary>What tokens are good for: one each, and the connector and Graph do not take each other's.</summary>
    public const string ConnectorResource = "https://api.botframework.com";
    public const string GraphResource = "https://graph.microsoft.com";

    private const string Everything = "/.default";

    private readonly ConcurrentDictionary<string, (string Resource, DateTimeOffset Expires)> issued = new(StringComparer.Ordinal);
    private int metadataRequests;
    private int keyRequests;
    private int tokenRequests;

    public int MetadataRequests => Volatile.Read(ref metadataRequests);

    public int KeyRequests => Volatile.Read(ref keyRequests);

    public int TokenRequests => Volatile.Read(ref tokenRequests);

    public string TokenPath => $"/{setup.TenantId}/oauth2/v2.0/token";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(MetadataPath, context => Answer(ref metadataRequests, () => Metadata(context)).WriteAsync(context));
        app.MapGet(KeysPath, context => Answer(ref keyRequests, () => keys.Published()).WriteAsync(context));
        app.MapPost("/{tenant}/oauth2/v2.0/token", TokenAsync);
        app.MapGet(ManagedIdentityPath, context => ManagedIdentityToken(context).WriteAsync(context));
    }

    /// <summary>None of the access tokens handed out so far is accepted any more.</summary>
    public void RevokeTokens() => issued.Clear();

    public bool Accepts(string? authorization, string resource) =>
        !setup.IsAuthenticated
        || (
            authorization?.StartsWith("Bearer ", StringComparison.Ordinal) is true
            && issued.TryGetValue(authorization["Bearer ".Length..], out var token)
            && token.Resource == resource
            && token.Expires > setup.Clock.GetUtcNow()
        );

    private static JsonObject Metadata(HttpContext context) =>
        new()
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = "https://invalid.botframework.com",
            ["jwks_uri"] = $"{context.Request.Scheme}://{context.Request.Host}{KeysPath}",
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
        };

    private ConnectorAnswer Answer(ref int count, Func<JsonObject> document)
    {
        Interlocked.Increment(ref count);
        return faults.TakeMetadataFault() is { } status ? ConnectorAnswer.Html(status) : ConnectorAnswer.Json(200, document());
    }

    private async Task TokenAsync(HttpContext context)
    {
        Interlocked.Increment(ref tokenRequests);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var tenant = (string?)context.Request.RouteValues["tenant"];
        var resource = ResourceOf(form["scope"].ToString());

        var answer = (form["grant_type"].ToString(), form["client_id"].ToString(), resource) switch
        {
            _ when faults.TakeTokenFault() is var (status, error) => Refused(status, error, 0, "The stand-in was told to fail."),
            _ when tenant != setup.TenantId && tenant != "botframework.com" => Refused(
                400,
                "invalid_request",
                90002,
                $"Tenant '{tenant}' not found."
            ),
            (not "client_credentials", _, _) => Refused(
                400,
                "unsupported_grant_type",
                70003,
                "The app requested an unsupported grant type."
            ),
            (_, var id, _) when id != setup.AppId => Refused(
                400,
                "unauthorized_client",
                700016,
                $"Application with identifier '{id}' was not found in the directory."
            ),
            (_, _, null) => Refused(400, "invalid_scope", 70011, "The provided value for the scope is not valid."),
            // A directory belongs to a tenant, and this one is nobody's.
            (_, var id, GraphResource) when tenant != setup.TenantId => Refused(
                400,
                "unauthorized_client",
                700016,
                $"Application with identifier '{id}' was not found in the directory."
            ),
            _ when form["client_secret"] != setup.AppPassword => Refused(401, "invalid_client", 7000215, "Invalid client secret provided."),
            _ => ConnectorAnswer.Json(
                200,
                new JsonObject
                {
                    ["token_type"] = "Bearer",
                    ["expires_in"] = (int)setup.TokenLifetime.TotalSeconds,
                    ["ext_expires_in"] = (int)setup.TokenLifetime.TotalSeconds,
                    ["access_token"] = Issue(resource),
                }
            ),
        };

        await answer.WriteAsync(context);
    }

    // The form App Service and Container Apps have for a user-assigned managed identity.
    private ConnectorAnswer ManagedIdentityToken(HttpContext context)
    {
        Interlocked.Increment(ref tokenRequests);
        var query = context.Request.Query;
        var resource = ResourceOf(query["resource"].ToString().TrimEnd('/') + Everything);
        return faults.TakeTokenFault() is var (status, error) ? Refused(status, error, 0, "The stand-in was told to fail.")
            : context.Request.Headers["X-IDENTITY-HEADER"] != ManagedIdentityHeader
                ? Refused(401, "unauthorized", 0, "Wrong identity header.")
            : resource is null ? Refused(400, "invalid_resource", 500011, "Unknown resource.")
            : query["client_id"] != setup.AppId ? Refused(400, "invalid_request", 0, "Unable to load the requested managed identity.")
            : ConnectorAnswer.Json(
                200,
                new JsonObject
                {
                    ["access_token"] = Issue(resource),
                    ["client_id"] = setup.AppId,
                    ["expires_on"] = (setup.Clock.GetUtcNow() + setup.TokenLifetime)
                        .ToUnixTimeSeconds()
                        .ToString(CultureInfo.InvariantCulture),
                    ["resource"] = resource,
                    ["token_type"] = "Bearer",
                }
            );
    }

    private static string? ResourceOf(string scope) =>
        scope is ConnectorResource + Everything ? ConnectorResource
        : scope is GraphResource + Everything ? GraphResource
        : null;

    private string Issue(string resource)
    {
        var token = "stand-in." + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        issued[token] = (resource, setup.Clock.GetUtcNow() + setup.TokenLifetime);
        return token;
    }

    private static ConnectorAnswer Refused(int status, string error, int code, string description) =>
        new(
            status,
            Encoding.UTF8.GetBytes(
                new JsonObject
                {
                    ["error"] = error,
                    ["error_description"] = code == 0 ? description : $"AADSTS{code}: {description}",
                    ["error_codes"] = new JsonArray(code),
                }.ToJsonString()
            )
        );
}
