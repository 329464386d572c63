using System.Globalization;
using System.Text;
using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <content>Rooms. Reading needs the permission <c>rooms:read</c>, the others <c>rooms:write</c>.</content>
public sealed partial class DocSpaceClient
{
    private const int LongestRoomPage = 100;

    // A room that says it is endless must not keep us for ever.
    private const int MostRoomPages = 100;

    /// <summary>
    /// Rooms whose title contains this text in any letter case (<c>GET files/rooms</c>, <c>VirtualRoomsController.cs</c>), among those the key's owner sees;
    /// archived rooms are left out. Whoever wants the room of exactly this title compares titles afterwards.
    /// </summary>
    /// <param name="title">Empty = all rooms.</param>
    /// <param name="most">1 to 100.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<DocSpaceRoom>> FindRoomsAsync(string title, int most, CancellationToken cancellationToken)
    {
        if (most is < 1 or > LongestRoomPage)
        {
            throw new ArgumentOutOfRangeException(nameof(most), most, "1 to 100 rooms can be asked for.");
        }

        var query = new StringBuilder("files/rooms?");
        if (Given(title) is { } text)
        {
            query.Append("filterValue=").Append(Escaped(text)).Append('&');
        }

        query.Append(CultureInfo.InvariantCulture, $"count={most}");
        var answer = await SendAsync(Get(query.ToString()), WireJson.Default.EnvelopeRoomsWire, cancellationToken);
        return answer.Response?.Folders?.Select(room => room?.ToRoom()).OfType<DocSpaceRoom>().ToList() ?? [];
    }

    /// <summary>
    /// The room with this number (<c>GET files/rooms/{id}</c>); null when there is none. A room the key's owner may not see is
    /// <see cref="DocSpaceProblemKind.Forbidden"/>.
    /// </summary>
    public async Task<DocSpaceRoom?> GetRoomAsync(int id, CancellationToken cancellationToken)
    {
        var call = Get(RoomPath(id));
        try
        {
            var room = (await SendAsync(call, WireJson.Default.EnvelopeRoomWire, cancellationToken)).Response;
            return room is null ? null : room.ToRoom() ?? throw Unreadable(call);
        }
        catch (DocSpaceException e) when (e.Problem.Kind == DocSpaceProblemKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Brings people into a room and mails them (<c>PUT files/rooms/{id}/share</c>, <c>VirtualRoomsController.cs:487</c>; at most 25 a call are advisable).
    /// An address nobody has becomes a pending guest and is mailed even without <paramref name="notify"/>. Counts against the portal's invitations and
    /// needs that it lets guests be invited (<see cref="InvitationSettings"/>). The answer names nobody who was invited by address, and success does not say
    /// that everybody was added, so look at <see cref="GetRoomMembersAsync"/> afterwards. Sent once; repeating it by hand mails again.
    /// </summary>
    /// <param name="roomId">As <see cref="FindRoomsAsync"/> gives it.</param>
    /// <param name="invitations">At least one.</param>
    /// <param name="message">A note in the mail; null = none.</param>
    /// <param name="culture">
    /// The language of the mails, one of <see cref="GetCulturesAsync"/>; the portal may fail halfway over one it does not know. Null = its own.
    /// </param>
    /// <param name="notify">Whether people the portal knows are mailed.</param>
    /// <param name="cancellationToken">Stops waiting; invitations that were sent stay.</param>
    /// <exception cref="DocSpaceException">
    /// <see cref="DocSpaceProblemKind.NotFound"/> without such a room; <see cref="DocSpaceProblemKind.Forbidden"/> when the key's owner does not manage it or
    /// guests may not be invited; <see cref="DocSpaceProblemKind.LimitReached"/> when fewer invitations are left than asked for (none was made).
    /// </exception>
    public async Task<RoomSharing> ShareRoomAsync(
        int roomId,
        IReadOnlyList<RoomInvitation> invitations,
        string? message,
        string? culture,
        bool notify,
        CancellationToken cancellationToken
    )
    {
        if (invitations.Count == 0)
        {
            throw new ArgumentException("Nobody to invite.", nameof(invitations));
        }

        var items = invitations.Select(ItemOf).ToList();
        var call = new Call(HttpMethod.Put, $"{RoomPath(roomId)}/share")
        {
            Body = Json(new ShareRoomBody(items, notify, Given(message), Given(culture)), WireJson.Default.ShareRoomBody),
            AttemptTimeout = MailingTimeout,
            MayStopHalfway = items.Count > 1 || Given(culture) is not null,
        };

        var answer = (await SendAsync(call, WireJson.Default.EnvelopeRoomSharingWire, cancellationToken)).Response;
        return answer is null ? throw Unreadable(call) : new RoomSharing(Given(answer.Warning) is not null, Members(answer.Members));
    }

    /// <summary>
    /// Everybody who is in the room or invited into it, each once (<c>GET files/rooms/{id}/share</c>); groups and links are left out. Without such a room
    /// <see cref="DocSpaceProblemKind.NotFound"/>.
    /// </summary>
    public async Task<IReadOnlyList<RoomMember>> GetRoomMembersAsync(int roomId, CancellationToken cancellationToken)
    {
        var members = new Dictionary<Guid, RoomMember>();

        for (var page = 0; page < MostRoomPages; page++)
        {
            var start = page * LongestRoomPage;
            var call = Get(
                string.Create(CultureInfo.InvariantCulture, $"{RoomPath(roomId)}/share?count={LongestRoomPage}&startIndex={start}")
            );
            var answer = await SendAsync(call, WireJson.Default.EnvelopeListRoomMemberWire, cancellationToken);
            var before = members.Count;
            foreach (var member in Members(answer.Response))
            {
                members.TryAdd(member.Person.Id, member);
            }

            // A server that does not page brings the same people again. A page may also hold nothing but groups.
            var isFull = answer.Response is { Count: >= LongestRoomPage };
            var isLast = answer.Total is { } total ? start + LongestRoomPage >= total : members.Count == before;
            if (!isFull || isLast)
            {
                break;
            }
        }

        return [.. members.Values];
    }

    /// <summary>
    /// Mails room invitations again to members who are pending (<c>POST files/rooms/{id}/resend</c>); all ids in one call, because a portal may allow 5 calls
    /// in 15 minutes only. Everybody else is skipped without a word.
    /// </summary>
    public Task ResendRoomInvitationsAsync(int roomId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            throw new ArgumentException("Nobody is named.", nameof(ids));
        }

        return SendAsync(
            new Call(HttpMethod.Post, $"{RoomPath(roomId)}/resend")
            {
                Body = Json(new ResendRoomBody(ids, ResendAll: false), WireJson.Default.ResendRoomBody),
                AttemptTimeout = MailingTimeout,
            },
            cancellationToken
        );
    }

    private static string RoomPath(int id) => string.Create(CultureInfo.InvariantCulture, $"files/rooms/{id}");

    private static List<RoomMember> Members(IReadOnlyList<RoomMemberWire?>? members) =>
        members?.Select(member => member?.ToMember()).OfType<RoomMember>().ToList() ?? [];

    private static ShareRoomItem ItemOf(RoomInvitation invitation)
    {
        if (Given(invitation.Email) is null == invitation.UserId is null)
        {
            throw new ArgumentException("A room invitation names either an address or a person.", nameof(invitation));
        }

        // Every number the portal does not know would take the access away.
        return Enum.IsDefined(invitation.Access)
            ? new ShareRoomItem(Given(invitation.Email), invitation.UserId, (int)invitation.Access)
            : throw new ArgumentOutOfRangeException(nameof(invitation), invitation.Access, "Not an access to a room.");
    }
}
