using System.Text;

namespace DocSpaceBot.Chat;

/// <summary>What somebody typed, taken apart: the word, its arguments, its options and the addresses among the arguments.</summary>
internal sealed record CommandLine(string Word, IReadOnlyList<string> Arguments, IReadOnlyList<CommandOption> Options)
{
    /// <summary>Longer messages are not commands of anybody's; Teams itself stops at 28 KB.</summary>
    public const int LongestText = 100_000;

    public static readonly CommandLine Empty = new("", [], []);

    /// <summary>
    /// The first word, with or without a slash and in any letter case, is the command. Arguments are separated by white space, commas and
    /// semicolons; quotes of every kind hold words together; <c>--name value</c> and <c>--name=value</c> are options.
    /// </summary>
    public static CommandLine Parse(string text)
    {
        if (text.Length > LongestText)
        {
            text = text[..LongestText];
        }

        var tokens = Tokens(text);

        if (tokens.Count == 0)
        {
            return Empty;
        }

        var word = tokens[0].Text.TrimStart('/').TrimEnd('.', '!', '?', ':');
        var arguments = new List<string>();
        var options = new List<CommandOption>();

        for (var i = 1; i < tokens.Count; i++)
        {
            if (OptionName(tokens[i]) is not { } option)
            {
                arguments.Add(tokens[i].Text);
                continue;
            }

            var equals = option.IndexOf('=', StringComparison.Ordinal);

            if (equals >= 0)
            {
                options.Add(new(option[..equals], option[(equals + 1)..]));
            }
            else if (i + 1 < tokens.Count && OptionName(tokens[i + 1]) is null)
            {
                options.Add(new(option, tokens[++i].Text));
            }
            else
            {
                options.Add(new(option, null));
            }
        }

        return new(word, arguments, options);
    }

    /// <summary>Chat programs make one long dash of two hyphens.</summary>
    private static string? OptionName(Token token)
    {
        if (token.Quoted)
        {
            return null;
        }

        var name =
            token.Text.StartsWith("--", StringComparison.Ordinal) ? token.Text[2..]
            : token.Text.StartsWith('—') || token.Text.StartsWith('–') ? token.Text[1..]
            : "";
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : null;
    }

    private static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        var word = new StringBuilder();
        var quoted = false;
        var closing = '\0';

        foreach (var c in text)
        {
            if (closing != '\0')
            {
                if (c == closing || (closing == '”' && c == '"'))
                {
                    closing = '\0';
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (ClosingOf(c) is { } close)
            {
                closing = close;
                quoted |= word.Length == 0;
            }
            else if (char.IsWhiteSpace(c) || c is ',' or ';')
            {
                End();
            }
            else
            {
                word.Append(c);
            }
        }

        End();
        return tokens;

        void End()
        {
            if (word.Length > 0 || quoted)
            {
                tokens.Add(new(word.ToString(), quoted));
            }

            word.Clear();
            quoted = false;
        }
    }

    private static char? ClosingOf(char c) =>
        c switch
        {
            '"' => '"',
            '“' or '„' or '”' => '”',
            '«' => '»',
            _ => null,
        };

    private readonly record struct Token(string Text, bool Quoted);
}

internal sealed record CommandOption(string Name, string? Value);
