using FsCheck;
using FsCheck.Fluent;
using Teams.Protocol.Hosting;
using Teams.Protocol.Tests.StandIns;

namespace Teams.Protocol.Tests.Hosting;

public sealed class TokenReaderTests
{
    private static readonly string Good = OpenIdStandIn.Token(TimeProvider.System);

    [Fact]
    public void A_good_token_is_read() => Assert.True(JsonWebToken.TryRead(Good, out _));

    [Fact]
    public void Any_text_is_survived_and_never_taken_for_a_token() =>
        Prop.ForAll(Texts(), text => !JsonWebToken.TryRead(text, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_claims_are_survived() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                text =>
                {
                    var token = OpenIdStandIn.Sign("""{"alg":"RS256","kid":"key1"}""", text ?? "");
                    return !JsonWebToken.TryRead(token, out _);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData(".")]
    [InlineData("+")]
    [InlineData("é")]
    public void One_character_too_many_is_one_too_many(string more)
    {
        Assert.False(JsonWebToken.TryRead(Good + more, out _));
        Assert.False(JsonWebToken.TryRead(more + Good, out _));
    }

    private static Arbitrary<string?> Texts()
    {
        var pieces = Gen.Elements("e30", ".", "eyJhbGciOiJSUzI1NiJ9", "-", "_", "=", "A", "é", " ", "bnVsbA");
        var made = Gen.ListOf(pieces).Select(string? (list) => string.Concat(list));
        return Arb.From(Gen.OneOf(made, ArbMap.Default.GeneratorFor<string?>()));
    }
}
