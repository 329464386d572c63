using System.Security.Cryptography;
using System.Text;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Conversations;

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

    /// <summary>When the card was last posted or edited there; null when it was not.</summary>
    public async Task<DateTimeOffset?> DrawnAtAsync(string subject, string place, CancellationToken cancellationToken) =>
        (await sentCards.FindAsync(subject, place, cancellationToken))?.DrawnAt;

    /// <inheritdoc cref="ShowAsync(string, string, AdaptiveCard, string, bool, DateTimeOffset?, CancellationToken)"/>
    public Task ShowAsync(
        string subject,
        string place,
        AdaptiveCard card,
        string summary,
        bool posts,
        CancellationToken cancellationToken
    ) => ShowAsync(subject, place, card, summary, posts, anewSince: null, cancellationToken);

    /// <param name="posts">False where a card that is not there is not posted any more.</param>
    /// <param name="anewSince">A card that was drawn before is left to itself, and another one posted.</param>
    /// <exception cref="ConnectorException">It may work later. Where the bot is shut out nothing is done, and where a card was deleted it is not forced on people again.</exception>
    public async Task ShowAsync(
        string subject,
        string place,
        AdaptiveCard card,
        string summary,
        bool posts,
        DateTimeOffset? anewSince,
        CancellationToken cancellationToken
    )
    {
        var sent = await sentCards.FindAsync(subject, place, cancellationToken);

        if (sent?.DrawnAt < anewSince)
        {
            sent = null;
        }

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

    /// <summary>Tells one picture from another.</summary>
    public static string Drawn(AdaptiveCard card) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(card.ToJson())).AsSpan(0, 16));
}
