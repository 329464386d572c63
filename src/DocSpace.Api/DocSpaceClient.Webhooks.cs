using DocSpace.Api.Http;
using DocSpace.Api.Wire;

namespace DocSpace.Api;

/// <summary>A webhook of the portal. Its secret is never told.</summary>
public sealed record PortalWebhook
{
    public required long Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Where events are sent to, as it was written; null when it is no address.</summary>
    public Uri? Url { get; init; }

    public bool IsEnabled { get; init; }

    /// <summary>Whether the certificate is looked at; true only for https.</summary>
    public bool ChecksCertificate { get; init; }

    /// <summary>Which events, as a sum; 0 is all.</summary>
    public long Triggers { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public bool TellsOf(long triggers) => Triggers == 0 || (Triggers & triggers) == triggers;
}

/// <summary>What the portal wants of passwords, and of the secrets of webhooks.</summary>
public sealed record PasswordRules(int MinLength, bool NeedsUpperCase, bool NeedsDigit, bool NeedsSpecial)
{
    public bool Allow(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.Length >= MinLength
            && (!NeedsUpperCase || secret.Any(char.IsAsciiLetterUpper))
            && (!NeedsDigit || secret.Any(char.IsAsciiDigit))
            && (!NeedsSpecial || secret.Any(it => it is > ' ' and <= '~' && !char.IsAsciiLetterOrDigit(it)));
    }
}

public sealed partial class DocSpaceClient
{
    /// <summary><c>user.created</c> 1, <c>user.invited</c> 2, <c>user.updated</c> 4 and <c>user.deleted</c> 8.</summary>
    public const long TriggersOfPeople = 15;

    /// <summary>
    /// All webhooks that the owner of the key may see, which for an admin is those of the portal (<c>GET settings/webhook</c>, <c>WebhooksController.cs</c>);
    /// needs <c>*:read</c>.
    /// </summary>
    public async Task<IReadOnlyList<PortalWebhook>> GetWebhooksAsync(CancellationToken cancellationToken) =>
        [
            .. ((await SendAsync(Get("settings/webhook"), WireJson.Default.EnvelopeListWebhookItemWire, cancellationToken)).Response ?? [])
                .Select(item => WebhookOf(item?.Configs))
                .OfType<PortalWebhook>(),
        ];

    /// <summary>
    /// Registers a webhook for events about people (<c>POST settings/webhook</c>); needs <c>*:write</c>. The portal asks the address first (HEAD) and takes no
    /// private ones. <see cref="DocSpaceProblemKind.Invalid"/> when it does not like the address or the secret, or has it by that name already.
    /// </summary>
    public Task CreateWebhookAsync(string name, Uri url, string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        return SendWebhookAsync(
            HttpMethod.Post,
            null,
            name,
            url,
            secret,
            url.Scheme == Uri.UriSchemeHttps,
            TriggersOfPeople,
            cancellationToken
        );
    }

    /// <summary>Switches a webhook on, gives it the secret, and the events about people beside those that it has (<c>PUT settings/webhook</c>).</summary>
    public Task RepairWebhookAsync(PortalWebhook webhook, Uri url, string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(url);
        var triggers = webhook.Triggers == 0 ? 0 : webhook.Triggers | TriggersOfPeople;
        return SendWebhookAsync(
            HttpMethod.Put,
            webhook.Id,
            webhook.Name ?? "",
            url,
            secret,
            webhook.ChecksCertificate,
            triggers,
            cancellationToken
        );
    }

    /// <summary>What a secret has to be like (<c>GET settings/security/password</c>); any key may ask.</summary>
    public async Task<PasswordRules> GetPasswordRulesAsync(CancellationToken cancellationToken)
    {
        var rules = (
            await SendAsync(Get("settings/security/password"), WireJson.Default.EnvelopePasswordRulesWire, cancellationToken)
        ).Response;
        return new(rules?.MinLength ?? 0, rules?.UpperCase ?? false, rules?.Digits ?? false, rules?.SpecSymbols ?? false);
    }

    private Task SendWebhookAsync(
        HttpMethod method,
        long? id,
        string name,
        Uri url,
        string secret,
        bool checksCertificate,
        long triggers,
        CancellationToken cancellationToken
    )
    {
        var body = new WebhookBody(id, name, url.AbsoluteUri, secret, Enabled: true, checksCertificate, triggers, TargetId: "");
        return SendAsync(new Call(method, "settings/webhook") { Body = Json(body, WireJson.Default.WebhookBody) }, cancellationToken);
    }

    private static PortalWebhook? WebhookOf(WebhookSettingsWire? wire) =>
        wire?.Id is { } id
            ? new PortalWebhook
            {
                Id = id,
                Name = wire.Name,
                Url = Uri.TryCreate(wire.Uri, UriKind.Absolute, out var url) ? url : null,
                IsEnabled = wire.Enabled ?? false,
                ChecksCertificate = wire.Ssl ?? false,
                Triggers = wire.Triggers ?? 0,
                LastFailure = wire.LastFailureOn,
                LastSuccess = wire.LastSuccessOn,
            }
            : null;
}
