using DocSpace.Api;
using DocSpaceBot.Chat;

namespace DocSpaceBot.Invitations;

/// <summary>The words behind <c>/invite</c>, taken one after the other, and what kind of word each is.</summary>
internal sealed class InviteWords(IReadOnlyList<CommandWord> words)
{
    public const string DryRun = "dry-run";

    /// <summary>The options by every name they may be given, with their usual one.</summary>
    public static readonly Dictionary<string, string> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["role"] = "role",
        ["name"] = "name",
        ["lang"] = "lang",
        ["language"] = "lang",
        ["culture"] = "lang",
        ["room"] = "room",
        ["reason"] = "reason",
        [DryRun] = DryRun,
        ["dryrun"] = DryRun,
        ["dry"] = DryRun,
    };

    /// <summary>What people write between addresses and around them.</summary>
    private static readonly HashSet<string> Fillers = new(
        ["and", "also", "please", "plus", "und", "bitte", "et"],
        StringComparer.OrdinalIgnoreCase
    );

    private int at;

    public bool IsPlainNext => IsPlain(at);

    public bool IsQuotedNext => Next is { Quoted: true };

    public bool IsRoleNext => RoleAt(at, null).Role is not null;

    private CommandWord? Next => at < words.Count ? words[at] : null;

    /// <summary>An option with two hyphens, with one, or without any but with a colon or an equals sign.</summary>
    public static (string Name, string? Value)? OptionOf(CommandWord word)
    {
        var (text, isOption) = word.Option is { } option ? (option, true) : (word.Text.TrimStart('-'), false);
        var end = text.AsSpan().IndexOfAny('=', ':');
        var name = end < 0 ? text.TrimEnd('.', '!', '?') : text[..end];

        // A dash in front of an address in a list.
        if (word.Quoted || name.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        if (!isOption && !(Options.ContainsKey(name) && (end >= 0 || word.Text.StartsWith('-'))))
        {
            return null;
        }

        return (name, end < 0 || end == text.Length - 1 ? null : text[(end + 1)..]);
    }

    public static DocSpaceRole? Role(string text) =>
        DocSpaceRoleNames.Read(text)
        ?? (text is [.. var one, 's' or 'S'] ? DocSpaceRoleNames.Read(one) : null)
        ?? (DocSpaceRoles.TryParse(text, out var number) ? number : null);

    public static bool Is(CommandWord word, string text) => string.Equals(word.Text, text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Small words, bullets, numbers of a list.</summary>
    public static bool IsFiller(CommandWord word) =>
        !word.Quoted
        && (
            Fillers.Contains(word.Text)
            || !word.Text.Any(char.IsLetterOrDigit)
            || (word.Text is [.. var number, '.' or ')'] && number.All(char.IsAsciiDigit))
        );

    public CommandWord? Take() => at < words.Count ? words[at++] : null;

    public bool TakeIf(string text)
    {
        var isNext = IsWord(at, text);
        at += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>The next word if it can be the value of an option; an address can only in quotes.</summary>
    public string? TakeValue() =>
        Next is { } word && OptionOf(word) is null && (word.Quoted || !PastedAddresses.IsAddress(word)) ? words[at++].Text : null;

    /// <summary>The role that is in <paramref name="value"/> or in the next words, and how it is written there; null when there is no such role.</summary>
    public (DocSpaceRole? Role, string Text) TakeRole(string? value)
    {
        var (role, taken, text) = RoleAt(at, value);
        at += taken;
        return (role, text);
    }

    /// <summary>A value in single quotes to its end: CommandLine leaves single quotes alone, because names have apostrophes.</summary>
    public string? TakeRestOfQuotes(string first)
    {
        if (first is not ['\'' or '‘' or '`', ..])
        {
            return null;
        }

        var end = at;

        while (end < words.Count && !IsClosed(words[end].Text) && IsPlain(end))
        {
            end++;
        }

        var isClosedAlready = first.Length > 1 && IsClosed(first);

        if (!isClosedAlready && (end == words.Count || !IsClosed(words[end].Text)))
        {
            return null;
        }

        var last = isClosedAlready ? at - 1 : end;
        var all = string.Concat(words.Skip(at).Take(last + 1 - at).Select((word, i) => Gap(words[at + i - 1]) + word.Text));
        at = last + 1;
        return (first + all)[1..^1];

        static bool IsClosed(string text) => text is [.., '\'' or '’' or '`'];
        static string Gap(CommandWord before) => before.Separator == ',' ? ", " : " ";
    }

    /// <summary>The plain words from here on, unless they are the name of the address behind them.</summary>
    public string TakeRunOn()
    {
        var end = at;

        while (
            IsPlain(end)
            && !(Is(words[end], "as") && RoleAt(end + 1, null).Role is not null)
            && !(IsFiller(words[end]) && !IsPlain(end + 1))
        )
        {
            end++;
        }

        if (end < words.Count && PastedAddresses.IsInBrackets(words[end]))
        {
            return "";
        }

        var run = string.Join(' ', words.Skip(at).Take(end - at).Select(word => word.Text));
        at = end;
        return run;
    }

    /// <summary>The role that is written from here on in one or two words, perhaps with an article, and how many words that took.</summary>
    private (DocSpaceRole? Role, int Taken, string Text) RoleAt(int from, string? value)
    {
        var taken = 0;

        if (value is null)
        {
            taken += (IsWord(from, "a") || IsWord(from, "an") || IsWord(from, "the")) && IsPlain(from + 1) ? 1 : 0;
            value = from + taken < words.Count ? words[from + taken++].Text : "";
        }

        return IsPlain(from + taken) && Role(value + words[from + taken].Text) is { } two
            ? (two, taken + 1, value)
            : (Role(value), taken, value);
    }

    private bool IsPlain(int i) =>
        i < words.Count && words[i] is { Quoted: false } word && OptionOf(word) is null && !PastedAddresses.IsAddress(word);

    private bool IsWord(int i, string text) => i < words.Count && !words[i].Quoted && Is(words[i], text);
}
