using DocSpaceBot.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Chat;

public sealed class ClosestWordTests
{
    private static readonly string[] Known = ["invite", "help", "status", "roomadmin"];

    [Theory]
    [InlineData("invit", "invite")]
    [InlineData("ivnite", "invite")]
    [InlineData("INVITE", "invite")]
    [InlineData("inviting", "invite")]
    [InlineData("hlep", "help")]
    [InlineData("stats", "status")]
    [InlineData("room-admin", "roomadmin")]
    [InlineData("good", null)]
    [InlineData("weather", null)]
    [InlineData("", null)]
    [InlineData("invite-all-of-my-friends-and-their-families", null)]
    public void A_word_is_proposed_only_when_it_is_near(string typed, string? expected) =>
        Assert.Equal(expected, ClosestWord.To(typed, Known));

    [Fact]
    public void Where_nothing_is_known_nothing_is_proposed() => Assert.Null(ClosestWord.To("invite", []));

    [Fact]
    public void One_slip_of_the_finger_is_always_understood() =>
        Prop.ForAll(
                (
                    from word in Gen.Elements(Known)
                    from place in Gen.Choose(0, word.Length - 1)
                    from letter in Gen.Choose('a', 'z')
                    from slip in Gen.Elements(
                        word.Remove(place, 1),
                        word.Insert(place, $"{(char)letter}"),
                        $"{word[..place]}{(char)letter}{word[(place + 1)..]}"
                    )
                    select (word, slip)
                ).ToArbitrary(),
                it => Assert.Equal(it.word, ClosestWord.To(it.slip, Known))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_typed_only_known_words_are_proposed() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                typed => Assert.True(ClosestWord.To(typed ?? "", Known) is not { } proposed || Known.Contains(proposed))
            )
            .QuickCheckThrowOnFailure();
}
