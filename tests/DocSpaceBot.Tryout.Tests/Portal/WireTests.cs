using System.Text;
using DocSpaceBot.Tryout.Portal;

namespace DocSpaceBot.Tryout.Tests.Portal;

/// <summary>The stand-in answers what the server answers, member by member.</summary>
public sealed class WireTests
{
    private const string FixtureBob = "b1e7a7d2-77c4-4f0d-8f4b-2d0f6d0c9a22";
    private const string FixtureOwner = "0d9c1f6a-2a0e-4a70-8a5b-2f5c52fb0a01";
    private const string Bob = "bob.johnson@example.com";
    private const string Cara = "cara.o'neil@example.com";

    private static readonly string[] BobIsNew =
    [
        "people-invite-ok",
        "people-invite-numeric-type",
        "people-invite-401-bad-key",
        "people-invite-401-key-without-bearer",
        "people-invite-403-missing-scope",
    ];

    public static TheoryData<string> Calls =>
        [.. WireFixture.Names().Where(name => !name.StartsWith("webhook-user", StringComparison.Ordinal) && name != "webhook-head-probe")];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_is_answered_as_the_server_answers_it(string name)
    {
        var fixture = WireFixture.Load(name);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync(SetupFor(name));
        var body = await ArrangeAsync(name, fixture, it, receiver);
        var bob = it.Portal.Find(Bob)?.Id.ToString() ?? FixtureBob;

        using var request = new HttpRequestMessage(
            new HttpMethod(fixture.Method),
            fixture.Path.Replace(FixtureBob, bob, StringComparison.Ordinal)
        );
        if (body is not null)
        {
            body = body.Replace(FixtureBob, bob, StringComparison.Ordinal)
                .Replace("c4a1d9f8-5b6e-4c3d-9e21-7f8e9d0c1b33", it.Portal.Find(Cara)?.Id.ToString(), StringComparison.Ordinal);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        request.RequestUri = new Uri(
            request.RequestUri!.OriginalString.Replace(FixtureOwner, it.Portal.Owner.Id.ToString(), StringComparison.Ordinal),
            UriKind.Relative
        );
        using var client = ClientFor(name, fixture, it);
        using var response = await client.SendAsync(request);

        Assert.Empty(fixture.Differences(await PortalReply.ReadAsync(response)));
    }

    [Theory]
    [InlineData("webhook-user-invited")]
    [InlineData("webhook-user-created-invitee-joined")]
    [InlineData("webhook-user-updated-disabled")]
    [InlineData("webhook-user-created-by-link")]
    public async Task An_event_is_sent_as_the_server_sends_it(string name)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var it = await PortalFixture.StartAsync();
        it.Portal.AddWebhook(receiver.Url, "Harness-secret-1");
        if (name == "webhook-user-created-by-link")
        {
            await it.GetAsync("portal/users/invite/Guest");
            await it.Portal.JoinByLinkAsync("gus@partner.example");
        }
        else
        {
            await it.InviteAsync(Bob, culture: "en-US");
            if (name != "webhook-user-invited")
                await it.Portal.JoinAsync(Bob);
            if (name == "webhook-user-updated-disabled")
                it.Portal.Disable(Bob);
        }
        await it.Portal.WebhooksSettledAsync(CancellationToken.None);

        var sent = receiver.Events.Single(received =>
            Encoding.UTF8.GetString(received.Body).Contains(TriggerOf(name), StringComparison.Ordinal)
        );

        Assert.DoesNotContain(WireFixture.Load(name).DifferencesOfEvent(sent), difference => !IsTheNameOfAPerson(difference));
    }

    private static bool IsTheNameOfAPerson(string difference) =>
        difference.StartsWith("$.payload.lastName", StringComparison.Ordinal)
        || difference.StartsWith("$.payload.firstName", StringComparison.Ordinal);

    private static string TriggerOf(string name) =>
        name switch
        {
            "webhook-user-invited" => "\"trigger\":\"user.invited\"",
            "webhook-user-updated-disabled" => "\"trigger\":\"user.updated\"",
            _ => "\"trigger\":\"user.created\"",
        };

    private static PortalSetup SetupFor(string name) =>
        name switch
        {
            "ip-restricted-403" => new() { KeyCreator = KeyCreator.DocSpaceAdmin },
            "people-invite-403-missing-scope" or "sendcongratulations-narrow-key" => new() { KeyScopes = ["accounts:read"] },
            "people-invite-limit-exceeded" => new() { InvitationLimit = 2 },
            "people-invite-seats-exceeded" => new() { Seats = 2 },
            "people-resend-429-sensitive" => new() { RateLimits = true },
            "quota-seats" => new() { Seats = 3 },
            "sendcongratulations-valid-server-minted-key" => new() { Dialect = PortalDialect.Documented },
            _ => new(),
        };

    private static async Task<string?> ArrangeAsync(string name, WireFixture fixture, PortalFixture it, WebhookReceiver receiver)
    {
        using var admin = it.ClientWith(it.Portal.AddKey([]));
        var people = BobIsNew.Contains(name) ? new[] { Cara } : [Bob, Cara];
        foreach (var email in people.Where(_ => name != "people-invite-limit-exceeded"))
            await PortalFixture.SendAsync(
                admin,
                HttpMethod.Post,
                "people/invite",
                new { invitations = new[] { new { email, type = "User" } }, culture = "en-US" }
            );
        var body = fixture.RequestBody;
        switch (name)
        {
            case "confirm-link-expired":
                var link = (await it.GetAsync("portal/users/invite/User")).Response.GetString();
                using (var page = await admin.GetAsync(link))
                    body = body!.Replace(
                        "532871020606.J9K99CJHMOG7IENVYQRPDQLNXOKPORBBDCKIG2WS",
                        page.Headers.Location!.Query.Split("key=")[1].Split('&')[0],
                        StringComparison.Ordinal
                    );
                it.Clock.Move(TimeSpan.FromDays(7));
                break;
            case "ip-restricted-403":
                it.Portal.Faults.IpRestricted = true;
                break;
            case "people-create-email-exists" or "people-invite-existing-user-no-mail":
                it.Portal.AddPerson("alice.smith@example.com");
                break;
            case "people-invite-disabled-user":
                it.Portal.AddPerson("old.user@example.com", PortalStatus.Terminated);
                break;
            case "people-invite-email-linked-500":
                it.Portal.LinkToThirdParty("frank@example.com");
                break;
            case "people-resend-429-sensitive":
                for (var times = 0; times < 5; times++)
                    await it.PutAsync("people/invite", new { userIds = Array.Empty<Guid>() });
                break;
            case "portal-suspended-404":
                it.Portal.Faults.Suspended = true;
                break;
            case "portal-unpaid-402":
                it.Portal.Faults.Unpaid = true;
                break;
            case "portal-user-active":
                await it.Portal.JoinAsync(Bob);
                break;
            case "portal-user-disabled-still-isactive":
                await it.Portal.JoinAsync(Bob);
                it.Portal.Disable(Bob);
                break;
            case "quota-seats":
                it.Portal.AddPerson("dana@example.com", role: PortalRole.RoomAdmin);
                for (var guest = 0; guest < 5; guest++)
                    it.Portal.AddPerson($"guest{guest}@partner.example", role: PortalRole.Guest);
                for (var room = 0; room < 4; room++)
                    it.Portal.AddRoom($"Room {room}");
                break;
            case "room-invite-by-email":
                it.Portal.AddRoom("Contracts");
                break;
            case "webhook-create-head-failed":
                receiver.HeadStatus = 405;
                break;
        }
        return body
            ?.Replace("https://bot.example.com/webhooks/docspace", receiver.Url.ToString(), StringComparison.Ordinal)
            .Replace("\"ssl\": true", "\"ssl\": false", StringComparison.Ordinal);
    }

    private static HttpClient ClientFor(string name, WireFixture fixture, PortalFixture it)
    {
        if (name == "people-invite-401-bad-key")
            return it.ClientWith("sk-" + new string('0', 64));
        if (name == "keys-self")
            return it.ClientWith(it.Portal.AddKey(["accounts:read", "accounts:write", "*:read"], it.Clock.GetUtcNow().AddYears(1)));
        if (name == "people-invite-401-key-without-bearer")
        {
            var bare = it.Anonymous();
            bare.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", it.Portal.ApiKey);
            return bare;
        }
        return fixture.HasKey ? it.ClientWith(it.Portal.ApiKey) : it.Anonymous();
    }
}
