using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Links;

/// <summary><c>/links</c> lists the links that are open: one's own, for operators everybody's.</summary>
internal sealed class LinksCommand(Operators operators, LinkLists lists) : IChatCommand
{
    public const string Name = "links";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        operators.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken);

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(Refusal.NotYourLink.Text);
            return;
        }

        // Where others read along nobody's links are shown but those of whoever asks.
        var all = await lists.ReadAsync(turn.Unit, turn.TenantId, turn.From, IsPersonal(turn), turn.Now, cancellationToken);

        if (all.Rows.Count == 0)
        {
            await turn.ReplyAsync(all.IsEverybodys ? LinkTexts.NobodyHasOpen : LinkTexts.YouHaveNone);
            return;
        }

        var card = LinkListCard.For(all, turn.Now, IsPersonal(turn) ? null : turn.ConversationId, null);
        await turn.ReplyAsync(card, LinkListCard.Summary(all));
    }

    private static bool IsPersonal(ChatTurn turn) => turn.Activity.Conversation?.ConversationType == "personal";
}
