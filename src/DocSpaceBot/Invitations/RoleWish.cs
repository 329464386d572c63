using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Gives people the role that was asked for. Upwards it is one call. Downwards only for somebody whom the same requester brought in with that role:
/// nobody takes rights away from others by inviting them again.
/// </summary>
internal sealed class RoleWish(CarefulCalls calls, InvitationStore invitations, DocSpaceClient docSpace)
{
    /// <summary>Null when everybody is settled, else when to go on.</summary>
    public async Task<DateTimeOffset?> GrantAsync(IReadOnlyList<Invitation> all, int attempt, CancellationToken cancellationToken)
    {
        var theirs = await invitations.ListBroughtInAsync([.. all.Where(MayBeLower)], cancellationToken);
        return await calls.MakeAsync(all, attempt, it => Judge(it, theirs), ChangeAsync, cancellationToken);
    }

    private static WishVerdict Judge(WishedFor it, IReadOnlyDictionary<InvitationId, DocSpaceRole> theirs) =>
        it switch
        {
            { Person: null } => WishVerdict.Refused(Cause.Gone),
            { Standing: Standing.Disabled } => WishVerdict.Refused(Cause.AccountDisabled),
            { Person.Role: { } has } when has == it.Invitation.Role => WishVerdict.Done,
            { Person.IsOwner: true } => WishVerdict.Refused(Cause.Forbidden),
            { Person.Role: { } has } when IsLower(it.Invitation.Role, has) && !IsTheirs(it, has, theirs) => WishVerdict.Refused(
                Cause.NotTheirs
            ),
            _ => WishVerdict.NeedsCall,
        };

    private static bool IsTheirs(WishedFor it, DocSpaceRole has, IReadOnlyDictionary<InvitationId, DocSpaceRole> theirs) =>
        theirs.TryGetValue(it.Invitation.Id, out var given) && !IsLower(given, has);

    private async Task<WishCall> ChangeAsync(WishedFor it, CancellationToken cancellationToken)
    {
        var (person, wanted) = (it.Person!, it.Invitation.Role);

        if (wanted is DocSpaceRole.User && person.Role is { } has && IsLower(wanted, has))
        {
            return await LowerAsync(it, cancellationToken);
        }

        await docSpace.SetRoleAsync([person.Id], wanted, cancellationToken);
        return WishCall.Made;
    }

    /// <summary>The portal does it when it comes to it. What has begun before is asked for, so that a failure is not begun again for ever.</summary>
    private async Task<WishCall> LowerAsync(WishedFor it, CancellationToken cancellationToken)
    {
        var change =
            (it.Invitation.WishState is WishState.Begun ? await docSpace.FindRoleChangeAsync(it.Person!.Id, cancellationToken) : null)
            ?? await docSpace.LowerRoleAsync(it.Person!.Id, it.Invitation.Role, reassignTo: null, cancellationToken);

        return change switch
        {
            { IsCompleted: false } => WishCall.AtWork,
            _ => WishCall.Made,
        };
    }

    private static bool MayBeLower(Invitation it) => it.PortalRole is { } has && IsLower(it.Role, has);

    private static bool IsLower(DocSpaceRole wanted, DocSpaceRole has) => DocSpaceRoles.Rank(wanted) < DocSpaceRoles.Rank(has);
}
