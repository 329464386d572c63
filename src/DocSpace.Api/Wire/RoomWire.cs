using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocSpace.Api.Wire;

/// <summary>Rooms are the portal's folders of one folder.</summary>
internal sealed record RoomsWire(IReadOnlyList<RoomWire?>? Folders);

internal sealed record RoomWire
{
    // A room of a connected cloud drive has a text for an id, and cannot be shared by number.
    public JsonElement? Id { get; init; }

    public string? Title { get; init; }

    /// <summary>Null without a number or a title.</summary>
    public DocSpaceRoom? ToRoom() =>
        Id is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var id) && Title is { } title
            ? new DocSpaceRoom(id, title)
            : null;
}

internal sealed record RoomSharingWire
{
    public IReadOnlyList<RoomMemberWire?>? Members { get; init; }

    public string? Warning { get; init; }
}

internal sealed record RoomMemberWire
{
    [JsonConverter(typeof(NumberOrNameConverter<RoomAccess>))]
    public RoomAccess? Access { get; init; }

    /// <summary>Servers before 3.6 call it <c>sharedTo</c>, and put links and groups there, too.</summary>
    public JsonElement? SharedToUser { get; init; }

    public JsonElement? SharedTo { get; init; }

    public bool? IsOwner { get; init; }

    public bool? CanEditAccess { get; init; }

    /// <summary>Null for a group or a link.</summary>
    public RoomMember? ToMember()
    {
        // Groups and links have ids, too, but no name of a person.
        if ((SharedToUser ?? SharedTo) is not { } shared || DocSpacePerson.Read(shared) is not { } person || person.DisplayName is null)
        {
            return null;
        }

        return new RoomMember(person)
        {
            Access = Access is { } access && Enum.IsDefined(access) ? access : null,
            IsOwner = IsOwner ?? false,
            CanEditAccess = CanEditAccess ?? false,
        };
    }
}
