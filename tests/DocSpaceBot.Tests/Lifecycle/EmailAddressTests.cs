using System.Net.Mail;
using DocSpaceBot.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Lifecycle;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("alice@example.com")]
    [InlineData("a@b.co")]
    [InlineData("o'brien@example.com")]
    [InlineData("first.last+tag@sub.example-one.com")]
    [InlineData("x_y-z@example.museum")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234@example.com")]
    public void Is_one(string address) => Assert.Null(EmailAddress.WhyNot(address));

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("@example.com")]
    [InlineData("alice@")]
    [InlineData("alice@@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("alice@example")]
    [InlineData("alice@example.c")]
    [InlineData("alice@example.c0m")]
    [InlineData("alice@.com")]
    [InlineData("alice@example..com")]
    [InlineData("alice@-example.com")]
    [InlineData("alice@example-.com")]
    [InlineData("alice@exam_ple.com")]
    [InlineData("alice@192.168.0.1")]
    [InlineData("alice@[192.168.0.1]")]
    [InlineData(".alice@example.com")]
    [InlineData("alice.@example.com")]
    [InlineData("al..ice@example.com")]
    [InlineData("al ice@example.com")]
    [InlineData("alice,bob@example.com")]
    [InlineData("\"alice\"@example.com")]
    [InlineData("alice@example.com\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345@example.com")]
    public void Is_none(string address) => Assert.Equal(Refusal.NotAnAddress, EmailAddress.WhyNot(address));

    [Theory]
    [InlineData("alice@bücher.example")]
    [InlineData("alice@xn--bcher-kva.example")]
    [InlineData("alice@пример.example")]
    public void Is_one_that_DocSpace_does_not_take(string address) =>
        Assert.Equal(Refusal.InternationalAddress, EmailAddress.WhyNot(address));

    [Theory]
    [InlineData("älice@example.com")]
    [InlineData("\u0430lice@example.com")]
    [InlineData("al\u200bice@example.com")]
    public void Letters_before_the_at_that_DocSpace_does_not_take_are_named(string address) =>
        Assert.Equal(Refusal.InternationalMailbox, EmailAddress.WhyNot(address));

    [Fact]
    public void At_most_255_characters()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 4)) + ".example";

        Assert.Null(EmailAddress.WhyNot("al@" + domain));
        Assert.Equal(Refusal.NotAnAddress, EmailAddress.WhyNot("alice.adams@" + domain));
    }

    [Theory]
    [InlineData(" Alice@Example.COM ")]
    [InlineData("<alice@example.com>")]
    [InlineData("(alice@example.com),")]
    [InlineData("alice@example.com.")]
    [InlineData("mailto:alice@example.com")]
    [InlineData("<MAILTO:alice@example.com>;")]
    [InlineData("“alice@example.com”")]
    public void What_stands_around_an_address_is_taken_off(string text) => Assert.Equal("alice@example.com", EmailAddress.Normalise(text));

    [Fact]
    public void To_take_it_off_twice_changes_nothing_for_an_address() =>
        Prop.ForAll(
                Texts(),
                text =>
                {
                    var address = EmailAddress.Normalise(text);

                    if (EmailAddress.WhyNot(address) is null)
                    {
                        Assert.Equal(address, EmailAddress.Normalise(address));
                        Assert.True(MailAddress.TryCreate(address, out var read) && read.Address == address);
                        Assert.DoesNotContain(address, char.IsWhiteSpace);
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_typed_there_is_an_answer() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => _ = EmailAddress.WhyNot(EmailAddress.Normalise(text ?? "")))
            .QuickCheckThrowOnFailure();

    /// <summary>Texts that are nearly addresses.</summary>
    private static Arbitrary<string> Texts() =>
        Gen.Elements("a", "B", "@", ".", "-", "_", "'", "+", " ", "<", ">", "(", "mailto:", "example", "com", "1", "ü", "xn--", "{", "=")
            .NonEmptyListOf()
            .Select(parts => string.Concat(parts))
            .ToArbitrary();
}
