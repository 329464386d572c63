using System.Text.Json;
using System.Text.Json.Serialization;
using Teams.Protocol.Files;

namespace DocSpaceBot.Invitations;

/// <summary>What the requester answered to the offer of the result file. Kept with the step and gone with it.</summary>
/// <param name="OfferId">The message that offered it.</param>
/// <param name="Upload">Where the file goes, which is a permission by itself; null when there is nothing to hand over.</param>
internal sealed partial record ResultAnswer(string ConversationId, string? OfferId, FileUploadInfo? Upload)
{
    public string ToJson() => JsonSerializer.Serialize(this, ResultAnswerJson.Default.ResultAnswer);

    public static ResultAnswer? FromJson(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, ResultAnswerJson.Default.ResultAnswer);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ResultAnswer))]
    private sealed partial class ResultAnswerJson : JsonSerializerContext;
}
