using Microsoft.Extensions.Options;
using Teams.Protocol.Connector;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Graph;

/// <summary>The tokens the bot itself shows Microsoft Graph: of the tenant the question is about, as far as the bot is at home there.</summary>
/// <remarks>https://learn.microsoft.com/graph/auth-v2-service</remarks>
internal sealed class GraphCredentials(IOptions<BotOptions> options, BotTokens tokens)
{
    private readonly BotOptions options = options.Value;

    /// <summary>Each cloud has its own Graph, with tokens of its own; a stand-in takes those of the public one.</summary>
    /// <remarks>https://learn.microsoft.com/graph/deployments</remarks>
    public static string Scope(BotOptions options)
    {
        var graph = new Uri(Loopback.IsUrl(options.GraphUrl) ? BotOptions.PublicGraphUrl : options.GraphUrl);
        return $"{graph.GetLeftPart(UriPartial.Authority)}/.default";
    }

    /// <summary>Null when nobody is authenticated: then no token is sent.</summary>
    /// <exception cref="GraphException">The bot is not at home in that tenant.</exception>
    public SharedToken? For(string tenantId)
    {
        if (!options.IsAuthenticated)
        {
            return null;
        }

        // Asked of another tenant's directory, the same address may be somebody else.
        return IsOurs(tenantId)
            ? tokens.For(options.TokenUrlOf(tenantId), Scope(options))
            : throw new GraphException(GraphFault.NotAllowed, "The bot may not ask about people of that tenant.");
    }

    private bool IsOurs(string tenantId) =>
        options.AllowedTenants.Contains(tenantId, StringComparer.OrdinalIgnoreCase)
        && (
            options.MicrosoftAppType == BotOptions.MultiTenant
            || options.MicrosoftAppTenantId.Length == 0
            || options.MicrosoftAppTenantId.Equals(tenantId, StringComparison.OrdinalIgnoreCase)
        );
}
