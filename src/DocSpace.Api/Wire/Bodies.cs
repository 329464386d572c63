using System.Text.Json.Serialization;

namespace DocSpace.Api.Wire;

internal sealed record InviteBody(IReadOnlyList<InviteItem> Invitations, string? Culture);

internal sealed record InviteItem(string Email, string Type);

internal sealed record NewPersonBody(string FirstName, string LastName, string Email, string Type, string? CultureName);

internal sealed record PeopleBody(IReadOnlyList<Guid> UserIds);

internal sealed record PasswordBody(string Email);

internal sealed record ResendBody(IReadOnlyList<Guid>? UserIds, bool ResendAll);

internal sealed record LowerRoleBody(string Type, Guid UserId, Guid? ReassignUserId);

internal sealed record NewLinkBody(string EmployeeType, string? Expiration, int? MaxUseCount);

internal sealed record LinkBody(Guid Id, string? Expiration, int? MaxUseCount);

internal sealed record WebhookBody(
    long? Id,
    string Name,
    string Uri,
    string SecretKey,
    bool Enabled,
    bool Ssl,
    long Triggers,
    string TargetId
);

internal sealed record ShareRoomBody(IReadOnlyList<ShareRoomItem> Invitations, bool Notify, string? Message, string? Culture);

internal sealed record ShareRoomItem(string? Email, Guid? Id, int Access);

// "usersIds" is the server's own spelling, here only.
internal sealed record ResendRoomBody(IReadOnlyList<Guid> UsersIds, bool ResendAll);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(PersonWire))]
[JsonSerializable(typeof(Envelope<PersonWire>))]
[JsonSerializable(typeof(Envelope<List<PersonWire>>))]
[JsonSerializable(typeof(Envelope<ExistsWire>))]
[JsonSerializable(typeof(Envelope<KeyWire>))]
[JsonSerializable(typeof(Envelope<SettingsWire>))]
[JsonSerializable(typeof(Envelope<InvitationSettingsWire>))]
[JsonSerializable(typeof(Envelope<VersionWire>))]
[JsonSerializable(typeof(Envelope<QuotaWire>))]
[JsonSerializable(typeof(Envelope<InvitationLinkWire>))]
[JsonSerializable(typeof(Envelope<RoleChangeWire>))]
[JsonSerializable(typeof(Envelope<RoomsWire>))]
[JsonSerializable(typeof(Envelope<RoomWire>))]
[JsonSerializable(typeof(Envelope<RoomSharingWire>))]
[JsonSerializable(typeof(Envelope<List<RoomMemberWire>>))]
[JsonSerializable(typeof(Envelope<List<string>>))]
[JsonSerializable(typeof(Envelope<string>))]
[JsonSerializable(typeof(Envelope<List<WebhookItemWire>>))]
[JsonSerializable(typeof(Envelope<PasswordRulesWire>))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookWire))]
[JsonSerializable(typeof(InviteBody))]
[JsonSerializable(typeof(NewPersonBody))]
[JsonSerializable(typeof(PeopleBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(ResendBody))]
[JsonSerializable(typeof(LowerRoleBody))]
[JsonSerializable(typeof(NewLinkBody))]
[JsonSerializable(typeof(LinkBody))]
[JsonSerializable(typeof(ShareRoomBody))]
[JsonSerializable(typeof(ResendRoomBody))]
internal sealed partial class WireJson : JsonSerializerContext;
