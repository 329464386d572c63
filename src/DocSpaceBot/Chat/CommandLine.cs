using System.Text;

namespace DocSpaceBot.Chat;

/// <summary>What somebody typed, taken apart: the word, its arguments, its options and the addresses among the arguments.</summary>
internal sealed record CommandLine(string Word, IReadOnlyList<string> Arguments, IReadOnlyList<CommandOption> Options)
{
    /// <summary>Longer messages are not commands of anybody's; Teams itself stops at 28 KB.</summary>
    public const int LongestText = 100_000;

    /// <summary>The stronger ones last.</summary>
    private const string Separators = " ,\n;";

    public static readonly CommandLine Empty = new("", [], []);

    /// <summary>Everything after the command in the order in which it was typed, for commands that read more between the lines.</summary>
    public IReadOnlyList<CommandWord> Words { get; init; } = [];

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
            if (tokens[i].Option is not { } option)
            {
                arguments.Add(tokens[i].Text);
                continue;
            }

            var equals = option.IndexOf('=', StringComparison.Ordinal);

            if (equals >= 0)
            {
                options.Add(new(option[..equals], option[(equals + 1)..]));
            }
            else if (i + 1 < tokens.Count && tokens[i + 1].Option is null)
            {
                options.Add(new(option, tokens[++i].Text));
            }
            else
            {
                options.Add(new(option, null));
            }
        }

        return new(word, arguments, options) { Words = tokens[1..] };
    }

    private static List<CommandWord> Tokens(string text)
    {
        var tokens = new List<CommandWord>();
        var word = new StringBuilder();
        var quoted = false;
        var closing = '\0';

        foreach (var c in text)
        {
            if (closing != '\0')
            {
                if (c == closing || (closing is '”' or '“' && c is '"' or '”'))
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
                Separate(c is ',' or ';' or '\n' ? c : ' ');
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
                tokens.Add(new(word.ToString(), quoted, ' '));
            }

            word.Clear();
            quoted = false;
        }

        void Separate(char by)
        {
            if (
                tokens.Count > 0
                && Separators.IndexOf(by, StringComparison.Ordinal) > Separators.IndexOf(tokens[^1].Separator, StringComparison.Ordinal)
            )
            {
                tokens[^1] = tokens[^1] with { Separator = by };
            }
        }
    }

    private static char? ClosingOf(char c) =>
        c switch
        {
            '"' => '"',
            '“' or '”' => '”',
            // As Germans and others write them.
            '„' => '“',
            '«' => '»',
            _ => null,
        };
}

internal sealed record CommandOption(string Name, string? Value);

/// <summary>A word as it was typed, or several held together by quotes, and the strongest of what stands between it and the next.</summary>
/// <param name="Separator">A blank, comma, line break or semicolon.</param>
internal readonly record struct CommandWord(string Text, bool Quoted, char Separator)
{
    /// <summary>What follows the two hyphens of an option. Chat programs make one long dash of them.</summary>
    public string? Option
    {
        get
        {
            if (Quoted)
            {
                return null;
            }

            var name =
                Text.StartsWith("--", StringComparison.Ordinal) ? Text[2..]
                : Text.StartsWith('—') || Text.StartsWith('–') ? Text[1..]
                : "";
            return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : null;
        }
    }
}
