using System.Buffers;
using System.Globalization;
using System.Text;
using DocSpace.Api;

namespace DocSpaceBot.Links;

/// <summary>
/// An invitation link of our own portal, read from a text that anybody may have written. Nothing is asked of the portal and nothing is fetched. What looks
/// like a link of ours but is not certainly one is left alone: a browser must come to the same portal by any other reading of it, too.
/// </summary>
internal sealed record PortalLinkText
{
    private const int LongestLink = 8192;
    private const int LongestCode = 64;
    private const int LongestKey = 1024;
    private const string ShortPath = "/s/";
    private const string LongPath = "/confirm/LinkInvite";

    private static readonly DateTimeOffset KeyEpoch = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastYear = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> WordLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>What a link in the middle of a text consists of: not of blanks, quotes and brackets, and of no letters but English ones.</summary>
    private static readonly SearchValues<char> LinkLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~%!$&'*+,;=:@/?#"
    );

    /// <summary>Where a link in HTML ends that is not in an attribute.</summary>
    private static readonly SearchValues<string> Ends = SearchValues.Create(
        ["http://", "https://", "&lt;", "&gt;", "&quot;", "&apos;", "&#39;", "&nbsp;"],
        StringComparison.OrdinalIgnoreCase
    );

    private PortalLinkText(string canonical) => Canonical = canonical;

    /// <summary>Of a short link; null for a long one.</summary>
    public string? Code { get; private init; }

    /// <summary>Of a long link; null for a short one.</summary>
    public string? Key { get; private init; }

    /// <summary>What a long link says it makes of people. Null when it says nothing that is a role of the portal.</summary>
    public DocSpaceRole? Role { get; private init; }

    /// <summary>When a long link says it was made. Null when it does not, as those of 3.7 do not.</summary>
    public DateTimeOffset? MadeAt { get; private init; }

    /// <summary>It comes from the mail to one person.</summary>
    public bool IsPersonal { get; private init; }

    /// <summary>It brings people into a room.</summary>
    public bool IntoRoom { get; private init; }

    /// <summary>The part that is the same wherever the link is written, to know it again by: the code or the key. Whoever has it can join.</summary>
    public string Canonical { get; }

    /// <summary>Reads a link that stands alone; null when it is none of the portal's.</summary>
    /// <param name="portal">The portal's absolute address, with the path below which it lives.</param>
    /// <param name="url">Whatever somebody sent.</param>
    public static PortalLinkText? Read(Uri portal, string url) =>
        url.Length <= LongestLink && !url.AsSpan().ContainsAnyExceptInRange('!', '~') && !url.Contains('\\', StringComparison.Ordinal)
            ? Read(portal, url.AsSpan())
            : null;

    /// <summary>
    /// The first link of the portal in a text, which may be Markdown or HTML; null when there is none. A link that is written within another one in plain
    /// sight is found as well, because whoever reads it can use it.
    /// </summary>
    public static PortalLinkText? FindIn(Uri portal, string text)
    {
        const string start = "http";

        for (var at = 0; text.AsSpan(at).IndexOf(start, StringComparison.OrdinalIgnoreCase) is >= 0 and var ahead; at += start.Length)
        {
            at += ahead;

            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && LinkAt(portal, text, at) is { } link)
            {
                return link;
            }
        }

        return null;
    }

    /// <summary>Leaves out what lets people join.</summary>
    public override string ToString() => $"{nameof(PortalLinkText)} {(Code is null ? "long" : "short")}";

    private static PortalLinkText? LinkAt(Uri portal, string text, int at)
    {
        const int scheme = 5;
        var rest = text.AsSpan(at, Math.Min(text.Length - at, LongestLink));

        // Nearly every other link ends here, before anything is looked for in it.
        if (!TryBelow(portal, rest, out _))
        {
            return null;
        }

        rest = Before(rest, rest.IndexOfAnyExcept(LinkLetters));
        rest = rest.Length <= scheme ? rest : rest[..(scheme + Before(rest[scheme..], rest[scheme..].IndexOfAny(Ends)).Length)];
        rest = rest.TrimEnd(".,;:!?*~'$&");

        // A code may end with the same mark that makes a word italic.
        for (var mark = at - 1; mark >= 0 && text[mark] == '_' && rest.EndsWith('_'); mark--)
        {
            rest = rest[..^1];
        }

        return Read(portal, rest.ToString().Replace("&amp;", "&", StringComparison.OrdinalIgnoreCase).AsSpan());
    }

    private static PortalLinkText? Read(Uri portal, ReadOnlySpan<char> url)
    {
        if (!TryBelow(portal, url, out var below))
        {
            return null;
        }

        below = Before(below, below.IndexOf('#'));
        var path = Before(below, below.IndexOf('?'));

        if (path.StartsWith(ShortPath, StringComparison.Ordinal))
        {
            return IsWord(path[ShortPath.Length..])
                ? new(path[ShortPath.Length..].ToString()) { Code = path[ShortPath.Length..].ToString() }
                : null;
        }

        return path.Equals(LongPath, StringComparison.OrdinalIgnoreCase) ? ReadFields(below[path.Length..].TrimStart('?')) : null;
    }

    private static PortalLinkText? ReadFields(ReadOnlySpan<char> query)
    {
        if (
            !"LinkInvite".Equals(Field(query, "type"), StringComparison.OrdinalIgnoreCase)
            || Field(query, "key") is not { Length: > 0 and <= LongestKey } key
            || key.AsSpan().ContainsAnyExceptInRange('!', '~')
        )
        {
            return null;
        }

        return new(key)
        {
            Key = key,
            Role = DocSpaceRoles.TryParse(Field(query, "emplType"), out var role) ? role : null,
            MadeAt = TimeOf(key),
            IsPersonal = Field(query, "encemail") is { Length: > 0 },
            IntoRoom = IsWord(Field(query, "roomId")),
        };
    }

    /// <summary>
    /// The path below the portal's own, with what follows it. The host is compared as it is written, so that nothing has to be understood that a browser
    /// might understand in another way: the one letter after it begins the port or the path.
    /// </summary>
    private static bool TryBelow(Uri portal, ReadOnlySpan<char> url, out ReadOnlySpan<char> below)
    {
        below = default;
        var isSecret = portal.Scheme == Uri.UriSchemeHttps;
        var host = portal.HostNameType is UriHostNameType.IPv6 ? portal.Host : portal.IdnHost;
        var scheme =
            url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttp
            : isSecret && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttps
            : null;
        var rest = scheme is null ? default : url[(scheme.Length + Uri.SchemeDelimiter.Length)..];

        if (rest.Length <= host.Length || !Ascii.EqualsIgnoreCase(rest[..host.Length], host))
        {
            return false;
        }

        rest = rest[host.Length..];

        // The portal sends those who come without encryption to the same page with it.
        if (rest[0] == ':' ? !TryPort(portal, ref rest) : !portal.IsDefaultPort)
        {
            return false;
        }

        var home = portal.AbsolutePath.AsSpan().TrimEnd('/');

        if (!rest.StartsWith(home, StringComparison.Ordinal) || !rest[home.Length..].StartsWith('/'))
        {
            return false;
        }

        below = rest[home.Length..];
        return true;
    }

    private static bool TryPort(Uri portal, ref ReadOnlySpan<char> rest)
    {
        var port = portal.Port.ToString(CultureInfo.InvariantCulture);
        rest = rest[1..];

        if (!rest.StartsWith(port, StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[port.Length..];
        return true;
    }

    /// <summary>The field's value; null when there is none, and when there are several, of which nobody knows which the portal takes.</summary>
    private static string? Field(ReadOnlySpan<char> query, string name)
    {
        string? value = null;

        foreach (var range in query.Split('&'))
        {
            var field = query[range];
            var end = field.IndexOf('=');

            if (!Uri.UnescapeDataString(Before(field, end)).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (value is not null)
            {
                return null;
            }

            value = end < 0 ? "" : Uri.UnescapeDataString(field[(end + 1)..]);
        }

        return value;
    }

    private static DateTimeOffset? TimeOf(string key) =>
        key.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && dot < key.Length - 1
        && long.TryParse(key.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds < (LastYear - KeyEpoch).TotalMilliseconds
            ? KeyEpoch.AddMilliseconds(milliseconds)
            : null;

    private static bool IsWord(ReadOnlySpan<char> text) => text.Length is > 0 and <= LongestCode && !text.ContainsAnyExcept(WordLetters);

    private static ReadOnlySpan<char> Before(ReadOnlySpan<char> text, int end) => end < 0 ? text : text[..end];
}
