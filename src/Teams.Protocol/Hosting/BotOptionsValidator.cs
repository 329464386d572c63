using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Teams.Protocol.Hosting;

/// <summary>Every failure is one line that begins with the setting's name and never shows a secret.</summary>
internal sealed class BotOptionsValidator(BotOptionsSetup setup, IHostEnvironment environment) : IValidateOptions<BotOptions>
{
    public ValidateOptionsResult Validate(string? name, BotOptions options)
    {
        var problems = new List<string>(setup.Problems());
        if (options.IsAuthenticated)
        {
            CheckRegistration(options, problems);
        }
        else
        {
            CheckNobodyIsAuthenticated(options, problems);
        }

        CheckUrl($"{BotOptions.Section}:{nameof(BotOptions.OpenIdMetadataUrl)}", options.OpenIdMetadataUrl, problems);
        if (options.TokenUrl.Length > 0)
        {
            CheckUrl($"{BotOptions.Section}:{nameof(BotOptions.TokenUrl)}", options.TokenUrl, problems);
        }

        CheckUrl($"{BotOptions.Section}:{nameof(BotOptions.GraphUrl)}", options.GraphUrl, problems, mayHaveQuery: false);
        if (options.PublicUrl.Length > 0)
        {
            CheckUrl($"{BotOptions.Section}:{nameof(BotOptions.PublicUrl)}", options.PublicUrl, problems, mayHaveQuery: false);
        }

        CheckHosts(nameof(BotOptions.ServiceHosts), options.ServiceHosts, options.MayUseLoopback, problems);
        CheckHosts(nameof(BotOptions.FileHosts), options.FileHosts, options.MayUseLoopback, problems);
        foreach (var tenant in options.AllowedTenants)
        {
            if (!Guid.TryParseExact(tenant, "D", out _) && tenant != options.MicrosoftAppTenantId)
            {
                problems.Add($"{BotOptions.Section}:{nameof(BotOptions.AllowedTenants)}: '{tenant}' is not a tenant id (a GUID).");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckRegistration(BotOptions options, List<string> problems)
    {
        if (!Guid.TryParseExact(options.MicrosoftAppId, "D", out _))
        {
            problems.Add($"{nameof(BotOptions.MicrosoftAppId)}: is not an app id (a GUID).");
        }

        if (options.MicrosoftAppType is not (BotOptions.SingleTenant or BotOptions.MultiTenant or BotOptions.UserAssignedMsi))
        {
            problems.Add($"{nameof(BotOptions.MicrosoftAppType)}: has to be SingleTenant, MultiTenant or UserAssignedMSI.");
        }

        if (options.HasPassword && options.MicrosoftAppPassword.Length == 0)
        {
            problems.Add($"{nameof(BotOptions.MicrosoftAppPassword)}: is needed for a {options.MicrosoftAppType} bot.");
        }

        if (options.MicrosoftAppType == BotOptions.SingleTenant && options.MicrosoftAppTenantId.Length == 0)
        {
            problems.Add($"{nameof(BotOptions.MicrosoftAppTenantId)}: is needed for a SingleTenant bot.");
        }

        if (options.MicrosoftAppTenantId.Length > 0 && !Guid.TryParseExact(options.MicrosoftAppTenantId, "D", out _))
        {
            problems.Add($"{nameof(BotOptions.MicrosoftAppTenantId)}: is not a tenant id (a GUID).");
        }

        if (options.AllowedTenants.Count == 0)
        {
            problems.Add($"{BotOptions.Section}:{nameof(BotOptions.AllowedTenants)}: name at least one tenant that may talk to the bot.");
        }
    }

    private void CheckNobodyIsAuthenticated(BotOptions options, List<string> problems)
    {
        const string setting = nameof(BotOptions.MicrosoftAppId);
        if (options.MicrosoftAppPassword.Length > 0)
        {
            problems.Add($"{setting}: is empty although there is a {nameof(BotOptions.MicrosoftAppPassword)}.");
        }

        if (!environment.IsDevelopment())
        {
            problems.Add($"{setting}: is empty, so nobody would be authenticated; that is allowed only in the Development environment.");
        }

        problems.AddRange(
            from address in setup.Addresses()
            where !ListeningAddresses.IsLoopback(address)
            select $"{setting}: is empty, so the bot may listen on loopback addresses only, not on {address}."
        );
    }

    private static void CheckUrl(string setting, string url, List<string> problems, bool mayHaveQuery = true)
    {
        if (
            !HostRules.TryReadUrl(url, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && !Loopback.IsUrl(url))
            || uri.Fragment.Length > 0
        )
        {
            problems.Add($"{setting}: has to be an absolute https URL without user name; http is for loopback only.");
        }
        else if (!mayHaveQuery && uri.Query.Length > 0)
        {
            problems.Add($"{setting}: has to be a URL without a question mark and what follows it.");
        }
    }

    private static void CheckHosts(string key, IReadOnlyList<string> hosts, bool mayUseLoopback, List<string> problems)
    {
        foreach (var host in hosts)
        {
            if (HostRules.Problem(host, mayUseLoopback) is { } problem)
            {
                problems.Add($"{BotOptions.Section}:{key}: '{host}' {problem}");
            }
        }
    }
}
