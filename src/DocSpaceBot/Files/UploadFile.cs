using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Files;

namespace DocSpaceBot.Files;

/// <summary>
/// Puts a file where its owner agreed to have it, shows it there, and takes the offer out of sight. The file is written now, so that it tells of now.
/// A file that did not get there is offered once more.
/// </summary>
internal sealed class UploadFile(
    Database database,
    GivenFiles files,
    ConversationStore conversations,
    FileUploader uploader,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    /// <summary>The place is kept open for a short time, and somebody is waiting.</summary>
    private const int MostAttempts = 3;

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            FileAnswer.FromJson(step.Payload) is not { } answer
            || files.KindOf(step.Subject) is not { } kind
            || await conversations.FindAsync(answer.ConversationId, cancellationToken) is not { } chat
        )
        {
            return StepOutcome.Done;
        }

        var id = step.Subject;

        if (await kind.FindOwnerAsync(id, cancellationToken) is { } owner)
        {
            CultureInfo.CurrentUICulture = await files.LanguageOfAsync(owner, cancellationToken);
        }

        var offer = await database.WriteAsync(unit => FileOffer.FindAsync(unit, id, answer.ConversationId), cancellationToken);

        // Once it is there, a step that is done again has only the offer to see to.
        if (offer is { Drawn: FileOffer.Taken } && answer.Upload is { } upload)
        {
            try
            {
                await GiveAsync(kind, id, offer, upload, cancellationToken);
            }
            catch (FileUploadException e) when (step.Attempts < MostAttempts && MayPass(e))
            {
                return StepOutcome.TryAgain(clock.GetUtcNow() + StepWorker.Backoff(step.Attempts));
            }
            catch (FileUploadException e)
            {
                await LoseAsync(kind.Words, id, offer, e, cancellationToken);
            }
        }

        await RemoveOfferAsync(chat, answer.OfferId, cancellationToken);
        return StepOutcome.Done;
    }

    private async Task GiveAsync(IGivenFile kind, string id, SentCard offer, FileUploadInfo upload, CancellationToken cancellationToken)
    {
        if (await kind.WriteAsync(id, cancellationToken) is not { } file)
        {
            return;
        }

        await uploader.UploadAsync(upload.UploadUrl, file.Content, cancellationToken);
        await SettleAsync(id, offer, FileOffer.Given, FileConsent.Uploaded(upload, kind.Words.Uploaded), cancellationToken);
    }

    private Task LoseAsync(FileWords words, string id, SentCard offer, FileUploadException why, CancellationToken cancellationToken) =>
        why.Kind is FileFault.NotAllowed
            ? SettleAsync(id, offer, FileOffer.Declined, OutgoingActivity.FromText(words.NotAllowed), cancellationToken)
            : SettleAsync(id, offer, FileOffer.Lost, OutgoingActivity.FromText(words.NotThere), cancellationToken);

    private Task SettleAsync(string id, SentCard offer, string state, OutgoingActivity message, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                var now = clock.GetUtcNow();
                await FileOffer.KeepAsync(unit, id, offer.ConversationId, state, offer.ActivityId, now);
                await ChatTurn.ReplyAsync(unit, offer.ConversationId, message, now);

                if (state is FileOffer.Lost)
                {
                    await StepQueue.AddAsync(unit, StepKind.OfferFile, id, now);
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
