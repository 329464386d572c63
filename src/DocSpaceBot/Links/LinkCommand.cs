using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Links;

/// <summary><c>/link [ROLE]</c> asks for an invitation link. It is shown to whoever asked, in the personal chat; sharing it is a button there.</summary>
internal sealed class LinkCommand(AskForLink ask, RequesterAddress requesters) : IChatCommand
{
    public const string Name = "link";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        LinkArguments.Read(line).Asked is null
            ? Task.CompletedTask
            : requesters.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken);

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var (asked, wrong) = LinkArguments.Read(line);
        await turn.ReplyOrNothingAsync(
            wrong
                ?? (
                    turn.From.Id.Length == 0
                        ? Refusal.NobodyAsks.Text
                        : await ask.AskAsync(turn.Unit, new(turn.TenantId, turn.From, turn.ConversationId, turn.Now), asked!)
                )
        );
    }
}
