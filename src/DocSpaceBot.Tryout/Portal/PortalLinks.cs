using System.Security.Cryptography;

namespace DocSpaceBot.Tryout.Portal;

internal enum LinkKind
{
    /// <summary>In an invitation letter: for one person.</summary>
    Personal,
    Activation,
    Password,
    ConfirmEmail,

    /// <summary>From <c>portal/users/invite/{type}</c>: for anybody, and nobody can take it back.</summary>
    Legacy,

    /// <summary>From <c>portal/users/invitationlink</c>.</summary>
    Managed,

    /// <summary>The invitation link of a room.</summary>
    Room,
}

/// <summary>A short link the portal handed out.</summary>
internal sealed record PortalLink
{
    public required string Code { get; init; }

    public required LinkKind Kind { get; init; }

    public required string Url { get; init; }

    /// <summary>Where the short link leads.</summary>
    public required string Target { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset Created { get; init; }

    public PortalRole Role { get; init; }

    /// <summary>Whose call made the link.</summary>
    public required Guid CreatedBy { get; init; }

    public Guid? Person { get; init; }

    /// <summary>The managed link's record.</summary>
    public Guid? Managed { get; init; }

    public DateTimeOffset? FirstVisit { get; init; }
}

/// <summary>The one link per type an administrator keeps.</summary>
internal sealed record ManagedLink(Guid Id, PortalRole Role)
{
    public DateTimeOffset? Expires { get; init; }
    public int? MaxUses { get; init; }
    public int Uses { get; init; }
}

/// <summary>The links of the portal and how long they live; guarded by the portal's lock.</summary>
internal sealed class PortalLinks(TimeProvider clock)
{
    private const string CodeAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static readonly DateTimeOffset KeyEpoch = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);
    private static readonly TimeSpan LifeAfterVisit = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, PortalLink> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortalLink> byKey = new(StringComparer.Ordinal);

    private readonly Dictionary<(Guid Link, Guid Caller), PortalLink> managedUrls = [];

    public Dictionary<Guid, ManagedLink> Managed { get; } = [];

    /// <summary>The link for anybody that was handed out last.</summary>
    public PortalLink? NewestShared { get; private set; }

    public string BaseUrl { get; set; } = "";

    public PortalLink Issue(LinkKind kind, PortalRole role, Guid by, Guid? person = null, Guid? managed = null, string? culture = null)
    {
        var now = clock.GetUtcNow();
        var milliseconds = (long)(now - KeyEpoch).TotalMilliseconds;
        var key =
            kind == LinkKind.Managed
                ? RandomNumberGenerator.GetString(CodeAlphabet, 43)
                : $"{milliseconds}.{RandomNumberGenerator.GetString(KeyAlphabet, 40)}";
        var type = kind switch
        {
            LinkKind.Activation => "Activation",
            LinkKind.Password => "PasswordChange",
            LinkKind.ConfirmEmail => "EmailActivation",
            _ => "LinkInvite",
        };
        var code = RandomNumberGenerator.GetString(CodeAlphabet, 15);
        var target = $"{BaseUrl}/confirm/{type}?type={type}&key={key}";
        if (person is { } id)
            target += $"&encemail={Uri.EscapeDataString(Convert.ToBase64String(id.ToByteArray()))}";
        target += $"&uid={by}&emplType={(int)role}";
        if (culture is { Length: > 0 })
            target += $"&culture={culture}";
        var link = new PortalLink
        {
            Code = code,
            Kind = kind,
            Url = $"{BaseUrl}/s/{code}",
            Target = target,
            Key = key,
            Created = now,
            Role = role,
            CreatedBy = by,
            Person = person,
            Managed = managed,
        };
        byCode[code] = link;
        byKey[key] = link;
        if (kind is LinkKind.Legacy or LinkKind.Managed or LinkKind.Room)
            NewestShared = link;
        return link;
    }

    /// <summary>The record is one for all administrators, the address is another one for each.</summary>
    public string ManagedUrl(ManagedLink managed, Guid caller)
    {
        if (!managedUrls.TryGetValue((managed.Id, caller), out var link))
            managedUrls[(managed.Id, caller)] = link = Issue(LinkKind.Managed, managed.Role, caller, managed: managed.Id);
        NewestShared = link;
        return link.Url;
    }

    public PortalLink? ByCode(string code) => byCode.GetValueOrDefault(code);

    public PortalLink? ByKey(string key) => byKey.GetValueOrDefault(key);

    public PortalLink? ByUrl(string? url) => url is null ? null : ByCode(url[(url.LastIndexOf('/') + 1)..]);

    /// <summary>Opening a personal link starts its last quarter of an hour.</summary>
    public void Visit(PortalLink link)
    {
        if (link.Kind == LinkKind.Personal && link.FirstVisit is null)
            byCode[link.Code] = byKey[link.Key] = link with { FirstVisit = clock.GetUtcNow() };
    }

    public bool IsOver(PortalLink link)
    {
        var now = clock.GetUtcNow();
        return link.Kind switch
        {
            LinkKind.Managed => !Managed.TryGetValue(link.Managed!.Value, out var managed) || managed.Expires <= now,
            LinkKind.Room => false,
            _ => link.Created + Life <= now || link.FirstVisit + LifeAfterVisit < now,
        };
    }
}
