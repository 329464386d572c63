using System.Globalization;
using System.Text.Json;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>
/// A posted object, read as the server's binder does: names in any case, unknown ones ignored, wrong kinds refused with their JSON path.
/// </summary>
internal readonly struct JsonBody(JsonElement element, string path)
{
    public static JsonBody Read(string? contentType, byte[] body)
    {
        if (contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
            throw new PortalUnsupportedMediaException();
        if (body.Length == 0)
            throw new PortalInvalidException("", "A non-empty request body is required.");
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonBody(document.RootElement.Clone(), "$")
                : throw Cannot("$", "the request");
        }
        catch (JsonException broken)
        {
            throw new PortalInvalidException("$", broken.Message);
        }
    }

    public string? Text(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Cannot(At(name), "System.String");

    public bool Flag(string name) =>
        Find(name) is { } value
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Cannot(At(name), "System.Boolean"));

    public bool Has(string name) => Find(name) is not null;

    public long? Number(string name, string type = "System.Int32") =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : throw Cannot(At(name), type);

    public Guid? Id(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id
        : throw Cannot(At(name), "System.Guid");

    public DateTime? Date(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String
        && DateTime.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date)
            ? DateTime.SpecifyKind(date, DateTimeKind.Unspecified)
        : throw Cannot(At(name), "System.DateTime");

    /// <summary>A name in any case, a number, or a number as a string; numbers nobody defined are accepted.</summary>
    public PortalRole? Role(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return (PortalRole)number;
        return value.ValueKind == JsonValueKind.String && Enum.TryParse<PortalRole>(value.GetString(), ignoreCase: true, out var role)
            ? role
            : throw Cannot(At(name), "ASC.Core.Users.EmployeeType");
    }

    /// <summary>A room access: a number, or a name exactly as the server spells it; a name it does not know means no access.</summary>
    public int Access(string name)
    {
        if (Find(name) is not { } value)
            return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        return value.ValueKind == JsonValueKind.String && PortalRooms.AccessNames.TryGetValue(value.GetString()!, out var access)
            ? access
            : 0;
    }

    public List<JsonBody>? Items(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            throw Cannot(At(name), "System.Collections.Generic.List");
        var at = At(name);
        return [.. value.EnumerateArray().Select((item, index) => new JsonBody(item, $"{at}[{index}]"))];
    }

    public List<Guid>? Ids(string name) =>
        Items(name)
            ?.ConvertAll(item =>
                item.Element.ValueKind == JsonValueKind.String && item.Element.TryGetGuid(out var id)
                    ? id
                    : throw Cannot(item.Path, "System.Guid")
            );

    public List<long>? Numbers(string name) =>
        Items(name)
            ?.ConvertAll(item =>
                item.Element.ValueKind == JsonValueKind.Number && item.Element.TryGetInt64(out var number)
                    ? number
                    : throw Cannot(item.Path, "System.Int64")
            );

    private JsonElement Element => element;

    private string Path => path;

    private string At(string name) => $"{path}.{name}";

    private JsonElement? Find(string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Cannot(path, "the item");
        // The last of two properties of one name counts, as in the server's serialiser.
        var value = element
            .EnumerateObject()
            .LastOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            .Value;
        return value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : value;
    }

    private static PortalInvalidException Cannot(string at, string type) =>
        new(at, $"The JSON value could not be converted to {type}. Path: {at} | LineNumber: 0 | BytePositionInLine: 0.");
}
