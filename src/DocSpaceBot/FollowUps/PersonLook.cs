using DocSpace.Api;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.FollowUps;

/// <summary>Looks at one person of the portal, in whichever way the key may.</summary>
internal sealed class PersonLook(DocSpaceClient docSpace, TimeProvider clock)
{
    /// <summary>The key may read portal/users (the documented call); else people is asked, which says the same in another shape.</summary>
    private volatile bool mayReadPortalUsers = true;

    /// <summary>Null when there is no such person any more.</summary>
    public async Task<DocSpacePerson?> FindAsync(Guid user, CancellationToken cancellationToken)
    {
        if (mayReadPortalUsers)
        {
            try
            {
                return await docSpace.GetPortalUserAsync(user, cancellationToken);
            }
            catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.ScopeMissing)
            {
                mayReadPortalUsers = false;
            }
        }

        return await docSpace.GetPersonAsync(user, cancellationToken);
    }

    /// <summary>What has become of somebody who was waited for; null as long as they are waited for.</summary>
    public async Task<InvitationEvent.SeenOnPortal?> SeeAsync(Guid user, NoticedBy by, CancellationToken cancellationToken)
    {
        var person = await FindAsync(user, cancellationToken);

        return PortalStanding.Of(person) switch
        {
            Standing.Pending or Standing.Created => null,
            Standing.Active => new(Standing.Active, clock.GetUtcNow(), by)
            {
                Role = await RoleAsync(person!, cancellationToken),
                IsConfirmed = person!.IsEmailConfirmed is true,
            },
            var other => new(other, clock.GetUtcNow(), by),
        };
    }

    /// <summary>Portals give people a lower role without a word when the paid seats are taken. The documented call does not tell the role.</summary>
    private async Task<DocSpaceRole?> RoleAsync(DocSpacePerson person, CancellationToken cancellationToken)
    {
        if (person.Role is { } known)
        {
            return known;
        }

        try
        {
            return (await docSpace.GetPersonAsync(person.Id, cancellationToken))?.Role;
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.ScopeMissing or DocSpaceProblemKind.Forbidden)
        {
            return null;
        }
    }
}
