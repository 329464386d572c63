namespace Teams.Protocol.Activities;

/// <summary>All that is needed to write to a conversation later. Keep the newest one: the service URL of a conversation can change.</summary>
/// <param name="ServiceUrl">Checked against the allow list again at every use.</param>
/// <param name="ConversationId">Opaque; in a channel thread it ends in <c>;messageid=…</c>.</param>
/// <param name="ConversationType">One of <see cref="ConversationTypes"/>.</param>
/// <param name="TenantId">The Entra tenant of the conversation.</param>
/// <param name="BotId">The bot's own channel id, <c>28:…</c>.</param>
public sealed record ConversationReference(string ServiceUrl, string ConversationId, string ConversationType, string TenantId, string BotId)
{
    public string? BotName { get; init; }

    /// <summary>The channel of a thread; any other conversation is its own.</summary>
    public static string RootOf(string conversationId) =>
        conversationId.IndexOf(";messageid=", StringComparison.Ordinal) is var end && end < 0 ? conversationId : conversationId[..end];
}
