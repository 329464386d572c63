using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.FollowUps;

/// <summary>Tells, in the conversation that the request came from, that somebody has joined and what became of the welcome.</summary>
internal sealed class FollowUp(
    InvitationStore invitations,
    ConversationStore conversations,
    SentCardStore sentCards,
    ConnectorClient connector
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            await invitations.FindAsync(new(step.Subject), cancellationToken) is not { } invitation
            || await invitations.FindRequestAsync(invitation.Request, cancellationToken) is not { } request
            || await conversations.FindAsync(request.ConversationId, cancellationToken) is not { } to
            || await sentCards.FindAsync(step.Subject, to.ConversationId, cancellationToken) is not null
        )
        {
            return StepOutcome.Done;
        }

        var card = FollowUpCard.For(invitation);
        var activityId = await connector.SendAsync(
            to,
            OutgoingActivity.FromCard(card, FollowUpCard.Summary(invitation)),
            cancellationToken
        );
        await sentCards.KeepAsync(
            new()
            {
                Subject = step.Subject,
                ConversationId = to.ConversationId,
                ActivityId = activityId,
                Drawn = "",
            },
            cancellationToken
        );
        return StepOutcome.Done;
    }
}
