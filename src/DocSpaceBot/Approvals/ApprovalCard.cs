using System.Globalization;
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

    /// <summary>A name for a value is broken at a blank where all others are shorter.</summary>
    private const string AskedBy = "Asked\u00A0by";

    private const int MostRows = 10;

    /// <summary>Of a long list, decided row by row, not everything is said again.</summary>
    private const int MostDecisions = 4;

    public static bool IsMeant(CardClick click) => click.Entered.GetValueOrDefault(ViewField) == View;

    public static string Summary(InviteRequest request, IReadOnlyList<Invitation> all)
    {
        var waiting = all.Count(it => it.Status is InvitationStatus.PendingApproval);
        var who = all is [var one] ? one.Who : $"{all.Count} people";
        return waiting > 0
            ? $"{request.Requester.Name} asks you to approve: {who} (request {request.Number})"
            : $"Request {request.Number}, {who}: {Heading(all)}";
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
            Refresh = isOpen ? new(new ExecuteAction("Refresh", SharedVerbs.Refresh, about), view.RefreshFor) : null,
            Body =
            [
                CardFrame.Heading(Heading(all, isAsked), StyleOf(all)),
                new FactSet([
                    new(AskedBy, CardText.Escape(request.Requester.Name)),
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
            (> 0, [{ Link: not null }]) when isAsked => "Approve this invitation link?",
            (> 0, [_]) when isAsked => "Approve this invitation?",
            (> 0, _) when isAsked && waiting == all.Count => $"Approve {all.Count} invitations?",
            (> 0, { Count: > 1 }) => $"{waiting} of {all.Count} invitations {(waiting == 1 ? "waits" : "wait")} for a decision",
            (_, [{ Status: InvitationStatus.Expired, InvitedAt: null } it]) => $"{Thing(it)} · expired, nobody decided",
            (_, [{ Status: InvitationStatus.Approved } it]) => $"{Thing(it)} · approved",
            (_, [{ Link: not null } it]) => $"Invitation link · {LinkWords.For(it)}",
            (_, [var it]) => $"Invitation · {InvitationCard.Lower(Words.For(it.Status))}",
            _ => $"{all.Count} invitations · decided",
        };
    }

    private static string Thing(Invitation it) => it.Link is null ? "Invitation" : "Invitation link";

    private static ContainerStyle StyleOf(IReadOnlyList<Invitation> all) =>
        all.Any(it => it.Status is InvitationStatus.PendingApproval) ? ContainerStyle.Warning
        : all is [var one] ? InvitationCard.StyleOf(one)
        : ContainerStyle.Emphasis;

    /// <summary>Who has said yes so far, and until when there is time.</summary>
    private static IEnumerable<Fact> Standing(IReadOnlyList<Invitation> all)
    {
        if (all is [{ Status: InvitationStatus.PendingApproval } waiting] && (waiting.Needed > 1 || waiting.Votes.Count > 0))
        {
            var who = waiting.Votes.Count == 0 ? "" : $" ({CardText.Escape(DecisionWords.Names(waiting))})";
            yield return new("Approvals", $"{waiting.Votes.Count} of {waiting.Needed}{who}");
        }

        if (all.Where(it => it.Status is InvitationStatus.PendingApproval).Min(it => it.DecideBy) is { } until)
        {
            yield return new("Deadline", InvitationCard.Time(until));
        }

        if (all is [var one] && one.Status is not InvitationStatus.PendingApproval)
        {
            yield return new("Status", Words.For(one.Status));
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
        yield return needed > 1 || !isAsked
            ? $"It goes out when {HowMany(needed, waiting)}. One denial is enough to stop it."
            : Next(all, undoWindow);

        if (isAsked && request.Number is { } number)
        {
            var some = all.Count == 1 ? "" : " Addresses behind the number choose some of them.";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Without buttons: type /approve {number}, or /deny {number} and why.{some}"
            );
        }
    }

    private static string HowMany(int needed, IReadOnlyList<Invitation> waiting)
    {
        var more = waiting.Any(it => it.Votes.Count > 0) ? " more" : "";
        return needed == 1 ? $"one{more} of those who are asked approves" : $"{needed}{more} of those who are asked approve";
    }

    private static string Next(IReadOnlyList<Invitation> all, TimeSpan undoWindow)
    {
        var who = all.Count == 1 ? "the person" : "everybody who is approved";
        var when =
            undoWindow > TimeSpan.Zero
                ? $"Once approved, it waits {Countdown.Span(undoWindow)}, in which you can undo it. Then "
                : "Once approved, ";
        var how =
            all is [{ Link: not null }] ? "DocSpace makes the link, and only whoever asked gets to see it."
            : all is [{ Room: null, Wish: not Wish.Resend, Shown: not null and not Lifecycle.Standing.Absent }]
                ? "nobody is mailed: see the account above."
            : all.All(it => it.Room is not null) ? $"DocSpace lets {who} into the room."
            : $"DocSpace mails {who}.";
        return when + how;
    }

    private static IEnumerable<CardElement> ReasonOf(ApprovalView view)
    {
        yield return new InputText(ReasonField)
        {
            Label = "Reason (needed to deny; the person who asked reads it)",
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
                ? [Button(Title("Approve", open, many), ApproveInvitation.Verb, about, ActionStyle.Positive)]
                : Array.Empty<AdaptiveAction>(),
            .. view.Decidable.Count > 0
                ? [Button(Title("Deny", view.Decidable, many), DenyInvitation.Verb, about, ActionStyle.Destructive)]
                : Array.Empty<AdaptiveAction>(),
            .. canUndo ? [Button("Undo", SharedVerbs.Undo, about)] : Array.Empty<AdaptiveAction>(),
            // Whose client does not fetch a view by itself asks for it.
            .. isOpen && view.Reader is null ? [Button("Decide", SharedVerbs.Refresh, about)] : Array.Empty<AdaptiveAction>(),
        ];
    }

    private static string Title(string verb, IReadOnlyList<Invitation> about, bool many) =>
        !many ? $"{verb} invitation{(about is [{ Link: not null }] ? " link" : "")}"
        : about.Count == 1 ? $"{verb} 1 invitation"
        : $"{verb} all {about.Count}";

    /// <summary>Clients that do not know the button send the same as a message.</summary>
    public static ExecuteAction Button(string title, string verb, Dictionary<string, string> about, ActionStyle? style = null) =>
        new(title, verb, about)
        {
            Style = style,
            Fallback = new SubmitAction(title, new Dictionary<string, string>(about) { ["verb"] = verb }) { Style = style },
        };
}
