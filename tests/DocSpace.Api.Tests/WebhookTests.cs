using System.Security.Cryptography;
using System.Text;
using DocSpace.Api.Tests.World;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpace.Api.Tests;

/// <summary>What the portal sends to us; not calls of ours.</summary>
public sealed class WebhookTests
{
    private const string Secret = "Harness-secret-1";

    internal static readonly string[] Names =
    [
        "webhook-head-probe",
        "webhook-user-created-by-link",
        "webhook-user-created-invitee-joined",
        "webhook-user-invited",
        "webhook-user-updated-disabled",
    ];

    public static TheoryData<string> Deliveries => [.. Names.Where(name => name != "webhook-head-probe")];

    [Theory]
    [MemberData(nameof(Deliveries))]
    public void The_recorded_signature_is_valid_in_either_case_and_for_no_other_body_or_secret(string name)
    {
        var recording = Recording.Of(name);
        var body = Encoding.UTF8.GetBytes(recording.RawBody);
        var header = recording.Headers[WebhookSignature.Header];

        Assert.True(WebhookSignature.IsValid(body, header, Secret));
        Assert.True(WebhookSignature.IsValid(body, header.ToLowerInvariant(), Secret));
        Assert.False(WebhookSignature.IsValid(body, header, "Harness-secret-2"));
        body[^2] ^= 1;
        Assert.False(WebhookSignature.IsValid(body, header, Secret));
    }

    [Fact]
    public void Every_body_is_signed_by_its_own_signature_with_the_right_secret_alone() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                ArbMap.Default.ArbFor<NonEmptyString>(),
                (body, secret) =>
                {
                    var header = Sign(body, secret.Get);
                    return WebhookSignature.IsValid(body, header, secret.Get)
                        && WebhookSignature.IsValid(body, header.ToLowerInvariant(), secret.Get)
                        && !WebhookSignature.IsValid([.. body, 0], header, secret.Get)
                        && !WebhookSignature.IsValid(body, header, secret.Get + "x")
                        && !WebhookSignature.IsValid(body, header, "");
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_signature_with_one_character_changed_added_or_taken_away_is_none() =>
        Prop.ForAll(
                Gen.Choose(0, "sha256=".Length + 2 * SHA256.HashSizeInBytes - 1).ToArbitrary(),
                ArbMap.Default.ArbFor<char>(),
                (at, other) =>
                {
                    var good = Sign("{}"u8.ToArray(), Secret);
                    var isSame = char.ToUpperInvariant(good[at]) == char.ToUpperInvariant(other);
                    return !WebhookSignature.IsValid("{}"u8, good.Remove(at, 1), Secret)
                        && (char.IsWhiteSpace(other) || !WebhookSignature.IsValid("{}"u8, good.Insert(at, $"{other}"), Secret))
                        && (isSame || !WebhookSignature.IsValid("{}"u8, good.Remove(at, 1).Insert(at, $"{other}"), Secret));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_header_is_survived() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), header => !WebhookSignature.IsValid("{}"u8, header, Secret))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_body_is_survived() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                ArbMap.Default.ArbFor<string?>(),
                (bytes, text) =>
                {
                    var body = Encoding.UTF8.GetBytes(Recording.Of("webhook-user-invited").RawBody);
                    bytes.AsSpan(0, Math.Min(bytes.Length, 40)).CopyTo(body.AsSpan(body.Length / 2));
                    _ = WebhookDelivery.Read(body);
                    return WebhookDelivery.Read(bytes) is null && WebhookDelivery.Read(Encoding.UTF8.GetBytes(text ?? "")) is null;
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("914BC9187A1D2ADC3B430F96CA774E1AEBFE9B2A6A570C836CB0A1910B89658A")]
    [InlineData("sha256=914BC9187A1D2ADC3B430F96CA774E1AEBFE9B2A6A570C836CB0A1910B89658Aff")]
    [InlineData("sha256=ZZ4BC9187A1D2ADC3B430F96CA774E1AEBFE9B2A6A570C836CB0A1910B89658A")]
    public void A_header_that_is_no_signature_is_refused(string? header)
    {
        Assert.False(WebhookSignature.IsValid("{}"u8, header, Secret));
        Assert.False(WebhookSignature.IsValid("{}"u8, header, string.Empty));
    }

    [Fact]
    public void The_probe_carries_no_signature()
    {
        var probe = Recording.Of("webhook-head-probe");

        Assert.Equal("HEAD", probe.Method);
        Assert.False(WebhookSignature.IsValid([], probe.Headers.GetValueOrDefault(WebhookSignature.Header), Secret));
    }

    [Theory]
    [InlineData("webhook-user-invited", "user.invited", 4101, false, PersonStatus.Pending, false)]
    [InlineData("webhook-user-created-invitee-joined", "user.created", 4107, true, PersonStatus.Active, true)]
    [InlineData("webhook-user-created-by-link", "user.created", 4130, true, PersonStatus.Active, false)]
    [InlineData("webhook-user-updated-disabled", "user.updated", 4200, false, PersonStatus.Terminated, true)]
    public void A_delivery_tells_who_joined(string name, string trigger, long id, bool hasJoined, PersonStatus status, bool isConfirmed)
    {
        var delivery = WebhookDelivery.Read(Encoding.UTF8.GetBytes(Recording.Of(name).RawBody));

        Assert.NotNull(delivery);
        Assert.Equal((7, id, trigger), (delivery.WebhookId, delivery.EventId, delivery.Trigger));
        Assert.NotNull(delivery.CreatedOn);
        Assert.Equal(hasJoined, delivery.Person?.HasJoined);
        Assert.Equal(status, delivery.Person?.Status);
        Assert.Equal(isConfirmed, delivery.Person?.IsEmailConfirmed);
        Assert.Null(delivery.Person?.Role);
    }

    [Fact]
    public void Somebody_an_admin_created_has_not_joined_although_the_trigger_is_the_same()
    {
        var raw = Recording
            .Of("webhook-user-created-invitee-joined")
            .RawBody.Replace("\"activationStatus\":1", "\"activationStatus\":2", StringComparison.Ordinal);

        Assert.False(WebhookDelivery.Read(Encoding.UTF8.GetBytes(raw))?.Person?.HasJoined);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"event\":{\"id\":1},\"webhook\":{\"id\":7}}")]
    [InlineData("{\"event\":{\"id\":1,\"trigger\":\"user.created\"}")]
    [InlineData("{\"event\":{\"id\":\"x\",\"trigger\":\"user.created\"},\"webhook\":{\"id\":7}}")]
    public void A_body_that_is_no_delivery_is_null(string body) => Assert.Null(WebhookDelivery.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_delivery_about_a_group_has_no_person()
    {
        var delivery = WebhookDelivery.Read(
            """{"event":{"id":1,"trigger":"group.created"},"payload":{"id":"b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22"},"webhook":{"id":7}}"""u8
        );

        Assert.NotNull(delivery);
        Assert.Null(delivery.Person);
    }

    [Theory]
    [InlineData("Harness-secret-1", true)]
    [InlineData("harness-secret-1", false)]
    [InlineData("Harness-secret-x", false)]
    [InlineData("Harness0secret01", false)]
    [InlineData("Hs-1", false)]
    public void A_secret_has_to_meet_the_rules_of_the_portal(string secret, bool isAllowed)
    {
        Assert.Equal(isAllowed, new PasswordRules(8, NeedsUpperCase: true, NeedsDigit: true, NeedsSpecial: true).Allow(secret));
        Assert.Equal(secret.Length >= 8, new PasswordRules(8, NeedsUpperCase: false, NeedsDigit: false, NeedsSpecial: false).Allow(secret));
    }

    private static string Sign(byte[] body, string secret) =>
        $"sha256={Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
}
