using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

internal static class PortalStanding
{
    /// <summary>Active is status 1 and not waiting for activation: "active" in a shape of the portal only says that the address is confirmed.</summary>
    public static Standing Of(DocSpacePerson? person) =>
        person switch
        {
            null => Standing.Absent,
            { Status: PersonStatus.Terminated } => Standing.Disabled,
            { HasJoined: true } => Standing.Active,
            { Status: PersonStatus.Pending } => Standing.Pending,
            _ => Standing.Created,
        };
}
