using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Teams.Protocol.Hosting;

/// <summary>Which hosts a URL that somebody sent us may have, before a token or a byte goes there.</summary>
internal sealed class HostRules
{
    /// <summary>
    /// Teams in the public cloud, GCC, GCC High and DoD. trafficmanager.net itself is shared by all customers of Azure, so of it only Teams'
    /// own name is trusted. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
    /// </summary>
    public static readonly IReadOnlyList<string> TeamsServiceHosts =
    [
        "smba.trafficmanager.net",
        "botframework.com",
        "teams.microsoft.com",
        "teams.microsoft.us",
    ];

    /// <summary>SharePoint in the public and the sovereign clouds: https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges</summary>
    public static readonly IReadOnlyList<string> SharePointHosts =
    [
        "*.sharepoint.com",
        "*.sharepoint.us",
        "*.sharepoint-mil.us",
        "*.sharepoint.cn",
    ];

    /// <summary>Links to files carry their permission along, which makes them longer than other URLs.</summary>
    public const int LongestFileUrl = 4096;

    private const int LongestUrl = 2048;
    private const string SharedByEverybody = "trafficmanager.net";

    /// <summary>What a URL consists of. Anything else is where two parsers come to two different hosts.</summary>
    private static readonly SearchValues<char> UrlCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%"
    );

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private readonly HashSet<string> exact = new(StringComparer.Ordinal);
    private readonly string[] suffixes;
    private readonly bool loopbackAllowed;
    private readonly int longest;

    /// <param name="namesIncludeSubdomains">Whether a plain name means everything under it too.</param>
    public HostRules(IReadOnlyList<string> hosts, bool namesIncludeSubdomains, bool mayUseLoopback, int longest = LongestUrl)
    {
        this.longest = longest;
        var under = new List<string>();
        foreach (var host in hosts)
        {
            var name = host.ToLowerInvariant();
            if (Loopback.IsHost(name))
            {
                loopbackAllowed |= mayUseLoopback;
                if (mayUseLoopback)
                {
                    exact.Add(name.Trim('[', ']'));
                }
            }
            else if (name.StartsWith("*.", StringComparison.Ordinal))
            {
                under.Add(name[1..]);
            }
            else
            {
                exact.Add(name);
                if (namesIncludeSubdomains && !IsShared(name))
                {
                    under.Add('.' + name);
                }
            }
        }

        suffixes = [.. under];
    }

    /// <summary>What is wrong with an entry of the settings, as the rest of a sentence; null when it is fine.</summary>
    public static string? Problem(string host, bool mayUseLoopback)
    {
        var name = host.ToLowerInvariant();
        if (Loopback.IsHost(name))
        {
            return mayUseLoopback
                ? null
                : $"is a loopback host: allowed only when {BotOptions.Section}:{nameof(BotOptions.OpenIdMetadataUrl)} is on loopback too.";
        }

        var plain = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name;
        if (plain.AsSpan().ContainsAnyExcept(NameCharacters) || Uri.CheckHostName(plain) is not UriHostNameType.Dns || plain[^1] is '.')
        {
            return "is not a host name without scheme, port and path.";
        }

        return !plain.Contains('.', StringComparison.Ordinal) ? "names a whole top-level domain."
            : plain == SharedByEverybody || (plain.Length < name.Length && IsShared(plain)) ? "is shared by all customers of Azure."
            : null;
    }

    /// <summary>Reads an absolute http or https URL, and refuses every form in which the host could be mistaken.</summary>
    public static bool TryReadUrl([NotNullWhen(true)] string? url, [NotNullWhen(true)] out Uri? uri, int longest = LongestUrl)
    {
        uri = null;
        return !string.IsNullOrEmpty(url)
            && url.Length <= longest
            && !url.AsSpan().ContainsAnyExcept(UrlCharacters)
            && !Authority(url).Contains('@')
            && Uri.TryCreate(url, UriKind.Absolute, out uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0;
    }

    /// <summary>https, no user name, the usual port, a host from the list; on loopback, where allowed, http and any port too.</summary>
    public bool Allows([NotNullWhen(true)] string? url, [NotNullWhen(true)] out Uri? uri) =>
        TryReadUrl(url, out uri, longest) && Allows(uri);

    private bool Allows(Uri uri)
    {
        if (uri.IsLoopback)
        {
            // "localhost" and the addresses of loopback are named one by one, as in the settings.
            return loopbackAllowed && exact.Contains(uri.Host.Trim('[', ']'));
        }

        if (uri.Scheme != Uri.UriSchemeHttps || !uri.IsDefaultPort || uri.HostNameType is not UriHostNameType.Dns)
        {
            return false;
        }

        var host = uri.Host;
        if (exact.Contains(host))
        {
            return true;
        }

        foreach (var suffix in suffixes)
        {
            if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsShared(string name) =>
        name == SharedByEverybody || name.EndsWith('.' + SharedByEverybody, StringComparison.Ordinal);

    private static ReadOnlySpan<char> Authority(string url)
    {
        var start = url.IndexOf("//", StringComparison.Ordinal);
        var rest = url.AsSpan(start < 0 ? 0 : start + 2);
        var end = rest.IndexOfAny('/', '?', '#');
        return end < 0 ? rest : rest[..end];
    }
}

/// <summary>This machine itself.</summary>
internal static class Loopback
{
    public static bool IsHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    public static bool IsUrl(string url) => HostRules.TryReadUrl(url, out var uri) && uri.IsLoopback;
}
