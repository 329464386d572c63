using DocSpaceBot.Chat;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Audit;

/// <summary>Reads the whole ledger and says whether it is in order. After a crash between saying and noting it, it says so twice.</summary>
internal sealed class VerifyLedger(
    Database database,
    Ledger ledger,
    ConversationStore conversations,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    private const string Begun = "I am reading the whole ledger. If it is long, that takes a while.";

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(step.Subject, cancellationToken) is not { } chat)
        {
            return StepOutcome.Done;
        }

        if (step.Attempts == 1)
        {
            await connector.SendAsync(chat, OutgoingActivity.FromText(Begun), cancellationToken);
        }

        var verdict = await ledger.VerifyAsync(cancellationToken);
        await database.WriteAsync(
            unit => ChatTurn.ReplyAsync(unit, chat.ConversationId, OutgoingActivity.FromText(VerdictText.For(verdict)), clock.GetUtcNow()),
            cancellationToken
        );
        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(step.Subject, why, cancellationToken);
}
