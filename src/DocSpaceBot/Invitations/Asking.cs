using DocSpaceBot.Approvals;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>What the requester reads of those who decide.</summary>
internal static class Asking
{
    private const int MostNames = 5;
    private const int MostDecisions = 4;

    public static IEnumerable<string> Lines(InviteRequest request, IReadOnlyList<Invitation> all, IReadOnlyList<Approver> asked)
    {
        foreach (var line in DecisionWords.OnCard(request, all).Take(MostDecisions))
        {
            yield return line;
        }

        var waiting = all.Where(it => it.Status is InvitationStatus.PendingApproval).ToList();

        if (waiting.Count == 0)
        {
            yield break;
        }

        yield return Whom(request, asked);

        if (waiting is [{ Needed: > 1 } one])
        {
            yield return one.Votes.Count == 0
                ? InvitationTexts.ApprovedOf.With(0, one.Needed)
                : InvitationTexts.ApprovedOfByNames.With(one.Votes.Count, one.Needed, CardText.Escape(DecisionWords.Names(one)));
        }

        if (waiting.Min(it => it.DecideBy) is { } until)
        {
            var who =
                waiting is [{ Link: not null }] ? InvitationTexts.NoLinkBefore
                : waiting.Count == all.Count ? InvitationTexts.NobodyInvitedBefore
                : Wording.Count(waiting.Count, InvitationTexts.OneNotInvitedBefore, InvitationTexts.ManyNotInvitedBefore);
            yield return $"{who} {InvitationTexts.ExpiresUndecided.With(InvitationCard.Time(until))}";
        }
    }

    private static string Whom(InviteRequest request, IReadOnlyList<Approver> asked)
    {
        var reached = asked.Where(approver => approver.IsReachable).ToList();
        var names = reached
            .Where(approver => !approver.IsChannel)
            .Select(approver => CardText.Escape(approver.Name ?? InvitationTexts.Somebody))
            .ToList();

        if (names.Count > MostNames)
        {
            names = [.. names.Take(MostNames), InvitationTexts.MoreNames.With(names.Count - MostNames)];
        }

        if (reached.Exists(approver => approver.IsChannel))
        {
            names.Add(InvitationTexts.AChannel);
        }

        return names.Count > 0 ? InvitationTexts.AskedForApproval.With(DecisionWords.Listed(names))
            : request.OperatorsToldAt is not null ? InvitationTexts.NobodyReachedOperatorTold
            : asked.Count > 0 ? InvitationTexts.NobodyReachedAskOperator
            : InvitationTexts.BeingAsked;
    }
}
