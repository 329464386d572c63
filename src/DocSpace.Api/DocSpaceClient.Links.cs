using System.Globalization;
using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <summary>A shared link that lets people join (server 3.7 and later); one for each role. Whoever has the address can join: hand it out one to one.</summary>
public sealed record InvitationLink
{
    public required Guid Id { get; init; }

    public DocSpaceRole? Role { get; init; }

    /// <summary>Null = never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public bool IsExpired { get; init; }

    /// <summary>Null = unlimited.</summary>
    public int? MaxUses { get; init; }

    public int Uses { get; init; }

    /// <summary>Whole address, different for every key owner though the link is the same.</summary>
    public string? Url { get; init; }

    public override string ToString() => $"{Id} {Role}";
}

public sealed partial class DocSpaceClient
{
    /// <summary>
    /// A new link of the old kind (<c>GET portal/users/invite/{employeeType}</c>, <c>PortalController.cs:159</c>): valid for 7 days, for any number of
    /// people, and it cannot be revoked. The only link for guests. Needs the permission <c>*:read</c>.
    /// </summary>
    /// <returns>Null when the key's owner may not bring in this role.</returns>
    public async Task<string?> GetInviteLinkAsync(DocSpaceRole role, CancellationToken cancellationToken)
    {
        var call = Get($"portal/users/invite/{DocSpaceRoles.WireName(role)}");
        return Given((await SendAsync(call, WireJson.Default.EnvelopeString, cancellationToken)).Response);
    }

    /// <summary>
    /// The role's link (<c>portal/users/invitationlink</c>, <c>PortalController.cs:195-300</c>); null when there is none yet. Portals before 3.7 do not
    /// have the four calls on such links: <see cref="DocSpaceProblemKind.CallMissing"/>. Guests never have one. Needs <c>*:read</c>, the others <c>*:write</c>.
    /// </summary>
    public async Task<InvitationLink?> GetInvitationLinkAsync(DocSpaceRole role, CancellationToken cancellationToken)
    {
        var call = Get($"portal/users/invitationlink/{DocSpaceRoles.WireName(role)}");
        var answer = await SendAsync(call, WireJson.Default.EnvelopeInvitationLinkWire, cancellationToken);

        if (answer.Response is null)
        {
            return null;
        }

        // One that makes something else of people is nobody's to hand out.
        var link = LinkOf(answer.Response, call);
        return link.Role is { } other && other != role ? throw Unreadable(call) : link;
    }

    /// <summary>Makes the role's link. A second one for the same role is <see cref="DocSpaceProblemKind.Invalid"/>; so is a guest's.</summary>
    /// <param name="role">User, RoomAdmin or DocSpaceAdmin.</param>
    /// <param name="expires">
    /// The portal takes the clock time as its own, so it must carry the portal's offset (<see cref="PortalSettings.UtcOffset"/>). Null = never expires.
    /// </param>
    /// <param name="maxUses">1 to 1000; null = unlimited.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<InvitationLink> CreateInvitationLinkAsync(
        DocSpaceRole role,
        DateTimeOffset? expires,
        int? maxUses,
        CancellationToken cancellationToken
    )
    {
        var body = new NewLinkBody(DocSpaceRoles.WireName(role), ClockTime(expires), maxUses);
        var call = LinkCall(HttpMethod.Post, Json(body, WireJson.Default.NewLinkBody));
        return LinkOf((await SendAsync(call, WireJson.Default.EnvelopeInvitationLinkWire, cancellationToken)).Response, call);
    }

    /// <summary>Overwrites both limits: null takes a limit away. As <see cref="CreateInvitationLinkAsync"/> otherwise.</summary>
    public async Task<InvitationLink> UpdateInvitationLinkAsync(
        Guid id,
        DateTimeOffset? expires,
        int? maxUses,
        CancellationToken cancellationToken
    )
    {
        var call = LinkCall(HttpMethod.Put, Json(new LinkBody(id, ClockTime(expires), maxUses), WireJson.Default.LinkBody));
        return LinkOf((await SendAsync(call, WireJson.Default.EnvelopeInvitationLinkWire, cancellationToken)).Response, call);
    }

    /// <summary>Revokes the link.</summary>
    public Task DeleteInvitationLinkAsync(Guid id, CancellationToken cancellationToken) =>
        SendAsync(LinkCall(HttpMethod.Delete, Json(new LinkBody(id, null, null), WireJson.Default.LinkBody)), cancellationToken);

    private static Call LinkCall(HttpMethod method, byte[] body) => new(method, "portal/users/invitationlink") { Body = body };

    private static string? ClockTime(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static InvitationLink LinkOf(InvitationLinkWire? link, Call call) =>
        link?.Id is { } id
            ? new InvitationLink
            {
                Id = id,
                Role = link.EmployeeType is { } role && Enum.IsDefined(role) ? role : null,
                Expires = link.Expiration,
                IsExpired = link.IsExpired ?? false,
                MaxUses = link.MaxUseCount,
                Uses = link.CurrentUseCount ?? 0,
                Url = link.Url,
            }
            : throw Unreadable(call);
}
