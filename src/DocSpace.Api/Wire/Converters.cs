using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocSpace.Api.Wire;

/// <summary>A GUID, written plainly or as an object with an <c>id</c> (<c>createdBy</c> is both); null for anything else.</summary>
internal sealed class IdConverter : JsonConverter<Guid?>
{
    public override Guid? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        var id = value.RootElement;
        if (id.ValueKind == JsonValueKind.Object && id.TryGetProperty("id", out var inner))
        {
            id = inner;
        }

        return id.ValueKind == JsonValueKind.String && Guid.TryParse(id.GetString(), out var guid) ? guid : null;
    }

    public override void Write(Utf8JsonWriter writer, Guid? value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>
/// A time with or without a zone; without one it is UTC (<c>portal/users</c> writes the database's plain <c>DateTime</c>). Null when it is no time.
/// </summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return
            value.RootElement.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(
                value.RootElement.GetString(),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            ? time
            : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}

/// <summary>An enum as a number, a number in a string or a name in any case; null for anything else. The portal writes some one way, some the other.</summary>
internal sealed class NumberOrNameConverter<T> : JsonConverter<T?>
    where T : struct, Enum
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        var text = value.RootElement.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.RootElement.ToString() : null;
        return Enum.TryParse<T>(text, ignoreCase: true, out var parsed) ? parsed : null;
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
