using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

public sealed class WebhookTests
{
    private const string Secret = "A-good-secret-1";
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task An_event_is_signed_in_upper_case_hex_over_its_exact_body()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        await RegisterAsync(it, receiver);

        await it.InviteAsync(Bob);
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        var received = Assert.Single(receiver.Events);
        var expected = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), received.Body));
        Assert.Equal($"sha256={expected}", received.Headers["x-docspace-signature-256"]);
        Assert.Equal(1, receiver.Heads);
    }

    [Theory]
    [InlineData("by letter", "user.invited user.created")]
    [InlineData("by creation", "user.created user.updated")]
    [InlineData("by link", "user.created user.updated")]
    [InlineData("disabled and deleted", "user.invited user.updated user.deleted")]
    [InlineData("again", "user.invited")]
    public async Task Each_way_in_and_out_tells_its_own_story(string way, string expected)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddWebhook(receiver.Url, Secret);

        await (
            way switch
            {
                "by letter" => ByLetterAsync(it),
                "by creation" => ByCreationAsync(it),
                "by link" => ByLinkAsync(it),
                "again" => AgainAsync(it),
                _ => DisabledAndDeletedAsync(it),
            }
        );
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        var triggers = receiver
            .Events.Select(EventOf)
            .OrderBy(happened => happened.GetProperty("id").GetInt64())
            .Select(happened => happened.GetProperty("trigger").GetString());
        Assert.Equal(expected, string.Join(' ', triggers));
    }

    [Fact]
    public async Task A_failed_delivery_is_repeated_after_1_2_4_8_and_16_seconds_with_the_same_id_and_another_body()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddWebhook(receiver.Url, Secret);
        foreach (var status in new[] { 500, 500, 302, 404, 401, 503 })
            receiver.Answers.Enqueue(status);

        await it.InviteAsync(Bob);
        foreach (var (attempt, seconds) in new[] { 1, 2, 4, 8, 16 }.Index())
        {
            await it.Portal.WebhookAttemptsAsync(attempt + 1, CancellationToken.None);
            await it.Clock.SomebodyWaitsAsync();
            it.Clock.Move(TimeSpan.FromSeconds(seconds));
        }
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        Assert.Equal(6, receiver.Events.Count);
        Assert.Single(receiver.Events.Select(EventOf).Select(happened => happened.GetProperty("id").GetInt64()).Distinct());
        Assert.Equal(
            6,
            receiver.Events.Select(received => received.Headers["x-docspace-signature-256"]).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.Equal(
            [0, 1, 3, 7, 15, 31],
            it.Portal.WebhookDeliveries.Select(delivery => (int)(delivery.At - it.Portal.WebhookDeliveries[0].At).TotalSeconds)
        );
    }

    [Fact]
    public async Task A_410_deletes_the_webhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddWebhook(receiver.Url, Secret);
        receiver.Answers.Enqueue(410);

        await it.InviteAsync(Bob);
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        Assert.Empty(it.Portal.Webhooks);
        Assert.Single(receiver.Events);
    }

    [Fact]
    public async Task Sending_an_event_again_by_hand_makes_a_new_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddWebhook(receiver.Url, Secret);
        await it.InviteAsync(Bob);
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        var first = (await it.GetAsync("settings/webhooks/log")).Response[0].GetProperty("id").GetInt64();
        await it.PutAsync($"settings/webhook/{first}/retry");
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        Assert.Equal([first, first + 1], receiver.Events.Select(EventOf).Select(happened => happened.GetProperty("id").GetInt64()).Order());
    }

    [Theory]
    [InlineData("short", 15, 400)]
    [InlineData("a secret with spaces", 15, 400)]
    [InlineData("a-secret-of-more-than-thirty-characters", 15, 400)]
    [InlineData("", 15, 400)]
    [InlineData(Secret, "15", 400)]
    [InlineData(Secret, 15, 200)]
    [InlineData(Secret, 0, 200)]
    public async Task A_secret_obeys_the_password_rules_and_triggers_are_a_number(string secretKey, object triggers, int status)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();

        var reply = await it.PostAsync(
            "settings/webhook",
            new
            {
                name = "bot",
                uri = receiver.Url,
                secretKey,
                enabled = true,
                ssl = false,
                triggers,
            }
        );

        Assert.Equal(status, reply.Status);
    }

    [Fact]
    public async Task The_same_webhook_cannot_be_registered_twice_and_an_update_keeps_the_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        var id = await RegisterAsync(it, receiver);
        Assert.Equal(400, (await it.PostAsync("settings/webhook", Wish(receiver))).Status);

        var changed = await it.PutAsync(
            "settings/webhook",
            new
            {
                id,
                name = "renamed",
                uri = receiver.Url,
                secretKey = "",
                enabled = true,
                ssl = false,
                triggers = 1,
            }
        );

        Assert.Equal(200, changed.Status);
        Assert.Equal(
            ("renamed", Secret, 1L),
            it.Portal.Webhooks.Select(webhook => (webhook.Name, webhook.Secret, webhook.Triggers)).Single()
        );
        await it.PutAsync(
            "settings/webhook/enable",
            new
            {
                id,
                name = "renamed",
                uri = receiver.Url,
                enabled = false,
            }
        );
        Assert.False((await it.GetAsync("settings/webhook")).Response[0].GetProperty("configs").GetProperty("enabled").GetBoolean());
        Assert.Equal(200, (await it.DeleteAsync($"settings/webhook/{id}")).Status);
        Assert.Empty(it.Portal.Webhooks);
    }

    [Theory]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://192.168.0.9/hook")]
    [InlineData("https://172.20.0.1/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://[::1]/hook")]
    public async Task A_private_address_is_refused_unless_it_was_allowed(string uri)
    {
        await using var it = await PortalFixture.StartAsync(new() { AllowPrivateWebhooks = false });

        var reply = await it.PostAsync(
            "settings/webhook",
            new
            {
                name = "bot",
                uri,
                secretKey = Secret,
                enabled = true,
                ssl = true,
                triggers = 15,
            }
        );

        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task A_webhook_that_nobody_answers_is_an_unexpected_fault()
    {
        var receiver = await WebhookReceiver.StartAsync();
        await receiver.DisposeAsync();
        await using var it = await PortalFixture.StartAsync();

        Assert.Equal(500, (await it.PostAsync("settings/webhook", Wish(receiver))).Status);
    }

    [Fact]
    public async Task Events_about_new_people_are_not_for_Users()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync(new() { KeyCreator = KeyCreator.User });

        Assert.Equal(400, (await it.PostAsync("settings/webhook", Wish(receiver))).Status);
    }

    private static object Wish(WebhookReceiver receiver) =>
        new
        {
            name = "bot",
            uri = receiver.Url,
            secretKey = Secret,
            enabled = true,
            ssl = false,
            triggers = 15,
        };

    private static async Task<int> RegisterAsync(PortalFixture it, WebhookReceiver receiver) =>
        (await it.PostAsync("settings/webhook", Wish(receiver))).Response.GetProperty("id").GetInt32();

    private static JsonElement EventOf(Received received) => JsonDocument.Parse(received.Body).RootElement.GetProperty("event");

    private static async Task ByLetterAsync(PortalFixture it)
    {
        await it.InviteAsync(Bob);
        await it.Portal.JoinAsync(Bob);
    }

    private static async Task ByCreationAsync(PortalFixture it)
    {
        await it.CreateAsync(Bob);
        await it.Portal.JoinAsync(Bob);
    }

    private static async Task ByLinkAsync(PortalFixture it)
    {
        await it.GetAsync("portal/users/invite/User");
        await it.Portal.JoinByLinkAsync(Bob);
        await it.Portal.ConfirmEmailAsync(Bob);
    }

    private static async Task DisabledAndDeletedAsync(PortalFixture it)
    {
        await it.InviteAsync(Bob);
        it.Portal.Disable(Bob);
        it.Portal.Remove(Bob);
    }

    private static async Task AgainAsync(PortalFixture it)
    {
        await it.InviteAsync(Bob);
        await it.InviteAsync(Bob, "RoomAdmin");
        await it.PutAsync("people/invite", new { resendAll = true });
    }
}
