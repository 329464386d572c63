using System.Security.Cryptography;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>An API key; it acts as the person who made it.</summary>
internal sealed record PortalKey
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The whole key. A real portal keeps only its hash and the last four characters.</summary>
    public required string Secret { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? LastUsed { get; init; }

    public bool IsActive { get; init; } = true;

    public string Postfix => Secret[^4..];

    public static string NewSecret() => "sk-" + RandomNumberGenerator.GetHexString(64, lowercase: true);
}

/// <summary>The keys of the portal and who they let in; guarded by the portal's lock.</summary>
internal sealed class PortalKeys(PortalPeople people, TimeProvider clock)
{
    private const string Bearer = "Bearer sk-";

    private readonly Dictionary<string, PortalKey> bySecret = new(StringComparer.Ordinal);

    public IEnumerable<PortalKey> All => bySecret.Values;

    public PortalKey Add(PortalKey key) => bySecret[key.Secret] = key;

    public PortalKey? Find(Guid id) => bySecret.Values.FirstOrDefault(key => key.Id == id);

    public bool Remove(Guid id) => Find(id) is { } key && bySecret.Remove(key.Secret);

    /// <summary>Whether the header names an API key at all; "bearer", a key without it, and a cookie do not.</summary>
    public static bool IsKey(string? authorization) => authorization?.StartsWith(Bearer, StringComparison.Ordinal) == true;

    /// <summary>The living key of the header: known, switched on, not expired, and made by somebody who is still active.</summary>
    public PortalKey? Accept(string? authorization)
    {
        if (!IsKey(authorization) || !bySecret.TryGetValue(authorization!["Bearer ".Length..], out var key))
            return null;
        var now = clock.GetUtcNow();
        if (!key.IsActive || key.Expires <= now || people.Find(key.CreatedBy) is not { Status: PortalStatus.Active })
            return null;
        return bySecret[key.Secret] = key with { LastUsed = now };
    }
}

/// <summary>Which permissions open which calls.</summary>
internal static class PortalScopes
{
    public static readonly IReadOnlyList<string> All =
    [
        "*",
        "*:read",
        "*:write",
        "accounts.self:read",
        "accounts.self:write",
        "accounts:read",
        "accounts:write",
        "files:read",
        "files:write",
        "rooms:read",
        "rooms:write",
    ];

    public static bool Allow(PortalKey key, string method, string path)
    {
        if (
            key.Scopes.Count == 0
            || key.Scopes.Contains("*", StringComparer.Ordinal)
            || key.Scopes.Contains("*:write", StringComparer.Ordinal)
        )
            return true;
        var isGet = HttpMethods.IsGet(method);
        if (isGet && key.Scopes.Contains("*:read", StringComparer.Ordinal))
            return true;
        return OwnScopes(isGet, path).Intersect(key.Scopes, StringComparer.Ordinal).Any();
    }

    private static string[] OwnScopes(bool isGet, string path)
    {
        var place = path.StartsWith(PortalRouter.Root, StringComparison.OrdinalIgnoreCase) ? path[PortalRouter.Root.Length..] : path;
        if (Is("people/@self"))
            return isGet ? ["accounts.self:read", "accounts.self:write"] : ["accounts.self:write"];
        if (Is("people"))
            return isGet ? ["accounts:read", "accounts:write"] : ["accounts:write"];
        if (Is("group"))
            return isGet ? ["accounts:read"] : ["accounts:write"];
        if (Is("files/rooms"))
            return isGet ? ["rooms:read", "rooms:write"] : ["rooms:write"];
        if (Is("files"))
            return isGet ? ["files:read", "files:write"] : ["files:write"];
        if (isGet && Is("keys/@self"))
            return [.. All];
        return [];

        bool Is(string start) => place.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }
}
