using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;

namespace DocSpaceBot.Overview;

/// <summary><c>/pending</c> lists what is not finished of what somebody asked for; <c>/pending all</c> of everybody's, for operators.</summary>
internal sealed class PendingCommand(OverviewLists lists, Operators operators) : IChatCommand
{
    public const string Name = "pending";

    public const string All = "all";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        IsAll(line) && Reader.Of(turn).IsPersonal
            ? operators.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken)
            : Task.CompletedTask;

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var reader = Reader.Of(turn);

        if (await WhyNotAsync(reader, line, cancellationToken) is { } why)
        {
            await turn.ReplyAsync(why);
            return;
        }

        var (card, summary) = await lists.DrawAsync(turn.Unit, reader, IsAll(line) ? ListKind.All : ListKind.Pending, 0);
        await turn.ReplyAsync(card, summary);
    }

    /// <summary>Where others read along everybody gets the same answer: not even who is an operator is shown there.</summary>
    private async Task<string?> WhyNotAsync(Reader reader, CommandLine line, CancellationToken cancellationToken) =>
        reader.Who.Id.Length == 0 ? OverviewTexts.WhoAreYou
        : IsAll(line)
            ? !reader.IsPersonal ? OverviewTexts.AllInPersonalChat
                : await operators.IsOneAsync(reader.TenantId, reader.Who, cancellationToken) ? null
                : OverviewTexts.AllForOperators
        : line.Words.Count > 0 ? OverviewTexts.PendingUsage
        : null;

    private static bool IsAll(CommandLine line) =>
        line.Words is [var word] && string.Equals(word.Option ?? word.Text, All, StringComparison.OrdinalIgnoreCase);
}
