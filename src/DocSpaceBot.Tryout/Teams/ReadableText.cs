using System.Buffers;
using System.Net;
using System.Text.RegularExpressions;

namespace DocSpaceBot.Tryout.Teams;

/// <summary>Turns what the bot sends into what a person reads on the screen.</summary>
internal static partial class ReadableText
{
    // An escaped character is parked here while the marks around it are taken away.
    private const int Parking = 0xE000;
    private static readonly SearchValues<char> Marks = SearchValues.Create(@"\*_[&");

    public static string? Of(string? text, string? textFormat) =>
        text is null ? null
        : textFormat is "plain" ? text
        : FromMarkdown(FromMarkup(text));

    /// <summary>The Markdown Teams reads in messages, TextBlock and FactSet: emphasis, links and escaped characters.</summary>
    public static string FromMarkdown(string text)
    {
        if (text.AsSpan().IndexOfAny(Marks) < 0)
        {
            return Plain(text);
        }

        var parked = Escape().Replace(text, escaped => ((char)(Parking + escaped.ValueSpan[1])).ToString());
        parked = Link().Replace(parked, "${kept}");
        parked = Strong().Replace(parked, "${kept}");
        parked = Starred().Replace(parked, "${kept}");
        parked = Underscored().Replace(parked, "${kept}");
        parked = WebUtility.HtmlDecode(parked);
        return Plain(Parked().Replace(parked, kept => ((char)(kept.ValueSpan[0] - Parking)).ToString()));
    }

    /// <summary>Nobody can tell a blank at which no line is broken from another.</summary>
    private static string Plain(string text) => Invisible().Replace(text, "").Replace('\u00A0', ' ');

    private static string FromMarkup(string text) =>
        text.Contains('<', StringComparison.Ordinal)
            ? Tag()
                .Replace(
                    text,
                    tag =>
                        tag.Value.StartsWith("<br", StringComparison.OrdinalIgnoreCase) ? "\n"
                        : tag.ValueSpan.IndexOfAny(' ', '"') < 0 && tag.ValueSpan.IndexOfAny('@', ':') > 0 ? tag.Value[1..^1]
                        : ""
                )
            : text;

    [GeneratedRegex(@"\\[!-/:-@\[-`{-~]", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex(@"[\uE021-\uE07E]", RegexOptions.NonBacktracking)]
    private static partial Regex Parked();

    [GeneratedRegex(@"\[(?<kept>[^\[\]]*)\]\([^()]*\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*(?<kept>[^\s*](?:[^*]*[^\s*])?)\*\*", RegexOptions.NonBacktracking)]
    private static partial Regex Strong();

    [GeneratedRegex(@"\*(?<kept>[^\s*](?:[^*\n]*[^\s*])?)\*", RegexOptions.NonBacktracking)]
    private static partial Regex Starred();

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}_])_{1,2}(?<kept>[^\s_](?:[^\n]*?[^\s_])??)_{1,2}(?![\p{L}\p{N}_])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Underscored();

    [GeneratedRegex("</?[A-Za-z][^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    // Zero-width characters and soft hyphens may be in the text, but nobody can tell.
    [GeneratedRegex(@"[\u200B\u2060\uFEFF\u00AD]", RegexOptions.NonBacktracking)]
    private static partial Regex Invisible();
}
