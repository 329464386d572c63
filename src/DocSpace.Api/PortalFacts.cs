namespace DocSpace.Api;

/// <summary>What <c>GET settings</c> tells (<c>SettingsController.cs:94</c>); marked fields need the key.</summary>
public sealed record PortalSettings
{
    public string? Name { get; init; }

    /// <summary>From the server's configuration; not to be trusted for what the portal can do.</summary>
    public string? Version { get; init; }

    public string? Alias { get; init; }

    /// <summary>0 in order, 1 suspended, 3 to 5 being moved, restored or encrypted.</summary>
    public int State { get; init; }

    public string? Culture { get; init; }

    /// <summary>What the portal takes for a first or last name, as a .NET regular expression.</summary>
    public string? UserNamePattern { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The portal's offset now; links expire by its clock.</summary>
    public TimeSpan? UtcOffset { get; init; }

    /// <summary>Somebody's own server, not hosted.</summary>
    public bool IsStandalone { get; init; }

    /// <summary>The portal was installed and nobody has finished its wizard.</summary>
    public bool IsSetupUnfinished { get; init; }

    /// <summary>Needs the key.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>E-mail invitations left for now; null = unlimited, or read without the key. Needs the key.</summary>
    public int? InvitationsLeft { get; init; }
}

/// <summary>What the portal's administrators allow; switched off = <see cref="DocSpaceProblemKind.Forbidden"/>.</summary>
public sealed record InvitationSettings(bool AllowInvitingMembers, bool AllowInvitingGuests);

/// <summary>Paid seats: owner, DocSpace admins and room admins, with those still pending.</summary>
/// <param name="Total">Null = unlimited.</param>
/// <param name="Used">How many are taken.</param>
public sealed record Seats(int? Total, int Used)
{
    /// <summary>Null = unlimited.</summary>
    public int? Free => Total is { } total ? Math.Max(0, total - Used) : null;
}

/// <summary>The server's version as it says, for instance 3.7.2.</summary>
public sealed record PortalVersion(string? DocSpace)
{
    /// <summary>
    /// Before 3.0 the role numbers meant other things (4 was a paid seat): do not run against such a portal. False where the version cannot be read; every
    /// server that takes an API key is newer.
    /// </summary>
    public bool IsTooOld => System.Version.TryParse(DocSpace?.Split('-')[0], out var version) && version.Major < 3;
}

/// <summary>The API key in use (<c>GET keys/@self</c>).</summary>
public sealed record ApiKeyFacts
{
    public required Guid Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The last four characters of the key.</summary>
    public string? Postfix { get; init; }

    /// <summary>Empty = everything.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>The person as whom the key acts; when this account is disabled, the key dies.</summary>
    public Guid? OwnerId { get; init; }

    public string? OwnerName { get; init; }

    /// <summary>Null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsActive { get; init; }

    /// <summary>
    /// Whether the key may do what needs <paramref name="scope"/>, for instance <c>accounts:write</c> or <c>*:read</c>, by the rules of 3.2 and later
    /// (<c>AuthorizationExtension.cs:39</c>): writing includes reading, <c>*</c> everything.
    /// </summary>
    public bool Allows(string scope)
    {
        var (area, isRead) = scope.Split(':') is [var first, var right] ? (first, right == "read") : (scope, false);
        return Permissions.Count == 0
            || Permissions.Any(it => it is "*" or "*:write" || it == scope || (isRead && (it == "*:read" || it == $"{area}:write")));
    }
}
