using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;

namespace DocSpaceBot.Invitations;

/// <summary>What became of everybody of a request, a row for each: those who were asked for in DocSpace, and those of the list who were left out.</summary>
internal static class ResultRows
{
    private const string Nothing = "Nothing.";

    /// <param name="draft">What was shown before; null when it is forgotten, or nothing was shown.</param>
    public static IReadOnlyList<ResultRow> For(IReadOnlyList<Invitation> invitations, Draft? draft)
    {
        if (draft is null)
        {
            return [.. invitations.Select(Row)];
        }

        // In the order of the list, so that it can be laid beside it.
        var left = invitations.ToDictionary(it => it.Email, StringComparer.Ordinal);
        return
        [
            .. draft.Rows.Select(row =>
                row.Verdict is not RowVerdict.Wrong && left.Remove(row.Email, out var invitation) ? Row(invitation) : LeftOut(row)
            ),
            .. left.Values.Select(Row),
        ];
    }

    private static ResultRow Row(Invitation it) =>
        new(
            it.Email,
            NameOf(it.FirstName, it.LastName),
            DocSpaceRoleNames.TypedFor(it.Role),
            Words.For(it.Status),
            string.Join(' ', Happened(it).Append(WishWords.For(it)).Where(words => !string.IsNullOrEmpty(words))),
            Next(it)
        );

    private static ResultRow LeftOut(DraftRow row)
    {
        // Others may have been faster, or the rules may have changed, between the look and the yes.
        var (title, happened) =
            row.Verdict is RowVerdict.New
                ? ("Not invited", "When it was confirmed the rules had changed, or another request was faster.")
                : (DraftCard.Title(row.Verdict), DraftCard.Happened(row));
        return new(
            row.Email,
            NameOf(row.FirstName, row.LastName),
            DocSpaceRoleNames.TypedFor(row.Role),
            title,
            $"Left out. {happened}".TrimEnd(),
            DraftCard.WhatToDo(row) is { Length: > 0 } whatToDo ? whatToDo : NextFor(row.Verdict)
        );
    }

    private static string NextFor(RowVerdict verdict) =>
        verdict switch
        {
            RowVerdict.Active or RowVerdict.UnderWay => Nothing,
            RowVerdict.Pending => "To mail the person again, send the line again and tick it.",
            RowVerdict.OtherRole => "To change the role, send the line again and tick it.",
            RowVerdict.Wrong or RowVerdict.NotAllowed => "Correct the line and send it again.",
            _ => "Send the line again.",
        };

    private static IEnumerable<string> Happened(Invitation it)
    {
        yield return it.Status switch
        {
            InvitationStatus.PendingApproval => "Nothing has been sent yet.",
            InvitationStatus.Approved => it.Cause is { } cause ? Refusal.WaitingBecause(cause) : "Nothing has been sent yet.",
            InvitationStatus.Invited when it is { WasPendingBefore: true, Wish: Wish.Resend, WishState: not null } =>
                $"Was waiting in DocSpace already{LookedUp(it.InvitedAt)}.",
            InvitationStatus.Invited when it.WasPendingBefore =>
                $"Was waiting in DocSpace already, so no new mail was sent{LookedUp(it.InvitedAt)}.",
            InvitationStatus.Invited when it.CreatedAt is not null =>
                $"DocSpace created the account and was then asked to invite{LookedUp(it.InvitedAt)}.",
            InvitationStatus.Invited when it.Room is { } room => $"DocSpace let the person into the room “{room}”{LookedUp(it.InvitedAt)}.",
            InvitationStatus.Invited => $"DocSpace accepted the invitation{LookedUp(it.InvitedAt)}.",
            InvitationStatus.Joined or InvitationStatus.Welcomed => $"Active in DocSpace{LookedUp(it.JoinedAt)}.",
            InvitationStatus.AlreadyMember when it is { Room: { } room, InvitedAt: not null } =>
                $"Had DocSpace already and is in the room “{room}” now{LookedUp(it.LookedAt)}.",
            InvitationStatus.AlreadyMember when it.Room is { } room =>
                $"Was in the room “{room}” already{LookedUp(it.LookedAt)}. Nothing was changed.",
            InvitationStatus.AlreadyMember when it is { Wish: Wish.ChangeRole, WishState: not null } =>
                $"Was active in DocSpace already{LookedUp(it.LookedAt)}.",
            InvitationStatus.AlreadyMember => $"Was active in DocSpace already{LookedUp(it.LookedAt)}. Nothing was changed.",
            InvitationStatus.Denied => "It was not approved. Nobody was invited.",
            InvitationStatus.Cancelled when it.Wish is Wish.Revoke => "",
            InvitationStatus.Cancelled when it.InvitedAt is null => "Taken back before anything was sent.",
            InvitationStatus.Cancelled => $"No longer in DocSpace{LookedUp(it.LookedAt)}.",
            InvitationStatus.Expired => "Nobody joined in the time that was given.",
            InvitationStatus.Failed when it.InvitedAt is null => WhyFailed(it).Happened,
            InvitationStatus.Failed => "The DocSpace account was disabled after the invitation.",
            var other => Words.For(other),
        };

        if (it.HasOtherRole)
        {
            yield return it is { Wish: Wish.ChangeRole, WishState: WishState.Asked or WishState.Begun or WishState.Unknown }
                ? $"DocSpace shows the role {DocSpaceRoleNames.TypedFor(it.PortalRole!.Value)}."
                : $"DocSpace shows the role {DocSpaceRoleNames.TypedFor(it.PortalRole!.Value)}; it was not changed.";
        }
    }

    private static string Next(Invitation it) =>
        it.Status switch
        {
            InvitationStatus.Failed when it.InvitedAt is null => WhyFailed(it).WhatToDo,
            InvitationStatus.Failed => "An administrator can enable it in DocSpace.",
            InvitationStatus.Expired => "Invite the person again.",
            InvitationStatus.PendingApproval or InvitationStatus.Approved => "Nothing: the bot goes on by itself.",
            _ when TryAgain.CanBeMailed(it) => "To mail the person again, press “Send the mail again” on the card.",
            InvitationStatus.Invited => "Nothing: the bot tells you when the person has joined.",
            InvitationStatus.Joined or InvitationStatus.Welcomed or InvitationStatus.AlreadyMember => Nothing,
            InvitationStatus.Denied => "Ask whoever decided.",
            _ => "If it is wanted after all, invite the person again.",
        };

    private static Refusal WhyFailed(Invitation it) => Refusal.Because(it.Cause ?? Cause.Unclear);

    private static string? NameOf(string? first, string? last) => $"{first} {last}".Trim() is { Length: > 0 } name ? name : null;

    /// <summary>In a file there is no reader whose time zone could be asked for.</summary>
    private static string LookedUp(DateTimeOffset? at) =>
        at is { } time ? time.UtcDateTime.ToString("' (looked up 'yyyy-MM-dd HH:mm' UTC)'", CultureInfo.InvariantCulture) : "";
}
