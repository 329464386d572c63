using System.Diagnostics.CodeAnalysis;

namespace Teams.Protocol.Hosting;

/// <summary>
/// The bot's registration, named as every Bot Framework bot names it (<c>MicrosoftApp…</c> at the root of the configuration), and what it
/// trusts (section <c>Bot</c>). Wrong settings stop the start.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/bot-builder-authentication-basics</remarks>
public sealed class BotOptions
{
    public const string Section = "Bot";

    /// <summary><c>SingleTenant</c>, <c>MultiTenant</c> or <c>UserAssignedMSI</c>; needed when there is an app id.</summary>
    public string MicrosoftAppType { get; set; } = "";

    /// <summary>Empty: nobody is authenticated, allowed only in Development and on loopback addresses.</summary>
    public string MicrosoftAppId { get; set; } = "";

    public string MicrosoftAppPassword { get; set; } = "";

    public string MicrosoftAppTenantId { get; set; } = "";

    /// <summary>Entra tenants that may talk to the bot; by default the app's own.</summary>
    public IReadOnlyList<string> AllowedTenants { get; set; } = [];

    /// <summary>Where the channel's signing keys are announced; its issuer decides which tokens are accepted.</summary>
    public string OpenIdMetadataUrl { get; set; } = PublicOpenIdMetadataUrl;

    /// <summary>Where the bot gets its own tokens; by default the public cloud's address for its app type. Not used by managed identities.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>Microsoft Graph with its version; other clouds have their own: https://learn.microsoft.com/graph/deployments</summary>
    public string GraphUrl { get; set; } = PublicGraphUrl;

    /// <summary>Where the bot can be reached from outside, without a path of its own; empty when nobody needs to know.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Hosts a service URL may have, without port: a name means itself and everything under it, <c>*.name</c> only what is under it.</summary>
    public IReadOnlyList<string> ServiceHosts { get; set; } = [];

    /// <summary>Hosts a file may be downloaded from, without port: a name means itself, <c>*.name</c> everything under it.</summary>
    public IReadOnlyList<string> FileHosts { get; set; } = [];

    [SuppressMessage(
        "Minor Code Smell",
        "S1075:URIs should not be hardcoded",
        Justification = "The public cloud's own; a setting overrides it."
    )]
    internal const string PublicOpenIdMetadataUrl = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    [SuppressMessage(
        "Minor Code Smell",
        "S1075:URIs should not be hardcoded",
        Justification = "The public cloud's own; a setting overrides it."
    )]
    internal const string PublicGraphUrl = "https://graph.microsoft.com/v1.0";

    internal bool IsAuthenticated => MicrosoftAppId.Length > 0;

    internal bool HasPassword => MicrosoftAppType is SingleTenant or MultiTenant;

    internal const string SingleTenant = "SingleTenant";
    internal const string MultiTenant = "MultiTenant";
    internal const string UserAssignedMsi = "UserAssignedMSI";

    /// <summary>The public cloud's token service for the app type; empty where the settings do not say enough.</summary>
    internal string PublicTokenUrl => PublicTokenUrlOf(MicrosoftAppType == MultiTenant ? "botframework.com" : MicrosoftAppTenantId);

    /// <summary>Where tokens for what is a tenant's own come from: a bot of many tenants has to ask in that one. A setting is used as it is.</summary>
    internal string TokenUrlOf(string tenantId) =>
        MicrosoftAppType == MultiTenant && TokenUrl == PublicTokenUrl ? PublicTokenUrlOf(tenantId) : TokenUrl;

    private static string PublicTokenUrlOf(string authority) =>
        authority.Length > 0 ? $"https://login.microsoftonline.com/{Uri.EscapeDataString(authority)}/oauth2/v2.0/token" : "";

    /// <summary>A loopback host may stand in for Teams only where its tokens are stand-ins too, or where there are none.</summary>
    internal bool MayUseLoopback => !IsAuthenticated || Loopback.IsUrl(OpenIdMetadataUrl);
}
