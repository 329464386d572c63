using System.Globalization;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Overview;

/// <summary>Where the card of a request stands, for whoever wants to go there.</summary>
internal static class CardPlace
{
    /// <summary>
    /// The link that opens Teams at a message; null where there is none: the id that a bot has of a personal chat (<c>a:…</c>) means nothing to a client.
    /// A link into a channel does without the ids and names of the team that the page also lists, which a bot is not told.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams#deep-links-to-navigate-to-chat-messages</remarks>
    public static string? LinkTo(string tenantId, string conversationType, string conversationId, string messageId)
    {
        var root = ConversationReference.RootOf(conversationId);

        if (!root.StartsWith("19:", StringComparison.Ordinal) || !IsMessage(messageId))
        {
            return null;
        }

        return conversationType switch
        {
            "channel" => $"{Message(root, messageId)}&parentMessageId={Uri.EscapeDataString(ThreadOf(conversationId) ?? messageId)}",
            "groupChat" => $"{Message(root, messageId)}&context={Uri.EscapeDataString("""{"contextType":"chat"}""")}",
            _ => null,
        };

        string Message(string chat, string message) =>
            $"https://teams.microsoft.com/l/message/{Uri.EscapeDataString(chat)}/{Uri.EscapeDataString(message)}?tenantId={Uri.EscapeDataString(tenantId)}";
    }

    /// <summary>The message that begins the thread.</summary>
    private static string? ThreadOf(string conversationId) =>
        conversationId.Split(";messageid=") is [_, var thread] && IsMessage(thread) ? thread : null;

    /// <summary>A message that can be linked to is named by its time.</summary>
    private static bool IsMessage(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time > 0;
}
