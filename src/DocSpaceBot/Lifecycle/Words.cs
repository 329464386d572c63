namespace DocSpaceBot.Lifecycle;

/// <summary>The words that people see for our terms.</summary>
internal static class Words
{
    public static string For(InvitationStatus status) =>
        status switch
        {
            InvitationStatus.PendingApproval => "Waiting for approval",
            InvitationStatus.Approved => "Queued",
            InvitationStatus.Invited => "Invited",
            InvitationStatus.Joined => "Joined",
            InvitationStatus.Welcomed => "Joined and welcomed",
            InvitationStatus.AlreadyMember => "Already a member",
            InvitationStatus.LinkReady => "Link ready",
            InvitationStatus.Denied => "Denied",
            InvitationStatus.Cancelled => "Cancelled",
            InvitationStatus.Expired => "Expired",
            InvitationStatus.Failed => "Failed",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
}
