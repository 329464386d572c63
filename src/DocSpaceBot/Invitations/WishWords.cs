using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>What has come of what was asked for after an invitation.</summary>
internal static class WishWords
{
    public static string? For(Invitation it) =>
        (it.Wish, it.WishState) switch
        {
            (Wish.Resend, WishState.Asked or WishState.Begun) => UnderWay(it, InvitationTexts.ResendAsked),
            // It was of use, or not needed: the card says that the person is there.
            (Wish.Resend or Wish.PasswordMail, WishState.Done) when HasJoined(it) => null,
            (Wish.Resend, WishState.Done) => InvitationTexts.ResendDone,
            (Wish.Resend, WishState.Refused) when HasJoined(it) => InvitationTexts.ResendLate,
            (Wish.Resend, WishState.Refused) => InvitationTexts.ResendRefused.With(WhatToDo(it.WishCause)),
            (Wish.Resend, WishState.Unknown) => InvitationTexts.ResendUnknown,

            (Wish.PasswordMail, WishState.Asked or WishState.Begun) => UnderWay(it, InvitationTexts.PasswordAsked),
            (Wish.PasswordMail, WishState.Done) => InvitationTexts.PasswordDone,
            (Wish.PasswordMail, WishState.Refused) when HasJoined(it) => InvitationTexts.PasswordLate,
            (Wish.PasswordMail, WishState.Refused) => InvitationTexts.PasswordRefused.With(WhatToDo(it.WishCause)),
            (Wish.PasswordMail, WishState.Unknown) => InvitationTexts.PasswordUnknown,

            (Wish.ChangeRole, WishState.Asked or WishState.Begun) => UnderWay(it, InvitationTexts.RoleAsked),
            (Wish.ChangeRole, WishState.Done) => InvitationTexts.RoleDone.With(DocSpaceRoleNames.For(it.Role)),
            (Wish.ChangeRole, WishState.Refused) => InvitationTexts.RoleRefused.With(WhyRoleStays(it.WishCause)),
            (Wish.ChangeRole, WishState.Unknown) => InvitationTexts.RoleUnknown,

            (Wish.Revoke, WishState.Asked or WishState.Begun) => UnderWay(it, InvitationTexts.RevokeAsked),
            (Wish.Revoke, WishState.Done) when HasJoined(it) => InvitationTexts.RevokeDoneAfterJoined,
            (Wish.Revoke, WishState.Done) => InvitationTexts.RevokeDone,
            (Wish.Revoke, WishState.Refused) when HasJoined(it) => InvitationTexts.RevokeLate,
            (Wish.Revoke, WishState.Refused) => InvitationTexts.RevokeRefused.With(WhatToDo(it.WishCause)),
            (Wish.Revoke, WishState.Unknown) => InvitationTexts.RevokeUnknown,
            _ => null,
        };

    private static bool HasJoined(Invitation it) =>
        it.Status is InvitationStatus.Joined or InvitationStatus.Welcomed or InvitationStatus.AlreadyMember;

    private static string UnderWay(Invitation it, string words) =>
        it.WishCause switch
        {
            null => words,
            Cause.PortalUnavailable => InvitationTexts.UnderWayUnavailable.With(words),
            Cause.PortalLimit => InvitationTexts.UnderWayLimit.With(words),
            _ => InvitationTexts.UnderWayUnclear.With(words),
        };

    private static string WhatToDo(Cause? cause) =>
        cause switch
        {
            Cause.KeyRejected => InvitationTexts.WishKeyRejected,
            Cause.ScopeMissing => InvitationTexts.WishScopeMissing,
            Cause.PortalUnpaid => InvitationTexts.WishPortalUnpaid,
            Cause.PortalUnavailable => InvitationTexts.WishPortalUnavailable,
            Cause.Forbidden => InvitationTexts.WishForbidden,
            _ => InvitationTexts.WishOther,
        };

    private static string WhyRoleStays(Cause? cause) =>
        cause switch
        {
            Cause.SeatsFull => InvitationTexts.RoleSeatsFull,
            Cause.NotTheirs => Refusal.Because(cause.Value).Text,
            Cause.Gone => InvitationTexts.RoleGone,
            Cause.AccountDisabled => InvitationTexts.RoleAccountDisabled,
            Cause.KeyRejected or Cause.ScopeMissing or Cause.PortalUnpaid or Cause.PortalUnavailable or Cause.PortalLimit => WhatToDo(
                cause
            ),
            _ => InvitationTexts.RoleOther,
        };
}
