using DocSpace.Api;

namespace DocSpaceBot.FollowUps;

/// <summary>Looks at one person of the portal, in whichever way the key may.</summary>
internal sealed class PersonLook(DocSpaceClient docSpace)
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
}
