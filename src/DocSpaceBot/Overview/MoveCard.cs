using System.Globalization;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Overview;

/// <summary>
/// Makes a pointer of the message with the card of a request, and has the card posted anew. The old message is edited before it is forgotten, so that after
/// a crash there are rather no two cards than none that is kept up to date.
/// </summary>
internal sealed class MoveCard(
    Database database,
    InvitationStore invitations,
    SentCardStore sentCards,
    ConversationStore conversations,
    PeopleStore people,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    private static readonly TimeSpan UntilDrawn = TimeSpan.FromSeconds(1);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is not { } request
            || await conversations.FindAsync(request.ConversationId, cancellationToken) is not { } to
        )
        {
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        var sent = await sentCards.FindAsync(step.Subject, to.ConversationId, cancellationToken);

        if ((sent?.ActivityId ?? "") != step.Payload)
        {
            return StepOutcome.Done;
        }

        if (sent?.ActivityId is { } old)
        {
            try
            {
                await connector.UpdateAsync(to, old, OutgoingActivity.FromText(OverviewTexts.ShownBelow), cancellationToken);
            }
            catch (ConnectorException e) when (e.Fault is ConnectorFault.NotFound)
            {
                // Somebody deleted it; the card is wanted all the same.
            }
        }

        return await database.WriteAsync(unit => ForgetAsync(unit, step, to.ConversationId), cancellationToken);
    }

    private async Task<StepOutcome> ForgetAsync(Unit unit, DueStep step, string conversationId)
    {
        var now = clock.GetUtcNow();

        // Asked for first, which keeps anybody from beginning with it. Whoever draws the card just now would keep the old message as its place.
        await StepQueue.AddAsync(unit, StepKind.ShowCard, step.Subject, now);

        if (await StepQueue.IsUnderWayAsync(unit, StepKind.ShowCard, step.Subject, now))
        {
            return StepOutcome.Again(now + UntilDrawn);
        }

        await SentCardStore.ForgetAsync(unit, step.Subject, conversationId);
        return StepOutcome.Done;
    }
}
