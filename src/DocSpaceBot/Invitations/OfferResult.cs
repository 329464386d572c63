using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Offers the requester, in their personal chat, a file with what became of everybody. Offered once; a crash between sending and noting it shows the
/// offer twice.
/// </summary>
internal sealed class OfferResult(
    Database database,
    RequestResults results,
    ConversationStore conversations,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var id = new RequestId(step.Subject);

        if (
            !await results.IsDueAsync(id, cancellationToken)
            || await results.FindAsync(id, cancellationToken) is not { } result
            || await results.ChatOfAsync(result.Request, cancellationToken) is not { } chat
        )
        {
            return StepOutcome.Done;
        }

        var offer = FileConsent.Offer(
            result.FileName,
            result.People == 1
                ? "What became of the person you asked for, as a file for a spreadsheet"
                : $"What became of the {result.People} people you asked for, as a file for a spreadsheet",
            result.File.Length,
            new Dictionary<string, string> { ["id"] = id.Value }
        );

        // An offer of before a crash may stand there already, and may have been answered.
        if (
            await TryMoveAsync(
                id,
                chat,
                before => before is null or ResultOffer.Offering or ResultOffer.Lost,
                ResultOffer.Offering,
                null,
                cancellationToken
            )
        )
        {
            var message = await connector.SendAsync(chat, offer, cancellationToken);
            await TryMoveAsync(id, chat, before => before is ResultOffer.Offering, ResultOffer.Offered, message, cancellationToken);
        }

        return StepOutcome.Done;
    }

    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        if (
            await results.FindAsync(new(step.Subject), cancellationToken) is { } result
            && await results.ChatOfAsync(result.Request, cancellationToken) is { } chat
        )
        {
            await conversations.GiveUpIfClosedAsync(chat.ConversationId, why, cancellationToken);
        }
    }

    private Task<bool> TryMoveAsync(
        RequestId request,
        ConversationReference chat,
        Func<string?, bool> isPossible,
        string state,
        string? message,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async unit =>
            {
                if (!isPossible((await ResultOffer.FindAsync(unit, request, chat.ConversationId))?.Drawn))
                {
                    return false;
                }

                await ResultOffer.KeepAsync(unit, request, chat.ConversationId, state, message, clock.GetUtcNow());
                return true;
            },
            cancellationToken
        );
}
