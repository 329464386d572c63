using DocSpace.Api;

namespace DocSpaceBot.Lifecycle;

internal enum PolicyAnswer
{
    Allow,
    Ask,
    Deny,
}

/// <summary>A rule of the policy: an empty list matches everything, a filled one what is in it.</summary>
internal sealed record PolicyRule(
    string Name,
    IReadOnlyList<string> Domains,
    IReadOnlyList<DocSpaceRole> Roles,
    IReadOnlyList<string> Requesters,
    PolicyAnswer Then
);

/// <summary>Who asks, as far as rules can tell. The address is null until Teams has told it.</summary>
internal sealed record Asker(string Id, string? Email);

internal sealed record Verdict(PolicyAnswer Answer, string? Rule);

/// <summary>
/// May this person invite that address with that role? An explicit deny that matches wins; else the first rule that matches; else
/// <c>Otherwise</c>. What cannot be known counts against the request: a requester whose address is unknown matches every deny rule and
/// no other.
/// </summary>
internal sealed record InvitePolicy(IReadOnlyList<PolicyRule> Rules, PolicyAnswer Otherwise)
{
    public Verdict Decide(Asker asker, string email, DocSpaceRole role)
    {
        PolicyRule? first = null;

        foreach (var rule in Rules)
        {
            if (!MatchesDomain(rule, email) || (rule.Roles.Count > 0 && !rule.Roles.Contains(role)) || !MatchesRequester(rule, asker))
            {
                continue;
            }

            if (rule.Then == PolicyAnswer.Deny)
            {
                return new(PolicyAnswer.Deny, rule.Name);
            }

            first ??= rule;
        }

        return first is null ? new(Otherwise, null) : new(first.Then, first.Name);
    }

    private static bool MatchesDomain(PolicyRule rule, string email) =>
        rule.Domains.Count == 0
        || rule.Domains.Any(domain => Glob(domain.AsSpan().TrimStart('@'), email.AsSpan(email.LastIndexOf('@') + 1)));

    private static bool MatchesRequester(PolicyRule rule, Asker asker) =>
        rule.Requesters.Count == 0
        || rule.Requesters.Any(requester =>
            string.Equals(requester, asker.Id, StringComparison.OrdinalIgnoreCase)
            || (asker.Email is { } email ? Glob(requester, email) : rule.Then == PolicyAnswer.Deny)
        );

    /// <summary><c>*</c> stands for any run of characters; letter case does not matter.</summary>
    private static bool Glob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
