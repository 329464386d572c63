using System.Text.Json;
using System.Text.Json.Serialization;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>Who said what, and what a link is to be good for, each in a column: it is only read and written with its invitation.</summary>
internal static class DecisionJson
{
    public static string Write(IReadOnlyList<Vote> votes) => JsonSerializer.Serialize(votes, DecisionJsonContext.Default.IReadOnlyListVote);

    public static string Write(Denial denial) => JsonSerializer.Serialize(denial, DecisionJsonContext.Default.Denial);

    public static string Write(LinkTerms link) => JsonSerializer.Serialize(link, DecisionJsonContext.Default.LinkTerms);

    public static LinkTerms ReadLink(string json) => JsonSerializer.Deserialize(json, DecisionJsonContext.Default.LinkTerms)!;

    public static IReadOnlyList<Vote> ReadVotes(string json) =>
        JsonSerializer.Deserialize(json, DecisionJsonContext.Default.IReadOnlyListVote)!;

    public static Denial ReadDenial(string json) => JsonSerializer.Deserialize(json, DecisionJsonContext.Default.Denial)!;
}

[JsonSerializable(typeof(IReadOnlyList<Vote>))]
[JsonSerializable(typeof(Denial))]
[JsonSerializable(typeof(LinkTerms))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class DecisionJsonContext : JsonSerializerContext;
