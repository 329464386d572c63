using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Teams.Protocol.Cards;

namespace Teams.Protocol.Tests.Cards;

public sealed class CardTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("Alice Smith", "Alice Smith")]
    [InlineData("alice@example.com", "alice@example.com")]
    [InlineData("alice_b@example.com", "alice\\_b@example.com")]
    [InlineData("*bold* _it_ ~no~ `code`", "\\*bold\\* \\_it\\_ \\~no\\~ \\`code\\`")]
    [InlineData("[Click](https://evil.example.com)", "\\[Click\\]\\(https://evil.example.com\\)")]
    [InlineData("# Title", "\\# Title")]
    [InlineData("<at>Everyone</at>", "\\<at\\>Everyone\\</at\\>")]
    [InlineData("- item", "\\- item")]
    [InlineData("+ item", "\\+ item")]
    [InlineData("a-b + c", "a-b + c")]
    [InlineData("1. first", "1\\. first")]
    [InlineData("12) first", "12\\) first")]
    [InlineData("v1.2", "v1.2")]
    [InlineData(".net", ".net")]
    [InlineData("a\r\nb\n\n# c", "a b \\# c")]
    [InlineData("  spaces  in  between  ", "spaces in between")]
    [InlineData("back\\slash", "back\\\\slash")]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}}", "{\\{DATE\\(2026-01-01T00:00:00Z\\)}}")]
    [InlineData("{{{{", "{\\{\\{\\{")]
    [InlineData("bob\u202Egpj.exe", "bobgpj.exe")]
    [InlineData("a\u2066b\u2069c\u200Fd\u0000e\u0007", "abcde")]
    [InlineData("👩‍💻 ümlaut", "👩‍💻 ümlaut")]
    public void What_others_wrote_is_shown_and_not_obeyed(string? written, string escaped) =>
        Assert.Equal(escaped, CardText.Escape(written));

    [Theory]
    [InlineData(null, "")]
    [InlineData(" \n\u200B ", "")]
    [InlineData("a\r\n\r\n2: b\u2028c", "a 2: b c")]
    [InlineData("*a* \u202Eb\u0007", "*a* b")]
    public void Plain_text_of_others_stays_in_one_line_that_runs_as_it_should(string? written, string line) =>
        Assert.Equal(line, CardText.OneLine(written));

    [Fact]
    public void Half_a_character_is_shown_as_missing() => Assert.Equal("a\uFFFDb", CardText.Escape("a\ud83cb"));

    [Fact]
    public void Any_text_comes_out_on_one_line_with_every_mark_disarmed() =>
        Prop.ForAll(
                Texts(),
                text =>
                {
                    var escaped = CardText.Escape(text);
                    return escaped.Length <= (2 * (text?.Length ?? 0)) + 1
                        && !escaped.Any(char.IsControl)
                        && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(escaped)) == escaped
                        && EveryMarkIsEscaped(escaped)
                        && !escaped.Contains("{{", StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();

    private static bool EveryMarkIsEscaped(string escaped)
    {
        var isDisarmed = false;
        foreach (var c in escaped)
        {
            if (!isDisarmed && "*_[]()#<>~`".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }

            isDisarmed = !isDisarmed && c == '\\';
        }

        return true;
    }

    private static Arbitrary<string?> Texts()
    {
        var pieces = Gen.Elements(
            "*",
            "_",
            "[",
            "](",
            ")",
            "#",
            "\\",
            "{",
            "{{",
            "-",
            "1",
            ".",
            " ",
            "\n",
            "\u202E",
            "\u0000",
            "\ud83c",
            "\udf89",
            "<",
            "x",
            "`"
        );
        var made = Gen.ListOf(pieces).Select(string? (list) => string.Concat(list));
        return Arb.From(Gen.OneOf(made, ArbMap.Default.GeneratorFor<string?>()));
    }
}
