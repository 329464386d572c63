using System.Text.Json;
using Microsoft.Extensions.Options;
using Teams.Protocol.Hosting;

namespace Teams.Protocol.Graph;

/// <summary>
/// Asks Microsoft Graph who somebody is and who their manager is. The bot needs the application permission <c>User.Read.All</c>, the least that
/// lets it, and an administrator's consent to it. Short faults are tried again; after about 8 s a question ends. Every method throws
/// <see cref="GraphException"/>.
/// </summary>
/// <remarks>https://learn.microsoft.com/graph/api/user-list-manager and https://learn.microsoft.com/graph/api/user-get</remarks>
public sealed class GraphClient : IDisposable
{
    /// <summary>What is asked for is all that is read: <c>accountEnabled</c> is not told unless it is.</summary>
    private const string Fields = "$select=id,displayName,mail,userPrincipalName,accountEnabled";

    private readonly string users;
    private readonly GraphTransport transport;

    internal GraphClient(IOptions<BotOptions> options, GraphCredentials credentials, GraphLimits limits, TimeProvider clock)
    {
        users = $"{options.Value.GraphUrl.TrimEnd('/')}/users/";
        transport = new GraphTransport(credentials, limits, clock);
    }

    /// <summary>Null when they have none, when it is no person but a contact, and when Graph does not know them.</summary>
    /// <param name="tenantId">Where they are at home.</param>
    /// <param name="userId">The Entra object id; the user principal name works too.</param>
    public Task<GraphPerson?> GetManagerAsync(string tenantId, string userId, CancellationToken cancellationToken) =>
        ReadAsync(tenantId, $"{Segment(userId)}/manager", cancellationToken);

    /// <summary>Null when Graph does not know them.</summary>
    /// <param name="idOrAddress">The Entra object id, or an address: found only where it is the person's user principal name.</param>
    public Task<GraphPerson?> FindPersonAsync(string tenantId, string idOrAddress, CancellationToken cancellationToken) =>
        ReadAsync(tenantId, Segment(idOrAddress), cancellationToken);

    public void Dispose() => transport.Dispose();

    private async Task<GraphPerson?> ReadAsync(string tenantId, string route, CancellationToken cancellationToken) =>
        await transport.GetAsync(tenantId, new Uri($"{users}{route}?{Fields}"), cancellationToken) is { } body
            ? Read(body).ToPerson()
            : null;

    /// <summary>Ids come from outside: escaped, and never a step to another folder.</summary>
    private static string Segment(string id) =>
        id is "" or "." or ".." ? throw new GraphException(GraphFault.Invalid, "An id is empty or not an id.") : Uri.EscapeDataString(id);

    private static DirectoryObject Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (
                !body.IsEmpty && JsonSerializer.Deserialize(body.Span, GraphJsonContext.Default.DirectoryObject) is { Id.Length: > 0 } found
            )
            {
                return found;
            }
        }
        catch (JsonException)
        {
            // A gateway's page, or cut off.
        }

        throw new GraphException(GraphFault.Unavailable, "Microsoft Graph's answer is not what it should be.");
    }
}
