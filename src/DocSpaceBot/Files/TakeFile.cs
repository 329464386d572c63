using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Files;

namespace DocSpaceBot.Files;

/// <summary>Somebody wants the file that was offered or does not. Teams is answered at once; handing it over is left as a step.</summary>
internal sealed class TakeFile(Database database, GivenFiles files, TimeProvider clock) : ICardAction
{
    public const string Verb = FileConsent.InvokeName;

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        return
            files.KindOf(click.Id) is { } kind
            && await kind.FindOwnerAsync(click.Id, cancellationToken) is { } owner
            && owner.TenantId == click.TenantId
            && owner.Person.Id == click.By.Id
            && await database.WriteAsync(unit => TakeAsync(unit, click), cancellationToken)
            ? InvokeAnswer.Empty
            : InvokeAnswer.Error(404, "UnknownCard", Refusal.UnknownCard.Text);
    }

    /// <summary>False when nothing was offered here.</summary>
    private async Task<bool> TakeAsync(Unit unit, CardClick click)
    {
        var now = clock.GetUtcNow();

        if (await FileOffer.FindAsync(unit, click.Id, click.ConversationId) is not { } offer)
        {
            return false;
        }

        if (offer.Drawn is FileOffer.Taken or FileOffer.Lost)
        {
            // The answer to this offer came twice, and the first is being carried out.
            return true;
        }

        // After a crash there may be two offers of one file: the answer to the second only takes it out of sight.
        var isFirst = offer.Drawn is FileOffer.Offering or FileOffer.Offered;

        if (isFirst)
        {
            var state = click.Upload is null ? FileOffer.Declined : FileOffer.Taken;
            await FileOffer.KeepAsync(unit, click.Id, offer.ConversationId, state, offer.ActivityId, now);
        }

        var answer = new FileAnswer(offer.ConversationId, click.CardActivityId ?? offer.ActivityId, isFirst ? click.Upload : null);
        await StepQueue.AddAsync(unit, StepKind.UploadFile, click.Id, now, answer.ToJson());
        return true;
    }
}
