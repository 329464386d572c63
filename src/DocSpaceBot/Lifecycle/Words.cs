namespace DocSpaceBot.Lifecycle;

/// <summary>The words that people see for our terms.</summary>
internal static class Words
{
    public static string For(InvitationStatus status) =>
        status switch
        {
            InvitationStatus.PendingApproval => StatusTexts.Waiting,
            InvitationStatus.Approved => StatusTexts.Queued,
            InvitationStatus.Invited => StatusTexts.Invited,
            InvitationStatus.Joined => StatusTexts.Joined,
            InvitationStatus.Welcomed => StatusTexts.Welcomed,
            InvitationStatus.AlreadyMember => StatusTexts.AlreadyMember,
            InvitationStatus.LinkReady => StatusTexts.LinkReady,
            InvitationStatus.Denied => StatusTexts.Denied,
            InvitationStatus.Cancelled => StatusTexts.Cancelled,
            InvitationStatus.Expired => StatusTexts.Expired,
            InvitationStatus.Failed => StatusTexts.Failed,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
}
