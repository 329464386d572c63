using System.Diagnostics.CodeAnalysis;

namespace DocSpaceBot.Lifecycle;

/// <summary>
/// The addresses that DocSpace takes: one @, a dotted domain that ends in two or more ASCII letters, no spaces, commas or quotes, no
/// international domain (neither as written nor as punycode), at most 255 characters.
/// </summary>
internal static class EmailAddress
{
    public const int MaxLength = 255;

    private const string Scheme = "mailto:";

    /// <summary>
    /// Lower-cases, because the portal's database compares addresses by case, and takes off what people's sentences and programs put around
    /// an address and no address has: brackets, quotes, and whatever follows the last letter.
    /// </summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses are written in lower case, and shown as they are sent.")]
    public static string Normalise(string address)
    {
        var bare = address.Trim().TrimStart('(', '[', '<', '"', '“');
        bare = bare.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? bare[Scheme.Length..] : bare;
        return bare.TrimEnd('.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '”', '\'').ToLowerInvariant();
    }

    /// <summary>Null when the portal would take the (normalised) address; else what is wrong with it.</summary>
    public static Refusal? WhyNot(string address)
    {
        if (address.Length is 0 or > MaxLength)
        {
            return Refusal.NotAnAddress;
        }

        var at = address.IndexOf('@', StringComparison.Ordinal);

        if (at <= 0 || at != address.LastIndexOf('@') || at > 64)
        {
            return Refusal.NotAnAddress;
        }

        var local = address.AsSpan(0, at);
        var domain = address.AsSpan(at + 1);

        if (!IsAscii(domain) || domain.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.InternationalAddress;
        }

        // Nobody can see what is wrong with a Cyrillic а.
        return !IsDomain(domain) ? Refusal.NotAnAddress
            : IsLocalPart(local) ? null
            : !IsAscii(local) ? Refusal.InternationalMailbox
            : Refusal.NotAnAddress;
    }

    private static bool IsAscii(ReadOnlySpan<char> text) => System.Text.Ascii.IsValid(text);

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (!IsAscii(local) || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in local)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        var last = ReadOnlySpan<char>.Empty;

        foreach (var range in domain.Split('.'))
        {
            last = domain[range];
            labels++;

            if (last.Length is 0 or > 63 || last[0] == '-' || last[^1] == '-')
            {
                return false;
            }

            foreach (var c in last)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        if (labels < 2 || last.Length < 2)
        {
            return false;
        }

        foreach (var c in last)
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return true;
    }
}
