using System.Text.Json;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>Gets people their own view of a card that asks for it, when it is posted, edited or comes onto the screen.</summary>
internal sealed class CardRefresher(CardClient client, BackgroundWork background)
{
    /// <summary>Up to so many listed people, or people in the conversation when nobody is listed, refresh by themselves.</summary>
    public const int MostPeople = 60;

    /// <summary>A message was posted or edited.</summary>
    public void Shown(TeamsConversation conversation, PostedMessage message)
    {
        foreach (var person in conversation.Members.Where(person => conversation.IsOpenFor(person.Name)))
        {
            Refresh(new(person, conversation, message));
        }
    }

    /// <summary>A person turns to a conversation again: cards of which they have no view of their own are refreshed.</summary>
    public void Opened(TeamsConversation conversation, TeamsPerson person)
    {
        foreach (var message in conversation.Messages.Where(message => !message.Views.ContainsKey(person.Name)))
        {
            Refresh(new(person, conversation, message));
        }
    }

    private void Refresh(CardOnScreen card)
    {
        if (
            card.Conversation.CardFor(card.Message, card.Person.Name).Card is { } shown
            && CardClient.RefreshOf(shown) is not null
            && Concerns(shown.GetProperty("refresh"), card)
        )
        {
            background.Run(() => client.RefreshAsync(card, isAutomatic: true));
        }
    }

    private static bool Concerns(JsonElement refresh, CardOnScreen card) =>
        refresh.TryGetProperty("userIds", out _)
            ? refresh.Items("userIds").Take(MostPeople).Any(id => id.ValueEquals(card.Person.Id))
            : card.Conversation.Members.Count <= MostPeople;
}
