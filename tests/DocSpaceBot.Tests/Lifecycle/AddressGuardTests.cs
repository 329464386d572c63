using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;
using static DocSpaceBot.Lifecycle.AddressWarningKind;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class AddressGuardTests
{
    private static readonly Dictionary<string, int> Known = new(StringComparer.Ordinal)
    {
        ["example.com"] = 40,
        ["examples.com"] = 2,
        ["partner.co.uk"] = 3,
        ["mail.fabrikam.org"] = 1,
        ["team2.fabrikam.org"] = 1,
        ["summit.com"] = 1,
        ["acme.de"] = 5,
        ["hr.contoso.com"] = 5,
    };

    private static readonly AddressGuard Guard = new(Known);

    [Theory]
    [InlineData("alice@exаmple.com", "alice@example.com")] // Cyrillic а
    [InlineData("alice@еxample.com", "alice@example.com")] // Cyrillic е
    [InlineData("alice@exαmple.com", "alice@example.com")] // Greek α
    [InlineData("alice@examp1e.com", "alice@example.com")]
    [InlineData("alice@exarnple.com", "alice@example.com")]
    [InlineData("alice@g00gle-gmail.com", null)]
    [InlineData("alice@gmai1.com", "alice@gmail.com")]
    [InlineData("alice@surnrnit.com", "alice@summit.com")]
    [InlineData("alice@exámple.com", "alice@example.com")]
    [InlineData("alice@gmaıl.com", "alice@gmail.com")]
    [InlineData("alice@соса.com", "alice@coca.com")] // Cyrillic altogether
    [InlineData("аlice@example.com", "alice@example.com")] // Cyrillic а before the @
    [InlineData("аlice@exаmple.com", "alice@example.com")]
    public void Letters_and_digits_that_look_like_others_are_seen(string address, string? meant) =>
        AssertFirst(meant is null ? FirstSeen : LookAlike, address, meant);

    [Theory]
    [InlineData("alice@xn--exmple-4nf.com", "alice@example.com")]
    [InlineData("alice@xn--80ak6aa92e.com", "alice@apple.com")]
    [InlineData("alice@xn--mnchen-3ya.de", null)] // münchen
    [InlineData("alice@xn--e1afmkfd.com", null)] // пример
    [InlineData("alice@xn--.com", null)]
    [InlineData("alice@xn--99999999999.com", null)]
    public void A_domain_in_code_is_told(string address, string? meant) => AssertFirst(Punycode, address, meant);

    [Theory]
    [InlineData("alice@exmaple.com", "alice@example.com")]
    [InlineData("alice@exampl.com", "alice@example.com")]
    [InlineData("alice@exampple.com", "alice@example.com")]
    [InlineData("alice@wxample.com", "alice@example.com")]
    [InlineData("alice@examplecom", "alice@example.com")]
    [InlineData("alice@example..com", "alice@example.com")]
    [InlineData("alice@example,com", "alice@example.com")]
    [InlineData("alice@example.con", "alice@example.com")]
    [InlineData("alice@example.cmo", "alice@example.com")]
    [InlineData("alice@example.co", "alice@example.com")]
    [InlineData("alice@exmaple.con", "alice@example.com")]
    [InlineData("alice@mailfabrikam.org", "alice@mail.fabrikam.org")]
    [InlineData("alice@parner.co.uk", "alice@partner.co.uk")]
    [InlineData("alice@acem.de", "alice@acme.de")]
    [InlineData("alice@gmial.com", "alice@gmail.com")]
    [InlineData("alice@gmai.com", "alice@gmail.com")]
    [InlineData("alice@gmailcom", "alice@gmail.com")]
    [InlineData("alice@gmail.con", "alice@gmail.com")]
    [InlineData("alice@hotmial.con", "alice@hotmail.com")]
    [InlineData("alice@nowhere-known.con", "alice@nowhere-known.com")]
    [InlineData("alice@nowhere-knowncom", "alice@nowhere-known.com")]
    public void A_slip_of_the_fingers_is_put_right(string address, string meant)
    {
        AssertFirst(NearMiss, address, meant);
        Assert.StartsWith($"Did you mean {meant}? ", Guard.Check(address)[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice@fabrikam.dev")]
    [InlineData("alice@acme.dev")]
    [InlineData("alice@acme.be")]
    [InlineData("alice@team1.fabrikam.org")]
    [InlineData("alice@pr.contoso.com")]
    [InlineData("alice@gmail.com")]
    [InlineData("alice@love.com")]
    [InlineData("alice@пример.рф")]
    [InlineData("alice@münchen.de")]
    public void A_domain_that_is_only_new_is_pointed_out(string address)
    {
        AssertFirst(FirstSeen, address, null);
        Assert.Equal(
            $"Nobody at {address[6..]} has been invited from here before. Check that it is the right domain.",
            Guard.Check(address)[0].Text
        );
    }

    [Theory]
    [InlineData("alice\u200b@example.com")] // zero-width space
    [InlineData("alice@exam\u00adple.com")] // soft hyphen
    [InlineData("\u202ealice@example.com\u202c")] // right-to-left override
    [InlineData("alice@example.com\ufeff")] // byte order mark
    [InlineData("alice\u00a0@example.com")] // no-break space
    [InlineData("alice@example\u3002com")] // ideographic full stop
    [InlineData("ａｌｉｃｅ＠ｅｘａｍｐｌｅ．ｃｏｍ")] // full width
    [InlineData("alice@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.com")] // mathematical bold
    [InlineData("alice@example.com\ud800")] // half a character
    [InlineData("alice@ex\ufe0fample.com")] // variation selector
    public void What_cannot_be_seen_or_is_another_form_is_told(string address)
    {
        AssertFirst(Invisible, address, "alice@example.com");
        Assert.Single(Guard.Check(address));
    }

    [Fact]
    public void Several_faults_in_one_address_have_one_correction()
    {
        var warnings = Guard.Check("аlice\u200b@exmaple.con");

        Assert.Equal([Invisible, LookAlike, NearMiss], warnings.Select(it => it.Kind));
        Assert.All(warnings, it => Assert.Equal("alice@example.com", it.Suggestion));
    }

    [Fact]
    public void Where_two_known_domains_are_one_slip_away_the_more_used_one_is_meant() =>
        Assert.Equal("alice@example.com", Assert.Single(Guard.Check("alice@examplee.com")).Suggestion);

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("alice")]
    [InlineData("alice@")]
    [InlineData("alice@example.com")]
    [InlineData("alice@examples.com")]
    [InlineData("o'neil+x@example.com")]
    public void Nothing_is_said_where_there_is_nothing_odd(string address) => Assert.Empty(Guard.Check(address));

    [Fact]
    public void A_known_domain_never_warns_even_where_it_is_like_another_one()
    {
        string[] odd =
        [
            "gmial.com",
            "gmail.con",
            "exаmple.com",
            "xn--80ak6aa92e.com",
            "exampel.com",
            "examp1e.com",
            "Example.ORG",
            "nodot",
        ];
        var guard = new AddressGuard(odd.Concat(Known.Keys).ToDictionary(it => it, _ => 1, StringComparer.Ordinal));

        Assert.All(odd.Concat(Known.Keys), it => Assert.Empty(guard.Check($"alice@{it.ToLowerInvariant()}")));
    }

    [Fact]
    public void Whatever_is_typed_nothing_breaks_and_every_suggestion_is_another_address_that_the_portal_takes() =>
        Prop.ForAll(
                Addresses(),
                address =>
                    Guard
                        .Check(address)
                        .All(it =>
                            it.Text.Length > 0
                            && (
                                it.Suggestion is null
                                || (
                                    it.Suggestion != address
                                    && EmailAddress.WhyNot(it.Suggestion) is null
                                    && it.Text.Contains(it.Suggestion, StringComparison.Ordinal)
                                )
                            )
                        )
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_known_domain_never_warns_whatever_it_is() =>
        Prop.ForAll(
                Addresses(),
                address =>
                {
                    var domain = EmailAddress.Normalise(address).Replace("@", "", StringComparison.Ordinal);
                    var guard = new AddressGuard(new Dictionary<string, int>(Known, StringComparer.Ordinal) { [domain] = 1 });

                    return guard.Check($"alice@{domain}").Count == 0;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void One_slip_in_a_long_known_domain_never_goes_by_in_silence() =>
        Prop.ForAll(
                (
                    from at in Gen.Choose(0, "partner".Length - 1)
                    from letter in Gen.Elements("abcdefghijklmnopqrstuvwxyz".ToCharArray())
                    from kind in Gen.Choose(0, 2)
                    select kind switch
                    {
                        0 => "partner.co.uk".Remove(at, 1),
                        1 => "partner.co.uk".Insert(at, $"{letter}"),
                        _ => $"{"partner.co.uk"[..at]}{letter}{"partner.co.uk"[(at + 1)..]}",
                    }
                ).ToArbitrary(),
                domain => domain == "partner.co.uk" || Guard.Check($"alice@{domain}").Single().Suggestion == "alice@partner.co.uk"
            )
            .QuickCheckThrowOnFailure();

    private static void AssertFirst(AddressWarningKind kind, string address, string? meant)
    {
        var first = Guard.Check(address)[0];
        Assert.Equal((kind, meant), (first.Kind, first.Suggestion));
    }

    /// <summary>Texts of every kind, and addresses put together from pieces that are likely to trip somebody up.</summary>
    private static Arbitrary<string> Addresses() =>
        Gen.OneOf(
                ArbMap.Default.GeneratorFor<string>().Select(it => it ?? ""),
                Gen.Elements(
                        "alice",
                        "@",
                        ".",
                        "..",
                        "example",
                        "exаmple",
                        "com",
                        "con",
                        "xn--",
                        "xn--80ak6aa92e",
                        "rn",
                        "1",
                        "0",
                        "ß",
                        "İ",
                        "ı",
                        "\u200b",
                        "\ud83d",
                        "\udc00",
                        "ﬁ",
                        "ａ",
                        "。",
                        "gmail.com",
                        " ",
                        "-",
                        "ͅ",
                        "\uffff",
                        "Ω",
                        "ⅷ",
                        "co",
                        "\u3164",
                        "⁇",
                        "℀",
                        "﷽"
                    )
                    .ListOf()
                    .Select(it => string.Concat(it))
            )
            .ToArbitrary();
}
