using System.Text.Json;
using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What no client would send, but anybody with a client of their own could.</summary>
internal static class Forged
{
    public static string RequestOn(TeamsMessage card) =>
        CardReader.Buttons(card.Card!.Value).First().Action.GetProperty("data").GetProperty("id").GetString()!;

    public static JsonObject Press(Story story, string who, string verb, string id, params (string Field, string Value)[] entered)
    {
        var data = new JsonObject { ["id"] = id };

        foreach (var (field, value) in entered)
        {
            data[field] = value;
        }

        return Press(story, who, verb, data);
    }

    private static JsonObject Press(Story story, string who, string verb, JsonObject data) =>
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
                    ["data"] = data,
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

    /// <summary>What the offer points at, as a client sees it.</summary>
    public static string OfferedIn(Story story) =>
        story
            .Teams.Calls.Select(call => call.Body?.GetRawText() ?? "")
            .Where(body => body.Contains("file.consent", StringComparison.Ordinal))
            .Select(body => (string)JsonNode.Parse(body)!["attachments"]![0]!["content"]!["acceptContext"]!["id"]!)
            .Last();

    /// <summary>Somebody agrees to take a file, and says where it is to go.</summary>
    public static JsonObject Taking(Story story, string who, string id, string uploadUrl) =>
        Invoke(
            story,
            who,
            "fileConsent/invoke",
            new JsonObject
            {
                ["type"] = "fileUpload",
                ["action"] = "accept",
                ["context"] = new JsonObject { ["id"] = id },
                ["uploadInfo"] = new JsonObject
                {
                    ["contentUrl"] = "https://example-my.sharepoint.com/x.csv",
                    ["name"] = "x.csv",
                    ["uploadUrl"] = uploadUrl,
                    ["uniqueId"] = "u",
                    ["fileType"] = "csv",
                },
            }
        );

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
