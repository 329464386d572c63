using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>Says what the bot can do. A step of its own and no <see cref="Reply"/>, so that the card is not written to disk for each who asks.</summary>
internal sealed class SendHelp(ConversationStore conversations, ConnectorClient connector) : IStep
{
    /// <summary>Read back from its JSON, which it then consists of: drawn once and not for every message.</summary>
    private static readonly OutgoingActivity Help = OutgoingActivity.FromJson(
        OutgoingActivity.FromCard(HelpCard.Card, HelpCard.Summary).ToJson()
    );

    public static Task AddAsync(Unit unit, string conversationId, DateTimeOffset now) =>
        StepQueue.AddNewAsync(unit, StepKind.SendHelp, Guid.CreateVersion7(now).ToString("N"), now, conversationId);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (step.Payload is { } conversationId && await conversations.FindAsync(conversationId, cancellationToken) is { } to)
        {
            await connector.SendAsync(to, Help, cancellationToken);
        }

        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(step.Payload ?? "", why, cancellationToken);
}
