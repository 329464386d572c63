using System.Text;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>A word of a line: bare, quoted, or <c>field=value</c> where <see cref="Text"/> is the value.</summary>
internal sealed record LineWord(string Text, bool IsQuoted, string? Field)
{
    /// <summary>The word with its field, as it stood there but for the quotes.</summary>
    public string Whole => Field is null ? Text : $"{Field}={Text}";
}

/// <summary>
/// Splits a line into words. Quotes of every kind that keyboards and word processors make hold a word together; inside
/// quotes a backslash keeps the next quote, and in a field's value \n is a line break.
/// </summary>
internal static class LineWords
{
    // What closes a word that was opened so. People mix them, and programs "correct" only one of the two.
    private static readonly Dictionary<char, string> ClosedBy = new()
    {
        ['"'] = "\"",
        ['\''] = "'",
        ['\u201C'] = "\u201D\u201C\"",
        ['\u201E'] = "\u201C\u201D\"",
        ['\u201D'] = "\u201D\"",
        ['\u00AB'] = "\u00BB",
        ['\u2018'] = "\u2019",
    };

    /// <exception cref="FormatException">A quote in a line of ours is not closed.</exception>
    public static IReadOnlyList<LineWord> Of(string line)
    {
        var words = new List<LineWord>();
        for (var at = 0; at < line.Length; )
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            words.Add(Next(line, ref at, words.Count > 0 && IsOurs(words[0])));
        }

        return words;
    }

    private static LineWord Next(string line, ref int at, bool strict)
    {
        if (Quoted(line, ref at, strict, isValue: false) is { } quoted)
            return new LineWord(quoted, IsQuoted: true, Field: null);

        var start = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
        {
            if (line[at] == '=' && IsFieldName(line.AsSpan(start, at - start)))
            {
                var field = line[start..at++];
                return Quoted(line, ref at, strict, isValue: true) is { } value
                    ? new LineWord(value, IsQuoted: true, field)
                    : new LineWord(Bare(line, ref at), IsQuoted: false, field);
            }

            at++;
        }

        return new LineWord(line[start..at], IsQuoted: false, Field: null);
    }

    private static string Bare(string line, ref int at)
    {
        var start = at;
        while (at < line.Length && !char.IsWhiteSpace(line[at]))
            at++;
        return line[start..at];
    }

    private static string? Quoted(string line, ref int at, bool strict, bool isValue)
    {
        if (at >= line.Length || !ClosedBy.TryGetValue(line[at], out var closing))
            return null;

        var text = new StringBuilder();
        for (var i = at + 1; i < line.Length; i++)
        {
            // A closing quote ends a word only where the word can end: the apostrophe in 'don't' does not.
            var isEscaped = line[i - 1] == '\\' && i - 1 > at;
            if (
                !isEscaped
                && closing.Contains(line[i], StringComparison.Ordinal)
                && (i + 1 == line.Length || char.IsWhiteSpace(line[i + 1]))
            )
            {
                at = i + 1;
                return text.ToString();
            }

            if (isEscaped && line[i] is '"' or '\'')
                text[^1] = line[i];
            else if (isEscaped && line[i] is 'n' && isValue)
                text[^1] = '\n';
            else
                text.Append(line[i]);
        }

        return strict ? throw new FormatException($"A quote is not closed: {line[at..]}") : null;
    }

    private static bool IsFieldName(ReadOnlySpan<char> text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.IndexOfAnyExcept(FieldNameCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> FieldNameCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."
    );

    private static bool IsOurs(LineWord first) =>
        !first.IsQuoted && first.Text.ToLowerInvariant() is "press" or "see" or "upload" or "join" or "mails" or "pass" or "portal";
}
