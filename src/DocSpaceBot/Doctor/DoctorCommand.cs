using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Doctor;

/// <summary><c>/doctor</c>: is everything set up? For operators.</summary>
internal sealed class DoctorCommand(Operators operators) : IChatCommand
{
    public const string Name = "doctor";

    private const string OnlyInPersonalChat =
        "/doctor works in our personal chat only, because it shows how the bot is set up. Nothing was looked up.";

    private const string NotForYou =
        "/doctor is for the operators of this bot. Nothing was looked up. Type /help to see what I can do for you.";

    private const string Begun = "I am looking at how everything is set up. If DocSpace is slow, that takes a minute.";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        IsPersonal(turn) ? operators.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken) : Task.CompletedTask;

    /// <summary>Where others read along, everybody gets the same answer: not even who is an operator is shown there.</summary>
    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (!IsPersonal(turn))
        {
            await turn.ReplyAsync(OnlyInPersonalChat);
        }
        else if (!await operators.IsOneAsync(turn.TenantId, turn.From, cancellationToken))
        {
            await turn.ReplyAsync(NotForYou);
        }
        else
        {
            await turn.ReplyAsync(Begun);
            await StepQueue.AddAsync(turn.Unit, StepKind.CheckSetup, turn.ConversationId, turn.Now);
        }
    }

    private static bool IsPersonal(ChatTurn turn) => turn.Activity.Conversation?.ConversationType == "personal";
}
