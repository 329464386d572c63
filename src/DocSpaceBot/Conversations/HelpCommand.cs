using DocSpaceBot.Chat;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Conversations;

/// <summary><c>/help</c>, a greeting, thanks: what the bot can do, with examples to copy.</summary>
internal sealed class HelpCommand(Operators operators) : IChatCommand
{
    public const string Name = "help";

    /// <summary>Where others read along, everybody gets the same answer: not even who is an operator is shown there.</summary>
    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var isForOperator =
            turn.Activity.Conversation?.ConversationType == ConversationTypes.Personal
            && await operators.IsOneAsync(turn.TenantId, turn.From, cancellationToken);
        await SendHelp.AddAsync(turn.Unit, turn.ConversationId, isForOperator, turn.Now);
    }
}

internal static class HelpCard
{
    public static string Summary => ConversationTexts.Summary;

    public static AdaptiveCard Card => For(ConversationTexts.WhatICanDo);

    public static AdaptiveCard CardForOperator => For(ConversationTexts.WhatICanDo, isForOperator: true);

    public static AdaptiveCard Greeting => For(ConversationTexts.Hello);

    private static AdaptiveCard For(string heading, bool isForOperator = false) =>
        new()
        {
            FallbackText = Summary,
            Body =
            [
                new TextBlock(heading)
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Style = TextBlockStyle.Heading,
                },
                new TextBlock(ConversationTexts.WhatIDo),
                new TextBlock(ConversationTexts.CopyOne) { Spacing = Spacing.Medium, IsSubtle = true },
                Example("/invite alice@example.com", ConversationTexts.InvitesOne),
                Example("/invite alice@example.com bob@example.com --role roomadmin", ConversationTexts.InvitesSeveral),
                Example("/invite carol@example.com --room \"Q4 Audit\"", ConversationTexts.InvitesGuest),
                new TextBlock(ConversationTexts.FormAndFile) { Spacing = Spacing.Medium },
                new TextBlock(ConversationTexts.LinkDoes) { Spacing = Spacing.Small },
                new TextBlock(ConversationTexts.CancelDoes) { Spacing = Spacing.Small },
                new TextBlock(ConversationTexts.StandingDoes) { Spacing = Spacing.Small },
                new TextBlock(ConversationTexts.ApprovalsDo) { Spacing = Spacing.Small },
                .. isForOperator ? [new TextBlock(ConversationTexts.OperatorsDo) { Spacing = Spacing.Small }] : Array.Empty<TextBlock>(),
                new TextBlock(ConversationTexts.MentionMe) { Spacing = Spacing.Medium, IsSubtle = true },
            ],
        };

    private static Container Example(string command, string does) =>
        new()
        {
            Spacing = Spacing.Small,
            Items =
            [
                new TextBlock(CardText.Escape(command)) { Weight = TextWeight.Bolder },
                new TextBlock(does) { IsSubtle = true, Spacing = Spacing.None },
            ],
        };
}
