using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teams.Protocol.Activities;

/// <summary>
/// One inbound JSON message of the Activity protocol. Loose on purpose: only what a Teams bot needs has a name, every other field is kept in
/// <see cref="Extra"/> and survives a round trip. Ids are opaque and compared ordinally.
/// </summary>
/// <remarks>https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md</remarks>
public sealed class Activity
{
    /// <summary><c>message</c>, <c>invoke</c>, <c>conversationUpdate</c>, <c>installationUpdate</c>, or a type this library does not know.</summary>
    public string? Type { get; init; }

    /// <summary>Teams delivers the same activity again with the same id when an answer takes longer than about 15 s.</summary>
    public string? Id { get; init; }

    /// <summary>Where answers go. Only trustworthy after the endpoint compared it with the token's claim and the allow list.</summary>
    public string? ServiceUrl { get; init; }

    public string? ChannelId { get; init; }

    public string? Text { get; init; }

    public string? TextFormat { get; init; }

    public string? Locale { get; init; }

    public string? LocalTimezone { get; init; }

    /// <summary>For a button: the id of the activity that carried the card.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>The invoke's or event's name, such as <c>adaptiveCard/action</c>.</summary>
    public string? Name { get; init; }

    /// <summary>For an installationUpdate: <c>add</c>, <c>remove</c>, <c>add-upgrade</c> or <c>remove-upgrade</c>.</summary>
    public string? Action { get; init; }

    public string? DeliveryMode { get; init; }

    /// <summary>When the channel says it was sent; null when missing or not a time.</summary>
    [JsonConverter(typeof(LooseTimestampConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    public ChannelAccount? From { get; init; }

    public ChannelAccount? Recipient { get; init; }

    public ConversationAccount? Conversation { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public IReadOnlyList<JsonElement>? Entities { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersAdded { get; init; }

    public IReadOnlyList<ChannelAccount>? MembersRemoved { get; init; }

    public JsonElement? Value { get; init; }

    public ChannelData? ChannelData { get; init; }

    /// <summary>Every field that has no name above.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }

    /// <summary>An invoke wants its answer in the HTTP response.</summary>
    [JsonIgnore]
    public bool IsInvoke => Type == ActivityTypes.Invoke;

    /// <summary>The Entra tenant of the conversation, or of the channel data where the conversation does not say.</summary>
    [JsonIgnore]
    public string? TenantId => Conversation?.TenantId is { Length: > 0 } tenant ? tenant : ChannelData?.Tenant?.Id;

    /// <summary>All that is needed to write to this conversation later. Parts the activity does not have are empty strings.</summary>
    [JsonIgnore]
    public ConversationReference Reference =>
        new(ServiceUrl ?? "", Conversation?.Id ?? "", ConversationKind, TenantId ?? "", Recipient?.Id ?? "") { BotName = Recipient?.Name };

    /// <summary>The sender may not say on whose behalf it claims to speak: the protocol wants this discarded from the wire.</summary>
    [JsonInclude]
    [JsonPropertyName("callerId")]
    internal JsonElement? CallerId
    {
        get => null;
        init => _ = value;
    }

    private string ConversationKind =>
        Conversation switch
        {
            { ConversationType: { Length: > 0 } type } => type,
            _ when ChannelData?.Channel is not null || ChannelData?.Team is not null => ConversationTypes.Channel,
            { IsGroup: true } => ConversationTypes.GroupChat,
            _ => ConversationTypes.Personal,
        };

    /// <summary>Reads an activity from JSON; null for the JSON word <c>null</c>.</summary>
    /// <exception cref="JsonException">Not JSON, deeper than 64 levels, a property twice, or a field of another kind than the protocol's.</exception>
    public static Activity? FromJson(string json) => JsonSerializer.Deserialize(json, ActivityJsonContext.Default.Activity);

    /// <summary>The activity as JSON, unknown fields included.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ActivityJsonContext.Default.Activity);
}

/// <summary>The activity types a Teams bot acts on.</summary>
public static class ActivityTypes
{
    public const string Message = "message";
    public const string Invoke = "invoke";
    public const string ConversationUpdate = "conversationUpdate";
    public const string InstallationUpdate = "installationUpdate";
    public const string Typing = "typing";
}

/// <summary>The three kinds of place a Teams conversation can be.</summary>
public static class ConversationTypes
{
    public const string Personal = "personal";
    public const string GroupChat = "groupChat";
    public const string Channel = "channel";
}
