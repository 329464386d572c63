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
            var who = one.Votes.Count == 0 ? "" : $" ({CardText.Escape(DecisionWords.Names(one))})";
            yield return $"{one.Votes.Count} of {one.Needed} have approved{who}.";
        }

        if (waiting.Min(it => it.DecideBy) is { } until)
        {
            var who =
                waiting is [{ Link: not null }] ? "There is no link before they have decided."
                : waiting.Count == all.Count ? "Nobody is invited before they have decided."
                : waiting.Count == 1 ? "1 person waits for that and is not invited before."
                : $"{waiting.Count} people wait for that and are not invited before.";
            yield return $"{who} Undecided, it expires {InvitationCard.Time(until)}.";
        }
    }

    private static string Whom(InviteRequest request, IReadOnlyList<Approver> asked)
    {
        var reached = asked.Where(approver => approver.IsReachable).ToList();
        var names = reached
            .Where(approver => !approver.IsChannel)
            .Select(approver => CardText.Escape(approver.Name ?? "somebody"))
            .ToList();

        if (names.Count > MostNames)
        {
            names = [.. names.Take(MostNames), $"{names.Count - MostNames} more"];
        }

        if (reached.Exists(approver => approver.IsChannel))
        {
            names.Add("a channel");
        }

        return names.Count > 0 ? $"Asked for approval: {DecisionWords.Listed(names)}."
            : request.OperatorsToldAt is not null ? "Nobody who decides can be reached at the moment. An operator has been told."
            : asked.Count > 0 ? "Nobody who decides can be reached at the moment. Ask an operator."
            : "Those who decide are being asked.";
    }
}
