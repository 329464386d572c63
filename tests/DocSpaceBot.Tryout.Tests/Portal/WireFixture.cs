using System.Text.Json;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Tests.Portal;

/// <summary>An exchange as the server has it, and how an answer of the stand-in differs from it.</summary>
internal sealed partial class WireFixture
{
    /// <summary>What is another one each time, or in each place.</summary>
    private static readonly HashSet<string> Volatile = new(StringComparer.Ordinal)
    {
        "id",
        "href",
        "traceId",
        "url",
        "uri",
        "key",
        "keyPostfix",
        "name",
        "avatar",
        "avatarOriginal",
        "avatarMax",
        "avatarMedium",
        "avatarSmall",
        "profileUrl",
        "registrationDate",
        "createdBy",
        "createBy",
        "lastUsed",
        "createOn",
        "createdOn",
        "expiresAt",
        "createDate",
        "lastModified",
        "workFromDate",
        "terminatedDate",
        "ssl",
    };

    /// <summary>What the server sends only when it is set; the recorded exchanges do not have it set.</summary>
    private static readonly HashSet<string> Optional = new(StringComparer.Ordinal)
    {
        "cultureName",
        "terminated",
        "workFromDate",
        "lastSuccessOn",
    };

    private readonly JsonElement root;

    private WireFixture(JsonElement root) => this.root = root;

    public static string Folder { get; } = FindFolder();

    public string Method => Request.GetProperty("method").GetString()!;

    /// <summary>Under the API's root.</summary>
    public string Path => Request.GetProperty("path").GetString()!.Replace("/api/2.0/", "", StringComparison.Ordinal);

    public bool HasKey => Request.GetProperty("headers").TryGetProperty("Authorization", out _);

    public string? RequestBody => Request.GetProperty("body") is { ValueKind: not JsonValueKind.Null } body ? body.GetRawText() : null;

    private JsonElement Request => root.GetProperty("request");

    private JsonElement Response => root.GetProperty("response");

    public static IEnumerable<string> Names() =>
        Directory.GetFiles(Folder, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static WireFixture Load(string name) =>
        new(JsonDocument.Parse(File.ReadAllText(System.IO.Path.Combine(Folder, name + ".json"))).RootElement);

    /// <summary>Every difference in status, headers and body; empty is equal.</summary>
    public List<string> Differences(PortalReply reply)
    {
        var found = new List<string>();
        Same(found, "HTTP status", Response.GetProperty("status").GetInt32(), reply.Status);
        foreach (var header in Response.GetProperty("headers").EnumerateObject())
            Same(
                found,
                header.Name,
                header.Value.GetString()!.Replace(" ", "", StringComparison.Ordinal),
                reply.Headers.GetValueOrDefault(header.Name)?.Replace(" ", "", StringComparison.Ordinal)
            );
        var body = Response.GetProperty("body");
        if (body.ValueKind == JsonValueKind.Null)
            Same(found, "body", "", reply.Text);
        else if (body.ValueKind == JsonValueKind.String)
            Same(found, "body", body.GetString(), reply.Text);
        else
            Compare(found, "$", body, reply.Json);
        return found;
    }

    /// <summary>How an event that was sent differs from this one.</summary>
    public List<string> DifferencesOfEvent(Received received)
    {
        var found = new List<string>();
        Compare(found, "$", Request.GetProperty("body"), JsonDocument.Parse(received.Body).RootElement);
        Same(
            found,
            "Content-Type",
            Request.GetProperty("headers").GetProperty("Content-Type").GetString(),
            received.Headers["Content-Type"]
        );
        Same(found, "Accept", Request.GetProperty("headers").GetProperty("Accept").GetString(), received.Headers["Accept"]);
        Same(found, "User-Agent", expected: null, received.Headers.GetValueOrDefault("User-Agent"));
        return found;
    }

    private static void Compare(List<string> found, string path, JsonElement expected, JsonElement actual)
    {
        if (Kind(expected) != Kind(actual))
        {
            found.Add($"{path}: {expected.ValueKind} is {actual.ValueKind}");
            return;
        }
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var names = expected.EnumerateObject().Select(property => property.Name).ToList();
                var seen = actual
                    .EnumerateObject()
                    .Select(property => property.Name)
                    .Where(name => names.Contains(name) || !Optional.Contains(name));
                Same(found, path, string.Join(' ', names), string.Join(' ', seen));
                foreach (var property in expected.EnumerateObject())
                {
                    if (
                        actual.TryGetProperty(property.Name, out var value)
                        && !(Volatile.Contains(property.Name) && value.ValueKind is not JsonValueKind.Object)
                    )
                        Compare(found, $"{path}.{property.Name}", property.Value, value);
                }
                break;
            case JsonValueKind.Array:
                Same(found, path + " length", expected.GetArrayLength(), actual.GetArrayLength());
                foreach (var (index, (one, other)) in InOrder(expected).Zip(InOrder(actual)).Index())
                    Compare(found, $"{path}[{index}]", one, other);
                break;
            default:
                Same(found, path, Scalar(expected), Scalar(actual));
                break;
        }
    }

    /// <summary>The place in the posted text depends on its spaces, which the recorded exchanges do not keep.</summary>
    private static string Scalar(JsonElement value)
    {
        // One recorded exchange has an unencoded display name; that ours are encoded is tested elsewhere.
        var text = System.Net.WebUtility.HtmlDecode(value.ToString());
        text = ShortLink().Replace(text, "a short link");
        var place = text.IndexOf(" | LineNumber", StringComparison.Ordinal);
        return place < 0 ? text : text[..place];
    }

    /// <summary>The server promises no order among people.</summary>
    private static IEnumerable<JsonElement> InOrder(JsonElement list) =>
        list.EnumerateArray()
            .OrderBy(
                item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("displayName", out var name) ? name.GetString() : "",
                StringComparer.Ordinal
            );

    private static JsonValueKind Kind(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;

    private static void Same<T>(List<string> found, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            found.Add($"{what}: expected <{expected}> but is <{actual}>");
    }

    [GeneratedRegex("^https?://[^/]+/s/[A-Za-z0-9_-]{15}$", RegexOptions.None, 1000)]
    private static partial Regex ShortLink();

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "Portal", "Wire");
            if (Directory.Exists(candidate))
                return candidate;
        }
        throw new DirectoryNotFoundException("The folder Portal/Wire beside the tests is missing.");
    }
}
