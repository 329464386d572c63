using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teams.Protocol.Activities;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = MaxDepth
)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(ChannelAccount))]
internal sealed partial class ActivityJsonContext : JsonSerializerContext
{
    /// <summary>How deep an inbound activity may nest; cards and their data stay far below.</summary>
    public const int MaxDepth = 64;
}

/// <summary>A time that cannot be read is no reason to refuse a message.</summary>
internal sealed class LooseTimestampConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { Offset.Ticks: 0 } utc)
        {
            writer.WriteStringValue(utc.UtcDateTime); // Written with Z, as Teams writes it.
        }
        else if (value is { } local)
        {
            writer.WriteStringValue(local);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
