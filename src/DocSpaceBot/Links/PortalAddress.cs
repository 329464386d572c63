namespace DocSpaceBot.Links;

/// <summary>The portal as people read it, and whether a link leads to it.</summary>
internal static class PortalAddress
{
    public static string Name(Uri portal) => portal.IsDefaultPort ? portal.IdnHost : $"{portal.IdnHost}:{portal.Port}";

    /// <summary>The host that a link leads to where that is not the portal; null when it is. Behind a proxy DocSpace may know itself by another name.</summary>
    public static string? OtherHost(Uri portal, string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var link) ? "an address that cannot be read"
        : string.Equals(link.IdnHost, portal.IdnHost, StringComparison.OrdinalIgnoreCase) ? null
        : link.IdnHost;
}
