using DocSpace.Api;

namespace DocSpaceBot.Invitations;

/// <summary>The roles as people type and read them.</summary>
internal static class DocSpaceRoleNames
{
    public static readonly IReadOnlyList<string> Typed = ["user", "roomadmin", "docspaceadmin", "admin", "guest"];

    /// <summary>Reads a role in any letter case, with or without blanks and hyphens, in English or as a German DocSpace calls it; null when there is none of that name.</summary>
    public static DocSpaceRole? Read(string text) =>
        string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant() switch
        {
            "USER" or "BENUTZER" => DocSpaceRole.User,
            "ROOMADMIN" or "RAUMADMIN" => DocSpaceRole.RoomAdmin,
            "DOCSPACEADMIN" or "ADMIN" => DocSpaceRole.DocSpaceAdmin,
            "GUEST" or "GAST" => DocSpaceRole.Guest,
            _ => null,
        };

    /// <summary>The role as it is typed, and as it stands in the form.</summary>
    public static string TypedFor(DocSpaceRole role) =>
        role switch
        {
            DocSpaceRole.RoomAdmin => "roomadmin",
            DocSpaceRole.DocSpaceAdmin => "docspaceadmin",
            DocSpaceRole.Guest => "guest",
            _ => "user",
        };

    /// <summary>The role with what it costs.</summary>
    public static string For(DocSpaceRole role) => DocSpaceRoles.TakesSeat(role) ? $"{Short(role)} (uses a paid seat)" : Short(role);

    /// <summary>The role alone, for buttons: their titles do not go over two lines.</summary>
    public static string Short(DocSpaceRole role) =>
        role switch
        {
            DocSpaceRole.User => "User",
            DocSpaceRole.RoomAdmin => "Room admin",
            DocSpaceRole.DocSpaceAdmin => "DocSpace admin",
            _ => "Guest",
        };
}
