using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Approvals;

/// <summary><c>/approvals</c> lists what waits for whoever asks, in plain text.</summary>
internal sealed class ApprovalsCommand(DecideRequest decide, RequesterAddress addresses) : IChatCommand
{
    public const string Name = "approvals";

    private const int MostLines = 25;

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        addresses.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken);

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var elsewhere = 0;
        InviteRequest? first = null;
        var isPrivate = turn.Activity.Conversation?.ConversationType == "personal";

        foreach (var request in await InvitationStore.ListWaitingAsync(turn.Unit, turn.TenantId))
        {
            var all = await InvitationStore.ListAsync(turn.Unit, request.Id);
            var mine = await decide.ListDecidableAsync(turn.Unit, request, all, turn.From, turn.ConversationId);
            var open = mine.Where(it => it.WaitsForYesOf(turn.From)).ToList();

            // Others read along here, and what was asked for elsewhere is not for them.
            if (mine.Count > 0 && !isPrivate && !await IsHereAsync(turn, request))
            {
                elsewhere++;
            }
            else if (open.Count > 0)
            {
                first ??= request;
                lines.Add(WaitingWords.Line(request, open));
            }
            else if (mine.Count > 0)
            {
                lines.Add(ApprovalTexts.YouHaveApproved.With(WaitingWords.Line(request, mine)));
            }
        }

        await turn.ReplyAsync(
            lines.Count + elsewhere == 0
                ? ApprovalTexts.NothingWaits
                : string.Join(
                    "\n\n",
                    [
                        .. lines.Take(MostLines),
                        .. lines.Count > MostLines ? [ApprovalTexts.AndMore.With(lines.Count - MostLines)] : Array.Empty<string>(),
                        .. elsewhere > 0 ? [Elsewhere(elsewhere, lines.Count > 0)] : Array.Empty<string>(),
                        .. first is { Number: { } number } ? [WaitingWords.HowTo(number)] : Array.Empty<string>(),
                    ]
                )
        );
    }

    private static string Elsewhere(int count, bool besides) =>
        besides
            ? Wording.Count(count, ApprovalTexts.OneMoreWaitsElsewhere, ApprovalTexts.ManyMoreWaitElsewhere)
            : Wording.Count(count, ApprovalTexts.OneWaitsElsewhere, ApprovalTexts.ManyWaitElsewhere);

    private static async Task<bool> IsHereAsync(ChatTurn turn, InviteRequest request) =>
        request.ConversationId == turn.ConversationId
        || (await ApproverStore.ListAsync(turn.Unit, request.Id)).Any(approver =>
            approver.IsChannel && turn.ConversationId.StartsWith(approver.Id, StringComparison.Ordinal)
        );
}
