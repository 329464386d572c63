namespace DocSpaceBot.Tryout.Portal;

/// <summary>A room, who is in it, and its invitation links.</summary>
internal sealed class PortalRoom(int id, string title)
{
    public int Id => id;

    public string Title => title;

    /// <summary>The access number by person.</summary>
    public Dictionary<Guid, int> Members { get; } = [];

    public Dictionary<Guid, RoomLink> Links { get; } = [];
}

internal sealed record RoomLink(Guid Id, string Title, int Access, string Url)
{
    public DateTime? Expires { get; init; }
    public int? MaxUses { get; init; }
}

/// <summary>The rooms and who may do what in them; guarded by the portal's lock.</summary>
internal sealed class PortalRooms
{
    /// <summary>The server's names, which it reads as they are spelled here and no other way.</summary>
    public static readonly IReadOnlyDictionary<string, int> AccessNames = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["None"] = 0,
        ["ReadWrite"] = 1,
        ["Read"] = 2,
        ["Restrict"] = 3,
        ["Varies"] = 4,
        ["Review"] = 5,
        ["Comment"] = 6,
        ["FillForms"] = 7,
        ["CustomFilter"] = 8,
        ["RoomManager"] = 9,
        ["Editing"] = 10,
        ["ContentCreator"] = 11,
    };

    private const int FirstId = 4211;
    private readonly List<PortalRoom> rooms = [];

    public IReadOnlyList<PortalRoom> All => rooms;

    public PortalRoom Add(string title, PortalPerson owner)
    {
        var room = new PortalRoom(FirstId + rooms.Count, title);
        room.Members[owner.Id] = AccessNames["RoomManager"];
        rooms.Add(room);
        return room;
    }

    public PortalRoom? Find(int id) => rooms.Find(room => room.Id == id);
}
