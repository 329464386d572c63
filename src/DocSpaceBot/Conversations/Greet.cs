using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

/// <summary>Says once, where the bot was installed, what it can do.</summary>
internal sealed class Greet(ConversationStore conversations, ConnectorClient connector) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        // Nobody has written yet: that of whoever installed the bot.
        CultureInfo.CurrentUICulture = Language.For(step.Payload);

        if (await conversations.FindAsync(step.Subject, cancellationToken) is { } to)
        {
            await connector.SendAsync(to, OutgoingActivity.FromCard(HelpCard.Greeting, HelpCard.Summary), cancellationToken);
        }

        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(step.Subject, why, cancellationToken);
}
