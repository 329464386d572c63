using System.Text.Json.Nodes;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Tests.Teams;

/// <summary>A stand-in, a bot to talk to, and a clock that stands still.</summary>
public abstract class TeamsTest : IAsyncLifetime
{
    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private protected ManualClock Clock { get; } = new();

    private protected StandInTeams Teams { get; private set; } = null!;

    private protected ScriptedBot Bot { get; private set; } = null!;

    private protected virtual TeamsSetup Setup => new() { Clock = Clock };

    private protected string AliceChat => Teams["alice"].ChatId;

    public async Task InitializeAsync()
    {
        Teams = await StandInTeams.StartAsync(Setup, CancellationToken.None);
        Bot = await ScriptedBot.StartAsync(Teams);
    }

    public async Task DisposeAsync()
    {
        await Teams.DisposeAsync();
        await Bot.DisposeAsync();
    }

    private protected static JsonObject Text(string text) => new() { ["type"] = "message", ["text"] = text };

    private protected static JsonObject Message(params JsonNode[] cards) =>
        new() { ["type"] = "message", ["attachments"] = new JsonArray([.. cards.Select(Attachment)]) };

    private protected static JsonObject Attachment(JsonNode card) =>
        new() { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card.DeepClone() };

    private protected static JsonObject Card(string text, params JsonNode[] actions) =>
        new()
        {
            ["type"] = "AdaptiveCard",
            ["version"] = "1.5",
            ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text }),
            ["actions"] = new JsonArray(actions),
        };

    private protected static JsonObject Execute(string title, string verb, string id = "r-1") =>
        new()
        {
            ["type"] = "Action.Execute",
            ["title"] = title,
            ["verb"] = verb,
            ["data"] = new JsonObject { ["id"] = id },
        };

    private protected static JsonObject CardAnswer(JsonNode card) =>
        new()
        {
            ["statusCode"] = 200,
            ["type"] = "application/vnd.microsoft.card.adaptive",
            ["value"] = card,
        };

    private protected static JsonObject WithRefresh(JsonObject card, params string[] userIds)
    {
        card["refresh"] = new JsonObject
        {
            ["action"] = Execute("Refresh", "card/refresh"),
            ["userIds"] = new JsonArray([.. userIds.Select(id => JsonValue.Create(id))]),
        };
        return card;
    }

    private protected static Dictionary<string, string> With(params (string Field, string Value)[] inputs) =>
        inputs.ToDictionary(input => input.Field, input => input.Value, StringComparer.Ordinal);

    private protected static JsonObject Field(string type, string id, params (string Name, JsonNode Value)[] more)
    {
        var field = new JsonObject { ["type"] = type, ["id"] = id };
        foreach (var (name, value) in more)
        {
            field[name] = value;
        }

        return field;
    }
}
