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
        InviteRequest? first = null;

        foreach (var request in await InvitationStore.ListWaitingAsync(turn.Unit, turn.TenantId))
        {
            var all = await InvitationStore.ListAsync(turn.Unit, request.Id);
            var mine = await decide.ListDecidableAsync(turn.Unit, request, all, turn.From, turn.ConversationId);
            var open = mine.Where(it => !it.IsApprovedBy(turn.From)).ToList();

            if (open.Count > 0)
            {
                first ??= request;
                lines.Add(WaitingWords.Line(request, open));
            }
            else if (mine.Count > 0)
            {
                lines.Add($"{WaitingWords.Line(request, mine)} You have approved this; somebody else still has to.");
            }
        }

        await turn.ReplyAsync(
            lines.Count == 0
                ? "Nothing waits for your decision."
                : string.Join(
                    "\n\n",
                    [
                        .. lines.Take(MostLines),
                        .. lines.Count > MostLines ? [$"… and {lines.Count - MostLines} more."] : Array.Empty<string>(),
                        .. first is { Number: { } number } ? [WaitingWords.HowTo(number)] : Array.Empty<string>(),
                    ]
                )
        );
    }
}
