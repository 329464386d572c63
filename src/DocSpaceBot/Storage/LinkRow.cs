using DocSpace.Api;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Storage;

/// <summary>A link as a row: names of states as text, ids as text.</summary>
internal sealed class LinkRow
{
    public string Id { get; init; } = "";
    public string TenantId { get; init; } = "";
    public string OwnerId { get; init; } = "";
    public string OwnerName { get; init; } = "";
    public string ConversationId { get; init; } = "";
    public string Role { get; init; } = "";
    public string Terms { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public int Taken { get; init; }
    public string? PortalLink { get; init; }
    public string Secret { get; init; } = "";
    public DateTimeOffset SecretAt { get; init; }
    public string? Host { get; init; }
    public DateTimeOffset? RenewAskedAt { get; init; }
    public DateTimeOffset? RenewedAt { get; init; }
    public string? Cause { get; init; }
    public DateTimeOffset? StoppedAt { get; init; }
    public string? StoppedById { get; init; }
    public string? StoppedByName { get; init; }
    public string? Revoked { get; init; }
    public DateTimeOffset? AlarmedAt { get; init; }

    public static LinkRow Of(SharedLink link) =>
        new()
        {
            Id = link.Id.Value,
            TenantId = link.TenantId,
            OwnerId = link.Owner.Id,
            OwnerName = link.Owner.Name,
            ConversationId = link.ConversationId,
            Role = link.Role.ToString(),
            Terms = DecisionJson.Write(link.Terms),
            MadeAt = link.MadeAt,
            ExpiresAt = link.ExpiresAt,
            Taken = link.Taken,
            PortalLink = link.PortalLink?.ToString(),
            Secret = link.Secret,
            SecretAt = link.SecretAt,
            Host = link.Host,
            RenewAskedAt = link.RenewAskedAt,
            RenewedAt = link.RenewedAt,
            Cause = link.Cause?.ToString(),
            StoppedAt = link.StoppedAt,
            StoppedById = link.StoppedBy?.Id,
            StoppedByName = link.StoppedBy?.Name,
            Revoked = link.Revoked?.ToString(),
            AlarmedAt = link.AlarmedAt,
        };

    public SharedLink ToLink() =>
        new(new(Id), TenantId, new(OwnerId, OwnerName), ConversationId, Enum.Parse<DocSpaceRole>(Role), DecisionJson.ReadLink(Terms))
        {
            MadeAt = MadeAt,
            ExpiresAt = ExpiresAt,
            Taken = Taken,
            PortalLink = PortalLink is null ? null : Guid.Parse(PortalLink),
            Secret = Secret,
            SecretAt = SecretAt,
            Host = Host,
            RenewAskedAt = RenewAskedAt,
            RenewedAt = RenewedAt,
            Cause = Cause is null ? null : Enum.Parse<Cause>(Cause),
            StoppedAt = StoppedAt,
            StoppedBy = StoppedById is null ? null : new(StoppedById, StoppedByName ?? ""),
            Revoked = Revoked is null ? null : Enum.Parse<Revocation>(Revoked),
            AlarmedAt = AlarmedAt,
        };
}
