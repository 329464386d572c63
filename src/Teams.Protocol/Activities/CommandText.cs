using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Teams.Protocol.Activities;

/// <summary>
/// Finds out what a person typed. Teams sends the same words as plain text, as HTML-like text, with mentions in tags and with addresses turned
/// into links, depending on the client. One pass without regular expressions, so the work grows only with the length of the text.
/// </summary>
public static class CommandText
{
    private const int LongestAddress = 320;
    private const int LongestEntity = 10;
    private const int MostBotMentions = 8;

    private static readonly SearchValues<char> TagEnd = SearchValues.Create("<>");
    private static readonly SearchValues<char> LabelEnd = SearchValues.Create("[]\n");
    private static readonly SearchValues<char> LinkEnd = SearchValues.Create("[)(<>\n");

    /// <summary>
    /// The text a command parser should see: the bot's own mentions taken out, other people's mentions as their names, HTML decoded once, mail
    /// links as plain addresses, block tags as line breaks, white space collapsed and trimmed. Never longer than the activity's text.
    /// </summary>
    public static string Of(Activity activity)
    {
        if (string.IsNullOrEmpty(activity.Text))
        {
            return "";
        }

        return new Scanner(WithoutBotMentions(activity.Text, activity)).Run();
    }

    private static string WithoutBotMentions(string text, Activity activity)
    {
        if (activity.Entities is not { Count: > 0 } entities || activity.Recipient?.Id is not { Length: > 0 } botId)
        {
            return text;
        }

        // A message names the bot in one or two spellings. The bound keeps a message with thousands of entities from costing a pass for each.
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < entities.Count && done.Count < MostBotMentions; i++)
        {
            if (BotMention(entities[i], botId) is { Length: > 0 } mention && done.Add(mention))
            {
                text = text.Replace(mention, " ", StringComparison.OrdinalIgnoreCase);
            }
        }

        return text;
    }

    private static string? BotMention(JsonElement entity, string botId)
    {
        if (
            entity.ValueKind is not JsonValueKind.Object
            || ReadText(entity, "type"u8) != "mention"
            || !entity.TryGetProperty("mentioned"u8, out var mentioned)
            || mentioned.ValueKind is not JsonValueKind.Object
            || ReadText(mentioned, "id"u8) != botId
        )
        {
            return null;
        }

        return ReadText(entity, "text"u8) ?? (ReadText(mentioned, "name"u8) is { Length: > 0 } name ? $"<at>{name}</at>" : null);
    }

    private static string? ReadText(JsonElement from, ReadOnlySpan<byte> name) =>
        from.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private sealed class Scanner(string text)
    {
        private readonly StringBuilder words = new(text.Length);
        private int position;
        private bool spaceOwed;
        private bool lineOwed;
        private bool noMoreClosingLinks;

        public string Run()
        {
            while (position < text.Length)
            {
                var c = text[position];
                var taken = c switch
                {
                    '<' => TakeTag(),
                    '[' => TakeMarkdownMailLink(),
                    '&' => TakeEntity(),
                    _ => false,
                };
                if (!taken)
                {
                    Put(c);
                    position++;
                }
            }

            return words.ToString();
        }

        /// <summary>White space waits until a word follows, so that runs collapse and the ends are trimmed.</summary>
        private void Put(char c)
        {
            switch (c)
            {
                case '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029':
                    lineOwed = true;
                    return;
                case '\u200B' or '\u2060' or '\uFEFF' or '\u00AD': // Invisible, and comes along when addresses are copied.
                    return;
            }

            if (char.IsWhiteSpace(c))
            {
                spaceOwed = true;
                return;
            }

            if (words.Length > 0 && (lineOwed || spaceOwed))
            {
                words.Append(lineOwed ? '\n' : ' ');
            }

            lineOwed = spaceOwed = false;
            words.Append(c);
        }

        private void Put(ReadOnlySpan<char> span)
        {
            foreach (var c in span)
            {
                Put(c);
            }
        }

        private bool TakeTag()
        {
            // A tag ends before the next '<': hostile text cannot make this look at the same characters twice.
            var rest = text.AsSpan(position + 1);
            var end = rest.IndexOfAny(TagEnd);
            if (end < 1 || rest[end] is not '>')
            {
                return false;
            }

            var tag = rest[..end];
            var after = position + end + 2;
            if (tag.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                var bar = tag.IndexOf('|');
                return TakeAddress(bar < 0 ? tag : tag[..bar], after);
            }

            var name = tag.TrimStart('/');
            var nameEnd = name.IndexOfAnyExcept(TagNames.Letters);
            name = nameEnd < 0 ? name : name[..nameEnd];
            if (name.Equals("a", StringComparison.OrdinalIgnoreCase) && tag[0] is not '/' && Href(tag) is { Length: > 0 } href)
            {
                return href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
                    ? TakeAddress(WebUtility.HtmlDecode(href), EndOfLink(after))
                    : Skip(after);
            }

            if (nameEnd >= 0 && !TagNames.MayFollowName(tag[tag.Length - (tag.TrimStart('/').Length - nameEnd)]))
            {
                return false;
            }

            if (TagNames.IsBlock(name))
            {
                lineOwed = true;
                return Skip(after);
            }

            return TagNames.IsInline(name) && Skip(after);
        }

        private int EndOfLink(int after)
        {
            if (noMoreClosingLinks)
            {
                return after;
            }

            var end = text.AsSpan(after).IndexOf("</a>", StringComparison.OrdinalIgnoreCase);
            noMoreClosingLinks = end < 0;
            return end < 0 ? after : after + end + "</a>".Length;
        }

        private static string? Href(ReadOnlySpan<char> tag)
        {
            var at = tag.IndexOf("href=", StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return null;
            }

            var value = tag[(at + "href=".Length)..];
            if (value.Length > 0 && value[0] is '"' or '\'')
            {
                var close = value[1..].IndexOf(value[0]);
                return close < 0 ? null : value.Slice(1, close).ToString();
            }

            var end = value.IndexOf(' ');
            return (end < 0 ? value : value[..end]).ToString();
        }

        private bool TakeMarkdownMailLink()
        {
            var rest = text.AsSpan(position + 1);
            var close = rest.IndexOfAny(LabelEnd);
            if (close < 0 || rest[close] is not ']' || !rest[(close + 1)..].StartsWith("(mailto:", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            var link = rest[(close + 2)..];
            var end = link.IndexOfAny(LinkEnd);
            return end >= 0 && link[end] is ')' && TakeAddress(link[..end], position + 1 + close + 2 + end + 1);
        }

        /// <summary>Puts the address of <paramref name="mailto"/> and goes on behind the link; false when there is no address in it.</summary>
        private bool TakeAddress(ReadOnlySpan<char> mailto, int after)
        {
            var address = mailto["mailto:".Length..];
            var query = address.IndexOf('?');
            address = query < 0 ? address : address[..query];
            if (address.IsEmpty || address.Length > LongestAddress)
            {
                return false;
            }

            Put(Uri.UnescapeDataString(address));
            return Skip(after);
        }

        private bool TakeEntity()
        {
            var rest = text.AsSpan(position);
            var end = rest[..Math.Min(rest.Length, LongestEntity)].IndexOf(';');
            if (end < 2)
            {
                return false;
            }

            var entity = rest[..(end + 1)].ToString();
            var decoded = WebUtility.HtmlDecode(entity);
            if (ReferenceEquals(decoded, entity) || decoded == entity)
            {
                return false;
            }

            Put(decoded);
            return Skip(position + end + 1);
        }

        private bool Skip(int to)
        {
            position = to;
            return true;
        }
    }
}

/// <summary>The tags that turn up in what Teams calls text.</summary>
internal static class TagNames
{
    public static readonly SearchValues<char> Letters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Blocks = new HashSet<string>(
        [
            "p",
            "br",
            "div",
            "li",
            "ul",
            "ol",
            "tr",
            "table",
            "tbody",
            "thead",
            "blockquote",
            "pre",
            "hr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ],
        StringComparer.OrdinalIgnoreCase
    ).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Inlines = new HashSet<string>(
        [
            "a",
            "at",
            "b",
            "strong",
            "i",
            "em",
            "u",
            "s",
            "strike",
            "del",
            "span",
            "font",
            "code",
            "sub",
            "sup",
            "td",
            "th",
            "img",
            "emoji",
            "attachment",
        ],
        StringComparer.OrdinalIgnoreCase
    ).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsBlock(ReadOnlySpan<char> name) => Blocks.Contains(name);

    public static bool IsInline(ReadOnlySpan<char> name) => Inlines.Contains(name);

    /// <summary>Tells <c>&lt;b&gt;</c> from <c>&lt;b@example.com&gt;</c>.</summary>
    public static bool MayFollowName(char c) => c is ' ' or '/' or '\t' or '\n' or '\r' or '\u00A0';
}
