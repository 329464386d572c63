using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>Says something in a conversation. Sent at least once: a crash between sending and noting it shows a message twice.</summary>
internal sealed class Reply(ConversationStore conversations, ConnectorClient connector) : IStep
{
    // The conversation stands before the message in the payload, divided by a character that no conversation id has.
    private const char Divider = '\n';

    public static Task AddAsync(Unit unit, string conversationId, OutgoingActivity message, DateTimeOffset now) =>
        StepQueue.AddNewAsync(
            unit,
            StepKind.Reply,
            Guid.CreateVersion7(now).ToString("N"),
            now,
            conversationId + Divider + message.ToJson()
        );

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var (conversationId, message) = Read(step);

        if (await conversations.FindAsync(conversationId, cancellationToken) is { } to)
        {
            await connector.SendAsync(to, OutgoingActivity.FromJson(message), cancellationToken);
        }

        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(Read(step).ConversationId, why, cancellationToken);

    private static (string ConversationId, string Message) Read(DueStep step)
    {
        var payload = step.Payload ?? "";
        var divider = payload.IndexOf(Divider, StringComparison.Ordinal);
        return (payload[..divider], payload[(divider + 1)..]);
    }
}
