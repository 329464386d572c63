using System.Security.Cryptography;
using System.Text;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Links;

/// <summary>Posts a card once in a conversation, and edits it where it shows something else by now.</summary>
internal sealed class CardEdits(SentCardStore sentCards, ConversationStore conversations, ConnectorClient connector, TimeProvider clock)
{
    public static SentCard Sent(string subject, string place, string? activityId, AdaptiveCard card, DateTimeOffset now) =>
        new()
        {
            Subject = subject,
            ConversationId = place,
            ActivityId = activityId,
            Drawn = Drawn(card),
            DrawnAt = now,
        };

    /// <param name="posts">False where a card that is not there is not posted any more.</param>
    /// <exception cref="ConnectorException">It may work later. Where the bot is shut out nothing is done, and where a card was deleted it is not forced on people again.</exception>
    public async Task ShowAsync(
        string subject,
        string place,
        AdaptiveCard card,
        string summary,
        bool posts,
        CancellationToken cancellationToken
    )
    {
        var sent = await sentCards.FindAsync(subject, place, cancellationToken);

        if (
            (sent is null && !posts)
            || (sent is not null && (sent.ActivityId is null || sent.Drawn == Drawn(card)))
            || await conversations.FindAsync(place, cancellationToken) is not { } to
        )
        {
            return;
        }

        var message = OutgoingActivity.FromCard(card, summary);
        var activityId = sent?.ActivityId;

        try
        {
            if (activityId is null)
            {
                activityId = await connector.SendAsync(to, message, cancellationToken);
            }
            else
            {
                await connector.UpdateAsync(to, activityId, message, cancellationToken);
            }
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.NotFound && activityId is not null)
        {
            activityId = null;
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.Unreachable or ConnectorFault.NotFound)
        {
            await conversations.GiveUpIfClosedAsync(place, e, cancellationToken);
            return;
        }

        await sentCards.KeepAsync(Sent(subject, place, activityId, card, clock.GetUtcNow()), cancellationToken);
    }

    private static string Drawn(AdaptiveCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.ToJson())).AsSpan(0, 16));
}
