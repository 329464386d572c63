using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>Finds the rooms that people are to be invited into, and who is in them.</summary>
internal sealed class PortalRooms(DocSpaceClient docSpace)
{
    /// <summary>Titles contain other titles: more rooms than have the wanted one are found.</summary>
    private const int MostRooms = 100;

    /// <summary>The only room of this title, or why there is none to invite into.</summary>
    public async Task<(int? Id, Cause Cause)> FindAsync(string title, CancellationToken cancellationToken)
    {
        var rooms = (await docSpace.FindRoomsAsync(title, MostRooms, cancellationToken))
            .Where(room => string.Equals(room.Title.Trim(), title.Trim(), StringComparison.OrdinalIgnoreCase))
            .ToList();

        return rooms switch
        {
            [var only] => (only.Id, default),
            [] => (null, Cause.RoomNotFound),
            _ => (null, Cause.RoomAmbiguous),
        };
    }

    /// <summary>Null when there is no such room, or none that the key may see.</summary>
    public async Task<IReadOnlySet<Guid>?> MembersAsync(int room, CancellationToken cancellationToken)
    {
        try
        {
            return (await docSpace.GetRoomMembersAsync(room, cancellationToken)).Select(member => member.Person.Id).ToHashSet();
        }
        catch (DocSpaceException e) when (e.Problem.Kind is DocSpaceProblemKind.NotFound or DocSpaceProblemKind.Forbidden)
        {
            return null;
        }
    }
}
