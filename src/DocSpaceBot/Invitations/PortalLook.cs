using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>Looks people up, each where they are to be invited to: the portal, or a room of it. What is found is kept.</summary>
internal sealed class PortalLook(InvitationStore invitations, PortalRooms portalRooms, DocSpaceClient docSpace, TimeProvider clock)
{
    /// <summary>Those whom nobody has invited yet, as they are kept now.</summary>
    public async Task<IReadOnlyList<Invitation>> LookAsync(IReadOnlyList<Invitation> all, CancellationToken cancellationToken)
    {
        if (all.Count == 0)
        {
            return [];
        }

        var found = await FindAsync(all, cancellationToken);
        var rooms = new Dictionary<int, IReadOnlySet<Guid>?>();

        foreach (var room in all.Select(it => it.RoomId).OfType<int>().Distinct())
        {
            rooms[room] = await portalRooms.MembersAsync(room, cancellationToken);
        }

        var now = clock.GetUtcNow();
        return await ApplyAsync(all, it => Seen(it, found.GetValueOrDefault(it.Email), rooms, now), cancellationToken);
    }

    /// <summary>Lets something happen to each and returns those that are still to be invited.</summary>
    public async Task<IReadOnlyList<Invitation>> ApplyAsync(
        IReadOnlyList<Invitation> all,
        Func<Invitation, InvitationEvent> happened,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await invitations.ApplyAsync([.. all.Select(it => (it.Id, happened(it)))], cancellationToken))
                .OfType<Transition.Moved>()
                .Select(moved => moved.Invitation)
                .Where(it => it.Status is InvitationStatus.Approved),
        ];

    private static InvitationEvent Seen(
        Invitation it,
        DocSpacePerson? person,
        Dictionary<int, IReadOnlySet<Guid>?> rooms,
        DateTimeOffset now
    )
    {
        var standing = PortalStanding.Of(person);

        if (it.RoomId is { } room && standing is not Standing.Disabled)
        {
            if (rooms[room] is not { } members)
            {
                return new InvitationEvent.PortalRefused(Cause.RoomNotFound, now);
            }

            standing = person is not null && members.Contains(person.Id) ? standing : Standing.Absent;
        }

        return new InvitationEvent.LookedUp(standing, person?.Id, now)
        {
            Role = person?.Role,
            IsConfirmed = person?.IsEmailConfirmed is true,
        };
    }

    private async Task<IReadOnlyDictionary<string, DocSpacePerson>> FindAsync(
        IReadOnlyList<Invitation> all,
        CancellationToken cancellationToken
    )
    {
        // Whom we invited has the address as we wrote it. Before that, only the search finds it in any letter case.
        if (all is not [{ SendBegunAt: not null } one])
        {
            return await docSpace.FindByEmailsAsync([.. all.Select(it => it.Email)], cancellationToken);
        }

        return await docSpace.FindByEmailAsync(one.Email, cancellationToken) is { } person
            ? new Dictionary<string, DocSpacePerson>(StringComparer.Ordinal) { [one.Email] = person }
            : new Dictionary<string, DocSpacePerson>(StringComparer.Ordinal);
    }
}
