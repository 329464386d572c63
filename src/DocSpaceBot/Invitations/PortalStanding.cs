using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>What the portal's answers mean for an invitation.</summary>
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

    /// <summary>What a problem of the portal means for an invitation; no problem means that the portal said yes and did nothing.</summary>
    public static Cause CauseOf(DocSpaceProblem? problem) =>
        problem?.Kind switch
        {
            null => Cause.NothingHappened,
            DocSpaceProblemKind.NotAuthorised => Cause.KeyRejected,
            DocSpaceProblemKind.ScopeMissing => Cause.ScopeMissing,
            DocSpaceProblemKind.Forbidden => Cause.Forbidden,
            DocSpaceProblemKind.SeatsFull => Cause.SeatsFull,
            DocSpaceProblemKind.PortalUnpaid => Cause.PortalUnpaid,
            DocSpaceProblemKind.LimitReached => Cause.PortalLimit,
            DocSpaceProblemKind.Invalid => Cause.AddressRejected,
            DocSpaceProblemKind.PortalUnavailable => Cause.PortalUnavailable,
            _ => Cause.Unclear,
        };
}
