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
            DraftState.Looking => $"Looking up {People(draft.Rows.Count)}",
            DraftState.Ready => $"{Somebody(draft.Rows.Count(row => row.WouldBeSent))} would be invited",
            DraftState.Cancelled => "Cancelled. Nobody was invited.",
            _ => "Nobody was invited.",
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
            (DraftState.Looking, _) => $"Looking up {People(draft.Rows.Count)} …",
            (DraftState.Ready, true) => "Dry run · nothing is sent",
            (DraftState.Ready, false) => $"Check before sending · {People(draft.Rows.Count)}",
            (DraftState.Cancelled, _) => "Invitation · cancelled",
            _ => "Invitation · not sent",
        };

    private static string Explanation(Draft draft) =>
        (draft.State, draft.IsDryRun, draft.Rows.Count(row => row.WouldBeSent)) switch
        {
            (DraftState.Looking, _, _) => "DocSpace is being asked about everybody. Nothing is sent before you say so.",
            (DraftState.Ready, true, var sent) => $"{Somebody(sent)} would be invited. This was a dry run: nothing was sent.",
            (DraftState.Ready, false, 0) when CanBeConfirmed(draft) =>
                "There is nobody new to invite. Nothing was sent. Tick what shall be done.",
            (DraftState.Ready, false, 0) when draft.Rows.Any(row => row.Verdict is RowVerdict.Wrong) =>
                "There is nobody to invite. Nothing was sent. Correct what is wrong and send it again.",
            (DraftState.Ready, false, 0) => "There is nobody new to invite. Nothing was sent.",
            (DraftState.Ready, false, var sent) when sent == draft.Rows.Count => $"{People(sent)} will be invited when you say so.",
            (DraftState.Ready, false, var sent) => $"{People(sent)} will be invited when you say so. Everybody else is left as they are.",
            (DraftState.Cancelled, _, _) => "Nobody was invited.",
            _ => draft.Problem ?? "Nobody was invited.",
        };

    private static IEnumerable<CardElement> Approval(Draft draft) =>
        draft.State is DraftState.Ready && draft.Rows.Count(NeedsApproval) is > 0 and var asked
            ?
            [
                new TextBlock(
                    (draft.Rows.Count(row => row.WouldBeSent), asked) switch
                    {
                        (1, 1) => "It needs",
                        var (sent, _) when sent == asked => $"All {sent} need",
                        (var sent, 1) => $"1 of the {sent} needs",
                        var (sent, _) => $"{asked} of the {sent} need",
                    } + " somebody's approval first: those who decide are asked, and nothing is sent before they agree."
                ),
            ]
            : [];

    private static bool NeedsApproval(DraftRow row) => row is { WouldBeSent: true, NeedsApproval: true };

    private static IEnumerable<CardElement> Verdicts(Draft draft)
    {
        yield return new FactSet([
            .. draft.Reason is { } reason ? [new Fact("Reason", CardText.Escape(reason))] : Array.Empty<Fact>(),
            new("Asked by", CardText.Escape(draft.Requester.Name)),
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
        row.Email.Length == 0 ? "(no address)"
        : row.FirstName is null || row.Verdict is RowVerdict.Wrong ? row.Email
        : $"{row.FirstName} {row.LastName}".TrimEnd() + $" · {row.Email}";

    private static string Title(DraftRow row) => NeedsApproval(row) ? "Needs approval" : Title(row.Verdict);

    public static string Title(RowVerdict verdict) =>
        verdict switch
        {
            RowVerdict.New => "To be invited",
            RowVerdict.Pending => "Invited before",
            RowVerdict.Created => "Not activated yet",
            RowVerdict.Active => "Already a member",
            RowVerdict.OtherRole => "Has another role",
            RowVerdict.Disabled => "Account disabled",
            RowVerdict.UnderWay => "Under way",
            RowVerdict.NotAllowed => "Not allowed",
            RowVerdict.HeldBack => "Held back",
            RowVerdict.Wrong => "Cannot be invited",
            _ => "Not looked up",
        };

    /// <summary>Why the row has its verdict.</summary>
    public static string Happened(DraftRow row) =>
        Joined(
            row.Note,
            row.Verdict switch
            {
                RowVerdict.New when row.Room is { } room => $"As guest into the room “{room}”.",
                RowVerdict.New when row.Role is not DocSpaceRole.User => $"As {DocSpaceRoleNames.For(row.Role)}.",
                RowVerdict.Active when row.Room is not null => "Is in the room already.",
                RowVerdict.Pending => "Has an invitation and has not registered yet.",
                RowVerdict.Created => "Has an account and has not activated it yet.",
                RowVerdict.OtherRole when row.PortalRole is { } present =>
                    $"Is {DocSpaceRoleNames.For(present)}; asked for is {DocSpaceRoleNames.For(row.Role)}.",
                RowVerdict.UnderWay => "Another request is bringing this person in.",
                _ => null,
            },
            row.Verdict is RowVerdict.New ? row.Warning : null
        );

    /// <summary>What can be done about it elsewhere than on this card.</summary>
    public static string? WhatToDo(DraftRow row) =>
        row.WhatToDo
        ?? row.Verdict switch
        {
            RowVerdict.Created => "An administrator can mail the link again in DocSpace.",
            RowVerdict.Disabled => "An administrator can enable the account in DocSpace.",
            _ => null,
        };

    private static string Joined(params IEnumerable<string?> words) => string.Join(' ', words.Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>What would be done to people who are in DocSpace already, and only if it is ticked.</summary>
    private static IEnumerable<CardElement> Consents(Draft draft)
    {
        if (draft.Rows.Count(row => row.Verdict is RowVerdict.Pending) is > 0 and var pending)
        {
            yield return new InputToggle(ConfirmDraft.MailAgain, $"Send the mail once more to {People(pending)} invited before")
            {
                Wrap = true,
            };
        }

        if (draft.Rows.Where(row => row.Verdict is RowVerdict.OtherRole).ToList() is { Count: > 0 } others)
        {
            var seats = others.Count(row =>
                DocSpaceRoles.TakesSeat(row.Role) && row.PortalRole is { } present && !DocSpaceRoles.TakesSeat(present)
            );
            var costs = seats == 0 ? "" : $" (uses {seats} paid {(seats == 1 ? "seat" : "seats")})";
            yield return new InputToggle(ConfirmDraft.ChangeRoles, $"Give {People(others.Count)} the role that was asked for{costs}")
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
        var confirm = sent == 0 ? "Do what is ticked" : $"Invite {People(sent)}";

        return draft.State is DraftState.Looking || CanBeConfirmed(draft)
            ?
            [
                .. CanBeConfirmed(draft)
                    ? [new ExecuteAction(confirm, ConfirmDraft.Verb, about) { Style = ActionStyle.Positive }]
                    : Array.Empty<AdaptiveAction>(),
                new ExecuteAction("Cancel", CancelRequest.Verb, about),
            ]
            : [];
    }

    private static string Somebody(int count) => count == 0 ? "Nobody" : People(count);

    private static string People(int count) => count == 1 ? "1 person" : $"{count} people";
}
