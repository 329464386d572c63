using System.Globalization;
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
    PeopleStore people,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await conversations.FindAsync(step.Subject, cancellationToken) is not { } chat)
        {
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = await people.LanguageInChatAsync(chat, cancellationToken);

        if (step.Attempts == 1)
        {
            await connector.SendAsync(chat, OutgoingActivity.FromText(AuditTexts.VerifyBegun), cancellationToken);
        }

        var verdict = await ledger.VerifyAsync(cancellationToken);
        var said = OutgoingActivity.FromText(VerdictText.For(verdict));
        await database.WriteAsync(unit => ChatTurn.ReplyAsync(unit, chat.ConversationId, said, clock.GetUtcNow()), cancellationToken);
        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(step.Subject, why, cancellationToken);
}
