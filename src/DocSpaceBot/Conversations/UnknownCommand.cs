using DocSpaceBot.Chat;

namespace DocSpaceBot.Conversations;

/// <summary>A word that is no command: the nearest one is proposed, never silence.</summary>
internal sealed class UnknownCommand : IChatCommand
{
    public const string Name = "unknown";

    public Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) => turn.ReplyAsync(AnswerTo(line));

    private static string AnswerTo(CommandLine line) =>
        line.Word.Contains('@', StringComparison.Ordinal)
            ? line.Arguments.Any(word => word.Contains('@', StringComparison.Ordinal))
                ? "Do you want to invite these people? Nobody was invited yet. Type /invite in front of their addresses."
                : $"Do you want to invite {line.Word}? Then type: /invite {line.Word}"
            : ClosestWord.To(line.Word, Routes.Commands) switch
            {
                { } closest => $"I do not know “{Short(line.Word)}”. Did you mean /{closest}? Type /help to see what I can do.",
                null when line.Arguments.Any(word => word.Contains('@', StringComparison.Ordinal)) =>
                    $"I do not know “{Short(line.Word)}”. Do you want to invite somebody? Nobody was invited yet. Type /invite in front, or /help to see what I can do.",
                null => $"I do not know “{Short(line.Word)}”. Type /help to see what I can do.",
            };

    private static string Short(string word) => word.Length <= 40 ? word : word[..40] + "…";
}
