using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Approvals;

/// <summary>Who decided what and when, in plain text.</summary>
internal static class DecisionWords
{
    private const int MostNamed = 3;

    /// <summary>What has come of a request that no longer waits.</summary>
    public static string Outcome(InviteRequest request, Invitation it) =>
        it switch
        {
            { Denial: { } denial } => $"{denial.By.Name} denied this {Time(denial.At)}: “{denial.Reason}”. Nothing was changed.",
            { Status: InvitationStatus.Denied, Cause: { } cause } => Refusal.Because(cause).Text,
            { Status: InvitationStatus.Expired, InvitedAt: null } => "This has expired: nobody decided in time. Nothing was changed.",
            { Status: InvitationStatus.Cancelled, InvitedAt: null } => $"{request.Requester.Name} took this back. Nothing was changed.",
            { Votes.Count: > 0 } => $"{Names(it)} approved this {Time(it.Votes.Max(vote => vote.At))}. Nothing was changed.",
            _ => "The rules let this pass without anybody's approval. Nothing was changed.",
        };

    /// <summary>What was decided, on a card: a line for all who were decided alike.</summary>
    public static IEnumerable<string> OnCard(InviteRequest request, IReadOnlyList<Invitation> all) =>
        from it in all
        group it by OnCard(request, it) into alike
        where alike.Key is not null
        let words = alike.Key!.Value
        select $"{words.Before}{(all.Count == 1 ? "it" : Subject([.. alike]))}{words.After}";

    private static string Outcome(Invitation it) => it.Link is null ? "Nobody was invited by that." : "There is no link.";

    /// <summary>What stands before and behind whom it is about; null while it waits, and where nobody had to be asked.</summary>
    private static (string Before, string After)? OnCard(InviteRequest request, Invitation it) =>
        it switch
        {
            { WasAsked: false } => null,
            { Denial: { } denial } => (
                $"{CardText.Escape(denial.By.Name)} denied ",
                $" ({InvitationCard.Time(denial.At)}): “{CardText.Escape(denial.Reason)}”. {Outcome(it)}"
            ),
            { Status: InvitationStatus.Denied, Cause: Cause.RulesForbid } => ("The rules were changed and do not allow ", " any more."),
            { Status: InvitationStatus.Denied } => ("Nobody can be found who could approve ", ". An operator can name approvers."),
            { Status: InvitationStatus.Expired, InvitedAt: null } => ("Nobody decided about ", $" in time. {Outcome(it)}"),
            { Status: InvitationStatus.Cancelled, InvitedAt: null } => (
                $"{CardText.Escape(request.Requester.Name)} took ",
                " back before anything was sent."
            ),
            { Status: not InvitationStatus.PendingApproval, Votes: [_, ..] votes } => (
                $"{CardText.Escape(Names(it))} approved ",
                $" ({InvitationCard.Time(votes.Max(vote => vote.At))})."
            ),
            _ => null,
        };

    private static string Subject(IReadOnlyList<Invitation> all) =>
        Listed([
            .. all.Take(MostNamed).Select(it => CardText.Escape(it.Who)),
            .. all.Count > MostNamed ? [$"{all.Count - MostNamed} more"] : Array.Empty<string>(),
        ]);

    public static string Names(Invitation it) => Listed([.. it.Votes.Select(vote => vote.By.Name)]);

    public static string Listed(IReadOnlyList<string> names) =>
        names.Count switch
        {
            0 => "",
            1 => names[0],
            _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        };

    private static string Time(DateTimeOffset at) => $"on {WaitingWords.Time(at)}";
}
