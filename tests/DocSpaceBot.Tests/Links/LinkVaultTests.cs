using DocSpace.Api;
using DocSpaceBot.Links;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Tests.Links;

public sealed class LinkVaultTests
{
    private const string Url = "https://docspace.example.com/s/AbCdEfGhIjKlMnO";
    private const string About = "019a0000-0000-7000-8000-0000000000aa";

    private static readonly LinkVault Vault = For("sk-" + new string('a', 64));

    [Theory]
    [InlineData(Url)]
    [InlineData("https://docspace.example.com/s/ö-漢-🙂")]
    [InlineData("x")]
    public void What_was_sealed_can_be_opened(string link) => Assert.Equal(link, Vault.Open(Vault.Seal(link, About), About));

    [Fact]
    public void A_seal_shows_nothing_of_what_is_in_it_and_is_another_each_time()
    {
        var (one, other) = (Vault.Seal(Url, About), Vault.Seal(Url, About));

        Assert.NotEqual(one, other);
        Assert.DoesNotContain("AbCdEf", one, StringComparison.Ordinal);
        Assert.DoesNotContain("AbCdEf", System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(one)), StringComparison.Ordinal);
    }

    [Fact]
    public void It_can_be_opened_after_a_restart_with_the_same_key() =>
        Assert.Equal(Url, For("sk-" + new string('a', 64)).Open(Vault.Seal(Url, About), About));

    [Fact]
    public void It_cannot_be_opened_for_another_row() =>
        Assert.Null(Vault.Open(Vault.Seal(Url, About), "019a0000-0000-7000-8000-0000000000ab"));

    [Fact]
    public void It_cannot_be_opened_with_another_key() => Assert.Null(For("sk-other").Open(Vault.Seal(Url, About), About));

    [Fact]
    public void It_cannot_be_opened_when_any_byte_of_it_was_changed()
    {
        var sealedBytes = Convert.FromBase64String(Vault.Seal(Url, About));

        Assert.All(
            Enumerable.Range(0, sealedBytes.Length),
            at =>
            {
                var changed = sealedBytes.ToArray();
                changed[at] ^= 1;
                Assert.Null(Vault.Open(Convert.ToBase64String(changed), About));
            }
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("https://docspace.example.com/s/AbCdEfGhIjKlMnO")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_was_never_sealed_cannot_be_opened(string secret) => Assert.Null(Vault.Open(secret, About));

    [Fact]
    public void A_mark_is_the_same_for_the_same_link_and_another_for_any_other()
    {
        Assert.Equal(Vault.MarkOf(Url), For("sk-" + new string('a', 64)).MarkOf(Url));
        Assert.NotEqual(Vault.MarkOf(Url), Vault.MarkOf(Url + "x"));
        Assert.NotEqual(Vault.MarkOf(Url), For("sk-other").MarkOf(Url));
        Assert.DoesNotContain("AbCdEf", Vault.MarkOf(Url), StringComparison.OrdinalIgnoreCase);
    }

    private static LinkVault For(string key) =>
        new(Options.Create(new DocSpaceOptions { BaseUrl = "https://docspace.example.com", ApiKey = key }));
}
