using System.Text.Json.Nodes;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>The events about people with their numbers; a webhook's triggers are a sum of them, 0 is all.</summary>
[Flags]
internal enum WebhookTrigger : long
{
    None = 0,
    UserCreated = 1,
    UserInvited = 2,
    UserUpdated = 4,
    UserDeleted = 8,
}

/// <summary>A webhook that was registered.</summary>
internal sealed record PortalWebhook
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required Uri Uri { get; init; }

    public required string Secret { get; init; }

    public bool IsEnabled { get; init; } = true;

    public bool Ssl { get; init; }

    public long Triggers { get; init; }

    public string TargetId { get; init; } = "";

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    public string? LastFailureContent { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public int LastStatus { get; init; }

    public bool Wants(WebhookTrigger trigger) => IsEnabled && (Triggers == 0 || (Triggers & (long)trigger) != 0);
}

/// <summary>An event as it is kept for delivery; every attempt sends the same id in a different body.</summary>
internal sealed record PortalWebhookEvent(long Id, int Webhook, WebhookTrigger Trigger, DateTimeOffset At, Guid Actor, JsonObject Payload);

/// <summary>One attempt to deliver an event. <paramref name="Status"/> is 0 where there was no answer.</summary>
internal sealed record WebhookDelivery(long EventId, int Webhook, string Trigger, int Attempt, int Status, DateTimeOffset At);
