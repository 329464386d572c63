using DocSpace.Api;

namespace DocSpaceBot.Invitations;

/// <summary>The roles as people type and read them.</summary>
internal static class DocSpaceRoleNames
{
    public static readonly IReadOnlyList<string> Typed = ["user", "roomadmin", "docspaceadmin", "admin", "guest"];

    /// <summary>Reads a role in any letter case, with or without blanks and hyphens; null when there is none of that name.</summary>
    public static DocSpaceRole? Read(string text) =>
        string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant() switch
        {
            "USER" => DocSpaceRole.User,
            "ROOMADMIN" => DocSpaceRole.RoomAdmin,
            "DOCSPACEADMIN" or "ADMIN" => DocSpaceRole.DocSpaceAdmin,
            "GUEST" => DocSpaceRole.Guest,
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

    public static string For(DocSpaceRole role) =>
        role switch
        {
            DocSpaceRole.User => "User",
            DocSpaceRole.RoomAdmin => "Room admin (uses a paid seat)",
            DocSpaceRole.DocSpaceAdmin => "DocSpace admin (uses a paid seat)",
            _ => "Guest",
        };
}
