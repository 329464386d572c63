namespace DocSpace.Api;

/// <summary>
/// The roles the portal calls <c>EmployeeType</c>; the numbers are the portal's since 3.0. Before 3.0 the number 4 meant a paid seat and 2 today's
/// guest, see <see cref="PortalVersion.IsTooOld"/>. <c>All</c> (0) is left out on purpose: somebody in no group is a room admin on a paid seat
/// (<c>UserExtensions.cs:141</c>), so <c>All</c> must never be sent.
/// </summary>
public enum DocSpaceRole
{
    RoomAdmin = 1,
    Guest = 2,
    DocSpaceAdmin = 3,
    User = 4,
}

/// <summary>What is known about the roles themselves.</summary>
public static class DocSpaceRoles
{
    /// <summary>
    /// The portal's order of roles, higher may do more: DocSpaceAdmin 4, RoomAdmin 3, User 2, Guest 1. An invitation of somebody who is already there
    /// with a higher role promotes them without asking (<c>UserController.cs:474-498</c>).
    /// </summary>
    public static int Rank(DocSpaceRole role) =>
        role switch
        {
            DocSpaceRole.DocSpaceAdmin => 4,
            DocSpaceRole.RoomAdmin => 3,
            DocSpaceRole.User => 2,
            DocSpaceRole.Guest => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a DocSpace role."),
        };

    /// <summary>Whether the role takes one of the portal's paid seats, from the moment of the invitation on.</summary>
    public static bool TakesSeat(DocSpaceRole role) => role is DocSpaceRole.DocSpaceAdmin or DocSpaceRole.RoomAdmin;

    /// <summary>Reads a role's name in any case or its number 1 to 4; <c>All</c>, 0 and everything else is not a role.</summary>
    public static bool TryParse(string? text, out DocSpaceRole role)
    {
        // Enum.TryParse would also take lists ("User, Guest") and undefined numbers, which the portal turns into paid seats.
        foreach (var candidate in Enum.GetValues<DocSpaceRole>())
        {
            var number = ((int)candidate).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (string.Equals(text?.Trim(), candidate.ToString(), StringComparison.OrdinalIgnoreCase) || text?.Trim() == number)
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }

    /// <summary>The word on the wire; refuses a number that is no role, because the portal would make a paid room admin of it.</summary>
    internal static string WireName(DocSpaceRole role) => Rank(role) > 0 ? role.ToString() : string.Empty;
}
