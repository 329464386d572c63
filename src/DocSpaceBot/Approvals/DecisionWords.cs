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
            { Denial: { } denial } => ApprovalTexts.DeniedThis.With(denial.By.Name, WaitingWords.Time(denial.At), denial.Reason),
            { Status: InvitationStatus.Denied, Cause: { } cause } => Refusal.Because(cause).Text,
            { Status: InvitationStatus.Expired, InvitedAt: null } => ApprovalTexts.ExpiredThis,
            { Status: InvitationStatus.Cancelled, InvitedAt: null } => ApprovalTexts.TookThisBack.With(request.Requester.Name),
            { Votes.Count: > 0 } => ApprovalTexts.ApprovedThis.With(Names(it), WaitingWords.Time(it.Votes.Max(vote => vote.At))),
            _ => ApprovalTexts.RulesLetPass,
        };

    /// <summary>What was decided, on a card: a line for all who were decided alike.</summary>
    public static IEnumerable<string> OnCard(InviteRequest request, IReadOnlyList<Invitation> all) =>
        from it in all
        group it by OnCard(request, it, null) into alike
        let words = all.Count == 1 ? alike.Key : OnCard(request, alike.First(), Subject([.. alike]))
        where words is not null
        select words;

    private static string Outcome(Invitation it) => it.Link is null ? ApprovalTexts.NobodyInvited : ApprovalTexts.NoLink;

    /// <param name="who">Whom it is about; null for what the card is about. Who were decided alike have the same words then.</param>
    /// <returns>Null while it waits, and where nobody had to be asked.</returns>
    private static string? OnCard(InviteRequest request, Invitation it, string? who) =>
        it switch
        {
            { WasAsked: false } => null,
            { Denial: { } denial } => Denied(denial, Outcome(it), who),
            { Status: InvitationStatus.Denied, Cause: Cause.RulesForbid } => who is null
                ? ApprovalTexts.RulesForbidIt
                : ApprovalTexts.RulesForbidNamed.With(who),
            { Status: InvitationStatus.Denied } => who is null
                ? ApprovalTexts.NobodyCanApproveIt
                : ApprovalTexts.NobodyCanApproveNamed.With(who),
            { Status: InvitationStatus.Expired, InvitedAt: null } => who is null
                ? ApprovalTexts.UndecidedIt.With(Outcome(it))
                : ApprovalTexts.UndecidedNamed.With(Outcome(it), who),
            { Status: InvitationStatus.Cancelled, InvitedAt: null } => TookBack(CardText.Escape(request.Requester.Name), who),
            { Status: not InvitationStatus.PendingApproval, Votes: [_, ..] votes } => Approved(
                CardText.Escape(Names(it)),
                InvitationCard.Time(votes.Max(vote => vote.At)),
                who
            ),
            _ => null,
        };

    private static string Denied(Denial denial, string outcome, string? who)
    {
        var (by, at, reason) = (CardText.Escape(denial.By.Name), InvitationCard.Time(denial.At), CardText.Escape(denial.Reason));
        return who is null
            ? ApprovalTexts.DeniedIt.With(by, at, reason, outcome)
            : ApprovalTexts.DeniedNamed.With(by, at, reason, outcome, who);
    }

    private static string TookBack(string requester, string? who) =>
        who is null ? ApprovalTexts.TookItBack.With(requester) : ApprovalTexts.TookNamedBack.With(requester, who);

    private static string Approved(string by, string at, string? who) =>
        who is null ? ApprovalTexts.ApprovedIt.With(by, at) : ApprovalTexts.ApprovedNamed.With(by, at, who);

    private static string Subject(IReadOnlyList<Invitation> all) =>
        Listed([
            .. all.Take(MostNamed).Select(it => CardText.Escape(it.Who)),
            .. all.Count > MostNamed ? [ApprovalTexts.More.With(all.Count - MostNamed)] : Array.Empty<string>(),
        ]);

    public static string Names(Invitation it) => Listed([.. it.Votes.Select(vote => vote.By.Name)]);

    public static string Listed(IReadOnlyList<string> names) =>
        names.Count switch
        {
            0 => "",
            1 => names[0],
            _ => ApprovalTexts.ListAnd.With(string.Join(", ", names.Take(names.Count - 1)), names[^1]),
        };
}
