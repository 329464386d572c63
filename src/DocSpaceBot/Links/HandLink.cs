using System.Globalization;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Links;

/// <summary>
/// Puts the link into the personal chat of somebody who took it, so that it is not lost with the answer to their click. Whoever cannot be written to has
/// that answer, and gets it again by pressing again.
/// </summary>
internal sealed class HandLink(
    Database database,
    LinkStore links,
    LinkCards cards,
    PersonalChats chats,
    PeopleStore people,
    SentCardStore sentCards,
    ConversationStore conversations,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    private const char Divider = ' ';

    public static string SubjectOf(RequestId link, Person person) => $"{link}{Divider}{person.Id}";

    /// <summary>The subject under which the card of somebody who took a link is kept.</summary>
    public static string CardOf(RequestId link, Person person) => $"taken {SubjectOf(link, person)}";

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var (id, person) = Read(step);

        if (
            await links.FindAsync(id, cancellationToken) is not { } link
            || await chats.OpenAsync(link.TenantId, person.Id, cancellationToken) is not { } chat
        )
        {
            return StepOutcome.Done;
        }

        var subject = CardOf(id, person);

        if (await sentCards.FindAsync(subject, chat.ConversationId, cancellationToken) is not null)
        {
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(link.TenantId, person.Id, cancellationToken);
        var now = clock.GetUtcNow();
        var card = TakenCard.For(link, cards.UrlOf(link), cards.Portal, now);

        try
        {
            var activityId = await connector.SendAsync(
                chat,
                OutgoingActivity.FromCard(card, TakenCard.Summary(cards.Portal)),
                cancellationToken
            );
            await sentCards.KeepAsync(CardEdits.Sent(subject, chat.ConversationId, activityId, card, now), cancellationToken);
            await ShowChangesAsync(link, cancellationToken);
        }
        catch (ConnectorException e) when (e.Fault is ConnectorFault.Unreachable or ConnectorFault.NotFound)
        {
            await conversations.GiveUpIfClosedAsync(chat.ConversationId, e, cancellationToken);
        }

        return StepOutcome.Done;
    }

    /// <summary>Stopped or replaced while the card was on its way, it was not there yet for those who edit the cards.</summary>
    private async Task ShowChangesAsync(SharedLink sent, CancellationToken cancellationToken)
    {
        if (
            await links.FindAsync(sent.Id, cancellationToken) is { } link
            && (link.Secret != sent.Secret || link.StoppedAt != sent.StoppedAt)
        )
        {
            await database.WriteAsync(unit => LinkStore.ShowAsync(unit, link.Id, clock.GetUtcNow()), cancellationToken);
        }
    }

    private static (RequestId Link, Person Person) Read(DueStep step)
    {
        var divider = step.Subject.IndexOf(Divider, StringComparison.Ordinal);
        return (new(step.Subject[..divider]), new(step.Subject[(divider + 1)..], ""));
    }
}
