using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Portal;

/// <summary>The two ways in which DocSpace judges an address.</summary>
internal static partial class PortalEmail
{
    private const int Longest = 255;

    /// <summary>What the request validation asks: one @, not at the ends. <c>a@b</c> passes.</summary>
    public static bool IsPlausible(string email) =>
        email.Length <= Longest
        && email.IndexOf('@', StringComparison.Ordinal) is var at
        && at > 0
        && at < email.Length - 1
        && at == email.LastIndexOf('@')
        && !email.AsSpan().ContainsAny('\r', '\n');

    /// <summary>What an invitation asks on top: a dotted domain that ends in ASCII letters; no encoded international names.</summary>
    public static bool IsInvitable(string? email) =>
        email is not null && Strict().IsMatch(email) && !email.Contains("xn--", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^[^\s,@<>()\[\]]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\z",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Strict();
}
