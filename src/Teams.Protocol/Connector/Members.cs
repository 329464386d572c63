using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Teams.Protocol.Activities;

namespace Teams.Protocol.Connector;

/// <summary>
/// Somebody in a conversation, as Teams knows them. Decide by <see cref="AadObjectId"/>; <see cref="Email"/> is an attribute that may be
/// missing, may differ from <see cref="UserPrincipalName"/>, and can change.
/// </summary>
public sealed record ChannelMember
{
    public string? Id { get; init; }

    /// <summary>The Entra object id; the older member list names it <c>objectId</c>, which is read too.</summary>
    public string? AadObjectId
    {
        get => field ?? ObjectId;
        init;
    }

    public string? Name { get; init; }

    public string? GivenName { get; init; }

    public string? Surname { get; init; }

    public string? Email { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? TenantId { get; init; }

    /// <summary><c>user</c>, <c>guest</c>, <c>anonymous</c>, …</summary>
    public string? UserRole { get; init; }

    [JsonInclude]
    [JsonPropertyName("objectId")]
    internal string? ObjectId { get; init; }
}

/// <summary>Some of a conversation's members.</summary>
/// <param name="ContinuationToken">Asks for the next page; null on the last one.</param>
public sealed record MembersPage(IReadOnlyList<ChannelMember> Members, string? ContinuationToken);

/// <summary>A conversation to create: with one person, or a new thread in a channel.</summary>
public sealed record NewConversation
{
    private NewConversation() { }

    internal string? MemberId { get; private init; }

    internal string? ChannelId { get; private init; }

    internal string BotId { get; private init; } = "";

    internal string? TenantId { get; private init; }

    internal OutgoingActivity? Activity { get; private init; }

    /// <summary>The personal chat with somebody; when there is one already, it is that one.</summary>
    /// <param name="memberId"><c>29:…</c> or the Entra object id.</param>
    /// <exception cref="ArgumentException">An id is empty.</exception>
    public static NewConversation With(string memberId, string tenantId, string botId)
    {
        ArgumentException.ThrowIfNullOrEmpty(memberId);
        ArgumentException.ThrowIfNullOrEmpty(tenantId);
        ArgumentException.ThrowIfNullOrEmpty(botId);
        return new NewConversation
        {
            MemberId = memberId,
            TenantId = tenantId,
            BotId = botId,
        };
    }

    /// <summary>A new thread in a channel, which begins with <paramref name="first"/>.</summary>
    /// <exception cref="ArgumentException">An id is empty.</exception>
    public static NewConversation ThreadIn(string channelId, OutgoingActivity first, string? tenantId = null, string botId = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(channelId);
        return new NewConversation
        {
            ChannelId = channelId,
            Activity = first,
            TenantId = tenantId,
            BotId = botId,
        };
    }

    internal ReadOnlyMemory<byte> Serialize()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Wire.WriterOptions);
        writer.WriteStartObject();
        writer.WriteBoolean("isGroup"u8, ChannelId is not null);
        if (BotId.Length > 0)
        {
            WriteId(writer, "bot"u8, BotId);
        }

        if (MemberId is not null)
        {
            writer.WriteStartArray("members"u8);
            writer.WriteStartObject();
            writer.WriteString("id"u8, MemberId);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        OutgoingActivity.WriteIfAny(writer, "tenantId"u8, TenantId);
        writer.WriteStartObject("channelData"u8);
        if (!string.IsNullOrEmpty(TenantId))
        {
            WriteId(writer, "tenant"u8, TenantId);
        }

        if (ChannelId is not null)
        {
            WriteId(writer, "channel"u8, ChannelId);
        }

        writer.WriteEndObject();
        if (Activity is not null)
        {
            writer.WritePropertyName("activity"u8);
            Activity.WriteTo(writer, null);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteId(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string id)
    {
        writer.WriteStartObject(name);
        writer.WriteString("id"u8, id);
        writer.WriteEndObject();
    }
}

/// <summary>A conversation that was created, or was there already.</summary>
/// <param name="ActivityId">The first activity, where there was one and the service says.</param>
/// <param name="ServiceUrl">Where to write to from now on, where the service says.</param>
public sealed record CreatedConversation(string Id, string? ActivityId, string? ServiceUrl);

/// <summary>What the connector answers to whoever creates something.</summary>
internal sealed record CreatedResource(string? Id, string? ActivityId, string? ServiceUrl);

internal sealed record PagedMembers(IReadOnlyList<ChannelMember?>? Members, string? ContinuationToken);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(CreatedResource))]
[JsonSerializable(typeof(PagedMembers))]
[JsonSerializable(typeof(ChannelMember))]
internal sealed partial class ConnectorJsonContext : JsonSerializerContext;
