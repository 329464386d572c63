using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <summary>The signature of a webhook (<c>WebhookSender.cs:251</c>): header <c>x-docspace-signature-256: sha256=HEX</c>, HMAC-SHA256 over the exact body.</summary>
public static class WebhookSignature
{
    public const string Header = "x-docspace-signature-256";

    private const string Scheme = "sha256=";

    /// <summary>
    /// Whether the header signs the body, in constant time. The portal writes upper-case digits (the official samples compare with lower-case ones and
    /// never match); either is taken. An empty secret signs nothing.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> body, string? header, string secret)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (
            string.IsNullOrEmpty(secret)
            || header?.Trim() is not { Length: 7 + 2 * HMACSHA256.HashSizeInBytes } text
            || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || Convert.FromHexString(text.AsSpan(Scheme.Length), given, out _, out _) != System.Buffers.OperationStatus.Done
        )
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }
}

/// <summary>
/// One delivery of a webhook. Deliveries come in any order, and up to six times with the same two ids but another body: drop what was seen. An invitee who
/// registers raises <c>user.created</c>, and so does an admin who creates somebody: <see cref="DocSpacePerson.HasJoined"/> tells them apart.
/// </summary>
/// <param name="WebhookId">Which of the portal's webhooks; with <paramref name="EventId"/> the key to drop repeats by.</param>
/// <param name="EventId">The event; a repeat by hand from the portal has a new one.</param>
/// <param name="Trigger">For instance <c>user.created</c>, <c>user.invited</c>, <c>user.updated</c>, <c>user.deleted</c>.</param>
/// <param name="CreatedOn">When it happened.</param>
/// <param name="Person">Without role; null for events that are not about a person.</param>
public sealed record WebhookDelivery(long WebhookId, long EventId, string Trigger, DateTimeOffset? CreatedOn, DocSpacePerson? Person)
{
    /// <summary>Reads a body whose signature was checked; null when it is not a delivery.</summary>
    public static WebhookDelivery? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var wire = JsonSerializer.Deserialize(body, WireJson.Default.WebhookWire);
            return wire is { Event: { Id: { } eventId, Trigger: { Length: > 0 } trigger }, Webhook.Id: { } webhookId }
                ? new WebhookDelivery(
                    webhookId,
                    eventId,
                    trigger,
                    wire.Event.CreateOn,
                    trigger.StartsWith("user.", StringComparison.Ordinal) && wire.Payload is { } payload
                        ? DocSpacePerson.Read(payload)
                        : null
                )
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
