using System.Text.Json;
using System.Text.Json.Serialization;
using Teams.Protocol.Files;

namespace DocSpaceBot.Files;

/// <summary>What somebody answered to the offer of a file. Kept with the step and gone with it.</summary>
/// <param name="OfferId">The message that offered it.</param>
/// <param name="Upload">Where the file goes, which is a permission by itself; null when there is nothing to hand over.</param>
internal sealed partial record FileAnswer(string ConversationId, string? OfferId, FileUploadInfo? Upload)
{
    public string ToJson() => JsonSerializer.Serialize(this, FileAnswerJson.Default.FileAnswer);

    public static FileAnswer? FromJson(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, FileAnswerJson.Default.FileAnswer);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(FileAnswer))]
    private sealed partial class FileAnswerJson : JsonSerializerContext;
}
