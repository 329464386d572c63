using DocSpace.Api;
using DocSpaceBot.Lifecycle;

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
            "ROOMADMIN" or "RAUMADMIN" or "RAUMADMINISTRATOR" => DocSpaceRole.RoomAdmin,
            "DOCSPACEADMIN" or "DOCSPACEADMINISTRATOR" or "ADMIN" => DocSpaceRole.DocSpaceAdmin,
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
    public static string For(DocSpaceRole role) =>
        DocSpaceRoles.TakesSeat(role) ? InvitationTexts.RoleWithSeat.With(Short(role)) : Short(role);

    /// <summary>The role alone, for buttons: their titles do not go over two lines.</summary>
    public static string Short(DocSpaceRole role) =>
        role switch
        {
            DocSpaceRole.User => InvitationTexts.RoleUser,
            DocSpaceRole.RoomAdmin => InvitationTexts.RoleRoomAdmin,
            DocSpaceRole.DocSpaceAdmin => InvitationTexts.RoleDocSpaceAdmin,
            _ => InvitationTexts.RoleGuest,
        };
}
