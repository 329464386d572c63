using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Connector;

/// <summary>The tokens of the bot's own identity, one for each place they come from and each service they are for.</summary>
/// <remarks>https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication</remarks>
internal sealed class BotTokens(IOptions<BotOptions> options, TimeProvider clock, ConnectorLimits limits, ILogger<BotTokens> logger)
    : IDisposable
{
    private readonly BotOptions options = options.Value;
    private readonly TokenEndpoint endpoint = new(options.Value, limits, clock);
    private readonly ConcurrentDictionary<(string TokenUrl, string Scope), SharedToken> tokens = new();
    private readonly Lazy<ManagedIdentityCredential> identity = new(() =>
        new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.Value.MicrosoftAppId))
    );

    /// <param name="tokenUrl">Not used where a managed identity gives the tokens.</param>
    /// <param name="scope">The service, with <c>/.default</c> behind it.</param>
    public SharedToken For(string tokenUrl, string scope) =>
        tokens.GetOrAdd(
            (options.HasPassword ? tokenUrl : "", scope),
            key => new SharedToken(() => FetchAsync(key.TokenUrl, key.Scope), key.Scope, clock, logger)
        );

    public void Dispose() => endpoint.Dispose();

    private Task<(string Value, TimeSpan Lifetime)> FetchAsync(string tokenUrl, string scope) =>
        options.HasPassword ? endpoint.FetchAsync(tokenUrl, scope) : FetchFromIdentityAsync(scope);

    private async Task<(string Value, TimeSpan Lifetime)> FetchFromIdentityAsync(string scope)
    {
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var token = await identity.Value.GetTokenAsync(new TokenRequestContext([scope]), timeout.Token);
            return (token.Token, token.ExpiresOn - clock.GetUtcNow());
        }
        catch (CredentialUnavailableException missing)
        {
            throw new ConnectorException(ConnectorFault.Unauthorized, "There is no managed identity here, or not this one.", missing);
        }
        catch (AuthenticationFailedException failed)
        {
            throw new ConnectorException(ConnectorFault.Unavailable, "The managed identity gave no token.", failed);
        }
    }
}
