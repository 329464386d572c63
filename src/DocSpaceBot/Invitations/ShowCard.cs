using System.Security.Cryptography;
using System.Text;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Posts the card of a request or edits it to the present state. There is one such step for a request at a time, so that a card is never
/// drawn by two at once; a change that comes meanwhile has it drawn once more.
/// </summary>
internal sealed class ShowCard(
    InvitationStore invitations,
    ConversationStore conversations,
    SentCardStore sentCards,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new RequestId(step.Subject);

        if (
            await invitations.FindRequestAsync(id, cancellationToken) is not { } request
            || await conversations.FindAsync(request.ConversationId, cancellationToken) is not { } to
        )
        {
            return StepOutcome.Done;
        }

        var now = clock.GetUtcNow();
        var all = await invitations.ListAsync(id, cancellationToken);
        var card = InvitationCard.For(request, all, now);
        var message = OutgoingActivity.FromCard(card, InvitationCard.Summary(all));
        var drawn = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.ToJson())).AsSpan(0, 16));
        var sent = await sentCards.FindAsync(step.Subject, to.ConversationId, cancellationToken);

        if (sent is null)
        {
            var activityId = await connector.SendAsync(to, message, cancellationToken);
            await KeepAsync(activityId);
        }
        else if (sent.Drawn != drawn && sent.ActivityId is { } activityId)
        {
            try
            {
                await connector.UpdateAsync(to, activityId, message, cancellationToken);
                await KeepAsync(activityId);
            }
            catch (ConnectorException e) when (e.Fault is ConnectorFault.NotFound)
            {
                // Somebody deleted the card; it is not forced on them again.
                await KeepAsync(null);
            }
        }

        // The Undo button goes away by itself.
        return now < request.SendFrom && all.Any(it => it.Status is InvitationStatus.Approved)
            ? StepOutcome.Again(request.SendFrom)
            : StepOutcome.Done;

        Task KeepAsync(string? activityId) =>
            sentCards.KeepAsync(
                new()
                {
                    Subject = step.Subject,
                    ConversationId = to.ConversationId,
                    ActivityId = activityId,
                    Drawn = drawn,
                },
                cancellationToken
            );
    }

    /// <summary>The invitation goes on without its card. When somebody writes from there again, the next change can be shown.</summary>
    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is { } request)
        {
            await conversations.GiveUpIfClosedAsync(request.ConversationId, why, cancellationToken);
        }
    }
}
