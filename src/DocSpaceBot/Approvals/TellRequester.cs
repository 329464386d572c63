using System.Globalization;
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
        var messages = new List<(string Place, string Text)>();
        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        messages.AddRange(Words(all).Select(text => (request.ConversationId, text)));

        if (expired.Count > 0)
        {
            foreach (var (place, language) in await ListChatsOfApproversAsync(request, CultureInfo.CurrentUICulture, cancellationToken))
            {
                CultureInfo.CurrentUICulture = language;
                messages.Add((place, ApprovalTexts.TellTooLate.With(request.Number, request.Requester.Name, Who(expired))));
            }
        }

        await database.WriteAsync(
            async unit =>
            {
                if (!await InvitationStore.TryKeepToldAsync(unit, id, now))
                {
                    return;
                }

                foreach (var (place, text) in messages)
                {
                    await ChatTurn.ReplyAsync(unit, place, OutgoingActivity.FromText(text), now);
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
            yield return ApprovalTexts.TellDenied.With(group.Key.Name, Who([.. group]), group.Key.Reason);
        }

        foreach (var group in all.Where(it => it is { Status: InvitationStatus.Denied, Cause: not null }).GroupBy(it => it.Cause!.Value))
        {
            yield return $"{Who([.. group])}: {Refusal.NobodyBecause(group.Key).Text}";
        }

        if (all.Where(it => it is { Status: InvitationStatus.Expired, InvitedAt: null }).ToList() is { Count: > 0 } expired)
        {
            yield return ApprovalTexts.TellExpired.With(Who(expired), expired[0].Link is null ? "/invite" : "/link");
        }

        foreach (var group in all.Where(it => it.Votes.Count > 0 && !it.CameToNothing).GroupBy(DecisionWords.Names))
        {
            yield return ApprovalTexts.TellApproved.With(group.Key, Who([.. group]));
        }

        if (all.Where(it => it.Votes.Count == 0 && !it.CameToNothing).ToList() is { Count: > 0 } allowed)
        {
            yield return ApprovalTexts.TellAllowed.With(Who(allowed));
        }
    }

    private static string Who(IReadOnlyList<Invitation> all) =>
        all.Count <= MostNamed
            ? DecisionWords.Listed([.. all.Select(it => it.Who)])
            : ApprovalTexts.AndMoreOfThem.With(all[0].Who, all.Count - 1);

    /// <summary>Each with the language of its approver; a channel has that of whoever asked.</summary>
    private async Task<IReadOnlyList<(string Place, CultureInfo Language)>> ListChatsOfApproversAsync(
        InviteRequest request,
        CultureInfo asked,
        CancellationToken cancellationToken
    )
    {
        var chats = new List<(string, CultureInfo)>();

        foreach (var approver in await approvers.ListAsync(request.Id, cancellationToken))
        {
            if (approver is not { IsReachable: true, ConversationId: { } place })
            {
                continue;
            }

            if (approver.IsChannel)
            {
                chats.Add((place, asked));
            }
            else if (await people.FindAsync(request.TenantId, approver.Id, cancellationToken) is { Notify: Notify.Each } person)
            {
                chats.Add((place, Language.For(person.Locale)));
            }
        }

        return chats;
    }
}
