using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Registering webhooks: <c>settings/webhook</c> and its log.</summary>
internal static class PortalWebhookRoutes
{
    private const string Checking =
        "CheckWebhook(String name, String uri, String secret, Boolean ssl, WebhookTrigger triggers, Boolean creation)";
    private const long NeedsRoomAdmin = (long)(WebhookTrigger.UserCreated | WebhookTrigger.UserInvited);

    public static void Map(PortalRouter routes, PortalState portal)
    {
        routes.Get("settings/webhook", call => List(call, portal));
        routes.Get("settings/webhook/triggers", call => Triggers(call, portal));
        routes.Get("settings/webhooks/log", call => Log(call, portal));
        routes.MapAsync(HttpMethods.Post, PortalRouter.Root + "settings/webhook", call => CreateAsync(call, portal), default);
        routes.MapAsync(HttpMethods.Put, PortalRouter.Root + "settings/webhook", call => UpdateAsync(call, portal), default);
        routes.MapAsync(HttpMethods.Put, PortalRouter.Root + "settings/webhook/enable", call => EnableAsync(call, portal), default);
        routes.Put("settings/webhook/{logId:long}/retry", call => Repeat(call, portal), RouteTraits.Sensitive);
        routes.Put("settings/webhook/retry", call => RepeatMany(call, portal), RouteTraits.Sensitive);
        routes.Delete("settings/webhook/{id:int}", call => Delete(call, portal));
    }

    private static PortalAnswer List(PortalExchange call, PortalState portal)
    {
        var isAdmin = call.Caller.Role == PortalRole.DocSpaceAdmin;
        var items = portal
            .Webhooks.All.Where(webhook => isAdmin || webhook.CreatedBy == call.Caller.Id)
            .Select(webhook => new JsonObject { ["configs"] = Shape(webhook, portal), ["status"] = webhook.LastStatus });
        return PortalAnswer.Ok(call, new JsonArray([.. items]));
    }

    private static PortalAnswer Triggers(PortalExchange call, PortalState portal)
    {
        var names = PortalWebhooks.TriggerNames;
        JsonNode triggers =
            portal.Dialect == PortalDialect.V36
                ? new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name.Value, (long)name.Key)))
                : new JsonArray([
                    .. names.Select(name => new JsonObject
                    {
                        ["name"] = name.Value,
                        ["id"] = (long)name.Key,
                        ["available"] = true,
                    }),
                ]);
        return PortalAnswer.Ok(call, triggers);
    }

    private static PortalAnswer Log(PortalExchange call, PortalState portal)
    {
        var start = call.QueryNumber("startIndex", 0, 0, int.MaxValue, "StartIndex");
        var count = call.QueryNumber("count", 100, 1, 100, "Count");
        var wanted = portal
            .Webhooks.Deliveries.Where(delivery =>
                (call.Query("configId") is not { } config || config == delivery.Webhook.ToString(CultureInfo.InvariantCulture))
                && (call.Query("eventId") is not { } id || id == delivery.EventId.ToString(CultureInfo.InvariantCulture))
            )
            .Reverse()
            .ToList();
        var items = wanted
            .Skip(start)
            .Take(count)
            .Select(delivery => new JsonObject
            {
                ["id"] = delivery.EventId,
                ["configId"] = delivery.Webhook,
                ["trigger"] = delivery.Trigger,
                ["status"] = delivery.Status,
                ["delivery"] = PortalShapes.Time(delivery.At),
            });
        return PortalAnswer.Ok(call, new JsonArray([.. items]), total: wanted.Count);
    }

    private static async Task<PortalAnswer> CreateAsync(PortalExchange call, PortalState portal)
    {
        var at = PortalException.InWebhooks("CreateWebhook(CreateWebhooksConfigRequestsDto inDto)");
        var wish = Read(call, portal, old: null);
        lock (portal.Gate)
        {
            if (portal.Webhooks.All.Any(webhook => webhook.Name == wish.Name && webhook.Uri == wish.Uri))
                throw PortalException.Argument(at, "Webhook with the same name and url already exists");
        }
        return await SaveAsync(call, portal, wish);
    }

    private static Task<PortalAnswer> UpdateAsync(PortalExchange call, PortalState portal) =>
        SaveAsync(call, portal, Read(call, portal, Existing(call, portal)));

    private static Task<PortalAnswer> EnableAsync(PortalExchange call, PortalState portal)
    {
        var old = Existing(call, portal);
        _ = Read(call, portal, old);
        var wish = old with { IsEnabled = call.Json.Flag("enabled") };
        if (wish.IsEnabled)
            return SaveAsync(call, portal, wish);
        lock (portal.Gate)
            return Task.FromResult(PortalAnswer.Ok(call, Shape(portal.Webhooks.Save(wish), portal)));
    }

    /// <summary>The address is asked before anything is kept, and outside the lock.</summary>
    private static async Task<PortalAnswer> SaveAsync(PortalExchange call, PortalState portal, PortalWebhook wish)
    {
        var at = PortalException.InWebhooks(Checking);
        bool isThere;
        try
        {
            isThere = await portal.Webhooks.ProbeAsync(wish.Uri);
        }
        catch (Exception nobody) when (nobody is HttpRequestException or OperationCanceledException)
        {
            throw new PortalException(500, "System.Net.Http.HttpRequestException", -2147467259, nobody.Message, at);
        }
        if (!isThere)
            throw PortalException.Argument(at, "Webhook URL is not available. HEAD request is not response 200 http status.");
        lock (portal.Gate)
        {
            var saved = portal.Webhooks.Save(wish.Id == 0 ? wish with { Id = portal.Webhooks.NextId() } : wish);
            return PortalAnswer.Ok(call, Shape(saved, portal));
        }
    }

    private static PortalWebhook Read(PortalExchange call, PortalState portal, PortalWebhook? old)
    {
        var at = PortalException.InWebhooks(Checking);
        var body = call.Json;
        var triggers = body.Number("triggers", "ASC.Webhooks.Core.WebhookTrigger") ?? 0;
        var name = Bounded(body, "name", "Name");
        var address = Bounded(body, "uri", "Uri", longest: 2000);
        var secret = body.Text("secretKey") ?? "";
        var ssl = body.Flag("ssl");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new PortalInvalidException("Uri", "The Uri field is not a valid fully-qualified http, https, or ftp URL.");
        var isPlain = call.Caller.Role is PortalRole.User or PortalRole.Guest;
        if (isPlain && (triggers == 0 || (triggers & NeedsRoomAdmin) != 0))
            throw PortalException.Argument(at, "Trigger is not available");
        if (ssl && uri.Scheme != "https")
            throw PortalException.Argument(at, "Webhook URL is not https");
        if (!portal.Setup.AllowPrivateWebhooks && IsPrivate(uri))
            throw PortalException.Argument(at, "Webhook URL is not allowed");
        if (secret.Length == 0 && old is null)
            throw PortalInvalidException.Required("SecretKey");
        // The field says 50, the portal's password rules say 30.
        if (secret.Length > 0 && (secret.Length is < 8 or > 30 || secret.Any(letter => letter is < '!' or > '~')))
            throw PortalException.Argument(at, "Secret key does not meet the password requirements");
        return (old ?? New(call, portal, name, uri)) with
        {
            Name = name,
            Uri = uri,
            Secret = secret.Length > 0 ? secret : old!.Secret,
            IsEnabled = body.Flag("enabled"),
            Ssl = ssl,
            Triggers = triggers,
            TargetId = body.Text("targetId") ?? "",
        };
    }

    private static PortalWebhook New(PortalExchange call, PortalState portal, string name, Uri uri) =>
        new()
        {
            Id = 0,
            Name = name,
            Uri = uri,
            Secret = "",
            CreatedBy = call.Caller.Id,
            Created = portal.Now,
        };

    private static string Bounded(JsonBody body, string name, string key, int longest = 50)
    {
        var text = body.Text(name);
        if (string.IsNullOrEmpty(text))
            throw PortalInvalidException.Required(key);
        return text.Length <= longest
            ? text
            : throw new PortalInvalidException(key, $"The field {key} must be a string with a maximum length of {longest}.");
    }

    private static bool IsPrivate(Uri uri)
    {
        if (uri.IsLoopback)
            return true;
        if (!IPAddress.TryParse(uri.DnsSafeHost, out var address))
            return false;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        return address.GetAddressBytes() switch
        {
            [0 or 10 or 127, ..] => true,
            [100, >= 64 and < 128, ..] => true,
            [169, 254, ..] => true,
            [172, >= 16 and < 32, ..] => true,
            [192, 168, ..] => true,
            _ => false,
        };
    }

    private static PortalWebhook Existing(PortalExchange call, PortalState portal)
    {
        var id = (int)(call.Json.Number("id") ?? 0);
        lock (portal.Gate)
            return portal.Webhooks.Find(id)
                ?? throw PortalException.NotFound(
                    PortalException.InWebhooks("UpdateWebhook(UpdateWebhooksConfigRequestsDto inDto)"),
                    "Webhook not found"
                );
    }

    private static PortalAnswer Repeat(PortalExchange call, PortalState portal) =>
        portal.Webhooks.Repeat(long.Parse(call.RouteValue("logId"), CultureInfo.InvariantCulture))
            ? PortalAnswer.Ok(call, response: null)
            : throw PortalException.NotFound(PortalException.InWebhooks("RetryWebhook(IdRequestDto inDto)"), "Webhook not found");

    private static PortalAnswer RepeatMany(PortalExchange call, PortalState portal)
    {
        foreach (var item in call.Json.Numbers("ids") ?? [])
            portal.Webhooks.Repeat(item);
        return PortalAnswer.Ok(call, response: null);
    }

    private static PortalAnswer Delete(PortalExchange call, PortalState portal)
    {
        var webhook =
            portal.Webhooks.Find(int.Parse(call.RouteValue("id"), CultureInfo.InvariantCulture))
            ?? throw PortalException.NotFound(PortalException.InWebhooks("RemoveWebhook(IdRequestDto inDto)"), "Webhook not found");
        portal.Webhooks.Remove(webhook.Id);
        return PortalAnswer.Ok(call, Shape(webhook, portal));
    }

    private static JsonObject Shape(PortalWebhook webhook, PortalState portal)
    {
        var shape = new JsonObject
        {
            ["id"] = webhook.Id,
            ["name"] = webhook.Name,
            ["uri"] = webhook.Uri.OriginalString,
            ["enabled"] = webhook.IsEnabled,
            ["ssl"] = webhook.Ssl,
            ["triggers"] = webhook.Triggers,
            ["targetId"] = webhook.TargetId,
        };
        if (portal.People.Find(webhook.CreatedBy) is { } creator)
            shape["createdBy"] = portal.Shapes.Brief(creator);
        shape["createdOn"] = PortalShapes.RawTime(webhook.Created);
        if (webhook.LastFailure is { } failure)
        {
            shape["lastFailureOn"] = PortalShapes.RawTime(failure);
            shape["lastFailureContent"] = webhook.LastFailureContent;
        }
        if (webhook.LastSuccess is { } success)
            shape["lastSuccessOn"] = PortalShapes.RawTime(success);
        return shape;
    }
}
