using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocSpace.Api.Wire;

/// <summary>
/// What every successful answer is wrapped in (<c>CommonApiResponse.cs:69</c>). <c>response</c> is absent where the action returned nothing; <c>count</c>
/// is not read because it says 1 for most lists, whatever their length; <c>total</c> comes with pages only.
/// </summary>
internal sealed record Envelope<T>(T? Response, int? Total);

internal sealed record ExistsWire
{
    public bool Exists { get; init; }

    [JsonConverter(typeof(NumberOrNameConverter<PersonStatus>))]
    public PersonStatus? Status { get; init; }
}

internal sealed record KeyWire
{
    [JsonConverter(typeof(IdConverter))]
    public Guid? Id { get; init; }

    public string? Name { get; init; }

    public string? KeyPostfix { get; init; }

    public IReadOnlyList<string>? Permissions { get; init; }

    public OwnerWire? CreateBy { get; init; }

    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool? IsActive { get; init; }
}

internal sealed record OwnerWire
{
    [JsonConverter(typeof(IdConverter))]
    public Guid? Id { get; init; }

    public string? DisplayName { get; init; }
}

internal sealed record SettingsWire
{
    public string? GreetingSettings { get; init; }

    public string? Version { get; init; }

    public string? TenantAlias { get; init; }

    public int? TenantStatus { get; init; }

    public string? Culture { get; init; }

    public string? UserNameRegex { get; init; }

    public string? Timezone { get; init; }

    public string? UtcOffset { get; init; }

    public bool? Standalone { get; init; }

    [JsonConverter(typeof(IdConverter))]
    public Guid? OwnerId { get; init; }

    public int? InvitationLimit { get; init; }

    public string? WizardToken { get; init; }
}

internal sealed record InvitationSettingsWire(bool? AllowInvitingMembers, bool? AllowInvitingGuests);

internal sealed record VersionWire(string? DocSpace);

internal sealed record QuotaWire(IReadOnlyList<FeatureWire>? Features);

/// <summary>A feature's value is a number or, for switches, a boolean.</summary>
internal sealed record FeatureWire(string? Id, JsonElement? Value, UsedWire? Used);

internal sealed record UsedWire(JsonElement? Value);

internal sealed record InvitationLinkWire
{
    [JsonConverter(typeof(IdConverter))]
    public Guid? Id { get; init; }

    [JsonConverter(typeof(NumberOrNameConverter<DocSpaceRole>))]
    public DocSpaceRole? EmployeeType { get; init; }

    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Expiration { get; init; }

    public bool? IsExpired { get; init; }

    public int? MaxUseCount { get; init; }

    public int? CurrentUseCount { get; init; }

    public string? Url { get; init; }
}

/// <summary>The error is the text of an exception: that there is one is all that is kept of it.</summary>
internal sealed record RoleChangeWire(string? Error, bool? IsCompleted);

internal sealed record WebhookItemWire(WebhookSettingsWire? Configs);

internal sealed record WebhookSettingsWire
{
    public long? Id { get; init; }

    public string? Name { get; init; }

    public string? Uri { get; init; }

    public bool? Enabled { get; init; }

    public bool? Ssl { get; init; }

    public long? Triggers { get; init; }

    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastFailureOn { get; init; }

    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? LastSuccessOn { get; init; }
}

internal sealed record PasswordRulesWire(int? MinLength, bool? UpperCase, bool? Digits, bool? SpecSymbols);

internal sealed record WebhookWire(WebhookEventWire? Event, JsonElement? Payload, WebhookConfigWire? Webhook);

internal sealed record WebhookEventWire
{
    public long? Id { get; init; }

    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? CreateOn { get; init; }

    public string? Trigger { get; init; }
}

internal sealed record WebhookConfigWire(long? Id);
