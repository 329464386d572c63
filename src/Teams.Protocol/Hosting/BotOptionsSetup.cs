using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Teams.Protocol.Hosting;

/// <summary>Reads <see cref="BotOptions"/> from the two places they live in, and notices settings that do not exist.</summary>
internal sealed class BotOptionsSetup(IConfiguration configuration) : IConfigureOptions<BotOptions>
{
    private const string RootPrefix = "MicrosoftApp";

    private static readonly string[] RootKeys =
    [
        nameof(BotOptions.MicrosoftAppType),
        nameof(BotOptions.MicrosoftAppId),
        nameof(BotOptions.MicrosoftAppPassword),
        nameof(BotOptions.MicrosoftAppTenantId),
    ];

    private static readonly string[] SectionLists =
    [
        nameof(BotOptions.AllowedTenants),
        nameof(BotOptions.ServiceHosts),
        nameof(BotOptions.FileHosts),
    ];

    private static readonly string[] SectionTexts =
    [
        nameof(BotOptions.OpenIdMetadataUrl),
        nameof(BotOptions.TokenUrl),
        nameof(BotOptions.GraphUrl),
        nameof(BotOptions.PublicUrl),
    ];

    public void Configure(BotOptions options)
    {
        options.MicrosoftAppType = CanonicalType(Text(nameof(BotOptions.MicrosoftAppType)));
        options.MicrosoftAppId = Text(nameof(BotOptions.MicrosoftAppId));
        options.MicrosoftAppPassword = Text(nameof(BotOptions.MicrosoftAppPassword));
        options.MicrosoftAppTenantId = Text(nameof(BotOptions.MicrosoftAppTenantId));

        var metadata = Text($"{BotOptions.Section}:{nameof(BotOptions.OpenIdMetadataUrl)}");
        options.OpenIdMetadataUrl = metadata.Length > 0 ? metadata : BotOptions.PublicOpenIdMetadataUrl;
        var token = Text($"{BotOptions.Section}:{nameof(BotOptions.TokenUrl)}");
        options.TokenUrl = token.Length > 0 ? token : options.PublicTokenUrl;
        var graph = Text($"{BotOptions.Section}:{nameof(BotOptions.GraphUrl)}");
        options.GraphUrl = graph.Length > 0 ? graph : BotOptions.PublicGraphUrl;

        options.PublicUrl = Text($"{BotOptions.Section}:{nameof(BotOptions.PublicUrl)}");

        options.AllowedTenants =
            List(nameof(BotOptions.AllowedTenants)) is { Count: > 0 } tenants ? tenants
            : options.MicrosoftAppTenantId.Length > 0 ? [options.MicrosoftAppTenantId]
            : [];
        options.ServiceHosts = List(nameof(BotOptions.ServiceHosts)) is { Count: > 0 } hosts ? hosts : HostRules.TeamsServiceHosts;
        options.FileHosts = List(nameof(BotOptions.FileHosts)) is { Count: > 0 } files ? files : HostRules.SharePointHosts;
    }

    /// <summary>The addresses the bot will listen on, as far as settings decide.</summary>
    public IEnumerable<string> Addresses() => ListeningAddresses.Configured(configuration);

    /// <summary>Settings that look like ours but are not; a misspelt one would otherwise be silently without effect.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var child in configuration.GetChildren().Where(IsMisspelt))
        {
            yield return $"{child.Key}: there is no such setting.";
        }

        foreach (var child in configuration.GetSection(BotOptions.Section).GetChildren())
        {
            if (Contains(SectionLists, child.Key))
            {
                if (!string.IsNullOrWhiteSpace(child.Value) || child.GetChildren().Any(item => item.GetChildren().Any()))
                {
                    yield return $"{child.Path}: has to be a list, such as {child.Path}:0.";
                }
            }
            else if (!Contains(SectionTexts, child.Key) || child.GetChildren().Any())
            {
                yield return $"{child.Path}: there is no such setting.";
            }
        }
    }

    private static bool IsMisspelt(IConfigurationSection child) =>
        child.Key.StartsWith(RootPrefix, StringComparison.OrdinalIgnoreCase) && !Contains(RootKeys, child.Key);

    private static bool Contains(string[] keys, string key) => keys.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string CanonicalType(string type) =>
        type.Equals(BotOptions.SingleTenant, StringComparison.OrdinalIgnoreCase) ? BotOptions.SingleTenant
        : type.Equals(BotOptions.MultiTenant, StringComparison.OrdinalIgnoreCase) ? BotOptions.MultiTenant
        : type.Equals(BotOptions.UserAssignedMsi, StringComparison.OrdinalIgnoreCase) ? BotOptions.UserAssignedMsi
        : type;

    private string Text(string key) => configuration[key]?.Trim() ?? "";

    private List<string> List(string key)
    {
        var values = new List<string>();
        foreach (var item in configuration.GetSection($"{BotOptions.Section}:{key}").GetChildren())
        {
            if (item.Value?.Trim() is { Length: > 0 } value)
            {
                values.Add(value);
            }
        }

        return values;
    }
}
