using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Puts the result file where the requester agreed to have it, shows it there, and takes the offer out of sight. The file is written now, so that it
/// tells of now. A file that did not get there is offered once more.
/// </summary>
internal sealed class UploadResult(
    Database database,
    RequestResults results,
    ConversationStore conversations,
    FileUploader files,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    /// <summary>The place is kept open for a short time, and somebody is waiting.</summary>
    private const int MostAttempts = 3;

    private const string NotAllowed =
        "The result file was not handed over: it would have gone to a place that I may not send files to. The card shows what became of everybody. Ask an operator.";

    private const string NotThere =
        "The result file may not have got into your files. If it is not there, take it once more: I offer it again. If that does not help, tell an operator.";

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            ResultAnswer.FromJson(step.Payload) is not { } answer
            || await conversations.FindAsync(answer.ConversationId, cancellationToken) is not { } chat
        )
        {
            return StepOutcome.Done;
        }

        var id = new RequestId(step.Subject);
        var offer = await database.WriteAsync(unit => ResultOffer.FindAsync(unit, id, answer.ConversationId), cancellationToken);

        // Once it is there, a step that is done again has only the offer to see to.
        if (offer is { Drawn: ResultOffer.Taken } && answer.Upload is { } upload)
        {
            try
            {
                await GiveAsync(id, offer, upload, cancellationToken);
            }
            catch (FileUploadException e) when (step.Attempts < MostAttempts && MayPass(e))
            {
                return StepOutcome.TryAgain(clock.GetUtcNow() + StepWorker.Backoff(step.Attempts));
            }
            catch (FileUploadException e)
            {
                await LoseAsync(id, offer, e, cancellationToken);
            }
        }

        await RemoveOfferAsync(chat, answer.OfferId, cancellationToken);
        return StepOutcome.Done;
    }

    private async Task GiveAsync(RequestId id, SentCard offer, FileUploadInfo upload, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(id, cancellationToken) is not { } result)
        {
            return;
        }

        await files.UploadAsync(upload.UploadUrl, result.File, cancellationToken);
        await SettleAsync(id, offer, ResultOffer.Given, FileConsent.Uploaded(upload, "The result is in your files"), cancellationToken);
    }

    private Task LoseAsync(RequestId id, SentCard offer, FileUploadException why, CancellationToken cancellationToken) =>
        why.Kind is FileFault.NotAllowed
            ? SettleAsync(id, offer, ResultOffer.Declined, OutgoingActivity.FromText(NotAllowed), cancellationToken)
            : SettleAsync(id, offer, ResultOffer.Lost, OutgoingActivity.FromText(NotThere), cancellationToken);

    private Task SettleAsync(
        RequestId request,
        SentCard offer,
        string state,
        OutgoingActivity message,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async unit =>
            {
                var now = clock.GetUtcNow();
                await ResultOffer.KeepAsync(unit, request, offer.ConversationId, state, offer.ActivityId, now);
                await ChatTurn.ReplyAsync(unit, offer.ConversationId, message, now);

                if (state is ResultOffer.Lost)
                {
                    await StepQueue.AddAsync(unit, StepKind.OfferResult, request.Value, now);
                }
            },
            cancellationToken
        );

    /// <summary>The client leaves an answered offer standing as if it could be answered again.</summary>
    private async Task RemoveOfferAsync(ConversationReference chat, string? offerId, CancellationToken cancellationToken)
    {
        if (offerId is null)
        {
            return;
        }

        try
        {
            await connector.DeleteAsync(chat, offerId, cancellationToken);
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.NotFound)
        {
            // It is gone already.
        }
    }

    /// <summary>The place did not answer, or not with a yes or no.</summary>
    private static bool MayPass(FileUploadException e) =>
        e is { Kind: FileFault.TooSlow } or { Kind: FileFault.Unavailable, Status: null or 408 or 429 or >= 500 };
}
