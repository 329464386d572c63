using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>What has come of what was asked for after an invitation.</summary>
internal static class WishWords
{
    public static string? For(Invitation it) =>
        (it.Wish, it.WishState) switch
        {
            (Wish.Resend, WishState.Asked or WishState.Begun) => UnderWay(it, "DocSpace is being asked to send the mail again."),
            (Wish.Resend, WishState.Done) =>
                "DocSpace was asked to send the mail again and did not object. Whether it has arrived cannot be seen from here.",
            (Wish.Resend, WishState.Refused) when HasJoined(it) => "The person has joined meanwhile, so no mail was sent again.",
            (Wish.Resend, WishState.Refused) => $"DocSpace refused to send the mail again. Nothing was sent. {WhatToDo(it.WishCause)}",
            (Wish.Resend, WishState.Unknown) =>
                "Whether DocSpace has sent the mail again is not known, so it is not tried twice. Ask the person whether it has come.",

            (Wish.ChangeRole, WishState.Asked or WishState.Begun) => UnderWay(it, "DocSpace is being asked to change the role."),
            (Wish.ChangeRole, WishState.Done) => $"The role was changed to {DocSpaceRoleNames.For(it.Role)}.",
            (Wish.ChangeRole, WishState.Refused) => $"The role was not changed. {WhyRoleStays(it.WishCause)}",
            (Wish.ChangeRole, WishState.Unknown) =>
                "Whether DocSpace has changed the role is not known. Look into DocSpace before you try again.",

            (Wish.Revoke, WishState.Asked or WishState.Begun) => UnderWay(it, "DocSpace is being asked to withdraw the invitation."),
            (Wish.Revoke, WishState.Done) when HasJoined(it) =>
                "The invitation was withdrawn just after the person had joined: the account is disabled. An administrator can enable it in DocSpace.",
            (Wish.Revoke, WishState.Done) =>
                "The invitation was withdrawn: the link in the mail no longer works. The account is kept disabled; to invite this address again, an administrator enables it in DocSpace.",
            (Wish.Revoke, WishState.Refused) when HasJoined(it) =>
                "It was too late to withdraw the invitation: the person has joined already. An administrator can disable the account in DocSpace.",
            (Wish.Revoke, WishState.Refused) =>
                $"DocSpace did not withdraw the invitation. The link in the mail may still work. {WhatToDo(it.WishCause)} An administrator can disable the account in DocSpace.",
            (Wish.Revoke, WishState.Unknown) =>
                "Whether DocSpace has withdrawn the invitation is not known. Type /cancel again, or look into DocSpace.",
            _ => null,
        };

    private static bool HasJoined(Invitation it) =>
        it.Status is InvitationStatus.Joined or InvitationStatus.Welcomed or InvitationStatus.AlreadyMember;

    private static string UnderWay(Invitation it, string words) =>
        it.WishCause switch
        {
            null => words,
            Cause.PortalUnavailable => $"{words} It cannot be reached at the moment, so it is tried again.",
            Cause.PortalLimit => $"{words} It asks to wait, so it is tried again later.",
            _ => $"{words} It gave no clear answer, so it is tried again.",
        };

    private static string WhatToDo(Cause? cause) =>
        cause switch
        {
            Cause.KeyRejected => "DocSpace does not accept the bot's key. An operator has to set a valid one.",
            Cause.ScopeMissing => "The bot's key lacks a permission. An operator has to add it (accounts:write and accounts:read).",
            Cause.PortalUnpaid => "The DocSpace subscription has run out. An operator has to renew it.",
            Cause.PortalUnavailable => "DocSpace could not be reached for a long time. Try again later, or tell an operator.",
            Cause.Forbidden => "The bot's key may not do it. An operator can change that.",
            _ => "Try again later, or tell an operator.",
        };

    private static string WhyRoleStays(Cause? cause) =>
        cause switch
        {
            Cause.SeatsFull => "All paid seats of DocSpace are taken, and this role needs one. Ask an operator for more seats.",
            Cause.NotTheirs => Refusal.Because(cause.Value).Text,
            Cause.Gone => "The person is no longer in DocSpace.",
            Cause.AccountDisabled => "The account is disabled. An administrator can enable it in DocSpace.",
            Cause.KeyRejected or Cause.ScopeMissing or Cause.PortalUnpaid or Cause.PortalUnavailable or Cause.PortalLimit => WhatToDo(
                cause
            ),
            _ => "There may be no paid seat left, or only the portal's owner may do it.",
        };
}
