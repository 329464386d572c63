using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>Tells the registered addresses what happened to people, as the server's sender does.</summary>
internal sealed class PortalWebhooks : IDisposable
{
    private const int MostRetries = 5;
    private const int AtOnce = 10;
    private static readonly TimeSpan TrustedFor = TimeSpan.FromDays(3);

    private static readonly Dictionary<WebhookTrigger, string> Names = new()
    {
        [WebhookTrigger.UserCreated] = "user.created",
        [WebhookTrigger.UserInvited] = "user.invited",
        [WebhookTrigger.UserUpdated] = "user.updated",
        [WebhookTrigger.UserDeleted] = "user.deleted",
    };

    private readonly PortalSetup setup;
    private readonly Lock gate;
    private readonly Dictionary<int, PortalWebhook> webhooks = [];
    private readonly List<PortalWebhookEvent> events = [];
    private readonly List<WebhookDelivery> deliveries = [];
    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;
    private int lastId;
    private long lastEvent = 4100;

    public PortalWebhooks(PortalSetup setup, Lock gate)
    {
        this.setup = setup;
        this.gate = gate;
    }

    public static IReadOnlyDictionary<WebhookTrigger, string> TriggerNames => Names;

    public IEnumerable<PortalWebhook> All => webhooks.Values;

    public IReadOnlyList<PortalWebhookEvent> Events => events;

    public IReadOnlyList<WebhookDelivery> Deliveries => deliveries;

    /// <summary>The events that wait for an answer or for their next attempt.</summary>
    public int Running => running;

    /// <summary>Completes at the next attempt or end of a delivery.</summary>
    public Task Changed => changed.Task;

    public PortalWebhook? Find(int id) => webhooks.GetValueOrDefault(id);

    public int NextId() => ++lastId;

    public PortalWebhook Save(PortalWebhook webhook) => webhooks[webhook.Id] = webhook;

    public bool Remove(int id) => webhooks.Remove(id);

    /// <summary>Asks the address whether it is there, as at every registration: it must answer HEAD with 2xx and without a redirect.</summary>
    /// <exception cref="HttpRequestException">Nobody answers there.</exception>
    public async Task<bool> ProbeAsync(Uri uri)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        using var request = new HttpRequestMessage(HttpMethod.Head, uri);
        using var response = await client.SendAsync(request, timeout.Token);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Keeps the event for every webhook that wants it; delivery happens outside of the call that caused it.</summary>
    public void Raise(WebhookTrigger trigger, PortalPerson person, Guid actor)
    {
        foreach (var webhook in webhooks.Values.Where(webhook => webhook.Wants(trigger)))
        {
            var payload = PortalShapes.Payload(person);
            if (trigger == WebhookTrigger.UserDeleted)
                payload["removed"] = true;
            Start(new PortalWebhookEvent(++lastEvent, webhook.Id, trigger, setup.Clock.GetUtcNow(), actor, payload));
        }
    }

    /// <summary>An administrator has an event sent again: a new event id.</summary>
    public bool Repeat(long eventId)
    {
        if (events.Find(kept => kept.Id == eventId) is not { } old || !webhooks.ContainsKey(old.Webhook))
            return false;
        Start(old with { Id = ++lastEvent, At = setup.Clock.GetUtcNow() });
        return true;
    }

    public void Dispose()
    {
        stopping.Cancel();
        client.Dispose();
        places.Dispose();
        stopping.Dispose();
    }

    private void Start(PortalWebhookEvent kept)
    {
        events.Add(kept);
        running++;
        _ = Task.Run(() => DeliverAsync(kept), CancellationToken.None);
    }

    private async Task DeliverAsync(PortalWebhookEvent kept)
    {
        try
        {
            for (var retry = 0; retry <= MostRetries; retry++)
            {
                if (retry > 0)
                    await Task.Delay(TimeSpan.FromSeconds(1 << (retry - 1)), setup.Clock, stopping.Token);
                if (await AttemptAsync(kept, retry))
                    return;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The portal goes away; what was not delivered is lost.
        }
        finally
        {
            lock (gate)
            {
                running--;
                Tell();
            }
        }
    }

    /// <summary>Whether the event needs no further attempt.</summary>
    private async Task<bool> AttemptAsync(PortalWebhookEvent kept, int retry)
    {
        byte[] body;
        PortalWebhook webhook;
        lock (gate)
        {
            if (Find(kept.Webhook) is not { IsEnabled: true } living)
                return true;
            webhook = living;
            body = Encoding.UTF8.GetBytes(Body(kept, webhook, retry).ToJsonString());
        }
        await places.WaitAsync(stopping.Token);
        var (status, problem) = (0, "");
        try
        {
            (status, problem) = await SendAsync(webhook, body);
        }
        finally
        {
            places.Release();
        }
        lock (gate)
        {
            deliveries.Add(new WebhookDelivery(kept.Id, webhook.Id, Names[kept.Trigger], retry, status, setup.Clock.GetUtcNow()));
            Note(webhook.Id, status, problem, isLast: retry == MostRetries);
            Tell();
        }
        return status is >= 200 and < 300 or 410;
    }

    private async Task<(int Status, string Problem)> SendAsync(PortalWebhook webhook, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Accept.ParseAdd("*/*");
        // Upper-case hex, whatever the official samples compare with.
        var signature = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(webhook.Secret), body));
        request.Headers.Add("x-docspace-signature-256", $"sha256={signature}");
        try
        {
            using var response = await client.SendAsync(request, stopping.Token);
            return ((int)response.StatusCode, $"{(int)response.StatusCode} {response.ReasonPhrase}");
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !stopping.IsCancellationRequested)
        {
            return (0, failure.Message);
        }
    }

    private void Note(int id, int status, string problem, bool isLast)
    {
        if (Find(id) is not { } webhook)
            return;
        var now = setup.Clock.GetUtcNow();
        if (status is >= 200 and < 300)
            Save(webhook with { LastStatus = status, LastSuccess = now });
        else if (status == 410)
            Remove(id);
        else
        {
            var isTrusted = !isLast || (webhook.LastSuccess ?? webhook.Created) + TrustedFor > now;
            Save(
                webhook with
                {
                    LastStatus = status,
                    LastFailure = now,
                    LastFailureContent = problem,
                    IsEnabled = webhook.IsEnabled && isTrusted,
                }
            );
        }
    }

    private static JsonObject Body(PortalWebhookEvent kept, PortalWebhook webhook, int retry)
    {
        var triggers = Names.Where(name => webhook.Triggers == 0 || (webhook.Triggers & (long)name.Key) != 0);
        var about = new JsonObject
        {
            ["id"] = webhook.Id,
            ["name"] = webhook.Name,
            ["url"] = webhook.Uri.OriginalString,
            ["triggers"] = new JsonArray([.. triggers.Select(name => JsonValue.Create(name.Value))]),
        };
        if (webhook.TargetId.Length > 0)
            about["target"] = new JsonObject { ["id"] = webhook.TargetId };
        if (webhook.LastFailure is { } failure)
        {
            about["lastFailureOn"] = Time(failure);
            about["lastFailureContent"] = webhook.LastFailureContent;
        }
        if (webhook.LastSuccess is { } success)
            about["lastSuccessOn"] = Time(success);
        if (retry > 0)
        {
            about["retryCount"] = retry;
            about["retryOn"] = Time(kept.At + TimeSpan.FromSeconds((1 << retry) - 1));
        }
        return new JsonObject
        {
            ["event"] = new JsonObject
            {
                ["id"] = kept.Id,
                ["createOn"] = Time(kept.At),
                ["createBy"] = kept.Actor,
                ["trigger"] = Names[kept.Trigger],
                ["triggerId"] = (long)kept.Trigger,
            },
            ["payload"] = kept.Payload.DeepClone(),
            ["webhook"] = about,
        };
    }

    private void Tell()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
