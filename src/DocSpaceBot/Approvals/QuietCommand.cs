using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Approvals;

/// <summary><c>/quiet</c>: no cards and reminders for an approver who looks with <c>/approvals</c>; or only once a day.</summary>
internal sealed class QuietCommand : IChatCommand
{
    public const string Name = "quiet";

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(ApprovalTexts.WhoAreYou);
            return;
        }

        switch (line.Arguments.Count > 1 ? null : line.Arguments.FirstOrDefault("on").ToUpperInvariant())
        {
            case "ON" or "YES":
                await KeepAsync(turn, Notify.Never, ApprovalTexts.IsQuiet);
                break;
            case "OFF" or "NO":
                await KeepAsync(turn, Notify.Each, ApprovalTexts.IsLoud);
                break;
            case "DAILY" or "DIGEST":
                await KeepAsync(turn, Notify.Daily, ApprovalTexts.IsDaily);
                break;
            default:
                await turn.ReplyAsync(ApprovalTexts.QuietUsage);
                break;
        }
    }

    private static async Task KeepAsync(ChatTurn turn, Notify notify, string said)
    {
        await PeopleStore.NotifyAsync(turn.Unit, turn.TenantId, turn.From, notify);
        await StepQueue.AddAsync(turn.Unit, StepKind.RemindApprover, ApproverStore.SubjectOf(turn.TenantId, turn.From.Id), turn.Now);

        if (notify is Notify.Each)
        {
            // The cards of what waits come now.
            foreach (var asked in await ApproverStore.ListWaitingForAsync(turn.Unit, turn.TenantId, turn.From.Id))
            {
                await StepQueue.AddAsync(turn.Unit, StepKind.ShowApprovals, asked.RequestId, turn.Now);
            }
        }

        await turn.ReplyAsync(said);
    }
}
