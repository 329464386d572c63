namespace DocSpace.Api;

/// <summary>A room of the portal. The title is as people wrote it, so it must be escaped for wherever it is shown.</summary>
public sealed record DocSpaceRoom(int Id, string Title)
{
    public override string ToString() => $"Room {Id}";
}

/// <summary>
/// What somebody may do in a room; the portal's <c>FileShare</c>, whose numbers these are. Left out on purpose: None (0), which takes the access away, and
/// what the portal makes of every name it does not know, so only numbers are sent; and ReadWrite (1), which no room takes.
/// </summary>
public enum RoomAccess
{
    Read = 2,
    Review = 5,
    Comment = 6,
    FillForms = 7,

    /// <summary>Not for guests.</summary>
    RoomManager = 9,
    Editing = 10,
    ContentCreator = 11,
}

/// <summary>
/// Somebody to bring into a room: either an address, which becomes a pending guest where the portal does not know it, or a person of the portal. Exactly
/// one of the two.
/// </summary>
public sealed record RoomInvitation(string? Email, Guid? UserId, RoomAccess Access)
{
    public override string ToString() => $"{UserId} {Access}".Trim();
}

/// <summary>Somebody who is in a room, or has been invited into it.</summary>
public sealed record RoomMember(DocSpacePerson Person)
{
    /// <summary>Null for what rooms do not give, such as the owner's full access.</summary>
    public RoomAccess? Access { get; init; }

    public bool IsOwner { get; init; }

    /// <summary>Whether the owner of the key may change this access.</summary>
    public bool CanEditAccess { get; init; }

    public override string ToString() => $"{Person} {Access}".TrimEnd();
}

/// <summary>
/// What the portal said to a room invitation. <see cref="HasWarning"/>: at least one of the people could not be added, the portal does not say who.
/// <see cref="Members"/> holds people who were named by their id only.
/// </summary>
public sealed record RoomSharing(bool HasWarning, IReadOnlyList<RoomMember> Members);
