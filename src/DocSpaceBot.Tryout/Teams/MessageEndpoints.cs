using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>The part of the connector that writes: messages and new conversations.</summary>
internal sealed class MessageEndpoints(
    TeamsSetup setup,
    TeamsDirectory directory,
    TeamsFaults faults,
    CardRefresher refresher,
    ChangeSignal changes
)
{
    public void Map(IEndpointRouteBuilder app, ConnectorService connector)
    {
        app.MapPost("v3/conversations", connector.Route(Create, hasBody: true));
        app.MapPost("v3/conversations/{cid}/activities", connector.Route(Send, hasBody: true));
        app.MapPost("v3/conversations/{cid}/activities/{aid}", connector.Route(Send, hasBody: true));
        app.MapPut("v3/conversations/{cid}/activities/{aid}", connector.Route(Update, hasBody: true));
        app.MapDelete("v3/conversations/{cid}/activities/{aid}", connector.Route(Delete));
    }

    private ConnectorAnswer Send(ConnectorRequest request)
    {
        if (ActivityRules.WhyNot(request.Activity) is not null)
        {
            return ConnectorAnswer.InvalidInput;
        }

        if (directory.ByConversationId(request.ConversationId) is not { } conversation)
        {
            return ConnectorAnswer.NoSuchConversation;
        }

        var root = ThreadId.RootOf(request.ConversationId) ?? ThreadAnswered(conversation, request.ActivityId);
        if (root is not null && setup.KeepMessages && conversation.Find(root) is null)
        {
            return ConnectorAnswer.NoSuchConversation;
        }

        return Unreachable(conversation)
            ?? request.Activity.Text("type") switch
            {
                "message" => Post(conversation, request.Activity, root).Answer,
                // The first chunk of a streamed answer is given an id, plain typing is not.
                "typing" when request.Activity.Items("entities").Any(entity => entity.Text("type") is "streaminfo") =>
                    ConnectorAnswer.WithId(201, directory.NextMessageId()),
                _ => ConnectorAnswer.Accepted,
            };
    }

    private ConnectorAnswer Update(ConnectorRequest request)
    {
        if (request.Activity.Text("type") is not "message" || ActivityRules.WhyNot(request.Activity) is not null)
        {
            return ConnectorAnswer.InvalidInput;
        }

        var (conversation, message, refusal) = Own(request);
        if (refusal is not null)
        {
            return refusal;
        }

        var answer = ConnectorAnswer.WithId(200, request.ActivityId!);
        if (message is null)
        {
            return answer;
        }

        var parts = ActivityRules.Read(request.Activity);
        conversation!.Edit(message, new(parts[0].Text, [.. parts.SelectMany(part => part.Cards)]) { FileConsent = parts[0].FileConsent });
        changes.Raise();
        return answer with { Afterwards = () => refresher.Shown(conversation, message) };
    }

    private ConnectorAnswer Delete(ConnectorRequest request)
    {
        var (conversation, message, refusal) = Own(request);
        if (refusal is null && message is not null)
        {
            conversation!.Delete(message);
            changes.Raise();
        }

        return refusal ?? ConnectorAnswer.Ok;
    }

    private ConnectorAnswer Create(ConnectorRequest request)
    {
        var wanted = request.Activity;
        if (wanted.ValueKind is not JsonValueKind.Object)
        {
            return ConnectorAnswer.InvalidInput;
        }

        var hasActivity = wanted.TryGetProperty("activity", out var activity);
        if (hasActivity && (activity.Text("type") is not "message" || ActivityRules.WhyNot(activity) is not null))
        {
            return ConnectorAnswer.InvalidInput;
        }

        return wanted.TryGetProperty("channelData", out var data) && data.TryGetProperty("channel", out var channel)
            ? CreateThread(channel.Text("id"), hasActivity ? activity : null)
            : CreateChat(wanted, data, hasActivity ? activity : null);
    }

    private ConnectorAnswer CreateThread(string? channelId, JsonElement? first)
    {
        if (first is not { } activity || channelId is null)
        {
            return BadConversation("Incorrect conversation creation parameters");
        }

        if (directory.ByConversationId(channelId) is not { Kind: ConversationKind.Channel } channel)
        {
            return ConnectorAnswer.NoSuchConversation;
        }

        if (Unreachable(channel) is { } refusal)
        {
            return refusal;
        }

        var (id, answer) = Post(channel, activity, root: null);
        return Created(ThreadId.Of(channel.Id, id ?? directory.NextMessageId()), id, answer);
    }

    private ConnectorAnswer CreateChat(JsonElement wanted, JsonElement channelData, JsonElement? first)
    {
        var members = wanted.Items("members").ToList();
        var tenant =
            wanted.Text("tenantId")
            ?? (
                channelData.ValueKind is JsonValueKind.Object && channelData.TryGetProperty("tenant", out var named)
                    ? named.Text("id")
                    : null
            );

        if (members.Count != 1 || wanted.Flag("isGroup") || tenant is null)
        {
            return BadConversation("Incorrect conversation creation parameters");
        }

        if (wanted.TryGetProperty("bot", out var bot) && bot.Text("id") is { } botId && botId != setup.BotId && botId != setup.AppId)
        {
            return BadConversation("The bot is not the one this token was issued for");
        }

        if (members[0].Text("id") is not { } id || directory.ById(id) is not { } person || person.TenantId != tenant)
        {
            return BadConversation("Invalid user identity in provided tenant");
        }

        var chat = directory.ByConversationId(person.ChatId)!;
        if (Unreachable(chat) is { } refusal)
        {
            return refusal;
        }

        var (activityId, answer) = first is { } activity ? Post(chat, activity, root: null) : (null, ConnectorAnswer.Ok);
        return Created(chat.Id, activityId, answer);
    }

    private static ConnectorAnswer Created(string conversationId, string? activityId, ConnectorAnswer first)
    {
        var body = new JsonObject { ["id"] = conversationId };
        if (activityId is not null)
        {
            body["activityId"] = activityId;
        }

        return ConnectorAnswer.Json(201, body) with
        {
            Afterwards = first.Afterwards,
        };
    }

    private static ConnectorAnswer BadConversation(string why) => ConnectorAnswer.Error(400, "BadSyntax", why);

    private (string? Id, ConnectorAnswer Answer) Post(TeamsConversation conversation, JsonElement activity, string? root)
    {
        var isSplit = ActivityRules.IsSplit(activity);
        if (!setup.KeepMessages)
        {
            var id = directory.NextMessageId();
            return isSplit ? (null, ConnectorAnswer.Accepted) : (id, ConnectorAnswer.WithId(201, id));
        }

        var posted = new List<PostedMessage>();
        foreach (var content in ActivityRules.Read(activity))
        {
            var id = directory.NextMessageId();
            root ??= conversation.Kind is ConversationKind.Channel ? id : null;
            var message = new PostedMessage(id, setup.BotName, setup.Clock.GetUtcNow())
            {
                IsFromBot = true,
                RootId = root,
                Content = content,
            };
            conversation.Post(message);
            posted.Add(message);
        }

        changes.Raise();
        var answer = (isSplit ? ConnectorAnswer.Accepted : ConnectorAnswer.WithId(201, posted[0].Id)) with
        {
            Afterwards = () => posted.ForEach(message => refresher.Shown(conversation, message)),
        };
        return (isSplit ? null : posted[0].Id, answer);
    }

    private (TeamsConversation? Conversation, PostedMessage? Message, ConnectorAnswer? Refusal) Own(ConnectorRequest request)
    {
        if (directory.ByConversationId(request.ConversationId) is not { } conversation)
        {
            return (null, null, ConnectorAnswer.NoSuchConversation);
        }

        if (!setup.KeepMessages)
        {
            return (conversation, null, Unreachable(conversation));
        }

        var message = conversation.Find(request.ActivityId!);

        // In a channel a message is known by its thread; the bare channel stands for the thread's first message only.
        var isThere =
            message is not null
            && (
                conversation.Kind is not ConversationKind.Channel
                || message.RootId == (ThreadId.RootOf(request.ConversationId) ?? message.Id)
            );

        return (
            conversation,
            message,
            !isThere ? ConnectorAnswer.NoSuchActivity
            : !message!.IsFromBot ? ConnectorAnswer.Error(403, "NotEnoughPermissions", "The message was not written by the bot.")
            : Unreachable(conversation)
        );
    }

    private ConnectorAnswer? Unreachable(TeamsConversation conversation) =>
        conversation.Installed ? faults.BlockedAnswer(conversation.Id)
        : conversation.Kind is ConversationKind.Personal
            ? ConnectorAnswer.Error(403, "ForbiddenOperationException", "The bot is not installed in user's personal scope")
        : ConnectorAnswer.Error(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");

    private static string? ThreadAnswered(TeamsConversation conversation, string? activityId) =>
        conversation.Kind is ConversationKind.Channel && activityId is not null ? conversation.Find(activityId)?.RootId : null;
}
