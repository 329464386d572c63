using System.Collections.Concurrent;
using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>Says what the bot can do. A step of its own and no <see cref="Reply"/>, so that the card is not written to disk for each who asks.</summary>
internal sealed class SendHelp(ConversationStore conversations, ConnectorClient connector) : IStep
{
    // Divides what is in the payload; no conversation id has it.
    private const char Divider = '\n';

    private const string ForOperator = "operator";

    /// <summary>For each language and each who asks. Read back from its JSON, which it then consists of: drawn once and not for every message.</summary>
    private static readonly ConcurrentDictionary<(CultureInfo Language, bool IsForOperator), OutgoingActivity> Drawn = new();

    /// <summary>In the language of the turn.</summary>
    public static Task AddAsync(Unit unit, string conversationId, bool isForOperator, DateTimeOffset now) =>
        StepQueue.AddNewAsync(
            unit,
            StepKind.SendHelp,
            Guid.CreateVersion7(now).ToString("N"),
            now,
            string.Join(Divider, conversationId, CultureInfo.CurrentUICulture.Name, isForOperator ? ForOperator : "")
        );

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var (conversationId, language, isForOperator) = Read(step);
        CultureInfo.CurrentUICulture = language;

        if (await conversations.FindAsync(conversationId, cancellationToken) is { } to)
        {
            await connector.SendAsync(
                to,
                Drawn.GetOrAdd((language, isForOperator), static it => Draw(it.IsForOperator)),
                cancellationToken
            );
        }

        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(Read(step).ConversationId, why, cancellationToken);

    private static OutgoingActivity Draw(bool isForOperator) =>
        OutgoingActivity.FromJson(
            OutgoingActivity.FromCard(isForOperator ? HelpCard.CardForOperator : HelpCard.Card, HelpCard.Summary).ToJson()
        );

    /// <summary>Steps of before there were languages hold the conversation alone.</summary>
    private static (string ConversationId, CultureInfo Language, bool IsForOperator) Read(DueStep step) =>
        (step.Payload ?? "").Split(Divider) switch
        {
            [var conversationId, var language, var who] => (conversationId, Language.For(language), who == ForOperator),
            var parts => (parts[0], Language.Usual, false),
        };
}
