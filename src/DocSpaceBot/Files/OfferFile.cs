using System.Globalization;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Files;

namespace DocSpaceBot.Files;

/// <summary>
/// Offers somebody a file in their personal chat. Offered once; a crash between sending and noting it shows the offer twice.
/// </summary>
internal sealed class OfferFile(
    Database database,
    GivenFiles files,
    ConversationStore conversations,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = step.Subject;

        if (
            files.KindOf(id) is not { } kind
            || !await kind.IsDueAsync(id, cancellationToken)
            || await kind.FindOwnerAsync(id, cancellationToken) is not { } owner
            || await files.ChatOfAsync(owner, cancellationToken) is not { } chat
        )
        {
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = await files.LanguageOfAsync(owner, cancellationToken);
        var before = await database.WriteAsync(unit => FileOffer.FindAsync(unit, id, chat.ConversationId), cancellationToken);

        if (!MayBeOffered(before?.Drawn))
        {
            return StepOutcome.Done;
        }

        if (kind.Words.Begun is { } begun && before is null && step.Attempts == 1)
        {
            await connector.SendAsync(chat, OutgoingActivity.FromText(begun), cancellationToken);
        }

        if (await kind.WriteAsync(id, cancellationToken) is not { } file)
        {
            return StepOutcome.Done;
        }

        var offer = FileConsent.Offer(file.Name, file.Description, file.Content.Length, new Dictionary<string, string> { ["id"] = id });

        // An offer of before a crash may stand there already, and may have been answered.
        if (await TryMoveAsync(id, chat, MayBeOffered, FileOffer.Offering, null, cancellationToken))
        {
            var message = await connector.SendAsync(chat, offer, cancellationToken);
            await TryMoveAsync(id, chat, state => state is FileOffer.Offering, FileOffer.Offered, message, cancellationToken);
        }

        return StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        if (
            files.KindOf(step.Subject) is { } kind
            && await kind.FindOwnerAsync(step.Subject, cancellationToken) is { } owner
            && await files.ChatOfAsync(owner, cancellationToken) is { } chat
        )
        {
            await conversations.GiveUpIfClosedAsync(chat.ConversationId, why, cancellationToken);
        }
    }

    private static bool MayBeOffered(string? state) => state is null or FileOffer.Offering or FileOffer.Lost;

    private Task<bool> TryMoveAsync(
        string id,
        ConversationReference chat,
        Func<string?, bool> isPossible,
        string state,
        string? message,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async unit =>
            {
                if (!isPossible((await FileOffer.FindAsync(unit, id, chat.ConversationId))?.Drawn))
                {
                    return false;
                }

                await FileOffer.KeepAsync(unit, id, chat.ConversationId, state, message, clock.GetUtcNow());
                return true;
            },
            cancellationToken
        );
}
