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
                return (null, LinkTexts.NotMade.With(wrong));
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
                closest is null ? LinkTexts.UnknownOption.With(Short(name)) : LinkTexts.UnknownOptionMeant.With(Short(name), closest)
            );
        }

        if ((value ?? Take(words)) is not { } text)
        {
            return (asked, LinkTexts.NeedsBehind.With(option, What(option)));
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
                        LinkTexts.NotATime.With(Short(text), LinkTerms.Span(LinkTerms.ShortestLife), LinkTerms.Span(LinkTerms.LongestLife))
                    );
            case "uses":
                return
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var uses)
                    && uses is >= 1 and <= LinkTerms.MostUses
                    ? (asked with { Terms = asked.Terms with { Uses = uses } }, null)
                    : (asked, LinkTexts.NotANumber.With(Short(text), LinkTerms.MostUses));
            case "domain":
                return ReadDomains(asked, text, words);
            default:
                return text.Length > LongestReason
                    ? (asked, LinkTexts.ReasonTooLong.With(text.Length, LongestReason))
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
            return (asked, LinkTexts.NotForOnePerson);
        }

        var closest = ClosestWord.To(text, DocSpaceRoleNames.Typed);
        return (asked, closest is null ? LinkTexts.UnknownRole.With(Short(text)) : LinkTexts.UnknownRoleMeant.With(Short(text), closest));

        (LinkArguments, string?) Set(DocSpaceRole read) =>
            asked.Role is { } before && before != read ? (asked, LinkTexts.OneRoleOnly) : (asked with { Role = read }, null);
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
        return domains.Count == 0 ? (asked, LinkTexts.NeedsBehind.With("domain", What("domain")))
            : domains.Find(domain => EmailAddress.WhyNot($"a@{domain}") is not null) is { } wrong
                ? (asked, LinkTexts.NotADomain.With(Short(wrong)))
            : domains.Count > MostDomains ? (asked, LinkTexts.TooManyDomains.With(domains.Count, MostDomains))
            : (asked with { Terms = asked.Terms with { Domains = domains } }, null);
    }

    private static TimeSpan? SpanIn(string text, Queue<CommandWord> words)
    {
        var next = words.TryPeek(out var word) && word.Option is null ? word.Text : null;

        if (TypedTime.Read(text, next) is not var (time, takesNext))
        {
            return null;
        }

        if (takesNext)
        {
            words.Dequeue();
        }

        return time;
    }

    private static string? Take(Queue<CommandWord> words) =>
        words.TryPeek(out var next) && next.Option is null ? words.Dequeue().Text : null;

    private static string What(string option) =>
        option switch
        {
            "expires" => LinkTexts.ATime,
            "uses" => LinkTexts.ANumber,
            "domain" => LinkTexts.ADomain,
            "role" => LinkTexts.ARole,
            _ => LinkTexts.AText,
        };

    private static string Short(string text) => InviteArgumentsReader.Short(text);
}
