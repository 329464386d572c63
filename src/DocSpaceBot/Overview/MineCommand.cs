using DocSpaceBot.Chat;

namespace DocSpaceBot.Overview;

/// <summary><c>/mine</c> lists what somebody has asked for.</summary>
internal sealed class MineCommand(OverviewLists lists) : IChatCommand
{
    public const string Name = "mine";

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (turn.From.Id.Length == 0 || line.Words.Count > 0)
        {
            await turn.ReplyAsync(turn.From.Id.Length == 0 ? OverviewTexts.WhoAreYou : OverviewTexts.MineUsage);
            return;
        }

        var (card, summary) = await lists.DrawAsync(turn.Unit, Reader.Of(turn), ListKind.Mine, 0);
        await turn.ReplyAsync(card, summary);
    }
}
