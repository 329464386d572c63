using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>
/// The one card of a request, for its whole life and for everybody who has a copy. It says only what was looked up. With several people it is an
/// <see cref="InvitationListCard"/>.
/// </summary>
internal static class InvitationCard
{
    public static AdaptiveCard For(
        InviteRequest request,
        IReadOnlyList<Invitation> invitations,
        DateTimeOffset now,
        string? notice = null,
        IReadOnlyList<Approver>? asked = null,
        TimeSpan? lookEvery = null
    ) =>
        invitations is [var one]
            ? One(request, one, now, notice, asked ?? [], lookEvery)
            : InvitationListCard.For(request, invitations, now, notice, asked ?? []);

    /// <summary>What a notification says.</summary>
    public static string Summary(IReadOnlyList<Invitation> invitations) =>
        invitations is [var one]
            ? $"{one.Email}: {Words.For(one.Status)}"
            : InvitationTexts.SummaryOfMany.With(invitations.Count, string.Join(", ", InvitationListCard.Counts(invitations)));

    private static AdaptiveCard One(
        InviteRequest request,
        Invitation it,
        DateTimeOffset now,
        string? notice,
        IReadOnlyList<Approver> asked,
        TimeSpan? lookEvery
    ) =>
        new()
        {
            FallbackText = Summary([it]),
            Body =
            [
                CardFrame.Heading(InvitationTexts.Heading.With(Lower(Words.For(it.Status))), StyleOf(it)),
                new FactSet([
                    new(InvitationTexts.Invitee, CardText.Escape(it.Email)),
                    .. it.FirstName is null
                        ? Array.Empty<Fact>()
                        : [new(InvitationTexts.Name, CardText.Escape($"{it.FirstName} {it.LastName}".TrimEnd()))],
                    new(InvitationTexts.Role, DocSpaceRoleNames.For(it.Role)),
                    .. it.Room is { } room ? [new(InvitationTexts.Room, CardText.Escape(room))] : Array.Empty<Fact>(),
                    .. Reason(request),
                    new(InvitationTexts.AskedBy, CardText.Escape(request.Requester.Name)),
                    new(InvitationTexts.Status, Words.For(it.Status)),
                ]),
                .. Asking
                    .Lines(request, [it], asked)
                    .Concat(Lines(it, now))
                    .Select(line => new TextBlock(line) { Spacing = Spacing.Small }),
                new FactSet([.. Ladder.Of(it, lookEvery)]) { Spacing = Spacing.Medium, Separator = true },
                .. CardFrame.Notice(notice),
                CardFrame.Reference(request.Id),
            ],
            Actions = Buttons(request, [it], now),
        };

    /// <summary>Another role than was asked for, and what has come of what was asked for besides.</summary>
    public static IEnumerable<string> Besides(Invitation it)
    {
        if (it.HasOtherRole)
        {
            var words = WishesForRole(it) ? InvitationTexts.OtherRole : InvitationTexts.OtherRoleStays;
            yield return words.With(DocSpaceRoleNames.For(it.PortalRole!.Value), DocSpaceRoleNames.For(it.Role));
        }

        if (WishWords.For(it) is { } wish)
        {
            yield return wish;
        }
    }

    /// <summary>What is known, since when and from where, and what happens next.</summary>
    private static IEnumerable<string> Lines(Invitation it, DateTimeOffset now)
    {
        if (it.Note is { } note && IsToBeChecked(it))
        {
            yield return CardText.Escape(note);
        }

        // What is plain is on the ladder.
        if (
            it.InvitedAt is { } invited
            && it.Status is not InvitationStatus.AlreadyMember
            && (it.WasPendingBefore || it.CreatedAt is not null || it.Room is not null)
        )
        {
            yield return it is { WasPendingBefore: true, Wish: Wish.Resend, WishState: not null }
                ? InvitationTexts.WasWaiting.With(Time(invited))
            : it.WasPendingBefore ? InvitationTexts.WasWaitingNoMail.With(Time(invited))
            : it.CreatedAt is { } created ? InvitationTexts.AccountCreated.With(Time(created))
            : InvitationTexts.LetIntoRoom.With(Time(invited));
        }

        switch (it.Status)
        {
            case InvitationStatus.Approved when it.Cause is { } cause:
                yield return $"{Refusal.WaitingBecause(cause)} {InvitationTexts.NextTry.With(Time(it.NextLookAt ?? now))}";
                break;
            case InvitationStatus.Approved when Countdown.IsRunning([it], now):
                yield return Countdown.Words([it], now);
                break;
            case InvitationStatus.Approved:
                yield return InvitationTexts.AsksNow;
                break;
            case InvitationStatus.Invited when it.CreatedAt is not null:
                yield return InvitationTexts.MailsActivationLink;
                break;
            case InvitationStatus.Invited when !it.WasPendingBefore:
                yield return InvitationTexts.SendsMail;
                break;
            case InvitationStatus.Invited:
                yield return InvitationTexts.WillTellJoined;
                break;
            case InvitationStatus.AlreadyMember when it.Room is not null && it.InvitedAt is not null:
                yield return InvitationTexts.HadDocSpaceInRoomNow.With(Time(it.LookedAt ?? now));
                break;
            case InvitationStatus.AlreadyMember when it.Room is not null:
                yield return InvitationTexts.InRoomAlready.With(Time(it.LookedAt ?? now));
                break;
            case InvitationStatus.AlreadyMember when WishesForRole(it):
                yield return InvitationTexts.ActiveAlready.With(Time(it.LookedAt ?? now));
                break;
            case InvitationStatus.AlreadyMember:
                yield return InvitationTexts.ActiveAlreadyNothingChanged.With(Time(it.LookedAt ?? now));
                break;
            case InvitationStatus.Cancelled when it.Wish is Wish.Revoke:
                break;
            case InvitationStatus.Cancelled when it.InvitedAt is not null:
                yield return InvitationTexts.NoLongerInDocSpace.With(Time(it.LookedAt ?? now));
                break;
            case InvitationStatus.Cancelled when !it.WasAsked:
                yield return InvitationTexts.TakenBackBeforeSent;
                break;
            case InvitationStatus.Expired when it.InvitedAt is not null || !it.WasAsked:
                yield return InvitationTexts.NobodyJoinedInTime;
                break;
            case InvitationStatus.Failed when it.Cause is { } cause:
                yield return Explain(it, cause);
                break;
        }

        foreach (var line in Besides(it))
        {
            yield return line;
        }
    }

    /// <summary>A person who had an invitation and whose account is disabled now was invited after all.</summary>
    public static string Explain(Invitation it, Cause cause) =>
        it.InvitedAt is null ? Refusal.Because(cause).Text : InvitationTexts.DisabledAfterInvitation;

    public static IReadOnlyList<AdaptiveAction> Buttons(InviteRequest request, IReadOnlyList<Invitation> all, DateTimeOffset now) =>
        [
            .. Countdown.IsRunning(all, now)
                ? [new ExecuteAction(InvitationTexts.Undo, UndoInvitation.Verb, About(request))]
                : Array.Empty<AdaptiveAction>(),
            .. all.Any(it => it.Status is InvitationStatus.PendingApproval)
                ? [new ExecuteAction(InvitationTexts.CancelRequest, CancelRequest.Verb, About(request))]
                : Array.Empty<AdaptiveAction>(),
            .. !Countdown.IsRunning(all, now)
            && all.Count > 1
            && all.Any(it => it is { Status: InvitationStatus.Approved, SendBegunAt: null })
                ? [new ExecuteAction(InvitationTexts.CancelRest, CancelRequest.Verb, About(request))]
                : Array.Empty<AdaptiveAction>(),
            .. all.Any(TryAgain.CanBeTried)
                ? [new ExecuteAction(InvitationTexts.TryAgain, TryAgain.Verb, About(request))]
                : Array.Empty<AdaptiveAction>(),
            .. all.Any(TryAgain.CanBeMailed)
                ? [new ExecuteAction(InvitationTexts.SendMailAgain, TryAgain.Verb, About(request, TryAgain.Mails))]
                : Array.Empty<AdaptiveAction>(),
            .. all.Where(CanChangeRole).Select(it => it.Role).Distinct().ToList() is { Count: > 0 } roles
                ? [new ExecuteAction(RoleTitle(roles), ConfirmDraft.Verb, About(request, ConfirmDraft.Roles))]
                : Array.Empty<AdaptiveAction>(),
        ];

    /// <summary>As long as whoever asked can still do something about it; who approved has looked at it.</summary>
    private static bool IsToBeChecked(Invitation it) =>
        it.Status is InvitationStatus.PendingApproval
        || (it is { Status: InvitationStatus.Approved or InvitationStatus.Invited, Votes.Count: 0 });

    private static bool WishesForRole(Invitation it) => it is { Wish: Wish.ChangeRole, WishState: not null };

    private static bool CanChangeRole(Invitation it) =>
        it
            is {
                Status: InvitationStatus.Invited or InvitationStatus.AlreadyMember or InvitationStatus.Joined or InvitationStatus.Welcomed,
                HasOtherRole: true,
                WishState: null or WishState.Refused
            };

    private static string RoleTitle(IReadOnlyList<DocSpaceRole> roles) =>
        roles is [var only] ? InvitationTexts.ChangeRoleTo.With(DocSpaceRoleNames.Short(only)) : InvitationTexts.ChangeRoles;

    private static Dictionary<string, string> About(InviteRequest request, string? row = null) =>
        row is null ? new() { ["id"] = request.Id.Value } : new() { ["id"] = request.Id.Value, ["row"] = row };

    public static Fact[] Reason(InviteRequest request) =>
        request.Reason is { } reason ? [new(InvitationTexts.Reason, CardText.Escape(reason))] : [];

    public static ContainerStyle StyleOf(Invitation it) =>
        it.Status switch
        {
            // Another role than was asked for: somebody has to look at it.
            InvitationStatus.Joined or InvitationStatus.Welcomed => it.HasOtherRole ? ContainerStyle.Warning : ContainerStyle.Good,
            InvitationStatus.Failed or InvitationStatus.Denied => ContainerStyle.Attention,
            InvitationStatus.Approved when it.Cause is not null => ContainerStyle.Warning,
            InvitationStatus.PendingApproval or InvitationStatus.Expired => ContainerStyle.Warning,
            InvitationStatus.Invited => ContainerStyle.Accent,
            _ => ContainerStyle.Emphasis,
        };

    /// <summary>Drawn by each reader's Teams in the reader's own time zone.</summary>
    internal static string Time(DateTimeOffset at)
    {
        var utc = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"{{{{DATE({utc},SHORT)}}}} {{{{TIME({utc})}}}}";
    }

    public static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];
}
