using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teams.Protocol.Activities;

/// <summary>A person or bot. <see cref="Id"/> (<c>29:…</c>, bots <c>28:…</c>) is unique per bot and user; the stable key of a person is <see cref="AadObjectId"/> with the tenant.</summary>
public sealed record ChannelAccount
{
    public string? Id { get; init; }

    /// <summary>A display name: never a proof of who somebody is.</summary>
    public string? Name { get; init; }

    /// <summary>The Entra object id; some services name the field <c>objectId</c>, which is read too.</summary>
    public string? AadObjectId
    {
        get => field ?? ObjectId;
        init;
    }

    public string? Role { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }

    [JsonInclude]
    [JsonPropertyName("objectId")]
    internal string? ObjectId { get; init; }
}

/// <summary>The conversation an activity belongs to. In a channel thread the id ends in <c>;messageid=…</c>.</summary>
public sealed record ConversationAccount
{
    public string? Id { get; init; }

    /// <summary>One of <see cref="ConversationTypes"/>.</summary>
    public string? ConversationType { get; init; }

    public string? TenantId { get; init; }

    public bool? IsGroup { get; init; }

    public string? Name { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>Something that came with a message: a file's download information, a card, or the rich version of the same text.</summary>
public sealed record Attachment
{
    public string? ContentType { get; init; }

    public string? ContentUrl { get; init; }

    public string? Name { get; init; }

    public JsonElement? Content { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>What Teams adds to every activity.</summary>
public sealed record ChannelData
{
    public TenantInfo? Tenant { get; init; }

    public TeamInfo? Team { get; init; }

    public ChannelInfo? Channel { get; init; }

    /// <summary>Such as <c>teamMemberAdded</c>, <c>channelRenamed</c> or <c>softDeleteMessage</c>.</summary>
    public string? EventType { get; init; }

    public SourceInfo? Source { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>An Entra tenant.</summary>
public sealed record TenantInfo
{
    public string? Id { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>A team; its <see cref="Id"/> is the id of its General channel.</summary>
public sealed record TeamInfo
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? AadGroupId { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>A channel of a team; General has no name.</summary>
public sealed record ChannelInfo
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>Where an action was taken: <c>message</c> or <c>compose</c>.</summary>
public sealed record SourceInfo
{
    public string? Name { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}
