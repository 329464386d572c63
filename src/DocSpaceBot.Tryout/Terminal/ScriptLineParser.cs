using System.Globalization;
using System.Text.RegularExpressions;
using DocSpaceBot.Tryout.Teams;

namespace DocSpaceBot.Tryout.Terminal;

/// <summary>
/// Reads lines of a script. A line whose first word is one of ours is never typed as a message by mistake: a check that
/// silently became chat would be a check that always succeeds. So it is understood, or refused with what is wrong.
/// </summary>
internal static partial class ScriptLineParser
{
    public static ScriptLine Parse(string text)
    {
        text = text.Trim();
        var words = LineWords.Of(text);
        if (words.Count == 0)
            throw new FormatException("The line is empty.");

        return (words[0].Whole.ToLowerInvariant(), words.Count) switch
        {
            _ when words[0].IsQuoted => new ScriptLine.Say(text),
            ("as", 2) => new ScriptLine.As(words[1].Text.ToLowerInvariant()),
            ("in", 2) => new ScriptLine.In(PlaceOf(words[1].Text)),
            ("as" or "in", 1) => throw Wrong("a name or place is missing", "as NAME, in personal, in group, in channel"),
            ("press", _) => Press(words),
            ("upload", _) => Upload(text),
            ("join", _) => Join(words),
            ("pass", _) => new ScriptLine.Pass(Time(words, 1, "pass 3d")),
            ("see", _) => See(words),
            ("mails", _) => Mails(words),
            ("portal", _) => Portal(words),
            _ => new ScriptLine.Say(text),
        };
    }

    private static Place PlaceOf(string word) =>
        word.ToLowerInvariant() switch
        {
            "personal" => Place.Personal,
            "group" => Place.Group,
            "channel" => Place.Channel,
            _ => throw Wrong($"there is no place \"{word}\"", "in personal, in group, in channel"),
        };

    private static ScriptLine.Press Press(IReadOnlyList<LineWord> words)
    {
        const string usage = "press \"Title\" field=value other=\"a longer value\"";

        // Quotes get lost on the way through a shell, so a title of several words may come without them.
        var title = words.Skip(1).TakeWhile(word => word.Field is null).ToList();
        if (title.Count == 0)
            throw Wrong("the button's title is missing", usage);
        if (title.Count > 1 && title.Exists(word => word.IsQuoted))
            throw Wrong($"\"{title.First(word => word != title[0] || !word.IsQuoted).Text}\" is not a field=value", usage);

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Skip(1 + title.Count))
        {
            if (word.Field is null)
                throw Wrong($"\"{word.Text}\" is not a field=value; a value with spaces needs quotes", usage);
            if (!fields.TryAdd(word.Field, word.Text))
                throw Wrong($"the field {word.Field} is given twice", usage);
        }

        return new ScriptLine.Press(string.Join(' ', title.Select(word => word.Text)), fields);
    }

    private static ScriptLine.Upload Upload(string text)
    {
        const string usage = "upload FILE, upload FILE with TEXT";
        const string between = " with ";
        var end = text.IndexOf(between, StringComparison.OrdinalIgnoreCase);
        var file = Rest(LineWords.Of(end < 0 ? text : text[..end]), 1, usage);
        return new ScriptLine.Upload(file, end < 0 ? null : text[(end + between.Length)..].Trim());
    }

    private static ScriptLine.Join Join(IReadOnlyList<LineWord> words) =>
        words.Count switch
        {
            2 => new ScriptLine.Join(words[1].Text, ByLink: false),
            4 when Is(words[2], "by") && Is(words[3], "link") => new ScriptLine.Join(words[1].Text, ByLink: true),
            _ => throw Wrong("one address is expected", "join ADDRESS, join ADDRESS by link"),
        };

    private static ScriptLine See(IReadOnlyList<LineWord> words) =>
        words.Count > 2 && Is(words[1], "no")
            ? new ScriptLine.SeeNo(Rest(words, 2, "see no \"text\""))
            : new ScriptLine.See(Rest(words, 1, "see \"text\", see no \"text\""));

    private static ScriptLine.Mails Mails(IReadOnlyList<LineWord> words) =>
        words.Count == 3 && int.TryParse(words[2].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new ScriptLine.Mails(words[1].Text, count)
            : throw Wrong("an address and a number are expected", "mails ADDRESS N");

    private static ScriptLine Portal(IReadOnlyList<LineWord> words) =>
        words.Skip(1).Select(word => word.Text.ToLowerInvariant()).ToArray() switch
        {
            ["down"] => new ScriptLine.PortalDown(),
            ["up"] => new ScriptLine.PortalUp(),
            ["slow", ..] => new ScriptLine.PortalSlow(Time(words, 2, "portal slow 20s")),
            ["limit", "on"] => new ScriptLine.PortalLimit(On: true),
            ["limit", "off"] => new ScriptLine.PortalLimit(On: false),
            _ => throw Wrong(
                "the portal's fault is not known",
                "portal down, portal up, portal slow 20s, portal limit on, portal limit off"
            ),
        };

    /// <summary>The words from there on as one text; quotes around it or parts of it are not part of it.</summary>
    private static string Rest(IReadOnlyList<LineWord> words, int from, string usage)
    {
        var rest = string.Join(' ', words.Skip(from).Select(word => word.Whole));
        if (words.Count > from + 1 && words.Skip(from).Any(word => word.IsQuoted))
            throw Wrong($"there is more than one text in {rest}", usage);
        return rest.Length > 0 ? rest : throw Wrong("something is missing at the end", usage);
    }

    /// <summary>A time such as 90s, 20m, 3 h or 1d12h.</summary>
    private static TimeSpan Time(IReadOnlyList<LineWord> words, int from, string usage)
    {
        var text = string.Concat(words.Skip(from).Select(word => word.Text)).ToLowerInvariant();
        var parts = TimeParts().Match(text);
        if (text.Length > 0 && !parts.Success)
            throw Wrong($"\"{text}\" is not a time", $"{usage}, with s, m, h or d");

        var time = TimeSpan.Zero;
        foreach (var (number, unit) in parts.Groups["number"].Captures.Zip(parts.Groups["unit"].Captures))
            time += double.Parse(number.Value, CultureInfo.InvariantCulture) * Units[unit.Value];

        return time > TimeSpan.Zero && time <= LongestTime ? time : throw Wrong("a time is expected", $"{usage}, with s, m, h or d");
    }

    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(3660);

    private static readonly Dictionary<string, TimeSpan> Units = new(StringComparer.Ordinal)
    {
        ["s"] = TimeSpan.FromSeconds(1),
        ["m"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
    };

    [GeneratedRegex(
        @"^((?<number>[0-9]{1,6}(\.[0-9]{1,3})?)(?<unit>[smhd]))+\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TimeParts();

    private static bool Is(LineWord word, string text) => !word.IsQuoted && word.Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static FormatException Wrong(string what, string usage) =>
        new($"{char.ToUpperInvariant(what[0])}{what[1..]}. It is written: {usage}");
}
