using System.Text.Json;
using System.Text.Json.Serialization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>A list that somebody has sent and nobody has read yet, and what they said beside it. Kept with the step and gone with it.</summary>
/// <param name="DownloadUrl">Whoever has it has the file: never to be logged.</param>
internal sealed partial record ListToRead(
    string TenantId,
    Person Requester,
    string ConversationId,
    DateTimeOffset AskedAt,
    string FileName,
    string DownloadUrl
)
{
    public DocSpaceRole? Role { get; init; }

    public string? Language { get; init; }

    public string? Room { get; init; }

    public string? Reason { get; init; }

    public bool IsDryRun { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ListToReadJson.Default.ListToRead);

    public static ListToRead? FromJson(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, ListToReadJson.Default.ListToRead);

    /// <summary>Leaves everything out that must not get into a log.</summary>
    public override string ToString() => nameof(ListToRead);

    [JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ListToRead))]
    private sealed partial class ListToReadJson : JsonSerializerContext;
}
