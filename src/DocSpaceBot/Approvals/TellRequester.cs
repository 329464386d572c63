using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>
/// Tells the requester what was decided, once, when nothing waits any more and nothing can be taken back: an edited card makes no noise. Those who
/// were asked are told when it was too late.
/// </summary>
internal sealed class TellRequester(
    Database database,
    InvitationStore invitations,
    ApproverStore approvers,
    PeopleStore people,
    RequestResults results,
    TimeProvider clock
) : IStep
{
    private const int MostNamed = 3;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new RequestId(step.Subject);

        if (await invitations.FindRequestAsync(id, cancellationToken) is not { ToldAt: null } request)
        {
            return StepOutcome.Done;
        }

        var all = (await invitations.ListAsync(id, cancellationToken)).Where(it => it.WasAsked).ToList();
        var now = clock.GetUtcNow();

        // The last decision leaves this step again.
        if (all.Exists(it => it.Status is InvitationStatus.PendingApproval))
        {
            return StepOutcome.Done;
        }

        if (Countdown.EndsAt(all) is { } end && now < end)
        {
            return StepOutcome.Again(end);
        }

        var expired = all.Where(it => it is { Status: InvitationStatus.Expired, InvitedAt: null }).ToList();
        var tooLate = expired.Count == 0 ? [] : await ChatsOfApproversAsync(request, cancellationToken);

        await database.WriteAsync(
            async unit =>
            {
                if (!await InvitationStore.TryKeepToldAsync(unit, id, now))
                {
                    return;
                }

                foreach (var text in Words(all))
                {
                    await ChatTurn.ReplyAsync(unit, request.ConversationId, OutgoingActivity.FromText(text), now);
                }

                foreach (var chat in tooLate)
                {
                    await ChatTurn.ReplyAsync(unit, chat, OutgoingActivity.FromText(TooLate(request, expired)), now);
                }
            },
            cancellationToken
        );
        await results.LeaveOfferAsync(id, cancellationToken);
        return StepOutcome.Done;
    }

    private static IEnumerable<string> Words(IReadOnlyList<Invitation> all)
    {
        foreach (var group in all.Where(it => it.Denial is not null).GroupBy(it => (it.Denial!.By.Name, it.Denial.Reason)))
        {
            yield return $"{group.Key.Name} denied {Who([.. group])}: “{group.Key.Reason}”. Nobody was invited by that.";
        }

        foreach (var group in all.Where(it => it is { Status: InvitationStatus.Denied, Cause: not null }).GroupBy(it => it.Cause!.Value))
        {
            yield return $"{Who([.. group])}: {Refusal.NobodyBecause(group.Key).Text}";
        }

        if (all.Where(it => it is { Status: InvitationStatus.Expired, InvitedAt: null }).ToList() is { Count: > 0 } expired)
        {
            yield return $"Nobody decided about {Who(expired)} in time, so the request has expired and nobody was invited. Ask again with {(expired[0].Link is null ? "/invite" : "/link")}, or speak with those who decide.";
        }

        foreach (var group in all.Where(it => it.Votes.Count > 0 && !it.CameToNothing).GroupBy(DecisionWords.Names))
        {
            yield return $"{group.Key} approved {Who([.. group])}. The card shows where it stands.";
        }

        if (all.Where(it => it.Votes.Count == 0 && !it.CameToNothing).ToList() is { Count: > 0 } allowed)
        {
            yield return $"The rules were changed, and nobody has to approve {Who(allowed)} any more. The card shows where it stands.";
        }
    }

    private static string TooLate(InviteRequest request, IReadOnlyList<Invitation> expired) =>
        $"Request {request.Number} of {request.Requester.Name} ({Who(expired)}) has expired: nobody decided in time. Nobody was invited.";

    private static string Who(IReadOnlyList<Invitation> all) =>
        all.Count <= MostNamed ? DecisionWords.Listed([.. all.Select(it => it.Who)]) : $"{all[0].Who} and {all.Count - 1} more";

    private async Task<IReadOnlyList<string>> ChatsOfApproversAsync(InviteRequest request, CancellationToken cancellationToken)
    {
        var chats = new List<string>();

        foreach (var approver in await approvers.ListAsync(request.Id, cancellationToken))
        {
            if (
                approver is { IsReachable: true, ConversationId: { } place }
                && (approver.IsChannel || (await people.FindAsync(request.TenantId, approver.Id, cancellationToken))?.Notify is Notify.Each)
            )
            {
                chats.Add(place);
            }
        }

        return chats;
    }
}
