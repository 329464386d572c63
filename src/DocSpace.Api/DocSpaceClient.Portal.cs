using System.Globalization;
using System.Net;
using System.Text.Json;
using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

public sealed partial class DocSpaceClient
{
    /// <summary>
    /// Asks for the letter of <paramref name="key"/> (<c>POST portal/sendcongratulations</c>, <c>PortalController.cs:943</c>). The guides call the key a
    /// template; real servers up to 3.7.2 take only a key that they minted themselves, for an hour, for the owner of a new portal, and refuse any other.
    /// </summary>
    /// <returns>True when the portal took it, false when it refuses (403 of any shape): an answer, to be remembered and not repeated.</returns>
    public async Task<bool> SendCongratulationsAsync(Guid userId, string key, CancellationToken cancellationToken)
    {
        try
        {
            var call = new Call(HttpMethod.Post, $"portal/sendcongratulations?Userid={userId}&Key={Uri.EscapeDataString(key)}")
            {
                IsOpenToAll = true,
            };
            await SendAsync(call, cancellationToken);
            return true;
        }
        catch (DocSpaceException e) when (e.Problem.HttpStatus == (int)HttpStatusCode.Forbidden)
        {
            return false;
        }
    }

    /// <summary>The best check of the key: any key that is alive may ask (<c>GET keys/@self</c>). Portals before 3.1 have no keys.</summary>
    public async Task<ApiKeyFacts> GetKeyAsync(CancellationToken cancellationToken)
    {
        var call = Get("keys/@self");
        var answer = await SendAsync(call, WireJson.Default.EnvelopeKeyWire, cancellationToken);
        return answer.Response is { Id: { } id } key
            ? new ApiKeyFacts
            {
                Id = id,
                Name = key.Name,
                Postfix = key.KeyPostfix,
                Permissions = key.Permissions ?? [],
                OwnerId = key.CreateBy?.Id,
                OwnerName = WebUtility.HtmlDecode(key.CreateBy?.DisplayName),
                ExpiresAt = key.ExpiresAt,
                IsActive = key.IsActive ?? true,
            }
            : throw Unreadable(call);
    }

    /// <summary>
    /// The portal's settings. Anonymously they are the best sign of life, and the key is not sent (a narrow key would be refused what everybody may see).
    /// </summary>
    public async Task<PortalSettings> GetSettingsAsync(bool anonymous, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Get, "settings") { WithKey = !anonymous, IsOpenToAll = true };
        var answer = await SendAsync(call, WireJson.Default.EnvelopeSettingsWire, cancellationToken);
        return answer.Response is { } settings
            ? new PortalSettings
            {
                Name = WebUtility.HtmlDecode(settings.GreetingSettings),
                Version = settings.Version,
                Alias = settings.TenantAlias,
                State = settings.TenantStatus ?? 0,
                Culture = settings.Culture,
                UserNamePattern = settings.UserNameRegex,
                TimeZone = settings.Timezone,
                UtcOffset = TimeSpan.TryParse(settings.UtcOffset, CultureInfo.InvariantCulture, out var offset) ? offset : null,
                IsStandalone = settings.Standalone ?? false,
                IsSetupUnfinished = !string.IsNullOrEmpty(settings.WizardToken),
                OwnerId = settings.OwnerId == Guid.Empty ? null : settings.OwnerId,
                InvitationsLeft = settings.InvitationLimit is int.MaxValue ? null : settings.InvitationLimit,
            }
            : throw Unreadable(call);
    }

    /// <summary>Whether inviting is switched on (<c>GET settings/invitationsettings</c>, 3.2 and later; older portals have no switch).</summary>
    public async Task<InvitationSettings> GetInvitationSettingsAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            OpenCall("settings/invitationsettings"),
            WireJson.Default.EnvelopeInvitationSettingsWire,
            cancellationToken
        );
        return new InvitationSettings(answer.Response?.AllowInvitingMembers ?? true, answer.Response?.AllowInvitingGuests ?? true);
    }

    /// <summary>The languages of the portal's mails, for instance <c>en-US</c> (<c>GET settings/cultures</c>).</summary>
    public async Task<IReadOnlyList<string>> GetCulturesAsync(CancellationToken cancellationToken) =>
        (await SendAsync(OpenCall("settings/cultures"), WireJson.Default.EnvelopeListString, cancellationToken)).Response ?? [];

    /// <summary>The server's version (<c>GET settings/version/build</c>); slow at times because the server asks its document server.</summary>
    public async Task<PortalVersion> GetVersionAsync(CancellationToken cancellationToken) =>
        new(
            (await SendAsync(OpenCall("settings/version/build"), WireJson.Default.EnvelopeVersionWire, cancellationToken))
                .Response
                ?.DocSpace
        );

    /// <summary>The paid seats (<c>GET portal/payment/quota</c>, feature <c>manager</c>, <c>PaymentsController.cs:590</c>); needs <c>*:read</c>.</summary>
    public async Task<Seats> GetQuotaAsync(CancellationToken cancellationToken)
    {
        var call = Get("portal/payment/quota");
        var answer = await SendAsync(call, WireJson.Default.EnvelopeQuotaWire, cancellationToken);
        var seats = answer.Response?.Features?.FirstOrDefault(feature => feature?.Id == "manager");

        return Number(seats?.Value) is { } total
            ? new Seats(total < 0 ? null : total, Number(seats?.Used?.Value) ?? 0)
            : throw Unreadable(call);
    }

    private static Call OpenCall(string path) => new(HttpMethod.Get, path) { WithKey = false, IsOpenToAll = true };

    private static int? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var count)
            ? (int)Math.Clamp(count, -1, int.MaxValue)
            : null;
}
