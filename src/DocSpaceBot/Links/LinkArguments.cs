using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>What somebody asks for with <c>/link</c>; what they did not say is null or as usual.</summary>
internal sealed record LinkArguments(DocSpaceRole? Role, LinkTerms Terms, string? Reason)
{
    private const int LongestReason = 500;

    private const int MostDomains = 20;

    private const string Roles = "Roles are user, roomadmin, docspaceadmin and guest.";

    private static readonly Dictionary<string, string> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["role"] = "role",
        ["expires"] = "expires",
        ["expire"] = "expires",
        ["for"] = "expires",
        ["uses"] = "uses",
        ["use"] = "uses",
        ["domain"] = "domain",
        ["domains"] = "domain",
        ["reason"] = "reason",
    };

    /// <summary>What was asked for, or the sentence that says what is wrong with it.</summary>
    public static (LinkArguments? Asked, string? Wrong) Read(CommandLine line)
    {
        var asked = new LinkArguments(null, LinkTerms.Usual, null);
        var words = new Queue<CommandWord>(line.Words);

        while (words.TryDequeue(out var word))
        {
            string? wrong;

            if (word.Option is { } option)
            {
                var end = option.AsSpan().IndexOfAny('=', ':');
                var (name, value) = end < 0 ? (option, null) : (option[..end], option[(end + 1)..]);
                (asked, wrong) = ReadOption(asked, name, string.IsNullOrEmpty(value) ? null : value, words);
            }
            else
            {
                (asked, wrong) = ReadRole(asked, word.Text, words);
            }

            if (wrong is not null)
            {
                return (null, $"No link was made: {wrong}");
            }
        }

        return (asked, null);
    }

    private static (LinkArguments Asked, string? Wrong) ReadOption(
        LinkArguments asked,
        string name,
        string? value,
        Queue<CommandWord> words
    )
    {
        if (!Options.TryGetValue(name, out var option))
        {
            var closest = ClosestWord.To(name, Options.Keys);
            return (
                asked,
                $"I do not know the option --{Short(name)}.{(closest is null ? " Options are --expires, --uses, --domain and --reason." : $" Did you mean --{closest}?")}"
            );
        }

        if ((value ?? Take(words)) is not { } text)
        {
            return (asked, $"--{option} needs {What(option)} behind it.");
        }

        switch (option)
        {
            case "role":
                return ReadRole(asked, text, words);
            case "expires":
                return SpanIn(text, words) is { } life && life >= LinkTerms.ShortestLife && life <= LinkTerms.LongestLife
                    ? (asked with { Terms = asked.Terms with { Life = life } }, null)
                    : (
                        asked,
                        $"“{Short(text)}” is not a time that I can take. Write it like 30m, 12h, 7d or 2w: from {LinkTerms.Span(LinkTerms.ShortestLife)} to {LinkTerms.Span(LinkTerms.LongestLife)}."
                    );
            case "uses":
                return
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var uses)
                    && uses is >= 1 and <= LinkTerms.MostUses
                    ? (asked with { Terms = asked.Terms with { Uses = uses } }, null)
                    : (asked, $"“{Short(text)}” is not a number of people. Write one from 1 to {LinkTerms.MostUses}.");
            case "domain":
                return ReadDomains(asked, text, words);
            default:
                return text.Length > LongestReason
                    ? (asked, $"the reason has {text.Length} characters, and {LongestReason} can be kept. Say it shorter.")
                    : (asked with { Reason = CardText.OneLine(text) is { Length: > 0 } reason ? reason : null }, null);
        }
    }

    private static (LinkArguments Asked, string? Wrong) ReadRole(LinkArguments asked, string text, Queue<CommandWord> words)
    {
        if (text.Equals("as", StringComparison.OrdinalIgnoreCase) && words.TryDequeue(out var next))
        {
            text = next.Text;
        }

        // Two words, as in "room admin".
        if (words.TryPeek(out var second) && second.Option is null && InviteWords.Role(text + second.Text) is { } two)
        {
            words.Dequeue();
            return Set(two);
        }

        if (InviteWords.Role(text) is { } role)
        {
            return Set(role);
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            return (asked, $"a link is not for one person. To invite somebody by mail type /invite and the address.");
        }

        var closest = ClosestWord.To(text, DocSpaceRoleNames.Typed);
        return (
            asked,
            $"there is no role “{Short(text)}”.{(closest is null ? "" : $" Did you mean {closest}? You can copy this: /link {closest}")} {Roles}"
        );

        (LinkArguments, string?) Set(DocSpaceRole read) =>
            asked.Role is { } before && before != read ? (asked, $"a link is for one role. {Roles}") : (asked with { Role = read }, null);
    }

    private static (LinkArguments Asked, string? Wrong) ReadDomains(LinkArguments asked, string text, Queue<CommandWord> words)
    {
        var domains = asked
            .Terms.Domains.Concat(text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToList();

        while (words.TryPeek(out var next) && next.Option is null && next.Text.Contains('.', StringComparison.Ordinal))
        {
            domains.Add(words.Dequeue().Text);
        }

        domains = [.. domains.Select(domain => domain.TrimStart('@').ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

        // An option that names nothing must not mean everybody.
        return domains.Count == 0 ? (asked, $"--domain needs {What("domain")} behind it.")
            : domains.Find(domain => EmailAddress.WhyNot($"a@{domain}") is not null) is { } wrong
                ? (asked, $"“{Short(wrong)}” is not a domain. Write it like --domain contoso.com.")
            : domains.Count > MostDomains ? (asked, $"there are {domains.Count} domains, and a link can be limited to {MostDomains}.")
            : (asked with { Terms = asked.Terms with { Domains = domains } }, null);
    }

    /// <summary>A number and its unit, in one word or in two.</summary>
    private static TimeSpan? SpanIn(string text, Queue<CommandWord> words)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end && end < 0 ? text.Length : end;
        var unit = text[digits..];

        if (unit.Length == 0 && words.TryPeek(out var next) && next.Option is null && UnitOf(next.Text) is not null)
        {
            unit = words.Dequeue().Text;
        }

        return
            int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= 1_000_000
            && UnitOf(unit) is { } one
            ? one * count
            : null;
    }

    private static TimeSpan? UnitOf(string unit) =>
        unit.ToUpperInvariant() switch
        {
            "M" or "MIN" or "MINUTE" or "MINUTES" or "MINUTEN" => TimeSpan.FromMinutes(1),
            "H" or "HOUR" or "HOURS" or "STUNDE" or "STUNDEN" => TimeSpan.FromHours(1),
            "" or "D" or "DAY" or "DAYS" or "TAG" or "TAGE" => TimeSpan.FromDays(1),
            "W" or "WEEK" or "WEEKS" or "WOCHE" or "WOCHEN" => TimeSpan.FromDays(7),
            _ => null,
        };

    private static string? Take(Queue<CommandWord> words) =>
        words.TryPeek(out var next) && next.Option is null ? words.Dequeue().Text : null;

    private static string What(string option) =>
        option switch
        {
            "expires" => "a time like 7d",
            "uses" => "a number of people",
            "domain" => "a domain like contoso.com",
            "role" => "a role",
            _ => "a text in quotes",
        };

    private static string Short(string text) => InviteArgumentsReader.Short(text);
}
