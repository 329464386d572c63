using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Lists;

namespace DocSpaceBot.Invitations;

/// <summary>What became of everybody of a request, a row for each: those who were asked for in DocSpace, and those of the list who were left out.</summary>
internal static class ResultRows
{
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
                ? (ResultTexts.NotInvited, ResultTexts.OvertakenAtConfirm)
                : (DraftCard.Title(row.Verdict), DraftCard.Happened(row));
        return new(
            row.Email,
            NameOf(row.FirstName, row.LastName),
            DocSpaceRoleNames.TypedFor(row.Role),
            title,
            ResultTexts.LeftOut.With(happened).TrimEnd(),
            DraftCard.WhatToDo(row) is { Length: > 0 } whatToDo ? whatToDo : NextFor(row.Verdict)
        );
    }

    private static string NextFor(RowVerdict verdict) =>
        verdict switch
        {
            RowVerdict.Active or RowVerdict.UnderWay => ResultTexts.Nothing,
            RowVerdict.Pending => ResultTexts.MailTicked,
            RowVerdict.OtherRole => ResultTexts.RoleTicked,
            RowVerdict.Wrong or RowVerdict.NotAllowed => ResultTexts.CorrectLine,
            _ => ResultTexts.SendLine,
        };

    private static IEnumerable<string> Happened(Invitation it)
    {
        yield return it.Status switch
        {
            InvitationStatus.PendingApproval => ResultTexts.NothingSentYet,
            InvitationStatus.Approved => it.Cause is { } cause ? Refusal.WaitingBecause(cause) : ResultTexts.NothingSentYet,
            InvitationStatus.Invited when it is { WasPendingBefore: true, Wish: Wish.Resend, WishState: not null } =>
                ResultTexts.WasWaiting.With(LookedUp(it.InvitedAt)),
            InvitationStatus.Invited when it.WasPendingBefore => ResultTexts.WasWaitingNoMail.With(LookedUp(it.InvitedAt)),
            InvitationStatus.Invited when it.CreatedAt is not null => ResultTexts.AccountCreated.With(LookedUp(it.InvitedAt)),
            InvitationStatus.Invited when it.Room is { } room => ResultTexts.LetIntoRoom.With(room, LookedUp(it.InvitedAt)),
            InvitationStatus.Invited => ResultTexts.InvitationAccepted.With(LookedUp(it.InvitedAt)),
            InvitationStatus.Joined or InvitationStatus.Welcomed => ResultTexts.ActiveInDocSpace.With(LookedUp(it.JoinedAt)),
            InvitationStatus.AlreadyMember when it is { Room: { } room, InvitedAt: not null } => ResultTexts.InRoomNow.With(
                room,
                LookedUp(it.LookedAt)
            ),
            InvitationStatus.AlreadyMember when it.Room is { } room => ResultTexts.InRoomAlready.With(room, LookedUp(it.LookedAt)),
            InvitationStatus.AlreadyMember when it is { Wish: Wish.ChangeRole, WishState: not null } => ResultTexts.ActiveAlready.With(
                LookedUp(it.LookedAt)
            ),
            InvitationStatus.AlreadyMember => ResultTexts.ActiveAlreadyNothingChanged.With(LookedUp(it.LookedAt)),
            InvitationStatus.Denied => ResultTexts.NotApproved,
            InvitationStatus.Cancelled when it.Wish is Wish.Revoke => "",
            InvitationStatus.Cancelled when it.InvitedAt is null => ResultTexts.TakenBack,
            InvitationStatus.Cancelled => ResultTexts.NoLongerInDocSpace.With(LookedUp(it.LookedAt)),
            InvitationStatus.Expired => ResultTexts.NobodyJoinedInTime,
            InvitationStatus.Failed when it.InvitedAt is null => WhyFailed(it).Happened,
            InvitationStatus.Failed => ResultTexts.DisabledAfterInvitation,
            var other => Words.For(other),
        };

        if (it.HasOtherRole)
        {
            yield return it is { Wish: Wish.ChangeRole, WishState: WishState.Asked or WishState.Begun or WishState.Unknown }
                ? ResultTexts.OtherRole.With(DocSpaceRoleNames.TypedFor(it.PortalRole!.Value))
                : ResultTexts.OtherRoleStays.With(DocSpaceRoleNames.TypedFor(it.PortalRole!.Value));
        }
    }

    private static string Next(Invitation it) =>
        it.Status switch
        {
            InvitationStatus.Failed when it.InvitedAt is null => WhyFailed(it).WhatToDo,
            InvitationStatus.Failed => ResultTexts.CanBeEnabled,
            InvitationStatus.Expired => ResultTexts.InviteAgain,
            InvitationStatus.PendingApproval or InvitationStatus.Approved => ResultTexts.GoesOn,
            _ when TryAgain.CanBeMailed(it) => ResultTexts.PressMailAgain.With(InvitationTexts.SendMailAgain),
            InvitationStatus.Invited => ResultTexts.WillBeTold,
            InvitationStatus.Joined or InvitationStatus.Welcomed or InvitationStatus.AlreadyMember => ResultTexts.Nothing,
            InvitationStatus.Denied => ResultTexts.AskWhoDecided,
            _ => ResultTexts.InviteAfterAll,
        };

    private static Refusal WhyFailed(Invitation it) => Refusal.Because(it.Cause ?? Cause.Unclear);

    private static string? NameOf(string? first, string? last) => $"{first} {last}".Trim() is { Length: > 0 } name ? name : null;

    /// <summary>In a file there is no reader whose time zone could be asked for.</summary>
    private static string LookedUp(DateTimeOffset? at) =>
        at is { } time ? $" {ResultTexts.LookedUp.With(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))}" : "";
}
