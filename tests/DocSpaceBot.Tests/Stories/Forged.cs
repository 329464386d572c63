using System.Text.Json;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What no client would send, but anybody with a client of their own could.</summary>
internal static class Forged
{
    public static string RequestOn(TeamsMessage card) =>
        CardReader.Buttons(card.Card!.Value).First().Action.GetProperty("data").GetProperty("id").GetString()!;

    public static JsonObject Press(Story story, string who, string verb, string id, string? row = null) =>
        Invoke(
            story,
            who,
            "adaptiveCard/action",
            new JsonObject
            {
                ["action"] = new JsonObject
                {
                    ["type"] = "Action.Execute",
                    ["verb"] = verb,
                    ["data"] = row is null ? new JsonObject { ["id"] = id } : new JsonObject { ["id"] = id, ["row"] = row },
                },
                ["trigger"] = "manual",
            }
        );

    public static JsonObject Invoke(Story story, string who, string name, JsonNode? value)
    {
        var person = story.Teams[who];
        return new JsonObject
        {
            ["type"] = "invoke",
            ["id"] = $"f:{Guid.CreateVersion7()}",
            ["name"] = name,
            ["channelId"] = "msteams",
            ["serviceUrl"] = story.Teams.ServiceUrl,
            ["from"] = new JsonObject
            {
                ["id"] = person.Id,
                ["aadObjectId"] = person.AadObjectId,
                ["name"] = person.DisplayName,
            },
            ["recipient"] = new JsonObject { ["id"] = story.Teams.BotId, ["name"] = "DocSpaceBot" },
            ["conversation"] = new JsonObject
            {
                ["id"] = person.ChatId,
                ["conversationType"] = "personal",
                ["tenantId"] = person.TenantId,
            },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = person.TenantId } },
            ["value"] = value,
        };
    }

    /// <summary>All that can be read on the card of an answer.</summary>
    public static string CardIn(BotAnswer answer)
    {
        var body = answer.Body!.Value;
        Assert.Equal("application/vnd.microsoft.card.adaptive", body.GetProperty("type").GetString());
        return string.Join('\n', CardReader.Texts(body.GetProperty("value")));
    }

    /// <summary>The words of an answer that is an error.</summary>
    public static string ErrorIn(BotAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        var body = answer.Body!.Value;
        Assert.Equal("application/vnd.microsoft.error", body.GetProperty("type").GetString());
        return body.GetProperty("value").GetProperty("message").GetString()!;
    }
}
