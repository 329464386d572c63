using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tests.Stories;

/// <summary>What stories about links look at: who has the link itself, and what the portal makes of it.</summary>
internal static partial class Linking
{
    /// <summary>People of the other tenant may talk with the bot too.</summary>
    public static readonly StorySetup TwoTenants = new()
    {
        Settings = new Dictionary<string, string?>
        {
            ["Bot:AllowedTenants:0"] = new TeamsSetup().TenantId,
            ["Bot:AllowedTenants:1"] = new TeamsSetup().OtherTenantId,
        },
    };

    private static readonly Place[] Everywhere = [Place.Personal, Place.Group, Place.Channel, Place.General];

    /// <summary>Asks for a link in the personal chat and shares it in the group chat.</summary>
    public static async Task<string> ShareInGroupAsync(Story story, string words = "/link user")
    {
        await story.Alice.SaysAsync(words);
        var id = IdIn(story.Alice);
        await PressAsync(story, "alice", "link/share", id, ("view", "link"), ("place", TeamsDirectory.GroupId));
        Assert.True(story.Teams.Sees("bob", Place.Group, "Join DocSpace"), "The card is not in the group chat.");
        return id;
    }

    /// <summary>The link itself, as this person reads it on the newest card that has one.</summary>
    public static string UrlIn(Speaker reader) =>
        reader.Messages.Select(UrlOn).LastOrDefault(url => url is not null)
        ?? throw new InvalidOperationException($"{reader.Name} sees no link but:\n{string.Join("\n---\n", reader.Read())}");

    public static string? UrlOn(TeamsMessage message) =>
        message.Card is { } card
        && CardReader.Texts(card).Select(text => Url().Match(text)).FirstOrDefault(match => match.Success) is { } found
            ? found.Value
            : null;

    /// <summary>The number of the link whose card this person sees last.</summary>
    public static string IdIn(Speaker reader) =>
        reader
            .Messages.Where(message => message.Card is not null)
            .SelectMany(message => CardReader.Buttons(message.Card!.Value))
            .Select(button => button.Action.GetProperty("data"))
            .Last(data => data.TryGetProperty("view", out var view) && view.GetString() is "link" or "join")
            .GetProperty("id")
            .GetString()!;

    /// <summary>
    /// Whatever went over the wire with the link in it went into the personal chats of these people; nobody else finds it on any screen, and it is not in
    /// the log.
    /// </summary>
    public static void OnlyWith(Story story, params string[] people)
    {
        var chats = people.Select(name => story.Teams[name].ChatId).ToHashSet(StringComparer.Ordinal);
        var wrong = story
            .Teams.Calls.Where(call => call.Body is { } body && HasLink(body.GetRawText()) && !chats.Contains(call.ConversationId ?? ""))
            .Select(call => $"{call.Method} {call.Path}");

        Assert.Empty(wrong);
        Assert.DoesNotContain(Seen(story), seen => !people.Contains(seen.Who) || !seen.IsPrivate);
        story.Log.HoldsNone("/s/", story.Portal.ApiKey);
    }

    /// <summary>Nobody finds the link on any screen now.</summary>
    public static void WithNobody(Story story)
    {
        Assert.Empty(Seen(story));
        story.Log.HoldsNone("/s/", story.Portal.ApiKey);
    }

    /// <summary>Every message of the bot that shows a link, or has one behind it, to somebody.</summary>
    private static IEnumerable<(string Who, Place Where, bool IsPrivate, string Text)> Seen(Story story) =>
        from person in story.Teams.People
        from place in Everywhere
        from message in VisibleTo(story, person.Name, place)
        where message.IsFromBot && (HasLink(message.Text ?? "") || (message.Card is { } card && HasLink(card.GetRawText())))
        select (person.Name, place, place is Place.Personal || message.Private, Speaker.TextOf(message));

    /// <summary>Nothing where the person is not.</summary>
    private static IReadOnlyList<TeamsMessage> VisibleTo(Story story, string who, Place where)
    {
        try
        {
            return story.Teams.Visible(who, where);
        }
        catch (StandInException)
        {
            return [];
        }
    }

    public static bool HasLink(string text) => text.Contains("/s/", StringComparison.Ordinal);

    /// <summary>The one link that DocSpace keeps for a role; null when there is none.</summary>
    public static async Task<JsonElement?> ManagedAsync(Story story, string role = "User")
    {
        using var http = Portal(story);
        var answer = await story.DoneAsync(http.GetFromJsonAsync<JsonElement>($"api/2.0/portal/users/invitationlink/{role}"));
        return answer.TryGetProperty("response", out var link) && link.ValueKind is JsonValueKind.Object ? link : null;
    }

    /// <summary>An administrator makes one on the web pages.</summary>
    public static async Task<JsonElement> MakeManagedAsync(Story story, string role = "User")
    {
        using var http = Portal(story);
        using var answer = await story.DoneAsync(
            http.PostAsJsonAsync("api/2.0/portal/users/invitationlink", new { employeeType = role, maxUseCount = 3 })
        );
        Assert.True(answer.IsSuccessStatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("response");
    }

    /// <summary>An administrator revokes it on the web pages.</summary>
    public static async Task DeleteManagedAsync(Story story, string role = "User")
    {
        using var http = Portal(story);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "api/2.0/portal/users/invitationlink")
        {
            Content = JsonContent.Create(new { id = (await ManagedAsync(story, role))!.Value.GetProperty("id").GetGuid() }),
        };
        using var answer = await story.DoneAsync(http.SendAsync(request));
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>Whether somebody who opens it now could join, as its page asks the portal.</summary>
    public static async Task<bool> WorksAsync(Story story, string url)
    {
        using var quiet = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(quiet) { BaseAddress = story.Portal.Url };
        using var page = await story.DoneAsync(http.GetAsync(new Uri(url)));

        if (page.Headers.Location is not { } target)
        {
            return false;
        }

        var key = Key().Match(target.Query).Groups["key"].Value;
        using var answer = await story.DoneAsync(
            http.PostAsJsonAsync(
                "api/2.0/authentication/confirm",
                new
                {
                    type = "LinkInvite",
                    key,
                    emplType = 4,
                }
            )
        );
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("response").GetProperty("result").GetInt32() == 0;
    }

    /// <summary>Presses a button that need not be there, in the personal chat.</summary>
    public static Task<BotAnswer> PressAsync(Story story, string who, string verb, string id, params (string, string)[] entered) =>
        PressAsync(story, who, verb, id, null, entered);

    /// <summary>Presses a button that need not be there, in any conversation.</summary>
    public static async Task<BotAnswer> PressAsync(
        Story story,
        string who,
        string verb,
        string id,
        string? conversation,
        params (string, string)[] entered
    )
    {
        var answer = await story.DoneAsync(story.Teams.DeliverAsync(Click(story, who, verb, id, conversation, entered)));
        await story.SettleAsync();
        return answer;
    }

    public static JsonObject Click(
        Story story,
        string who,
        string verb,
        string id,
        string? conversation,
        params (string, string)[] entered
    ) => Click(story.Teams, who, verb, id, conversation, entered);

    public static JsonObject Click(
        StandInTeams teams,
        string who,
        string verb,
        string id,
        string? conversation,
        params (string Field, string Value)[] entered
    )
    {
        var person = teams[who];
        var data = new JsonObject { ["id"] = id };

        foreach (var (field, value) in entered)
        {
            data[field] = value;
        }

        return new JsonObject
        {
            ["type"] = "invoke",
            ["id"] = $"f:{Guid.CreateVersion7()}",
            ["name"] = "adaptiveCard/action",
            ["channelId"] = "msteams",
            ["serviceUrl"] = teams.ServiceUrl,
            ["from"] = new JsonObject
            {
                ["id"] = person.Id,
                ["aadObjectId"] = person.AadObjectId,
                ["name"] = person.DisplayName,
            },
            ["recipient"] = new JsonObject { ["id"] = teams.BotId, ["name"] = "DocSpaceBot" },
            ["conversation"] = new JsonObject
            {
                ["id"] = conversation ?? person.ChatId,
                ["conversationType"] =
                    conversation is null ? "personal"
                    : conversation.Contains("@thread.tacv2", StringComparison.Ordinal) ? "channel"
                    : "groupChat",
                ["tenantId"] = person.TenantId,
            },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = person.TenantId } },
            ["value"] = new JsonObject
            {
                ["action"] = new JsonObject
                {
                    ["type"] = "Action.Execute",
                    ["verb"] = verb,
                    ["data"] = data,
                },
                ["trigger"] = "manual",
            },
        };
    }

    /// <summary>Everything that can be read in an answer, whatever kind it is.</summary>
    public static string WordsOf(BotAnswer answer)
    {
        Assert.Equal(200, answer.Status);
        var value = answer.Body!.Value.GetProperty("value");
        return value.ValueKind is JsonValueKind.String ? value.GetString()!
            : value.TryGetProperty("message", out var message) ? message.GetString()!
            : string.Join('\n', CardReader.Texts(value));
    }

    /// <summary>The lines of the ledger's file, as olga gets it.</summary>
    public static async Task<IReadOnlyList<string>> LedgerAsync(Story story)
    {
        await story.Olga.SaysAsync("/audit export");
        await story.Olga.PressesAsync(StandInTeams.Accept);
        return story.Olga.Arrived;
    }

    private static HttpClient Portal(Story story)
    {
        var http = new HttpClient { BaseAddress = story.Portal.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", story.Portal.ApiKey);
        return http;
    }

    [GeneratedRegex("https?://[^ /]+/s/[A-Za-z0-9_-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Url();

    [GeneratedRegex("[?&]key=(?<key>[^&]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
