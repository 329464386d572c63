using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>A card as a client shows it that was there before Action.Execute: it takes the fallback of what it does not know, or leaves it out.</summary>
internal static class OldClient
{
    public static JsonElement Show(JsonElement card) => JsonElement.Parse(Known(JsonNode.Parse(card.GetRawText()))!.ToJsonString());

    private static JsonNode? Known(JsonNode? part) =>
        part switch
        {
            JsonObject action when (string?)(action["type"] as JsonValue) is "Action.Execute" => Known(action["fallback"] as JsonObject),
            JsonObject element => new JsonObject(
                element
                    .Select(property => KeyValuePair.Create(property.Key, Known(property.Key, property.Value)))
                    .Where(it => it.Value is not null)
            ),
            JsonArray list => new JsonArray([.. list.Select(Known).Where(item => item is not null)]),
            _ => part?.DeepClone(),
        };

    private static JsonNode? Known(string name, JsonNode? value) =>
        name switch
        {
            "refresh" => null,
            // Belongs to the bot, whatever it looks like.
            "data" => value?.DeepClone(),
            _ => Known(value),
        };
}
