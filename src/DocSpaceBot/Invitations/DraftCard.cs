using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>What would happen to everybody of a request, before anything is sent.</summary>
internal static class DraftCard
{
    /// <summary>Rows that are shown in full.</summary>
    private const int MostRows = 12;

    public static string Summary(Draft draft) =>
        draft.State switch
        {
            DraftState.Looking => LookingUp(draft),
            DraftState.Ready => WouldBeInvited(draft.Rows.Count(row => row.WouldBeSent)),
            DraftState.Cancelled => DraftTexts.CancelledNobodyInvited,
            _ => DraftTexts.NobodyInvited,
        };

    public static AdaptiveCard For(Draft draft, string? notice = null) =>
        new()
        {
            FallbackText = Summary(draft),
            Body =
            [
                CardFrame.Heading(Heading(draft), draft.State is DraftState.Failed ? ContainerStyle.Attention : ContainerStyle.Emphasis),
                .. draft.State is DraftState.Ready ? Verdicts(draft) : [],
                new TextBlock(Explanation(draft)),
                .. Approval(draft),
                .. CanBeConfirmed(draft) ? Consents(draft) : [],
                .. CardFrame.Notice(notice),
                CardFrame.Reference(draft.Id),
            ],
            Actions = Buttons(draft),
        };

    private static string Heading(Draft draft) =>
        (draft.State, draft.IsDryRun) switch
        {
            (DraftState.Looking, _) => $"{LookingUp(draft)} …",
            (DraftState.Ready, true) => DraftTexts.DryRun,
            (DraftState.Ready, false) => DraftTexts.CheckBeforeSending.With(People(draft.Rows.Count)),
            (DraftState.Cancelled, _) => DraftTexts.HeadingCancelled,
            _ => DraftTexts.HeadingNotSent,
        };

    private static string Explanation(Draft draft) =>
        (draft.State, draft.IsDryRun, draft.Rows.Count(row => row.WouldBeSent)) switch
        {
            (DraftState.Looking, _, _) => DraftTexts.BeingLookedUp,
            (DraftState.Ready, true, var sent) => DraftTexts.WasDryRun.With(WouldBeInvited(sent)),
            (DraftState.Ready, false, 0) when CanBeConfirmed(draft) => DraftTexts.NobodyNewTick,
            (DraftState.Ready, false, 0) when draft.Rows.Any(row => row.Verdict is RowVerdict.Wrong) => DraftTexts.NobodyCorrect,
            (DraftState.Ready, false, 0) => DraftTexts.NobodyNew,
            (DraftState.Ready, false, var sent) when sent == draft.Rows.Count => WillBeInvited(sent),
            (DraftState.Ready, false, var sent) => $"{WillBeInvited(sent)} {DraftTexts.OthersAreLeft}",
            (DraftState.Cancelled, _, _) => DraftTexts.NobodyInvited,
            _ => draft.Problem ?? DraftTexts.NobodyInvited,
        };

    private static IEnumerable<CardElement> Approval(Draft draft) =>
        draft.State is DraftState.Ready && draft.Rows.Count(NeedsApproval) is > 0 and var asked
            ?
            [
                new TextBlock(
                    (draft.Rows.Count(row => row.WouldBeSent), asked) switch
                    {
                        (1, 1) => DraftTexts.OnlyOneNeedsApproval,
                        var (sent, _) when sent == asked => DraftTexts.AllNeedApproval.With(sent),
                        (var sent, 1) => DraftTexts.OneNeedsApproval.With(sent),
                        var (sent, _) => DraftTexts.SomeNeedApproval.With(sent, asked),
                    }
                ),
            ]
            : [];

    private static bool NeedsApproval(DraftRow row) => row is { WouldBeSent: true, NeedsApproval: true };

    private static IEnumerable<CardElement> Verdicts(Draft draft)
    {
        yield return new FactSet([
            .. draft.Reason is { } reason ? [new Fact(InvitationTexts.Reason, CardText.Escape(reason))] : Array.Empty<Fact>(),
            new(InvitationTexts.AskedBy, CardText.Escape(draft.Requester.Name)),
            .. draft
                .Rows.OrderBy(row => row.Verdict)
                .ThenBy(NeedsApproval)
                .GroupBy(Title)
                .Select(group => new Fact(group.Key, $"{group.Count()}")),
        ]);

        // Rows that need somebody's attention come first.
        var rows = draft.Rows.OrderBy(row => row is { Verdict: RowVerdict.New, Warning: null } ? 1 : 0).ThenBy(row => row.Line).ToList();

        foreach (var element in LongList.Of(rows, MostRows, Row, row => (Invitee(row), Title(row))))
        {
            yield return element;
        }
    }

    private static Container Row(DraftRow row) =>
        new()
        {
            Spacing = Spacing.Small,
            Items =
            [
                new ColumnSet { Columns = [.. LongList.WhoAndWhat(Invitee(row), Title(row))] },
                .. Joined(Happened(row), WhatToDo(row)) is { Length: > 0 } words
                    ? [new TextBlock(CardText.Escape(words)) { IsSubtle = true, Spacing = Spacing.None }]
                    : Array.Empty<TextBlock>(),
            ],
        };

    private static string Invitee(DraftRow row) =>
        row.Email.Length == 0 ? DraftTexts.NoAddress
        : row.FirstName is null || row.Verdict is RowVerdict.Wrong ? row.Email
        : $"{row.FirstName} {row.LastName}".TrimEnd() + $" · {row.Email}";

    private static string Title(DraftRow row) => NeedsApproval(row) ? DraftTexts.NeedsApproval : Title(row.Verdict);

    public static string Title(RowVerdict verdict) =>
        verdict switch
        {
            RowVerdict.New => DraftTexts.VerdictNew,
            RowVerdict.Pending => DraftTexts.VerdictPending,
            RowVerdict.Created => DraftTexts.VerdictCreated,
            RowVerdict.Active => DraftTexts.VerdictActive,
            RowVerdict.OtherRole => DraftTexts.VerdictOtherRole,
            RowVerdict.Disabled => DraftTexts.VerdictDisabled,
            RowVerdict.UnderWay => DraftTexts.VerdictUnderWay,
            RowVerdict.NotAllowed => DraftTexts.VerdictNotAllowed,
            RowVerdict.HeldBack => DraftTexts.VerdictHeldBack,
            RowVerdict.Wrong => DraftTexts.VerdictWrong,
            _ => DraftTexts.VerdictUnknown,
        };

    /// <summary>Why the row has its verdict.</summary>
    public static string Happened(DraftRow row) =>
        Joined(
            row.Note,
            row.Verdict switch
            {
                RowVerdict.New when row.Room is { } room => DraftTexts.AsGuestIntoRoom.With(room),
                RowVerdict.New when row.Role is not DocSpaceRole.User => DraftTexts.AsRole.With(DocSpaceRoleNames.For(row.Role)),
                RowVerdict.Active when row.Room is not null => DraftTexts.InRoomAlready,
                RowVerdict.Pending => DraftTexts.NotRegisteredYet,
                RowVerdict.Created => DraftTexts.NotActivatedYet,
                RowVerdict.OtherRole when row.PortalRole is { } present => DraftTexts.HasRoleAskedFor.With(
                    DocSpaceRoleNames.For(present),
                    DocSpaceRoleNames.For(row.Role)
                ),
                RowVerdict.UnderWay => DraftTexts.UnderWayElsewhere,
                _ => null,
            },
            row.Verdict is RowVerdict.New ? row.Warning : null
        );

    /// <summary>What can be done about it elsewhere than on this card.</summary>
    public static string? WhatToDo(DraftRow row) =>
        row.WhatToDo
        ?? row.Verdict switch
        {
            RowVerdict.Created => DraftTexts.LinkCanBeMailed,
            RowVerdict.Disabled => DraftTexts.AccountCanBeEnabled,
            _ => null,
        };

    private static string Joined(params IEnumerable<string?> words) => string.Join(' ', words.Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>What would be done to people who are in DocSpace already, and only if it is ticked.</summary>
    private static IEnumerable<CardElement> Consents(Draft draft)
    {
        if (draft.Rows.Count(row => row.Verdict is RowVerdict.Pending) is > 0 and var pending)
        {
            yield return new InputToggle(ConfirmDraft.MailAgain, Wording.Count(pending, DraftTexts.MailOneAgain, DraftTexts.MailManyAgain))
            {
                Wrap = true,
            };
        }

        if (draft.Rows.Where(row => row.Verdict is RowVerdict.OtherRole).ToList() is { Count: > 0 } others)
        {
            var seats = others.Count(row =>
                DocSpaceRoles.TakesSeat(row.Role) && row.PortalRole is { } present && !DocSpaceRoles.TakesSeat(present)
            );
            var words = Wording.Count(others.Count, DraftTexts.GiveOneRole, DraftTexts.GiveManyRole);
            yield return new InputToggle(
                ConfirmDraft.ChangeRoles,
                seats switch
                {
                    0 => words,
                    1 => DraftTexts.UsesOneSeat.With(words),
                    _ => DraftTexts.UsesManySeats.With(words, seats),
                }
            )
            {
                Wrap = true,
            };
        }
    }

    private static bool CanBeConfirmed(Draft draft) =>
        draft is { State: DraftState.Ready, IsDryRun: false }
        && draft.Rows.Any(row => row.WouldBeSent || row.Verdict is RowVerdict.Pending or RowVerdict.OtherRole);

    private static IReadOnlyList<AdaptiveAction> Buttons(Draft draft)
    {
        var about = new Dictionary<string, string> { ["id"] = draft.Id.Value };
        var sent = draft.Rows.Count(row => row.WouldBeSent);
        var confirm = sent == 0 ? DraftTexts.DoTicked : Wording.Count(sent, DraftTexts.InviteOne, DraftTexts.InviteMany);

        return draft.State is DraftState.Looking || CanBeConfirmed(draft)
            ?
            [
                .. CanBeConfirmed(draft)
                    ? [new ExecuteAction(confirm, ConfirmDraft.Verb, about) { Style = ActionStyle.Positive }]
                    : Array.Empty<AdaptiveAction>(),
                new ExecuteAction(DraftTexts.Cancel, CancelRequest.Verb, about),
            ]
            : [];
    }

    private static string LookingUp(Draft draft) => Wording.Count(draft.Rows.Count, DraftTexts.LookingUpOne, DraftTexts.LookingUpMany);

    private static string WouldBeInvited(int count) =>
        count == 0 ? DraftTexts.NobodyWouldBeInvited : Wording.Count(count, DraftTexts.OneWouldBeInvited, DraftTexts.ManyWouldBeInvited);

    private static string WillBeInvited(int count) => Wording.Count(count, DraftTexts.OneWillBeInvited, DraftTexts.ManyWillBeInvited);

    private static string People(int count) => Wording.Count(count, DraftTexts.OnePerson, DraftTexts.ManyPeople);
}
