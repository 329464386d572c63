using System.Globalization;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Approvals;

/// <summary>A group that would be asked.</summary>
/// <param name="Names">Its people as they can be called.</param>
internal sealed record Deciding(ApproverGroup Group, IReadOnlyList<string> Names);

/// <summary>An invitation that is only wondered about, and what the policy says to it.</summary>
internal sealed record Wondered(InviteArguments Asked, DraftRow Row, Verdict Verdict, Asker Asker)
{
    /// <summary>What speaks against it whatever the policy says.</summary>
    public Refusal? Impossible { get; init; }

    /// <summary>Why the address would be shown before anything is sent; empty when it would not.</summary>
    public string LooksOdd { get; init; } = "";

    public IReadOnlyList<Deciding> Deciding { get; init; } = [];

    /// <summary>There are rules about the address of whoever asks, and it is not known.</summary>
    public bool CountsAgainst { get; init; }
}

/// <summary>What <c>/why</c> answers, in plain text.</summary>
internal static class WhyWords
{
    public static string For(Wondered it, ApprovalOptions options)
    {
        var wouldBeRefused = WouldBeRefused(it);

        return string.Join(
            "\n\n",
            (
                (string?[])
                    [
                        WhatRule(it.Row, Rule(it.Verdict)),
                        it.CountsAgainst ? ApprovalTexts.AddressCountsAgainst : null,
                        it.Verdict.Answer is PolicyAnswer.Ask ? WhoDecides(it) : null,
                        wouldBeRefused is null ? WhatComesOfIt(it, options) : ApprovalTexts.WouldBeRefused.With(wouldBeRefused),
                        wouldBeRefused is null ? ApprovalTexts.OnlyAQuestion.With(it.Asked.ToCommand()) : null,
                    ]
            ).OfType<string>()
        );
    }

    private static string WhatRule(DraftRow row, string rule)
    {
        var role = DocSpaceRoleNames.For(row.Role);
        return row.Room is null
            ? ApprovalTexts.WhyAsRole.With(row.Email, role, rule)
            : ApprovalTexts.WhyIntoRoom.With(row.Email, role, rule, row.Room);
    }

    private static string Rule(Verdict verdict) =>
        (verdict.Rule, verdict.Answer) switch
        {
            ({ } rule, PolicyAnswer.Allow) => ApprovalTexts.RuleAllows.With(rule),
            ({ } rule, PolicyAnswer.Deny) => ApprovalTexts.RuleDenies.With(rule),
            ({ } rule, _) => ApprovalTexts.RuleAsks.With(rule),
            (null, PolicyAnswer.Allow) => ApprovalTexts.NoRuleAllowed,
            (null, PolicyAnswer.Deny) => ApprovalTexts.NoRuleDenied,
            _ => ApprovalTexts.NoRuleAsks,
        };

    /// <summary>Null when nothing speaks against it.</summary>
    private static string? WouldBeRefused(Wondered it) =>
        it.Verdict.Answer is PolicyAnswer.Deny
            ? it.Verdict.Rule is null
                ? ApprovalTexts.OperatorCanChangeRules
                : ApprovalTexts.OperatorCanChangeRule
            : it.Verdict.Answer is PolicyAnswer.Ask && !ApprovalRights.CanBeEnough(it.Verdict, it.Asker)
                ? $"{TooFew(it)} {Refusal.NobodyToAsk.WhatToDo}"
                : it.Impossible?.Text;

    private static string TooFew(Wondered it) =>
        ApprovalRights.CountOf(it.Verdict, it.Asker) is not (> 0 and var left) ? ApprovalTexts.NobodyIsSetUp
        : left == 1 ? ApprovalTexts.NeedsMoreThanOne.With(it.Verdict.Needed)
        : ApprovalTexts.NeedsMoreThanThere.With(it.Verdict.Needed, left);

    /// <summary>Null when nobody is named.</summary>
    private static string? WhoDecides(Wondered it)
    {
        if (it.Deciding.Count == 0)
        {
            return null;
        }

        var groups = it
            .Deciding.Select(Describe)
            .Aggregate((before, next) => (it.Verdict.AllAtOnce ? ApprovalTexts.ListAnd : ApprovalTexts.GroupThen).With(before, next));
        var isAmong = it.Verdict.Approvers.Any(group => group.People.Any(person => person.Is(it.Asker.Id, it.Asker.Email)));
        var decides = ApprovalTexts.WhoDecides.With(groups);
        return isAmong ? $"{decides} {ApprovalTexts.YouAreAmong}" : decides;
    }

    private static string Describe(Deciding deciding) =>
        deciding.Group switch
        {
            { IsManager: true } => ApprovalTexts.YourManager,
            { IsOpenChannel: true } => ApprovalTexts.GroupOfChannel.With(deciding.Group.Name),
            _ => ApprovalTexts.GroupOfPeople.With(deciding.Group.Name, string.Join(", ", deciding.Names)),
        };

    private static string WhatComesOfIt(Wondered it, ApprovalOptions options)
    {
        var isOdd = it.LooksOdd.Length > 0;
        var comes =
            it.Verdict.Answer is PolicyAnswer.Ask
                ? (isOdd ? ApprovalTexts.ThenWouldWait : ApprovalTexts.WouldWait).With(HowMany(it), Time(options.Deadline))
            : options.UndoWindow > TimeSpan.Zero
                ? (isOdd ? ApprovalTexts.ThenWouldGoOutAfter : ApprovalTexts.WouldGoOutAfter).With(Time(options.UndoWindow))
            : isOdd ? ApprovalTexts.ThenWouldGoOut
            : ApprovalTexts.WouldGoOut;
        return isOdd ? ApprovalTexts.ConfirmFirst.With(it.LooksOdd, comes) : comes;
    }

    private static string HowMany(Wondered it) =>
        ApprovalRights.CountOf(it.Verdict, it.Asker) switch
        {
            1 => ApprovalTexts.OnePerson,
            { } people => ApprovalTexts.SomeOfPeople.With(it.Verdict.Needed, people),
            _ => ApprovalTexts.SomeOfThem.With(it.Verdict.Needed),
        };

    private static string Time(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerDay == 0 ? Wording.Count((int)time.TotalDays, ApprovalTexts.Day, ApprovalTexts.Days)
        : time.Ticks % TimeSpan.TicksPerHour == 0 ? Wording.Count((int)time.TotalHours, ApprovalTexts.Hour, ApprovalTexts.Hours)
        : time.Ticks % TimeSpan.TicksPerMinute == 0 ? Wording.Count((int)time.TotalMinutes, ApprovalTexts.Minute, ApprovalTexts.Minutes)
        : (time.TotalSeconds is 1 ? ApprovalTexts.Second : ApprovalTexts.Seconds).With(
            time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)
        );
}
