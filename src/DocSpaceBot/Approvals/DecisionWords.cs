using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Approvals;

/// <summary>Who decided what and when, in plain text.</summary>
internal static class DecisionWords
{
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

    /// <summary>What was decided, on a card; null while it waits, and where nobody had to be asked.</summary>
    public static string? OnCard(InviteRequest request, Invitation it) =>
        it switch
        {
            { Denial: { } denial } =>
                $"{CardText.Escape(denial.By.Name)} denied it ({InvitationCard.Time(denial.At)}): “{CardText.Escape(denial.Reason)}” Nobody was invited.",
            { Status: InvitationStatus.Denied, Cause: { } cause } => Refusal.Because(cause).Text,
            { Status: InvitationStatus.Expired, InvitedAt: null } => "Nobody decided in time. Nobody was invited.",
            { Status: InvitationStatus.Cancelled, InvitedAt: null } =>
                $"{CardText.Escape(request.Requester.Name)} took it back before anything was sent. Nobody was invited.",
            { Status: not InvitationStatus.PendingApproval, Votes: [_, ..] votes } =>
                $"{CardText.Escape(Names(it))} approved it ({InvitationCard.Time(votes.Max(vote => vote.At))}).",
            _ => null,
        };

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
