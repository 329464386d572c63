using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Connector;

/// <summary>The token the bot itself shows the connector.</summary>
internal sealed class ConnectorCredentials(IOptions<BotOptions> options, BotTokens tokens)
{
    private readonly SharedToken? token = options.Value.IsAuthenticated
        ? tokens.For(options.Value.TokenUrl, TokenEndpoint.Scope(options.Value))
        : null;

    /// <summary>A token that is good now; null when nobody is authenticated.</summary>
    /// <exception cref="ConnectorException"><see cref="ConnectorFault.Unauthorized"/> for wrong settings, <see cref="ConnectorFault.Unavailable"/> for the rest.</exception>
    public async ValueTask<BearerToken?> GetAsync(CancellationToken cancellationToken) =>
        token is null ? null : await token.GetAsync(cancellationToken);

    /// <inheritdoc cref="SharedToken.Drop"/>
    public bool Drop(BearerToken? refused) => token is not null && token.Drop(refused);
}
