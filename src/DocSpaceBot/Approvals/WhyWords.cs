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
        var place = it.Row.Room is { } room ? $" into the room “{room}”" : "";

        return string.Join(
            "\n\n",
            (
                (string?[])
                    [
                        $"{it.Row.Email} as {DocSpaceRoleNames.For(it.Row.Role)}{place}: {Rule(it.Verdict)}",
                        it.CountsAgainst
                            ? "Teams has not told me your address, which counts against you where a rule is about who asks."
                            : null,
                        it.Verdict.Answer is PolicyAnswer.Ask ? WhoDecides(it) : null,
                        wouldBeRefused is null ? WhatComesOfIt(it, options) : $"It would be refused. {wouldBeRefused}",
                        wouldBeRefused is null
                            ? $"This was only a question, and nobody was invited. To ask for it: {it.Asked.ToCommand()}"
                            : null,
                    ]
            ).OfType<string>()
        );
    }

    private static string Rule(Verdict verdict) =>
        (verdict.Rule, verdict.Answer) switch
        {
            ({ } rule, PolicyAnswer.Allow) => $"the rule “{rule}” allows it.",
            ({ } rule, PolicyAnswer.Deny) => $"the rule “{rule}” does not allow it.",
            ({ } rule, _) => $"the rule “{rule}” is about it, and asks for approval.",
            (null, PolicyAnswer.Allow) => "no rule is about it, and what no rule is about is allowed.",
            (null, PolicyAnswer.Deny) => "no rule is about it, and what no rule is about is not allowed.",
            _ => "no rule is about it, and what no rule is about needs approval.",
        };

    /// <summary>Null when nothing speaks against it.</summary>
    private static string? WouldBeRefused(Wondered it) =>
        it.Verdict.Answer is PolicyAnswer.Deny ? $"An operator can change the {(it.Verdict.Rule is null ? "rules" : "rule")}."
        : it.Verdict.Answer is PolicyAnswer.Ask && !ApprovalRights.CanBeEnough(it.Verdict, it.Asker)
            ? $"{TooFew(it)} {Refusal.NobodyToAsk.WhatToDo}"
        : it.Impossible?.Text;

    private static string TooFew(Wondered it) =>
        ApprovalRights.CountOf(it.Verdict, it.Asker) is not (> 0 and var left)
            ? "Nobody is set up who could approve it."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It needs {it.Verdict.Needed} approvals, and there {(left == 1 ? "is 1 person" : $"are {left} people")} who could give one."
            );

    /// <summary>Null when nobody is named.</summary>
    private static string? WhoDecides(Wondered it)
    {
        if (it.Deciding.Count == 0)
        {
            return null;
        }

        var groups = string.Join(it.Verdict.AllAtOnce ? " and " : ", then ", it.Deciding.Select(Describe));
        var isAmong = it.Verdict.Approvers.Any(group => group.People.Any(person => person.Is(it.Asker.Id, it.Asker.Email)));
        return $"Who decides: {groups}.{(isAmong ? " You are one of them, but nobody approves their own request." : "")}";
    }

    private static string Describe(Deciding deciding) =>
        deciding.Group switch
        {
            { IsManager: true } => "your manager",
            { IsOpenChannel: true } => $"“{deciding.Group.Name}” (everybody in its channel)",
            _ => $"“{deciding.Group.Name}” ({string.Join(", ", deciding.Names)})",
        };

    private static string WhatComesOfIt(Wondered it, ApprovalOptions options)
    {
        var first = it.LooksOdd.Length > 0 ? $"You would be asked to confirm it first. {it.LooksOdd} Then it " : "It ";

        return it.Verdict.Answer is PolicyAnswer.Ask
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{first}would wait for {HowMany(it)} to approve it, up to {Time(options.Deadline)}."
                )
            : options.UndoWindow > TimeSpan.Zero ? $"{first}would go out after {Time(options.UndoWindow)}, in which you can take it back."
            : $"{first}would go out at once.";
    }

    private static string HowMany(Wondered it) =>
        ApprovalRights.CountOf(it.Verdict, it.Asker) switch
        {
            1 => "1 person",
            { } people => string.Create(CultureInfo.InvariantCulture, $"{it.Verdict.Needed} of {people} people"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{it.Verdict.Needed} of them"),
        };

    private static string Time(TimeSpan time)
    {
        var (count, unit) =
            time.Ticks % TimeSpan.TicksPerDay == 0 ? (time.TotalDays, "day")
            : time.Ticks % TimeSpan.TicksPerHour == 0 ? (time.TotalHours, "hour")
            : time.Ticks % TimeSpan.TicksPerMinute == 0 ? (time.TotalMinutes, "minute")
            : (time.TotalSeconds, "second");
        return string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}{(count is 1 ? "" : "s")}");
    }
}
