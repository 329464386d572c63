using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>A captured exchange of the real protocol, from the folder <c>Wire</c>.</summary>
internal static class WireFile
{
    public static JsonNode Read(string name, [CallerFilePath] string here = "") =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Wire", name + ".json")))!;

    /// <summary>Every path in the document with the kind of value there: <c>from.id String</c>. Items of a list count as one.</summary>
    public static SortedSet<string> Shape(JsonNode? node)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        Walk(node, "");
        return paths;

        void Walk(JsonNode? part, string path)
        {
            switch (part)
            {
                case JsonObject members:
                    foreach (var (name, value) in members)
                    {
                        Walk(value, path.Length == 0 ? name : $"{path}.{name}");
                    }

                    break;
                case JsonArray items:
                    foreach (var item in items)
                    {
                        Walk(item, path + "[]");
                    }

                    break;
                default:
                    paths.Add($"{path} {part?.GetValueKind() ?? JsonValueKind.Null}".Replace("True", "Boolean", StringComparison.Ordinal));
                    break;
            }
        }
    }
}
