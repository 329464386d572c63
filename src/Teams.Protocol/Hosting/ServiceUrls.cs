using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Teams.Protocol.Hosting;

/// <summary>
/// Where the bot may send activities, and with them its token. Asked when an activity arrives and again whenever something is sent, because
/// stored URLs outlive the settings they were checked with.
/// </summary>
public sealed class ServiceUrls
{
    private readonly HostRules rules;

    public ServiceUrls(IOptions<BotOptions> options) =>
        rules = new HostRules(options.Value.ServiceHosts, namesIncludeSubdomains: true, options.Value.MayUseLoopback);

    /// <summary>https, no user name, the usual port, no query, and a host of <see cref="BotOptions.ServiceHosts"/>.</summary>
    public bool IsAllowed(string? url) => TryGet(url, out _);

    internal bool TryGet([NotNullWhen(true)] string? url, [NotNullWhen(true)] out Uri? uri) =>
        rules.Allows(url, out uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0;
}

/// <summary>
/// Where the bot may download files from. The host is one side only: whoever downloads has to check every redirect again, send no token, and
/// bound time and size.
/// </summary>
public sealed class FileUrls
{
    private readonly HostRules rules;

    public FileUrls(IOptions<BotOptions> options) =>
        rules = new HostRules(
            options.Value.FileHosts,
            namesIncludeSubdomains: false,
            options.Value.MayUseLoopback,
            HostRules.LongestFileUrl
        );

    /// <summary>https, no user name, the usual port, at most 4,096 characters, and a host of <see cref="BotOptions.FileHosts"/>.</summary>
    public bool IsAllowed(string? url) => rules.Allows(url, out _);
}
