using System.Net.Http.Headers;

namespace Teams.Protocol.Connector;

/// <summary>The bot's own token. It is a password: it goes to allowed hosts only and is never logged.</summary>
/// <param name="Header">Built once, used for every request.</param>
/// <param name="RenewAt">From then on a new one is fetched while this one still works.</param>
internal sealed record BearerToken(AuthenticationHeaderValue Header, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(BearerToken);
}
