namespace DocSpaceBot.Tryout.Portal;

/// <summary>DocSpace's <c>EmployeeType</c> with its numbers on the wire.</summary>
internal enum PortalRole
{
    /// <summary>A wish only: who is created with it is in no group, and that is what a Room admin is.</summary>
    All = 0,
    RoomAdmin = 1,
    Guest = 2,
    DocSpaceAdmin = 3,
    User = 4,
}

/// <summary>DocSpace's <c>EmployeeStatus</c>.</summary>
internal enum PortalStatus
{
    Active = 1,
    Terminated = 2,
    Pending = 4,
}

/// <summary>DocSpace's <c>EmployeeActivationStatus</c>: what is known about the e-mail address.</summary>
internal enum PortalActivation
{
    NotActivated = 0,
    Activated = 1,
    Pending = 2,
}

/// <summary>One person of the portal, as of one moment.</summary>
internal sealed record PortalPerson
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required string UserName { get; init; }

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public required PortalStatus Status { get; init; }

    public required PortalActivation Activation { get; init; }

    /// <summary>Never <see cref="PortalRole.All"/>.</summary>
    public required PortalRole Role { get; init; }

    public bool IsOwner { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Modified { get; init; }

    public DateTimeOffset? Joined { get; init; }

    public DateTimeOffset? Terminated { get; init; }

    public string? Culture { get; init; }

    public Guid? CreatedBy { get; init; }

    /// <summary>Whether the person owns a password; an invitation link is dead for who does.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether nobody has written to this person yet, as the guides promise for who was just created.</summary>
    public bool IsUnannounced { get; init; }

    public bool IsPaid => IsOwner || Role is PortalRole.RoomAdmin or PortalRole.DocSpaceAdmin;

    public bool HasJoined => Status == PortalStatus.Active && Activation != PortalActivation.Pending;

    public string DisplayName => FirstName.Length == 0 && LastName.Length == 0 ? Email : $"{FirstName} {LastName}".Trim();
}
