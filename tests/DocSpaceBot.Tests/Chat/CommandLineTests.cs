using DocSpaceBot.Chat;
using FsCheck;
using FsCheck.Fluent;

namespace DocSpaceBot.Tests.Chat;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("/invite a@x.org", "invite", "a@x.org")]
    [InlineData("invite a@x.org", "invite", "a@x.org")]
    [InlineData("  Invite:  a@x.org ", "Invite", "a@x.org")]
    [InlineData("/invite a@x.org,b@x.org;c@x.org", "invite", "a@x.org|b@x.org|c@x.org")]
    [InlineData("/invite a@x.org\n\nb@x.org\tc@x.org", "invite", "a@x.org|b@x.org|c@x.org")]
    [InlineData("/invite \"Carter, Carol\" <c@x.org>", "invite", "Carter, Carol|<c@x.org>")]
    [InlineData("/invite “Carter, Carol” x", "invite", "Carter, Carol|x")]
    [InlineData("/invite „Carter, Carol” x", "invite", "Carter, Carol|x")]
    [InlineData("/invite «Carter, Carol» x", "invite", "Carter, Carol|x")]
    [InlineData("/invite \"never closed x", "invite", "never closed x")]
    [InlineData("/invite \"\"", "invite", "")]
    [InlineData("hello!", "hello", null)]
    [InlineData("/", "", null)]
    [InlineData("", "", null)]
    [InlineData(" , ; ", "", null)]
    public void The_first_word_is_the_command_and_the_rest_its_arguments(string text, string word, string? arguments)
    {
        var line = CommandLine.Parse(text);

        Assert.Equal(word, line.Word);
        Assert.Equal(arguments?.Split('|') ?? [], line.Arguments);
        Assert.Empty(line.Options);
    }

    [Theory]
    [InlineData("/invite a@x.org --role user", "role", "user")]
    [InlineData("/invite --role=user a@x.org", "role", "user")]
    [InlineData("/invite a@x.org —role user", "role", "user")]
    [InlineData("/invite a@x.org –role user", "role", "user")]
    [InlineData("/invite a@x.org --reason \"for the audit\"", "reason", "for the audit")]
    [InlineData("/invite a@x.org --reason \"--role\"", "reason", "--role")]
    [InlineData("/invite a@x.org --role", "role", null)]
    [InlineData("/invite a@x.org --dry-run", "dry-run", null)]
    [InlineData("/invite a@x.org --role=", "role", "")]
    public void An_option_has_a_name_and_perhaps_a_value(string text, string name, string? value)
    {
        var line = CommandLine.Parse(text);

        Assert.Equal(["a@x.org"], line.Arguments);
        Assert.Equal([new CommandOption(name, value)], line.Options);
    }

    [Theory]
    [InlineData("--")]
    [InlineData("--1")]
    [InlineData("-role")]
    [InlineData("\"--role\"")]
    public void What_only_looks_like_an_option_is_an_argument(string text) => Assert.Empty(CommandLine.Parse("/invite " + text).Options);

    [Fact]
    public void Whatever_is_typed_can_be_taken_apart() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text =>
                {
                    var line = CommandLine.Parse(text ?? "");

                    Assert.False(line.Word.StartsWith('/'));
                    Assert.All(line.Options, option => Assert.True(char.IsAsciiLetter(option.Name[0])));
                    Assert.True(line.Arguments.Sum(argument => argument.Length) <= (text ?? "").Length);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Quoted_words_come_out_as_they_went_in() =>
        Prop.ForAll(
                Gen.Elements("a b", "x,y", "--role", "; ;", "ü", "<a@x.org>", "'").NonEmptyListOf().ToArbitrary(),
                words =>
                    Assert.Equal(words, CommandLine.Parse("/invite " + string.Join(' ', words.Select(word => $"\"{word}\""))).Arguments)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_endless_text_is_cut() =>
        Assert.True(CommandLine.Parse("/invite " + new string('x', 1_000_000)).Arguments[0].Length <= CommandLine.LongestText);
}
