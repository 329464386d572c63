using DocSpaceBot.Invitations;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Doctor;

/// <summary>What was found, line by line: how it is in words, and what to do.</summary>
internal static class SetupCard
{
    public static string Summary(IReadOnlyList<Finding> findings) =>
        findings.Count(it => it.Health is not Health.Good) switch
        {
            0 => "Everything is set up",
            1 => "One thing needs you",
            var count => $"{count} things need you",
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
                new TextBlock($"Looked up {InvitationCard.Time(now)}")
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
                    ? [new TextBlock($"**What to do:** {advice}") { Spacing = Spacing.Small }]
                    : Array.Empty<TextBlock>(),
            ],
        };

    private static TextBlock Word(Health health) =>
        health switch
        {
            Health.Good => new("good") { Color = TextColor.Good },
            Health.Attention => new("needs attention") { Color = TextColor.Warning, Weight = TextWeight.Bolder },
            _ => new("broken") { Color = TextColor.Attention, Weight = TextWeight.Bolder },
        };
}
