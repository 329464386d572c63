namespace Teams.Protocol.Graph;

public sealed record GraphPerson(string Id, string? Name, string? Email, bool IsEnabled)
{
    public string? UserPrincipalName { get; init; }
}

public sealed class GraphException(string m) : Exception(m);

public sealed class GraphClient
{
    public Task<GraphPerson?> GetManagerAsync(string tenantId, string userId, CancellationToken cancellationToken) =>
        throw new GraphException("stub");

    public Task<GraphPerson?> FindPersonAsync(string tenantId, string id, CancellationToken cancellationToken) =>
        throw new GraphException("stub");
}
