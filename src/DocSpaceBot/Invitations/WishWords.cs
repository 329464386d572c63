using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>What has come of what was asked for after an invitation.</summary>
internal static class WishWords
{
    public static string? For(Invitation it) =>
        (it.Wish, it.WishState) switch
        {
            (Wish.Resend, WishState.Asked or WishState.Begun) => "DocSpace is being asked to send the mail again.",
            (Wish.Resend, WishState.Done) =>
                "DocSpace was asked to send the mail again and did not object. Whether it has arrived cannot be seen from here.",
            (Wish.Resend, WishState.Refused) =>
                "DocSpace did not take the wish to send the mail again. Nothing was sent. Try again later, or tell an operator.",
            (Wish.Resend, WishState.Unknown) => "Whether DocSpace has sent the mail again is not known. It is not tried twice.",

            (Wish.ChangeRole, WishState.Asked or WishState.Begun) => "DocSpace is being asked to change the role.",
            (Wish.ChangeRole, WishState.Done) => $"The role was changed to {DocSpaceRoleNames.For(it.Role)}.",
            (Wish.ChangeRole, WishState.Refused) =>
                "DocSpace did not change the role. There may be no paid seat left, or only the portal's owner may do it.",
            (Wish.ChangeRole, WishState.Unknown) =>
                "Whether DocSpace has changed the role is not known. Look into DocSpace before you try again.",

            (Wish.Revoke, WishState.Asked or WishState.Begun) => "DocSpace is being asked to withdraw the invitation.",
            (Wish.Revoke, WishState.Done) =>
                "The invitation was withdrawn: the link in the mail no longer works. The account is kept disabled; to invite this address again, an administrator enables it in DocSpace.",
            (Wish.Revoke, WishState.Refused) =>
                "DocSpace did not withdraw the invitation. The link in the mail may still work. An administrator can disable the account in DocSpace.",
            (Wish.Revoke, WishState.Unknown) => "Whether DocSpace has withdrawn the invitation is not known. Look into DocSpace.",
            _ => null,
        };
}
