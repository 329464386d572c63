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
)
{
    /// <summary>Titles of rooms, with <c>*</c> for any run of characters. Who is not invited into a room matches none.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>Matches requests for more people than this.</summary>
    public int? MoreThan { get; init; }

    /// <summary>Matches domains that nobody has been invited at before (true), or only the others (false).</summary>
    public bool? NewDomain { get; init; }

    /// <summary>Who is asked, the first group first.</summary>
    public IReadOnlyList<ApproverGroup> Approvers { get; init; } = [];

    /// <summary>How many of them have to say yes.</summary>
    public int Needed { get; init; } = 1;
}

/// <summary>Who asks, as far as rules can tell. The address is null until Teams has told it.</summary>
internal sealed record Asker(string Id, string? Email);

/// <summary>What is asked for, as far as rules can tell.</summary>
/// <param name="Email">Null for a link: whom it brings in is not known before.</param>
internal sealed record PolicyQuestion(Asker Asker, string? Email, DocSpaceRole Role)
{
    public string? Room { get; init; }

    /// <summary>How many people the request is for.</summary>
    public int People { get; init; } = 1;

    public bool IsNewDomain { get; init; }
}

/// <param name="Rule">Null when no rule is about it.</param>
internal sealed record Verdict(PolicyAnswer Answer, string? Rule)
{
    /// <summary>Who decides, the first group first. All of them may; the later ones are told later.</summary>
    public IReadOnlyList<ApproverGroup> Approvers { get; init; } = [];

    /// <summary>No rule gives the groups an order: all are told at once.</summary>
    public bool AllAtOnce { get; init; }

    /// <summary>How many of them have to say yes.</summary>
    public int Needed { get; init; } = 1;
}

/// <summary>
/// May this person invite that address with that role? An explicit deny that matches wins; else the first rule that matches; else
/// <c>Otherwise</c>. What cannot be known counts against the request: a requester whose address is unknown matches every deny rule, no
/// allow rule, and an ask rule wherever the answer would else be to allow. A link may bring in people of any domain, so no allow rule about
/// domains is about it; and where a deny rule about domains may be broken by it, somebody has to decide.
/// </summary>
/// <param name="Groups">Who is asked where no rule is about it and <c>Otherwise</c> is to ask.</param>
internal sealed record InvitePolicy(IReadOnlyList<PolicyRule> Rules, PolicyAnswer Otherwise, IReadOnlyList<ApproverGroup> Groups)
{
    public Verdict Decide(PolicyQuestion question)
    {
        PolicyRule? first = null;
        PolicyRule? perhaps = null;
        PolicyRule? unguarded = null;

        foreach (var rule in Rules)
        {
            switch (FitOf(rule, question))
            {
                case Fit.No:
                    break;

                case Fit.ForSome when rule.Then is PolicyAnswer.Deny:
                    unguarded ??= rule;
                    break;

                case not Fit.No when rule.Then is PolicyAnswer.Deny:
                    return new(PolicyAnswer.Deny, rule.Name);

                case Fit.Yes:
                    first ??= rule;
                    break;

                case Fit.Perhaps
                or Fit.ForSome when first is null && rule.Then is PolicyAnswer.Ask:
                    perhaps ??= rule;
                    break;
            }
        }

        return (first?.Then ?? Otherwise) switch
        {
            PolicyAnswer.Allow when perhaps is not null => Ask(perhaps),
            PolicyAnswer.Allow when unguarded is not null => new(PolicyAnswer.Ask, unguarded.Name) { Approvers = Groups, AllAtOnce = true },
            PolicyAnswer.Ask when first is not null => Ask(first),
            PolicyAnswer.Ask => new(PolicyAnswer.Ask, null) { Approvers = Groups, AllAtOnce = true },
            var answer => new(answer, first?.Name),
        };
    }

    private static Verdict Ask(PolicyRule rule) => new(PolicyAnswer.Ask, rule.Name) { Approvers = rule.Approvers, Needed = rule.Needed };

    private static Fit FitOf(PolicyRule rule, PolicyQuestion question) =>
        question.Email is null && (rule.Domains.Count > 0 || rule.NewDomain is not null)
            ? FitWithoutDomain(rule with { Domains = [], NewDomain = null }, question)
            : FitWithDomain(rule, question);

    /// <summary>Whoever asks is judged as always; whether the rest fits depends on who uses the link.</summary>
    private static Fit FitWithoutDomain(PolicyRule rule, PolicyQuestion question) =>
        FitWithDomain(rule, question) is Fit.No ? Fit.No : Fit.ForSome;

    private static Fit FitWithDomain(PolicyRule rule, PolicyQuestion question) =>
        MatchesDomain(rule, question.Email)
        && (rule.Roles.Count == 0 || rule.Roles.Contains(question.Role))
        && (rule.Rooms.Count == 0 || (question.Room is { } room && rule.Rooms.Any(title => Glob.Matches(title, room))))
        && (rule.MoreThan is not { } most || question.People > most)
        && (rule.NewDomain is not { } isNew || question.IsNewDomain == isNew)
            ? FitOfAsker(rule.Requesters, question.Asker)
            : Fit.No;

    private static bool MatchesDomain(PolicyRule rule, string? email) =>
        rule.Domains.Count == 0
        || (
            email is not null
            && rule.Domains.Any(domain => Glob.Matches(domain.AsSpan().TrimStart('@'), email.AsSpan(email.LastIndexOf('@') + 1)))
        );

    private static Fit FitOfAsker(IReadOnlyList<string> requesters, Asker asker) =>
        requesters.Count == 0 || requesters.Any(requester => Is(requester, asker)) ? Fit.Yes
        : asker.Email is null && requesters.Any(requester => !Guid.TryParse(requester, out _)) ? Fit.Perhaps
        : Fit.No;

    private static bool Is(string requester, Asker asker) =>
        string.Equals(requester, asker.Id, StringComparison.OrdinalIgnoreCase)
        || (asker.Email is { } email && Glob.Matches(requester, email));

    private enum Fit
    {
        No,

        /// <summary>The address of whoever asks would tell.</summary>
        Perhaps,

        /// <summary>It depends on the domain of each person whom a link brings in.</summary>
        ForSome,
        Yes,
    }
}
