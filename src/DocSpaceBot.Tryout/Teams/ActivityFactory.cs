using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>Makes the activities Teams sends, field by field as Teams fills them.</summary>
internal sealed partial class ActivityFactory(TeamsSetup setup, StandInAddress address)
{
    public JsonObject Message(TeamsPerson from, TeamsConversation where, string id, string conversationId, string text, SayOptions options)
    {
        var typed = Marked(options.HtmlEscaped ? WebUtility.HtmlEncode(text) : text, options.Emails);
        var html = $"<p>{Html(text)}</p>";
        var entities = new JsonArray();

        if (where.Kind is not ConversationKind.Personal && options.Mention)
        {
            var mention = $"<at>{setup.BotName}</at>";
            typed = $"{mention} {typed}";
            html =
                $"""<p><span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">{WebUtility.HtmlEncode(setup.BotName)}</span>&nbsp;{Html(text)}</p>""";
            entities.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["type"] = "mention",
                        ["mentioned"] = new JsonObject { ["id"] = setup.BotId, ["name"] = setup.BotName },
                        ["text"] = mention,
                    }
            );
        }

        var activity = Base("message", id, from, where, conversationId, options.Locale);
        activity["text"] = typed;
        activity["textFormat"] = "plain";
        activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = html });
        entities.Add((JsonNode)ClientInfo(from, options.Locale));
        activity["entities"] = entities;
        return activity;
    }

    public JsonObject FileMessage(TeamsPerson from, TeamsConversation where, string id, string? text, UploadedFile file)
    {
        var activity = Base("message", id, from, where, where.Id, locale: null);
        if (text is not null)
        {
            activity["text"] = text;
            activity["textFormat"] = "plain";
        }

        activity["entities"] = new JsonArray(ClientInfo(from, locale: null));
        activity["attachments"] = new JsonArray(
            new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.teams.file.download.info",
                ["contentUrl"] = file.ContentUrl,
                ["name"] = file.Name,
                ["content"] = new JsonObject
                {
                    ["downloadUrl"] = file.DownloadUrl,
                    ["uniqueId"] = file.UniqueId,
                    ["fileType"] = file.FileType,
                },
            }
        );
        return activity;
    }

    /// <summary>What a press of an Action.Submit becomes: a message without words, with the data as its value.</summary>
    public JsonObject Submit(TeamsPerson from, TeamsConversation where, string conversationId, string id, string cardId, JsonObject data)
    {
        var activity = Base("message", id, from, where, conversationId, locale: null);
        activity["entities"] = new JsonArray(ClientInfo(from, locale: null));
        activity["replyToId"] = cardId;
        activity["value"] = data;
        activity["channelData"]!["source"] = new JsonObject { ["name"] = "message" };
        return activity;
    }

    public JsonObject Execute(
        TeamsPerson from,
        TeamsConversation where,
        string conversationId,
        string cardId,
        JsonElement action,
        JsonObject data,
        string trigger
    )
    {
        var pressed = new JsonObject { ["type"] = "Action.Execute" };
        foreach (var name in new[] { "id", "title", "verb" })
        {
            if (action.Text(name) is { } value)
            {
                pressed[name] = value;
            }
        }

        pressed["data"] = data;
        return Invoke(
            "adaptiveCard/action",
            from,
            where,
            conversationId,
            cardId,
            new JsonObject { ["action"] = pressed, ["trigger"] = trigger }
        );
    }

    public JsonObject Invoke(
        string name,
        TeamsPerson from,
        TeamsConversation where,
        string conversationId,
        string? replyToId,
        JsonObject value
    )
    {
        var activity = Base("invoke", EventId(), from, where, conversationId, locale: null);
        activity["entities"] = new JsonArray(ClientInfo(from, locale: null));
        activity["channelData"]!["source"] = new JsonObject { ["name"] = "message" };
        if (replyToId is not null)
        {
            activity["replyToId"] = replyToId;
        }

        activity["value"] = value;
        activity["name"] = name;
        return activity;
    }

    public JsonObject InstallationUpdate(TeamsPerson by, TeamsConversation where, string action)
    {
        var activity = Unnamed("installationUpdate", by, where);
        activity["action"] = action;
        activity["locale"] = by.Locale ?? setup.Locale;
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = by.Locale ?? setup.Locale });
        activity["channelData"]!["source"] = new JsonObject { ["name"] = "message" };
        activity["channelData"]!["settings"] = Selected(where);
        if (where.Kind is ConversationKind.Channel)
        {
            activity["channelData"]!["team"] = FullTeam();
            activity["channelData"]!["channel"] = new JsonObject { ["id"] = where.Id };
        }
        else if (where.Name is { } name)
        {
            activity["conversation"]!["name"] = name;
        }

        return activity;
    }

    public JsonObject MembersChanged(TeamsPerson by, TeamsConversation where, string list, params JsonObject[] members)
    {
        var activity = Unnamed("conversationUpdate", by, where);
        activity[list] = new JsonArray([.. members]);
        if (where.Kind is ConversationKind.Channel)
        {
            activity["channelData"]!["team"] = FullTeam();
            activity["channelData"]!["eventType"] = list is "membersAdded" ? "teamMemberAdded" : "teamMemberRemoved";
            if (list is "membersAdded")
            {
                activity["channelData"]!["settings"] = Selected(where);
            }
        }

        return activity;
    }

    public JsonObject Bot() => new() { ["id"] = setup.BotId };

    public static JsonObject Member(TeamsPerson person) => new() { ["id"] = person.Id, ["aadObjectId"] = person.AadObjectId };

    public static string EventId() => $"f:{Guid.CreateVersion7()}";

    private JsonObject Base(string type, string id, TeamsPerson from, TeamsConversation where, string conversationId, string? locale)
    {
        var activity = Start(type, id, from, where, conversationId);
        activity["from"]!["name"] = from.DisplayName;
        activity["localTimestamp"] = LocalTime(from);
        activity["localTimezone"] = from.Timezone ?? setup.Timezone;
        activity["locale"] = locale ?? from.Locale ?? setup.Locale;

        if (where.Kind is ConversationKind.Channel)
        {
            var data = activity["channelData"]!;
            data["teamsChannelId"] = where.Id;
            data["teamsTeamId"] = TeamsDirectory.TeamId;
            data["team"] = new JsonObject { ["id"] = TeamsDirectory.TeamId };
            data["channel"] = new JsonObject { ["id"] = where.Id };
        }

        return activity;
    }

    // What Teams tells about the app itself names nobody.
    private JsonObject Unnamed(string type, TeamsPerson by, TeamsConversation where) => Start(type, EventId(), by, where, where.Id);

    private JsonObject Start(string type, string id, TeamsPerson from, TeamsConversation where, string conversationId)
    {
        var conversation = new JsonObject
        {
            ["conversationType"] = where.ConversationType,
            ["tenantId"] = where.TenantId,
            ["id"] = conversationId,
        };
        if (where.Kind is not ConversationKind.Personal)
        {
            conversation["isGroup"] = true;
        }

        return new()
        {
            ["type"] = type,
            ["id"] = id,
            ["timestamp"] = setup.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["channelId"] = "msteams",
            ["serviceUrl"] = address.ServiceUrl,
            ["from"] = Member(from),
            ["recipient"] = new JsonObject { ["id"] = setup.BotId, ["name"] = setup.BotName },
            ["conversation"] = conversation,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = where.TenantId } },
        };
    }

    private JsonObject ClientInfo(TeamsPerson person, string? locale)
    {
        var language = locale ?? person.Locale ?? setup.Locale;
        return new()
        {
            ["type"] = "clientInfo",
            ["locale"] = language,
            ["country"] = language[(language.LastIndexOf('-') + 1)..].ToUpperInvariant(),
            ["platform"] = "Web",
            ["timezone"] = person.Timezone ?? setup.Timezone,
        };
    }

    private string LocalTime(TeamsPerson person)
    {
        var utc = setup.Clock.GetUtcNow();
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(person.Timezone ?? setup.Timezone, out var zone)
            ? TimeZoneInfo.ConvertTime(utc, zone)
            : utc;
        return local.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
    }

    private static JsonObject Selected(TeamsConversation where) => new() { ["selectedChannel"] = new JsonObject { ["id"] = where.Id } };

    private static JsonObject FullTeam() =>
        new()
        {
            ["id"] = TeamsDirectory.TeamId,
            ["name"] = TeamsDirectory.TeamName,
            ["aadGroupId"] = TeamsDirectory.TeamAadGroupId,
        };

    private static string Html(string text) =>
        Address().Replace(WebUtility.HtmlEncode(text), """<a href="mailto:$0">$0</a>""").Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Marked(string text, EmailMarkup markup) =>
        markup switch
        {
            EmailMarkup.Anchor => Address().Replace(text, """<a href="mailto:$0">$0</a>"""),
            EmailMarkup.Markdown => Address().Replace(text, "[$0](mailto:$0)"),
            EmailMarkup.Angle => Address().Replace(text, "<mailto:$0|$0>"),
            _ => text,
        };

    [GeneratedRegex(@"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
