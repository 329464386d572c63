using System.Buffers;

namespace DocSpaceBot.Links;

/// <summary>The portal as people read it, and whether a link leads to it.</summary>
internal static class PortalAddress
{
    private const int LongestLink = 2048;

    /// <summary>What would end a link in Markdown, or is read in several ways.</summary>
    private static readonly SearchValues<char> Unfit = SearchValues.Create("<>\"`\\^{}|");

    public static string Name(Uri portal) => portal.IsDefaultPort ? portal.IdnHost : $"{portal.IdnHost}:{portal.Port}";

    /// <summary>An address of a web page, and nothing that a client would do something else with: only such a link is handed out, whoever gave it.</summary>
    public static bool IsWeb(string url) =>
        url.Length <= LongestLink
        && !url.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !url.AsSpan().ContainsAny(Unfit)
        && Uri.TryCreate(url, UriKind.Absolute, out var link)
        && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
        && link.UserInfo.Length == 0
        && link.Host.Length > 0;

    /// <summary>The host that a link leads to where that is not the portal; null when it is. Behind a proxy DocSpace may know itself by another name.</summary>
    public static string? OtherHost(Uri portal, string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var link) ? "?"
        : string.Equals(link.IdnHost, portal.IdnHost, StringComparison.OrdinalIgnoreCase) ? null
        : link.IdnHost;
}
