using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>What the portal answers, ready to be written: built inside the lock, sent outside of it.</summary>
internal sealed record PortalAnswer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private const string Json = "application/json; charset=utf-8";
    private const string Problem = "application/problem+json; charset=utf-8";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static PortalAnswer Empty(int status) => new(status, null, default);

    public static PortalAnswer Text(int status, string contentType, string text) => new(status, contentType, Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// The success envelope. <paramref name="count"/> is what the server would say: 1 for the lists it streams, however long they are.
    /// </summary>
    public static PortalAnswer Ok(PortalExchange call, JsonNode? response, int? count = null, int? total = null)
    {
        var trimmed = FieldTrimmer.Trim(response, call.Query("fields"));
        return Envelope(call, trimmed is null ? null : writer => trimmed.WriteTo(writer), count ?? CountOf(trimmed), total);
    }

    /// <summary>The success envelope around a list whose items are JSON already.</summary>
    public static PortalAnswer OkList(PortalExchange call, IReadOnlyList<byte[]> items)
    {
        if (call.Query("fields") is { Length: > 0 })
            return Ok(call, new JsonArray([.. items.Select(item => JsonNode.Parse(item))]));
        return Envelope(call, WriteItems, items.Count, total: null);

        void WriteItems(Utf8JsonWriter writer)
        {
            writer.WriteStartArray();
            foreach (var item in items)
                writer.WriteRawValue(item, skipInputValidation: true);
            writer.WriteEndArray();
        }
    }

    public static PortalAnswer Error(PortalException error)
    {
        var body = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = error.Message,
                ["type"] = error.Type,
                ["stack"] = error.Trace,
                ["hresult"] = error.Code,
            },
            ["status"] = 1,
            ["statusCode"] = error.Status,
        };
        return new PortalAnswer(error.Status, Json, Bytes(body))
        {
            Headers = [new("Cache-Control", "no-cache,no-store"), new("Pragma", "no-cache"), new("Expires", "-1")],
        };
    }

    public static PortalAnswer Invalid(PortalExchange call, PortalInvalidException error)
    {
        var problem = new JsonObject
        {
            ["type"] = "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            ["title"] = "One or more validation errors occurred.",
            ["status"] = 400,
            ["errors"] = new JsonObject { [error.Key] = new JsonArray(error.Message) },
            ["traceId"] = call.TraceId,
        };
        return new PortalAnswer(
            400,
            Problem,
            EnvelopeBody(call, writer => problem.WriteTo(writer), 1, total: null, bodyStatus: 1, bodyCode: 400)
        );
    }

    /// <summary>The body contradicts the status line, as the server's does.</summary>
    public static PortalAnswer UnsupportedMedia(PortalExchange call)
    {
        var problem = new JsonObject
        {
            ["type"] = "https://tools.ietf.org/html/rfc9110#section-15.5.16",
            ["title"] = "Unsupported Media Type",
            ["status"] = 415,
            ["traceId"] = call.TraceId,
        };
        return Envelope(call, writer => problem.WriteTo(writer), 1, total: null) with { Status = 415, ContentType = Problem };
    }

    /// <summary>What the server's filters answer: a problem document without the envelope.</summary>
    public static PortalAnswer BareProblem(PortalExchange call, int status)
    {
        var (section, title) = status switch
        {
            403 => ("15.5.4", "Forbidden"),
            404 => ("15.5.5", "Not Found"),
            _ => ("", ""),
        };
        var body = new JsonObject();
        if (title.Length > 0)
        {
            body["type"] = $"https://tools.ietf.org/html/rfc9110#section-{section}";
            body["title"] = title;
        }
        body["status"] = status;
        body["traceId"] = call.TraceId;
        return new PortalAnswer(status, Problem, Bytes(body));
    }

    private static int CountOf(JsonNode? response) =>
        response switch
        {
            null => 0,
            JsonArray list => list.Count,
            _ => 1,
        };

    private static PortalAnswer Envelope(PortalExchange call, Action<Utf8JsonWriter>? response, int count, int? total) =>
        new(200, Json, EnvelopeBody(call, response, count, total, bodyStatus: 0, bodyCode: 200));

    private static ReadOnlyMemory<byte> EnvelopeBody(
        PortalExchange call,
        Action<Utf8JsonWriter>? response,
        int count,
        int? total,
        int bodyStatus,
        int bodyCode
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        if (response is not null)
        {
            writer.WritePropertyName("response");
            response(writer);
        }
        writer.WriteNumber("count", count);
        if (total is { } all)
            writer.WriteNumber("total", all);
        writer.WriteStartArray("links");
        writer.WriteStartObject();
        writer.WriteString("href", call.Href);
        writer.WriteString("action", call.Method);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteNumber("status", bodyStatus);
        writer.WriteNumber("statusCode", bodyCode);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}

/// <summary>The query's <c>fields=id,email,createdBy.id</c>: only these members of each item are sent.</summary>
internal static class FieldTrimmer
{
    public static JsonNode? Trim(JsonNode? response, string? fields)
    {
        if (response is null || string.IsNullOrWhiteSpace(fields))
            return response;
        var wanted = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return response switch
        {
            JsonArray list => new JsonArray([.. list.Select(item => item is JsonObject one ? Pick(one, wanted) : item?.DeepClone())]),
            JsonObject one => Pick(one, wanted),
            _ => response,
        };
    }

    private static JsonObject Pick(JsonObject item, string[] wanted)
    {
        var picked = new JsonObject();
        foreach (var (name, value) in item)
        {
            var below = wanted
                .Where(field =>
                    field.Length > name.Length && field.StartsWith(name, StringComparison.OrdinalIgnoreCase) && field[name.Length] == '.'
                )
                .Select(field => field[(name.Length + 1)..])
                .ToArray();
            if (wanted.Contains(name, StringComparer.OrdinalIgnoreCase))
                picked[name] = value?.DeepClone();
            else if (below.Length > 0 && value is JsonObject inner)
                picked[name] = Pick(inner, below);
        }
        return picked;
    }
}
