using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>The requester wants the result file or does not. Teams is answered at once; handing it over is left as a step.</summary>
internal sealed class TakeResult(Database database, InvitationStore invitations, TimeProvider clock) : ICardAction
{
    public const string Verb = FileConsent.InvokeName;

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        var request = await invitations.FindRequestAsync(click.Request, cancellationToken);

        return
            request is not null
            && request.TenantId == click.TenantId
            && request.Requester.Id == click.By.Id
            && await database.WriteAsync(unit => TakeAsync(unit, click), cancellationToken)
            ? InvokeAnswer.Empty
            : RequestCards.Unknown;
    }

    /// <summary>False when nothing was offered here.</summary>
    private async Task<bool> TakeAsync(Unit unit, CardClick click)
    {
        var now = clock.GetUtcNow();

        if (await ResultOffer.FindAsync(unit, click.Request, click.ConversationId) is not { } offer)
        {
            return false;
        }

        if (offer.Drawn is ResultOffer.Taken or ResultOffer.Lost)
        {
            // The answer to this offer came twice, and the first is being carried out.
            return true;
        }

        // After a crash there may be two offers of one file: the answer to the second only takes it out of sight.
        var isFirst = offer.Drawn is ResultOffer.Offering or ResultOffer.Offered;

        if (isFirst)
        {
            var state = click.Upload is null ? ResultOffer.Declined : ResultOffer.Taken;
            await ResultOffer.KeepAsync(unit, click.Request, offer.ConversationId, state, offer.ActivityId, now);
        }

        var answer = new ResultAnswer(offer.ConversationId, click.CardActivityId ?? offer.ActivityId, isFirst ? click.Upload : null);
        await StepQueue.AddAsync(unit, StepKind.UploadResult, click.Id, now, answer.ToJson());
        return true;
    }
}
