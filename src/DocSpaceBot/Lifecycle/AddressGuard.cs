using System.Globalization;

namespace DocSpaceBot.Lifecycle;

internal enum AddressWarningKind
{
    /// <summary>Characters that cannot be seen, turn the text around, or are another form of plain ones.</summary>
    Invisible,

    /// <summary>Letters or digits that look like others.</summary>
    LookAlike,

    /// <summary>A domain written as <c>xn--…</c>, which is shown to people as something else.</summary>
    Punycode,

    /// <summary>One slip away from a domain that is known here or to everybody.</summary>
    NearMiss,

    /// <summary>Nobody at this domain has been invited here before.</summary>
    FirstSeen,
}

/// <summary>A reason to look twice at an address, in words, and the address that was probably meant. Both hold what people typed.</summary>
internal sealed record AddressWarning(AddressWarningKind Kind, string Text, string? Suggestion)
{
    /// <summary>A domain that is only new is no reason to wait.</summary>
    public bool IsAlarming => Kind is not AddressWarningKind.FirstSeen;
}

/// <summary>
/// Looks twice at an address before somebody is invited: is it what it seems to be, and is it what was meant? It only warns. A domain that is known here
/// never causes a warning, so nobody is asked twice about the same one.
/// </summary>
internal sealed class AddressGuard
{
    /// <summary>Shorter names differ by one letter as a rule: acme.com and acne.com, but live.com and love.com too.</summary>
    private const int ShortestKnownName = 4;
    private const int ShortestProviderName = 5;

    private static readonly IdnMapping Idn = new();

    private readonly Dictionary<string, int> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> byUse;
    private readonly Dictionary<string, string> byOutline = new(StringComparer.Ordinal);

    /// <param name="knownDomains">The domains that were invited to before, and how often; where two are alike, the more used one is proposed.</param>
    public AddressGuard(IReadOnlyDictionary<string, int> knownDomains)
    {
        foreach (var (domain, uses) in knownDomains)
        {
            known[domain] = Math.Max(known.GetValueOrDefault(domain), uses);
        }

        byUse =
        [
            .. known
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Key.ToLowerInvariant()),
        ];

        foreach (var domain in byUse.Concat(DomainSlips.MailProviders.Order(StringComparer.Ordinal)))
        {
            byOutline.TryAdd(LookAlikes.Outline(domain), domain);
        }
    }

    /// <summary>What is odd about the (normalised) address, the most alarming first; empty when nothing is.</summary>
    public IReadOnlyList<AddressWarning> Check(string address)
    {
        var clean = Clean(address);
        var at = clean.LastIndexOf('@');
        var (local, domain) = at < 0 ? (clean, "") : (clean[..at], clean[(at + 1)..]);
        var isLocalFake = HasFakeWord(local);
        var finding = Look(domain);
        var suggestion = Offer(address, isLocalFake ? LookAlikes.InPlainLatin(local) : local, finding?.Meant ?? domain);
        var warnings = new List<AddressWarning>();

        if (clean != address)
        {
            warnings.Add(Warn(AddressWarningKind.Invisible, LifecycleTexts.OddCharacters));
        }

        if (isLocalFake)
        {
            warnings.Add(Warn(AddressWarningKind.LookAlike, LifecycleTexts.OddMailbox));
        }

        if (finding is { } found)
        {
            // A domain that is merely new has nothing to correct.
            warnings.Add(found.Meant is null ? new(found.Kind, found.Text, null) : Warn(found.Kind, found.Text));
        }

        return warnings;

        AddressWarning Warn(AddressWarningKind kind, string text) =>
            new(kind, suggestion is null ? text : LifecycleTexts.DidYouMean.With(suggestion, text), suggestion);
    }

    /// <summary>Nobody at the domain of the (normalised) address is known here, however it is written and whatever it looks like.</summary>
    public bool IsNewDomain(string address) => !known.ContainsKey(address[(address.LastIndexOf('@') + 1)..]);

    /// <summary>A known domain stays as it is known.</summary>
    private string Clean(string address)
    {
        var at = address.LastIndexOf('@');

        return at >= 0 && known.ContainsKey(address[(at + 1)..])
            ? LookAlikes.Clean(address[..at]) + address[at..]
            : LookAlikes.Clean(address);
    }

    private Finding? Look(string domain)
    {
        if (domain.Length == 0 || known.ContainsKey(domain))
        {
            return null;
        }

        var shown = Unpacked(domain);
        var plain = LookAlikes.InPlainLatin(shown).ToLowerInvariant();
        var isKnown = IsFamiliar(plain);
        var twin = isKnown ? plain : byOutline.GetValueOrDefault(LookAlikes.Outline(plain));

        if (domain.Split('.').Any(IsPunycode))
        {
            return new(
                AddressWarningKind.Punycode,
                // An honest foreign name, such as München, has no Latin one that we could know.
                twin ?? Nearest(plain) ?? (HasFakeWord(shown) ? plain : null),
                LifecycleTexts.CodedDomain.With(domain)
            );
        }

        if (HasFakeWord(shown) || (plain != shown && twin is not null))
        {
            return new(AddressWarningKind.LookAlike, twin ?? Nearest(plain) ?? plain, LifecycleTexts.OddDomain.With(domain));
        }

        if (IsFamiliar(domain))
        {
            return FirstSeen(domain);
        }

        if (twin is not null)
        {
            return new(AddressWarningKind.LookAlike, twin, LifecycleTexts.TwinDomain.With(domain, twin));
        }

        return Nearest(domain) is { } near
            ? new(AddressWarningKind.NearMiss, near, LifecycleTexts.NearDomain.With(domain, near))
            : FirstSeen(domain);
    }

    private static Finding FirstSeen(string domain) => new(AddressWarningKind.FirstSeen, null, LifecycleTexts.NewDomain.With(domain));

    private bool IsFamiliar(string domain) => known.ContainsKey(domain) || DomainSlips.MailProviders.Contains(domain);

    /// <summary>The familiar domain one slip away, or the same domain with dots and ending put right.</summary>
    private string? Nearest(string domain)
    {
        var right = DomainSlips.PutRight(domain);

        if (right is not null && IsFamiliar(right))
        {
            return right;
        }

        return Slip(domain) ?? (right is null ? null : Slip(right) ?? right);
    }

    private string? Slip(string domain) =>
        byUse.Find(it => DomainSlips.IsSlipOf(domain, it, ShortestKnownName))
        ?? DomainSlips.MailProviders.FirstOrDefault(it => DomainSlips.IsSlipOf(domain, it, ShortestProviderName));

    private static bool HasFakeWord(string text) => text.Split('.', '-', '_', '+').Any(LookAlikes.PretendsToBeLatin);

    private static bool IsPunycode(string label) => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase);

    /// <summary>The domain as people are shown it.</summary>
    private static string Unpacked(string domain)
    {
        if (!domain.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return domain;
        }

        try
        {
            return LookAlikes.Clean(Idn.GetUnicode(domain));
        }
        catch (ArgumentException)
        {
            return domain; // Not a code after all, or a broken one.
        }
    }

    /// <summary>Only an address that the portal takes is worth proposing.</summary>
    private static string? Offer(string address, string local, string domain)
    {
        var offer = EmailAddress.Normalise($"{local}@{domain}");

        return offer == address || offer == EmailAddress.Normalise(address) || EmailAddress.WhyNot(offer) is not null ? null : offer;
    }

    private sealed record Finding(AddressWarningKind Kind, string? Meant, string Text);
}
