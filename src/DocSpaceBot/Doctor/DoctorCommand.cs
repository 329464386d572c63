using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Doctor;

/// <summary><c>/doctor</c>: is everything set up? For operators.</summary>
internal sealed class DoctorCommand(Operators operators) : IChatCommand
{
    public const string Name = "doctor";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        IsPersonal(turn) ? operators.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken) : Task.CompletedTask;

    /// <summary>Where others read along, everybody gets the same answer: not even who is an operator is shown there.</summary>
    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (!IsPersonal(turn))
        {
            await turn.ReplyAsync(DoctorTexts.OnlyInPersonalChat);
        }
        else if (!await operators.IsOneAsync(turn.TenantId, turn.From, cancellationToken))
        {
            await turn.ReplyAsync(DoctorTexts.NotForYou);
        }
        else
        {
            await turn.ReplyAsync(DoctorTexts.Begun);
            await StepQueue.AddAsync(turn.Unit, StepKind.CheckSetup, turn.ConversationId, turn.Now, CultureInfo.CurrentUICulture.Name);
        }
    }

    private static bool IsPersonal(ChatTurn turn) => turn.Activity.Conversation?.ConversationType == ConversationTypes.Personal;
}
