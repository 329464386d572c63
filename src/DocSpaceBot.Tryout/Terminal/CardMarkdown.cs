using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>The little Markdown that Teams reads in cards and messages, as markup of the terminal.</summary>
internal static partial class CardMarkdown
{
    /// <summary>Markdown to markup: bold, italic, links, and escaped characters as themselves.</summary>
    public static string ToMarkup(string text)
    {
        text = Readable(Dates(text));
        var markup = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var part = Inline().Match(text, at);
            if (!part.Success)
            {
                markup.Append(Markup.Escape(text[at..]));
                break;
            }

            markup.Append(Markup.Escape(text[at..part.Index]));
            markup.Append(
                part.Groups switch
                {
                    var groups when groups["escaped"].Success => Markup.Escape(groups["escaped"].Value),
                    var groups when groups["bold"].Success => $"[bold]{ToMarkup(groups["bold"].Value)}[/]",
                    var groups when groups["italic"].Success => $"[italic]{ToMarkup(groups["italic"].Value)}[/]",
                    var groups when groups["code"].Success => Markup.Escape(groups["code"].Value),
                    var groups => Link(groups["text"].Value, groups["url"].Value),
                }
            );
            at = part.Index + part.Length;
        }

        return markup.ToString();
    }

    /// <summary>Text that is no Markdown, safe to print: nothing in it can steer the terminal.</summary>
    public static string Plain(string text) => Markup.Escape(Readable(text));

    private static string Link(string text, string url) => text == url ? Markup.Escape(url) : $"{ToMarkup(text)} ({Markup.Escape(url)})";

    /// <summary>Control characters and those that turn the reading direction become spaces; line breaks and tabs stay.</summary>
    private static string Readable(string text) =>
        string.Create(
            text.Length,
            text,
            static (result, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                {
                    var isHarmful =
                        char.IsControl(source[i]) && source[i] is not '\n'
                        || source[i] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
                    result[i] = isHarmful ? ' ' : source[i];
                }
            }
        );

    /// <summary>Teams writes these in the reader's own time zone and language; here they are written in UTC.</summary>
    private static string Dates(string text) =>
        DateFunctions()
            .Replace(
                text,
                found =>
                    DateTimeOffset.TryParse(
                        found.Groups["time"].Value,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var time
                    )
                        ? time.UtcDateTime.ToString(
                            found.Groups["kind"].Value == "DATE" ? "yyyy-MM-dd" : "HH:mm 'UTC'",
                            CultureInfo.InvariantCulture
                        )
                        : found.Value
            );

    [GeneratedRegex(
        """
            \\(?<escaped>[!-/:-@\[-`{-~])
            | \*\*(?<bold>[^*\n]+)\*\*
            | (?<![\w*])[*](?<italic>[^*\s][^*\n]*)[*](?!\w)
            | (?<!\w)_(?<italic>[^_\s][^_\n]*)_(?!\w)
            | `(?<code>[^`\n]+)`
            | (?<!!)\[(?<text>[^\]\n]+)\]\((?<url>[^)\s]+)\)
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Inline();

    [GeneratedRegex(
        @"\{\{(?<kind>DATE|TIME)\((?<time>[0-9T:.Z+-]{10,40})(,\s*\w+)?\)\}\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex DateFunctions();
}
