using System.Collections.Frozen;

namespace DocSpaceBot.Lifecycle;

/// <summary>Slips of the fingers in a domain: one letter too many, too few or wrong, two swapped, a lost dot, an ending that does not exist.</summary>
internal static class DomainSlips
{
    /// <summary>Where most people have their private mail, so a near miss of one of these is nearly always a slip.</summary>
    public static readonly FrozenSet<string> MailProviders = FrozenSet.ToFrozenSet([
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.uk",
        "yahoo.co.jp",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "mail.com",
        "email.com",
        "proton.me",
        "protonmail.com",
        "fastmail.com",
        "zoho.com",
        "gmx.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "t-online.de",
        "freenet.de",
        "orange.fr",
        "wanadoo.fr",
        "laposte.net",
        "libero.it",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "naver.com",
        "comcast.net",
        "verizon.net",
        "att.net",
    ]);

    /// <summary>Endings that no domain has; <c>.co</c>, <c>.cm</c> and <c>.om</c> are countries'.</summary>
    private static readonly FrozenDictionary<string, string> Endings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["con"] = "com",
        ["cmo"] = "com",
        ["ocm"] = "com",
        ["vom"] = "com",
        ["xom"] = "com",
        ["cpm"] = "com",
        ["cim"] = "com",
        ["clm"] = "com",
        ["c0m"] = "com",
        ["conm"] = "com",
        ["comn"] = "com",
        ["coom"] = "com",
        ["comm"] = "com",
        ["ccom"] = "com",
        ["nte"] = "net",
        ["ner"] = "net",
        ["nett"] = "net",
        ["ogr"] = "org",
        ["orgg"] = "org",
        ["rog"] = "org",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] LostDotEndings = ["com", "net", "org"];

    /// <summary>
    /// Whether <paramref name="typed"/> is one slip away from <paramref name="meant"/>. Parts of a name shorter than <paramref name="shortest"/> are too much
    /// alike to tell, two numbers are taken for two names, and two real endings (.de and .dev) for two domains.
    /// </summary>
    public static bool IsSlipOf(string typed, string meant, int shortest)
    {
        if (SlipAt(typed, meant) is not { } at)
        {
            return false;
        }

        var start = at == 0 ? 0 : meant.LastIndexOf('.', at - 1) + 1;
        var end = meant.IndexOf('.', at);

        if (end == at)
        {
            return true;
        }

        if (end < 0 && typed.Count(c => c == '.') == meant.Count(c => c == '.'))
        {
            var ending = Ending(typed);
            return Endings.ContainsKey(ending) || (ending is "co" or "cm" or "om" && Ending(meant) == "com");
        }

        return (end < 0 ? meant.Length : end) - start >= shortest;
    }

    /// <summary>The domain with dots and ending put right; null when nothing is wrong with them.</summary>
    public static string? PutRight(string domain)
    {
        var parts = domain.Split('.', StringSplitOptions.RemoveEmptyEntries);

        if (parts.Length == 0)
        {
            return null;
        }

        if (parts.Length > 1 && Endings.TryGetValue(parts[^1], out var ending))
        {
            parts[^1] = ending;
        }
        else if (
            parts is [var only]
            && Array.Find(LostDotEndings, it => only.Length > it.Length + 2 && only.EndsWith(it, StringComparison.Ordinal)) is { } lost
        )
        {
            parts = [only[..^lost.Length], lost];
        }

        var right = string.Join('.', parts);
        return right == domain ? null : right;
    }

    private static string Ending(string domain) => domain[(domain.LastIndexOf('.') + 1)..];

    /// <summary>Where in <paramref name="meant"/> the one slip is; null when there is none or more than one.</summary>
    private static int? SlipAt(string typed, string meant)
    {
        if (Math.Abs(typed.Length - meant.Length) > 1)
        {
            return null;
        }

        var at = typed.AsSpan().CommonPrefixLength(meant);
        var a = typed.AsSpan(at);
        var b = meant.AsSpan(at);

        var isOne = (a.Length - b.Length) switch
        {
            1 => a[1..].SequenceEqual(b),
            -1 => a.SequenceEqual(b[1..]),
            _ when a.Length == 0 => false,
            _ when a[1..].SequenceEqual(b[1..]) => !(char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0])),
            _ => a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]),
        };

        return isOne ? Math.Min(at, meant.Length - 1) : null;
    }
}
