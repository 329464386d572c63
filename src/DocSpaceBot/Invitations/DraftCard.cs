using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>What would happen to everybody of a request, before anything is sent.</summary>
internal static class DraftCard
{
    /// <summary>Rows that are shown one by one; more are counted.</summary>
    private const int MostRows = 12;

    public static string Summary(Draft draft) =>
        draft.State switch
        {
            DraftState.Looking => $"Looking up {People(draft.Rows.Count)}",
            DraftState.Ready => $"{People(draft.Rows.Count(row => row.WouldBeSent))} would be invited",
            DraftState.Cancelled => "Cancelled. Nobody was invited.",
            _ => "Nobody was invited.",
        };

    public static AdaptiveCard For(Draft draft, string? notice = null) =>
        new()
        {
            FallbackText = Summary(draft),
            Body =
            [
                new Container
                {
                    Style = draft.State is DraftState.Failed ? ContainerStyle.Attention : ContainerStyle.Emphasis,
                    Bleed = true,
                    Items =
                    [
                        new TextBlock(Heading(draft))
                        {
                            Size = TextSize.Large,
                            Weight = TextWeight.Bolder,
                            Style = TextBlockStyle.Heading,
                        },
                    ],
                },
                .. draft.State is DraftState.Ready ? Verdicts(draft) : [],
                new TextBlock(Explanation(draft)),
                .. notice is null ? Array.Empty<TextBlock>() : [new TextBlock(notice) { Color = TextColor.Attention, Separator = true }],
                new TextBlock($"Reference {draft.Id.Reference}")
                {
                    IsSubtle = true,
                    Size = TextSize.Small,
                    Spacing = Spacing.Medium,
                },
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
            (DraftState.Ready, true, var sent) => $"{People(sent)} would be invited. This was a dry run: nothing was sent.",
            (DraftState.Ready, false, 0) => "There is nobody to invite. Nothing was sent.",
            (DraftState.Ready, false, var sent) => $"{People(sent)} will be invited when you say so. Everybody else is left as they are.",
            (DraftState.Cancelled, _, _) => "Nobody was invited.",
            _ => draft.Problem ?? "Nobody was invited.",
        };

    private static IEnumerable<CardElement> Verdicts(Draft draft)
    {
        yield return new FactSet([
            .. draft.Reason is { } reason ? [new Fact("Reason", CardText.Escape(reason))] : Array.Empty<Fact>(),
            new("Asked by", CardText.Escape(draft.Requester.Name)),
            .. draft.Rows.GroupBy(row => row.Verdict).OrderBy(group => group.Key).Select(group => new Fact(Title(group.Key), $"{group.Count()}")),
        ]);

        // Rows that need somebody's attention come first.
        var rows = draft.Rows.OrderBy(row => row.Verdict is RowVerdict.New ? 1 : 0).ThenBy(row => row.Line).Take(MostRows).ToList();

        foreach (var row in rows)
        {
            yield return new Container
            {
                Spacing = Spacing.Small,
                Items =
                [
                    new ColumnSet
                    {
                        Columns =
                        [
                            new Column { Width = "stretch", Items = [new TextBlock(CardText.Escape(row.Email))] },
                            new Column { Width = "auto", Items = [new TextBlock(Title(row.Verdict)) { Weight = TextWeight.Bolder }] },
                        ],
                    },
                    .. Words(row) is { } words
                        ? [new TextBlock(CardText.Escape(words)) { IsSubtle = true, Spacing = Spacing.None }]
                        : Array.Empty<TextBlock>(),
                ],
            };
        }

        if (draft.Rows.Count > rows.Count)
        {
            yield return new TextBlock($"… and {draft.Rows.Count - rows.Count} more.") { IsSubtle = true, Spacing = Spacing.Small };
        }
    }

    private static string Title(RowVerdict verdict) =>
        verdict switch
        {
            RowVerdict.New => "To be invited",
            RowVerdict.Pending => "Invited before",
            RowVerdict.Active => "Already a member",
            RowVerdict.LowerRole => "Member with a lower role",
            RowVerdict.Disabled => "Account disabled",
            RowVerdict.UnderWay => "Under way",
            RowVerdict.NotAllowed => "Not allowed",
            RowVerdict.HeldBack => "Held back",
            RowVerdict.Wrong => "Cannot be read",
            _ => "Not looked up",
        };

    private static string? Words(DraftRow row) =>
        row.Note
        ?? row.Verdict switch
        {
            RowVerdict.Pending => "Has an invitation and has not registered yet. No new mail goes out.",
            RowVerdict.LowerRole => "An invitation does not change the role. An administrator can, in DocSpace.",
            RowVerdict.Disabled => "An administrator can enable the account in DocSpace.",
            RowVerdict.UnderWay => "Another request is bringing this person in.",
            _ => null,
        };

    private static IReadOnlyList<AdaptiveAction> Buttons(Draft draft)
    {
        var about = new Dictionary<string, string> { ["id"] = draft.Id.Value };
        var sent = draft.Rows.Count(row => row.WouldBeSent);

        return (draft.State, draft.IsDryRun) switch
        {
            (DraftState.Ready, false) when sent > 0 =>
            [
                new ExecuteAction($"Invite {People(sent)}", ConfirmDraft.Verb, about) { Style = ActionStyle.Positive },
                new ExecuteAction("Cancel", CancelRequest.Verb, about),
            ],
            (DraftState.Looking, _) => [new ExecuteAction("Cancel", CancelRequest.Verb, about)],
            _ => [],
        };
    }

    private static string People(int count) => count == 1 ? "1 person" : $"{count} people";
}
