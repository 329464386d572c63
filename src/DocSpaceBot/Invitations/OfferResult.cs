using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Connector;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Offers the requester, in their personal chat, a file with what became of everybody. Offered once; a crash between sending and noting it shows the
/// offer twice.
/// </summary>
internal sealed class OfferResult(
    RequestResults results,
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
            !await results.IsDueAsync(id, cancellationToken)
            || await results.FindAsync(id, cancellationToken) is not { } result
            || await results.ChatOfAsync(result.Request, cancellationToken) is not { } chat
            || await sentCards.FindAsync(ResultOffer.SubjectOf(id), chat.ConversationId, cancellationToken)
                is { Drawn: not ResultOffer.Lost }
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
        var activityId = await connector.SendAsync(chat, offer, cancellationToken);
        await sentCards.KeepAsync(
            new()
            {
                Subject = ResultOffer.SubjectOf(id),
                ConversationId = chat.ConversationId,
                ActivityId = activityId,
                Drawn = ResultOffer.Offered,
                DrawnAt = clock.GetUtcNow(),
            },
            cancellationToken
        );
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
}
