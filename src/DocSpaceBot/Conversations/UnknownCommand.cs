using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Conversations;

/// <summary>A word that is no command: the nearest one is proposed, never silence.</summary>
internal sealed class UnknownCommand : IChatCommand
{
    public const string Name = "unknown";

    public Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) => turn.ReplyAsync(AnswerTo(line));

    private static string AnswerTo(CommandLine line) =>
        line.Word.Contains('@', StringComparison.Ordinal)
            ? line.Arguments.Any(word => word.Contains('@', StringComparison.Ordinal))
                ? ConversationTexts.WantToInvitePeople
                : ConversationTexts.WantToInvite.With(line.Word)
            : ClosestWord.To(line.Word, Routes.Commands) switch
            {
                { } closest => ConversationTexts.DidYouMean.With(Short(line.Word), closest),
                null when line.Arguments.Any(word => word.Contains('@', StringComparison.Ordinal)) =>
                    ConversationTexts.UnknownWithAddress.With(Short(line.Word)),
                null => ConversationTexts.Unknown.With(Short(line.Word)),
            };

    private static string Short(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
