using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Overview;

/// <summary>The Show card button: brings the card of a request down as the newest message, where Teams has no link to it.</summary>
internal sealed class ShowAgain(Database database, TimeProvider clock) : ICardAction
{
    public const string Verb = "overview/show";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken) =>
        InvokeAnswer.Message(await database.WriteAsync(unit => ShowAsync(unit, click), cancellationToken));

    private async Task<string> ShowAsync(Unit unit, CardClick click)
    {
        if (
            await InvitationStore.FindRequestAsync(unit, click.Request) is not { } request
            || request.TenantId != click.TenantId
            || request.Requester.Id != click.By.Id
        )
        {
            return OverviewTexts.NoCard;
        }

        if (request.ConversationId != click.ConversationId || !Reader.Of(click).IsPersonal)
        {
            return OverviewTexts.NotHere;
        }

        var sent = await SentCardStore.FindAsync(unit, request.Id.Value, request.ConversationId);

        // Which message is meant goes along, so that a step that comes late does not move the card that it has brought down itself.
        await StepQueue.AddAsync(unit, StepKind.MoveCard, request.Id.Value, clock.GetUtcNow(), sent?.ActivityId ?? "");
        return OverviewTexts.ShowingCard;
    }
}
