using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <summary>How far the portal has come with a demotion.</summary>
/// <param name="IsCompleted">The portal works on it no longer.</param>
/// <param name="HasFailed">It ended with an error, of which the portal tells only an exception's text; the role is as it was.</param>
public sealed record RoleChange(bool IsCompleted, bool HasFailed);

public sealed partial class DocSpaceClient
{
    /// <summary>
    /// Begins to make a user or guest of somebody with a higher role (<c>POST people/type</c>, <c>UserController.cs:2275</c>, 3.2 and later), who may be
    /// pending. The portal does it afterwards, in a queue: the rooms and shared files of the person go to <paramref name="reassignTo"/>, the seat is free
    /// again, and the person and the key's owner are mailed. Asked for again while it is at work it goes on with what it does
    /// (<c>QueueWorker.cs</c>), so repeating is safe. Not for disabled people and the key's owner, and for DocSpace admins with the owner's key only:
    /// those are <see cref="DocSpaceProblemKind.Invalid"/>.
    /// </summary>
    /// <param name="id">Whose role it is.</param>
    /// <param name="role"><see cref="DocSpaceRole.User"/> or <see cref="DocSpaceRole.Guest"/>.</param>
    /// <param name="reassignTo">A room admin or DocSpace admin; null for the owner of the key.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; what has begun goes on.</param>
    public async Task<RoleChange> LowerRoleAsync(Guid id, DocSpaceRole role, Guid? reassignTo, CancellationToken cancellationToken)
    {
        if (role is not (DocSpaceRole.User or DocSpaceRole.Guest))
        {
            throw new ArgumentOutOfRangeException(nameof(role), role, "A role can be lowered to user or guest only.");
        }

        var body = new LowerRoleBody(DocSpaceRoles.WireName(role), id, reassignTo);
        var call = new Call(HttpMethod.Post, "people/type") { Body = Json(body, WireJson.Default.LowerRoleBody) };
        return Read(await SendAsync(call, WireJson.Default.EnvelopeRoleChangeWire, cancellationToken)) ?? throw Unreadable(call);
    }

    /// <summary>
    /// How far a demotion is (<c>GET people/type/progress/{id}</c>, <c>UserController.cs:2334</c>); null when the portal knows of none, or of none any more.
    /// Whether the role has changed is told by <see cref="GetPersonAsync"/> alone.
    /// </summary>
    public async Task<RoleChange?> FindRoleChangeAsync(Guid id, CancellationToken cancellationToken) =>
        Read(await SendAsync(Get($"people/type/progress/{id}"), WireJson.Default.EnvelopeRoleChangeWire, cancellationToken));

    private static RoleChange? Read(Envelope<RoleChangeWire> answer) =>
        answer.Response is { } it ? new RoleChange(it.IsCompleted ?? false, !string.IsNullOrEmpty(it.Error)) : null;
}
