using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Doctor;

/// <summary>What was found, line by line: how it is in words, and what to do.</summary>
internal static class SetupCard
{
    public static string Summary(IReadOnlyList<Finding> findings) =>
        findings.Count(it => it.Health is not Health.Good) switch
        {
            0 => DoctorTexts.EverythingGood,
            1 => DoctorTexts.OneNeedsYou,
            var count => DoctorTexts.ManyNeedYou.With(count),
        };

    public static AdaptiveCard For(IReadOnlyList<Finding> findings, DateTimeOffset now) =>
        new()
        {
            FallbackText = Summary(findings),
            Body =
            [
                CardFrame.Heading(
                    Summary(findings),
                    findings.Any(it => it.Health is Health.Broken) ? ContainerStyle.Attention
                        : findings.Any(it => it.Health is Health.Attention) ? ContainerStyle.Warning
                        : ContainerStyle.Good
                ),
                .. findings.Select(Line),
                new TextBlock(DoctorTexts.LookedUp.With(InvitationCard.Time(now)))
                {
                    IsSubtle = true,
                    Size = TextSize.Small,
                    Spacing = Spacing.Medium,
                },
            ],
        };

    private static Container Line(Finding it) =>
        new()
        {
            Separator = true,
            Spacing = Spacing.Small,
            Items =
            [
                new ColumnSet
                {
                    Columns =
                    [
                        new Column { Width = "stretch", Items = [new TextBlock(it.About) { Weight = TextWeight.Bolder }] },
                        new Column { Width = "auto", Items = [Word(it.Health)] },
                    ],
                },
                new TextBlock(it.Text) { Spacing = Spacing.None },
                .. it.Advice is { } advice
                    ? [new TextBlock(DoctorTexts.WhatToDo.With(advice)) { Spacing = Spacing.Small }]
                    : Array.Empty<TextBlock>(),
            ],
        };

    private static TextBlock Word(Health health) =>
        health switch
        {
            Health.Good => new(DoctorTexts.Good) { Color = TextColor.Good },
            Health.Attention => new(DoctorTexts.NeedsAttention) { Color = TextColor.Warning, Weight = TextWeight.Bolder },
            _ => new(DoctorTexts.Broken) { Color = TextColor.Attention, Weight = TextWeight.Bolder },
        };
}
