using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DocSpaceBot.Tryout.Tests.Terminal;

/// <summary>
/// The smallest bot that shows what the terminal has to show: it answers "card" with a card, a press of its button with an
/// edit of that card and a notice, a link to the portal with a card beneath it, and "fail" with HTTP 500.
/// </summary>
internal sealed class ScriptedBot(IReadOnlyDictionary<string, string?> settings) : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly WebApplication app = Build();

    /// <summary>Settings the bot was started with.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; } = settings;

    public static async Task<BotUnderTrial> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var bot = new ScriptedBot(settings);
        bot.app.MapPost("/api/messages", bot.AnswerAsync);
        await bot.app.StartAsync(cancellationToken);
        return new BotUnderTrial(
            new Uri(bot.app.Urls.Single()),
            _ => Task.CompletedTask,
            _ => throw new NotSupportedException("This bot has no settings to change."),
            bot.DisposeAsync
        );
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private async Task<IResult> AnswerAsync(JsonElement activity)
    {
        var type = activity.GetProperty("type").GetString();
        var text = activity.TryGetProperty("text", out var typed) ? typed.GetString()! : "";
        switch (type)
        {
            case "message" when text.Contains("fail", StringComparison.Ordinal):
                return Results.StatusCode(500);
            case "message" when text.Contains("card", StringComparison.Ordinal):
                await SendAsync(HttpMethod.Post, activity, "", Card("Waiting for approval", button: true));
                return Results.Ok();
            case "message":
                await SendAsync(HttpMethod.Post, activity, "", new JsonObject { ["type"] = "message", ["text"] = $"You said: {text}" });
                return Results.Ok();
            case "invoke" when activity.GetProperty("name").GetString() is "composeExtension/queryLink":
                return Results.Json(Unfurled());
            case "invoke" when activity.GetProperty("name").GetString() is "composeExtension/onCardButtonClicked":
                await SendAsync(HttpMethod.Post, activity, "", new JsonObject { ["type"] = "message", ["text"] = "Somebody asked." });
                return Results.Json(new JsonObject());
            case "invoke":
                var pressed = activity.GetProperty("replyToId").GetString();
                await SendAsync(HttpMethod.Put, activity, $"/{pressed}", Card("Invited", button: false));
                return Results.Json(
                    new JsonObject
                    {
                        ["statusCode"] = 200,
                        ["type"] = "application/vnd.microsoft.activity.message",
                        ["value"] = "Thank you.",
                    }
                );
            default:
                return Results.Ok();
        }
    }

    private static JsonObject Unfurled() =>
        new()
        {
            ["composeExtension"] = new JsonObject
            {
                ["type"] = "result",
                ["attachmentLayout"] = "list",
                ["attachments"] = new JsonArray(
                    new JsonObject
                    {
                        ["contentType"] = "application/vnd.microsoft.card.adaptive",
                        ["content"] = new JsonObject
                        {
                            ["type"] = "AdaptiveCard",
                            ["version"] = "1.3",
                            ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = "An invitation link" }),
                            ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.Submit", ["title"] = "Ask to join" }),
                        },
                        ["preview"] = new JsonObject
                        {
                            ["contentType"] = "application/vnd.microsoft.card.thumbnail",
                            ["content"] = new JsonObject { ["title"] = "A link" },
                        },
                    }
                ),
            },
        };

    private static JsonObject Card(string status, bool button) =>
        new()
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["contentType"] = "application/vnd.microsoft.card.adaptive",
                    ["content"] = new JsonObject
                    {
                        ["type"] = "AdaptiveCard",
                        ["version"] = "1.5",
                        ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = status }),
                        ["actions"] = button
                            ? new JsonArray(
                                new JsonObject
                                {
                                    ["type"] = "Action.Execute",
                                    ["title"] = "Approve invitation",
                                    ["verb"] = "approval/approve",
                                }
                            )
                            : new JsonArray(),
                    },
                }
            ),
        };

    private async Task SendAsync(HttpMethod method, JsonElement activity, string suffix, JsonObject content)
    {
        var conversation = Uri.EscapeDataString(activity.GetProperty("conversation").GetProperty("id").GetString()!);
        using var request = new HttpRequestMessage(
            method,
            $"{activity.GetProperty("serviceUrl").GetString()}v3/conversations/{conversation}/activities{suffix}"
        )
        {
            Content = JsonContent.Create(content),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync()) },
        };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> TokenAsync()
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = Settings["MicrosoftAppId"]!,
                ["client_secret"] = Settings["MicrosoftAppPassword"]!,
                ["scope"] = "https://api.botframework.com/.default",
            }
        );
        using var answer = await http.PostAsync(new Uri(Settings["Bot:TokenUrl"]!), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}
