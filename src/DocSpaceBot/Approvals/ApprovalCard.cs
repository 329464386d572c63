using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Approvals;

/// <summary>Who looks at the card, and what they may do there.</summary>
internal sealed record ApprovalView
{
    /// <summary>What everybody may see who has the card in front of them: no buttons that decide.</summary>
    public static readonly ApprovalView Everybody = new();

    /// <summary>The rows that this person may decide about.</summary>
    public IReadOnlyList<Invitation> Decidable { get; init; } = [];

    /// <summary>Who reads; null for everybody.</summary>
    public Person? Reader { get; init; }

    /// <summary>Said to this person alone, in plain text: it may hold what others wrote.</summary>
    public string? Notice { get; init; }

    /// <summary>What was entered as the reason, and kept because something was wrong.</summary>
    public string? Reason { get; init; }

    /// <summary>The people whose clients fetch their own view: <c>29:…</c>; null for everybody in the conversation.</summary>
    public IReadOnlyList<string>? RefreshFor { get; init; } = [];
}

/// <summary>
/// The card of a request for those who decide about it. Everybody gets the same words; the buttons come with a view of one's own, which the
/// client fetches with <c>card/refresh</c>, so that a card that is looked at by others holds nothing to press.
/// </summary>
internal static class ApprovalCard
{
    /// <summary>The field for the reason of a denial.</summary>
    public const string ReasonField = "reason";

    /// <summary>Tells the card of the approvers from the one of the requester: both are of the same request.</summary>
    public const string ViewField = "view";
    public const string View = "approval";

    private const int MostRows = 10;

    /// <summary>Of a long list, decided row by row, not everything is said again.</summary>
    private const int MostDecisions = 4;

    public static bool IsMeant(CardClick click) => click.Entered.GetValueOrDefault(ViewField) == View;

    public static string Summary(InviteRequest request, IReadOnlyList<Invitation> all)
    {
        var waiting = all.Count(it => it.Status is InvitationStatus.PendingApproval);
        var who = all is [var one] ? one.Who : ApprovalTexts.People.With(all.Count);
        return waiting > 0
            ? ApprovalTexts.AsksToApprove.With(request.Requester.Name, who, request.Number)
            : ApprovalTexts.RequestIs.With(request.Number, who, Heading(all));
    }

    public static AdaptiveCard For(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        DateTimeOffset now,
        TimeSpan undoWindow,
        ApprovalView view
    )
    {
        var about = new Dictionary<string, string> { ["id"] = request.Id.Value, [ViewField] = View };
        var isOpen = all.Any(it => it.Status is InvitationStatus.PendingApproval) || CanBeTakenBack(all, now);
        var isAsked = view.Reader is not { } reader || view.Decidable.Any(it => !it.IsApprovedBy(reader));

        return new()
        {
            FallbackText = Summary(request, all),
            Refresh = isOpen ? new(new ExecuteAction(ApprovalTexts.Refresh, SharedVerbs.Refresh, about), view.RefreshFor) : null,
            Body =
            [
                CardFrame.Heading(Heading(all, isAsked), StyleOf(all)),
                new FactSet([
                    new(ApprovalTexts.AskedBy, CardText.Escape(request.Requester.Name)),
                    .. all is [var one] ? ApprovalRows.Facts(one) : ApprovalRows.Facts(all),
                    .. InvitationCard.Reason(request),
                    .. Standing(all),
                ]),
                .. all is [var only] ? ApprovalRows.Warnings(only) : [],
                .. Lines(request, all, now, undoWindow, isAsked).Select(line => new TextBlock(line) { Spacing = Spacing.Small }),
                .. all.Count > 1 ? ApprovalRows.List(all, view, about, MostRows) : [],
                .. view.Decidable.Count > 0 ? ReasonOf(view) : [],
                .. CardFrame.Notice(string.IsNullOrEmpty(view.Notice) ? null : CardText.Escape(view.Notice)),
                CardFrame.Reference(request.Id),
            ],
            Actions = Buttons(all, now, view, about, isOpen),
        };
    }

    /// <summary>When the card has to be drawn again because time goes by; null when that changes nothing.</summary>
    public static DateTimeOffset? ChangesAt(IReadOnlyList<Invitation> all, DateTimeOffset now) => Countdown.ChangesAt(all, now);

    private static bool CanBeTakenBack(IReadOnlyList<Invitation> all, DateTimeOffset now) =>
        all.Any(it => it is { Status: InvitationStatus.Approved, SendBegunAt: null, Votes.Count: > 0 } && now < it.SendFrom);

    /// <param name="isAsked">The question is put to whoever can still answer it.</param>
    private static string Heading(IReadOnlyList<Invitation> all, bool isAsked = true)
    {
        var waiting = all.Count(it => it.Status is InvitationStatus.PendingApproval);
        return (waiting, all) switch
        {
            (> 0, [{ Link: not null }]) when isAsked => ApprovalTexts.ApproveLinkQuestion,
            (> 0, [_]) when isAsked => ApprovalTexts.ApproveOneQuestion,
            (> 0, _) when isAsked && waiting == all.Count => ApprovalTexts.ApproveManyQuestion.With(all.Count),
            (1, { Count: > 1 }) => ApprovalTexts.OneOfManyWaits.With(waiting, all.Count),
            (> 0, { Count: > 1 }) => ApprovalTexts.SomeOfManyWait.With(waiting, all.Count),
            (_, [{ Status: InvitationStatus.Expired, InvitedAt: null } it]) => it.Link is null
                ? ApprovalTexts.InvitationUndecided
                : ApprovalTexts.LinkUndecided,
            (_, [{ Status: InvitationStatus.Approved } it]) => it.Link is null
                ? ApprovalTexts.InvitationApproved
                : ApprovalTexts.LinkApproved,
            (_, [{ Link: not null } it]) => ApprovalTexts.LinkIs.With(LinkWords.For(it)),
            (_, [var it]) => ApprovalTexts.InvitationIs.With(InvitationCard.Lower(Words.For(it.Status))),
            _ => ApprovalTexts.ManyDecided.With(all.Count),
        };
    }

    private static ContainerStyle StyleOf(IReadOnlyList<Invitation> all) =>
        all.Any(it => it.Status is InvitationStatus.PendingApproval) ? ContainerStyle.Warning
        : all is [var one] ? InvitationCard.StyleOf(one)
        : ContainerStyle.Emphasis;

    /// <summary>Who has said yes so far, and until when there is time.</summary>
    private static IEnumerable<Fact> Standing(IReadOnlyList<Invitation> all)
    {
        if (all is [{ Status: InvitationStatus.PendingApproval } waiting] && (waiting.Needed > 1 || waiting.Votes.Count > 0))
        {
            yield return new(
                ApprovalTexts.Approvals,
                waiting.Votes.Count == 0
                    ? ApprovalTexts.VotesOf.With(waiting.Votes.Count, waiting.Needed)
                    : ApprovalTexts.VotesOfBy.With(waiting.Votes.Count, waiting.Needed, CardText.Escape(DecisionWords.Names(waiting)))
            );
        }

        if (all.Where(it => it.Status is InvitationStatus.PendingApproval).Min(it => it.DecideBy) is { } until)
        {
            yield return new(ApprovalTexts.Deadline, InvitationCard.Time(until));
        }

        if (all is [var one] && one.Status is not InvitationStatus.PendingApproval)
        {
            yield return new(ApprovalTexts.Status, Words.For(one.Status));
        }
    }

    /// <summary>What happens next, or what was decided.</summary>
    private static IEnumerable<string> Lines(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        DateTimeOffset now,
        TimeSpan undoWindow,
        bool isAsked
    )
    {
        var waiting = all.Where(it => it.Status is InvitationStatus.PendingApproval).ToList();

        foreach (var line in DecisionWords.OnCard(request, all).Take(MostDecisions))
        {
            yield return line;
        }

        if (all is [{ Status: InvitationStatus.Failed, Cause: { } cause } failed])
        {
            yield return failed.Link is null ? InvitationCard.Explain(failed, cause) : Refusal.LinkBecause(cause);
        }

        if (CanBeTakenBack(all, now))
        {
            yield return Countdown.Words(all, now);
        }

        if (waiting.Count == 0)
        {
            yield break;
        }

        var needed = waiting.Max(it => it.Needed - it.Votes.Count);
        yield return needed > 1 || !isAsked ? GoesOut(needed, waiting) : Next(all, undoWindow);

        if (isAsked && request.Number is { } number)
        {
            yield return (all.Count == 1 ? ApprovalTexts.WithoutButtons : ApprovalTexts.WithoutButtonsForSome).With(number);
        }
    }

    private static string GoesOut(int needed, IReadOnlyList<Invitation> waiting) =>
        waiting.Any(it => it.Votes.Count > 0)
            ? Wording.Count(needed, ApprovalTexts.GoesOutWhenOneMore, ApprovalTexts.GoesOutWhenSomeMore)
            : Wording.Count(needed, ApprovalTexts.GoesOutWhenOne, ApprovalTexts.GoesOutWhenSome);

    private static string Next(IReadOnlyList<Invitation> all, TimeSpan undoWindow)
    {
        var then =
            all is [{ Link: not null }] ? ApprovalTexts.ThenLinkIsMade
            : all is [{ Room: null, Wish: not Wish.Resend, Shown: not null and not Lifecycle.Standing.Absent }]
                ? ApprovalTexts.ThenNobodyIsMailed
            : all.All(it => it.Room is not null) ? (all.Count == 1 ? ApprovalTexts.ThenLetIntoRoom : ApprovalTexts.ThenAllLetIntoRoom)
            : all.Count == 1 ? ApprovalTexts.ThenMailed
            : ApprovalTexts.ThenAllMailed;
        return undoWindow > TimeSpan.Zero
            ? ApprovalTexts.OnceApprovedWaits.With(Countdown.Span(undoWindow), then)
            : ApprovalTexts.OnceApproved.With(then);
    }

    private static IEnumerable<CardElement> ReasonOf(ApprovalView view)
    {
        yield return new InputText(ReasonField)
        {
            Label = ApprovalTexts.ReasonLabel,
            IsMultiline = true,
            MaxLength = DecideRequest.LongestReason,
            Value = view.Reason,
        };
    }

    private static IReadOnlyList<AdaptiveAction> Buttons(
        IReadOnlyList<Invitation> all,
        DateTimeOffset now,
        ApprovalView view,
        Dictionary<string, string> about,
        bool isOpen
    )
    {
        var mine = all.Where(it => view.Reader is { } reader && it.IsApprovedBy(reader)).ToList();
        var open = view.Decidable.Where(it => view.Reader is { } reader && it.WaitsForYesOf(reader)).ToList();
        var canUndo = mine.Exists(it => it.Status is InvitationStatus.PendingApproval) || CanBeTakenBack(mine, now);
        var many = all.Count > 1;

        return
        [
            .. open.Count > 0
                ? [Button(ApproveTitle(open, many), ApproveInvitation.Verb, about, ActionStyle.Positive)]
                : Array.Empty<AdaptiveAction>(),
            .. view.Decidable.Count > 0
                ? [Button(DenyTitle(view.Decidable, many), DenyInvitation.Verb, about, ActionStyle.Destructive)]
                : Array.Empty<AdaptiveAction>(),
            .. canUndo ? [Button(ApprovalTexts.Undo, SharedVerbs.Undo, about)] : Array.Empty<AdaptiveAction>(),
            // Whose client does not fetch a view by itself asks for it.
            .. isOpen && view.Reader is null ? [Button(ApprovalTexts.Decide, SharedVerbs.Refresh, about)] : Array.Empty<AdaptiveAction>(),
        ];
    }

    private static string ApproveTitle(IReadOnlyList<Invitation> about, bool many) =>
        many ? Wording.Count(about.Count, ApprovalTexts.ApproveOne, ApprovalTexts.ApproveAll)
        : about is [{ Link: not null }] ? ApprovalTexts.ApproveLink
        : ApprovalTexts.ApproveInvitation;

    private static string DenyTitle(IReadOnlyList<Invitation> about, bool many) =>
        many ? Wording.Count(about.Count, ApprovalTexts.DenyOne, ApprovalTexts.DenyAll)
        : about is [{ Link: not null }] ? ApprovalTexts.DenyLink
        : ApprovalTexts.DenyInvitation;

    /// <summary>Clients that do not know the button send the same as a message.</summary>
    public static ExecuteAction Button(string title, string verb, Dictionary<string, string> about, ActionStyle? style = null) =>
        new(title, verb, about)
        {
            Style = style,
            Fallback = new SubmitAction(title, new Dictionary<string, string>(about) { ["verb"] = verb }) { Style = style },
        };
}
