using System.Text.Json;
using System.Text.Json.Nodes;

namespace Teams.Protocol.Tests.StandIns;

/// <summary>What was really said between Teams-like services and bots, one conversation a file, beside the tests.</summary>
internal static class WireFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Wire");

    public static TheoryData<string> Names(string folder, Func<string, bool>? which = null)
    {
        var names = new TheoryData<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, folder), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (which is null || which(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    public static WireFile Read(string folder, string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, folder, $"{name}.json")))!;
        return new WireFile(
            (string)json["request"]!["method"]!,
            (string)json["request"]!["path"]!,
            json["request"]!["body"],
            (int)json["response"]!["status"]!,
            json["response"]!["body"]
        );
    }

    public static bool AreSame(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    public static JsonElement Element(string json) => JsonElement.Parse(json);
}

internal sealed record WireFile(string Method, string Path, JsonNode? Request, int Status, JsonNode? Response);
