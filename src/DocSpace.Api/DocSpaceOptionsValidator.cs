using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DocSpace.Api;

/// <summary>Stops the start when a setting of section <c>DocSpace</c> is unknown or out of range, with one line for each that names it; no values.</summary>
internal sealed class DocSpaceOptionsValidator(IConfiguration configuration)
    : IConfigureOptions<DocSpaceOptions>,
        IValidateOptions<DocSpaceOptions>
{
    private const string Section = DocSpaceOptions.Section;
    private const string KeyPrefix = "Bearer ";
    private const int MostCalls = 16;
    private const int ShortestSecret = 8;
    private const int LongestSecret = 30;

    private static readonly string[] Known = [.. typeof(DocSpaceOptions).GetProperties().Select(it => it.Name)];

    /// <summary>
    /// Reads the section by hand where the binder would be too kind (roles that are none) or would fail with a sentence about .NET types.
    /// </summary>
    public void Configure(DocSpaceOptions options)
    {
        var section = configuration.GetSection(Section);
        var failures = section
            .GetChildren()
            .Where(setting => !Known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            .Select(setting => $"{Section}:{setting.Key}: there is no such setting.")
            .ToList();

        options.BaseUrl = section[nameof(options.BaseUrl)]?.Trim() ?? options.BaseUrl;
        options.ApiKey = KeyOf(section[nameof(options.ApiKey)] ?? options.ApiKey);
        options.WelcomeKey = section[nameof(options.WelcomeKey)] ?? options.WelcomeKey;
        options.WebhookSecret = section[nameof(options.WebhookSecret)] ?? options.WebhookSecret;

        if (section[nameof(options.MaxConcurrency)] is { } most)
        {
            // Zero is refused below, together with the other numbers that are out of range.
            options.MaxConcurrency = int.TryParse(most, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
        }

        if (section[nameof(options.Provisioning)] is { } name && name.Trim().Length > 0)
        {
            if (char.IsLetter(name.Trim()[0]) && Enum.TryParse<Provisioning>(name.Trim(), ignoreCase: true, out var provisioning))
            {
                options.Provisioning = provisioning;
            }
            else
            {
                failures.Add($"{Section}:{nameof(options.Provisioning)}: must be Auto, CreateThenInvite or InviteOnly.");
            }
        }

        if (section[nameof(options.DefaultRole)] is { } roleName && roleName.Trim().Length > 0)
        {
            if (DocSpaceRoles.TryParse(roleName, out var role))
            {
                options.DefaultRole = role;
            }
            else
            {
                failures.Add(
                    $"{Section}:{nameof(options.DefaultRole)}: must be Guest, User, RoomAdmin or DocSpaceAdmin; All would be a paid room admin."
                );
            }
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(DocSpaceOptions), failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, DocSpaceOptions options)
    {
        string?[] answers =
        [
            WhyNotBaseUrl(options.BaseUrl) is { } url ? $"{Section}:{nameof(options.BaseUrl)}: {url}" : null,
            WhyNotKey(options.ApiKey) is { } key ? $"{Section}:{nameof(options.ApiKey)}: {key}" : null,
            options.MaxConcurrency is >= 1 and <= MostCalls
                ? null
                : $"{Section}:{nameof(options.MaxConcurrency)}: must be a number from 1 to {MostCalls}.",
            Enum.IsDefined(options.Provisioning)
                ? null
                : $"{Section}:{nameof(options.Provisioning)}: must be Auto, CreateThenInvite or InviteOnly.",
            Enum.IsDefined(options.DefaultRole)
                ? null
                : $"{Section}:{nameof(options.DefaultRole)}: must be Guest, User, RoomAdmin or DocSpaceAdmin.",
            string.IsNullOrWhiteSpace(options.WelcomeKey) ? $"{Section}:{nameof(options.WelcomeKey)}: must not be empty." : null,
            IsSecret(options.WebhookSecret)
                ? null
                : $"{Section}:{nameof(options.WebhookSecret)}: must be empty, or {ShortestSecret} to {LongestSecret} printable ASCII characters without spaces.",
        ];

        var failures = answers.OfType<string>().ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string KeyOf(string text)
    {
        var key = text.TrimStart();
        return (key.StartsWith(KeyPrefix, StringComparison.OrdinalIgnoreCase) ? key[KeyPrefix.Length..] : key).Trim();
    }

    private static string? WhyNotBaseUrl(string text)
    {
        if (text.Length == 0)
        {
            return "is needed: the URL of the DocSpace portal.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            return "must be an absolute https URL.";
        }

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0 || text.Contains('?') || text.Contains('#'))
        {
            return "must be without user name, query and fragment.";
        }

        return url.Scheme == Uri.UriSchemeHttps || url.IsLoopback ? null : "must be https, because the key travels with every call.";
    }

    private static string? WhyNotKey(string key) =>
        key.Length == 0 ? "is needed: an API key of the DocSpace portal (sk-…)."
        : key.Any(it => it is <= ' ' or > '~') ? "must be printable ASCII characters without spaces."
        : null;

    private static bool IsSecret(string secret) =>
        secret.Length == 0 || (secret.Length is >= ShortestSecret and <= LongestSecret && secret.All(it => it is > ' ' and <= '~'));
}
