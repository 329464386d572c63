using System.Text.Json;
using System.Text.Json.Nodes;
using DocSpace.Api.Http;
using Microsoft.AspNetCore.Http;

namespace DocSpace.Api.Tests.World;

/// <summary>One exchange with a real portal, from folder <c>Wire</c>.</summary>
internal sealed class Recording
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Wire");

    private readonly JsonElement _request;
    private readonly JsonElement _response;

    private Recording(JsonElement root)
    {
        Root = root;
        _request = root.GetProperty("request");
        _response = root.GetProperty("response");
    }

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.json").Select(it => Path.GetFileNameWithoutExtension(it)).Order(StringComparer.Ordinal);

    public JsonElement Root { get; }

    public string Method => _request.GetProperty("method").GetString()!;

    public string Target => _request.GetProperty("path").GetString()!;

    public IReadOnlyDictionary<string, string> Headers => Texts(_request.GetProperty("headers"));

    public JsonElement Body => _request.GetProperty("body");

    public string RawBody => _request.GetProperty("rawBody").GetString()!;

    public int Status => _response.GetProperty("status").GetInt32();

    /// <summary>What the portal said in words, if anything.</summary>
    public IEnumerable<string> PortalTexts =>
        _response.GetProperty("body") switch
        {
            { ValueKind: JsonValueKind.String } text => [text.GetString()!],
            { ValueKind: JsonValueKind.Object } body when body.TryGetProperty("error", out var error) =>
            [
                error.GetProperty("message").GetString()!,
                error.GetProperty("type").GetString()!,
                error.GetProperty("stack").GetString()!.Split('(')[0].Trim(),
            ],
            { ValueKind: JsonValueKind.Object } body
                when body.TryGetProperty("response", out var inner)
                    && inner.ValueKind == JsonValueKind.Object
                    && inner.TryGetProperty("errors", out var errors) => errors
                .EnumerateObject()
                .Select(it => it.Value[0].GetString() ?? string.Empty),
            _ => [],
        };

    public static Recording Of(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")));
        return new Recording(json.RootElement.Clone());
    }

    public async Task PlayAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, value) in Texts(_response.GetProperty("headers")))
        {
            context.Response.Headers[name] = value;
        }

        var body = _response.GetProperty("body");
        if (body.ValueKind != JsonValueKind.Null)
        {
            await context.Response.WriteAsync(
                body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText(),
                context.RequestAborted
            );
        }
    }

    /// <summary>The recorded request as a call, for exchanges the client never starts by itself.</summary>
    public Call AsCall() =>
        new(new HttpMethod(Method), Target["/api/2.0/".Length..])
        {
            Body = Body.ValueKind == JsonValueKind.Object ? System.Text.Encoding.UTF8.GetBytes(Body.GetRawText()) : null,
            WithKey = Headers.ContainsKey("Authorization"),
        };

    /// <summary>Method, address, headers and body are exactly those of the recording.</summary>
    public void AssertSame(Arrival arrival)
    {
        Assert.Equal(Method, arrival.Method);
        Assert.Equal(Target, arrival.Target);
        Assert.Equal(Headers.ContainsKey("Authorization"), arrival.Headers.ContainsKey("Authorization"));
        Assert.Equal(Headers.ContainsKey("Content-Type"), arrival.Headers.ContainsKey("Content-Type"));
        Assert.False(arrival.Headers.ContainsKey("Cookie"));
        Assert.All(Headers, header => Assert.Equal(header.Value, arrival.Headers[header.Key]));

        var sent = arrival.Body.Length > 0 ? JsonNode.Parse(arrival.Body) : null;
        var recorded = Body.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(Body.GetRawText());
        Assert.True(JsonNode.DeepEquals(recorded, sent), arrival.Body);
    }

    private static Dictionary<string, string> Texts(JsonElement headers) =>
        headers.EnumerateObject().ToDictionary(it => it.Name, it => it.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
}
