using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Audit;

/// <summary>
/// <c>/audit</c> looks into the ledger, for operators: the history of an address, whether the ledger is in order, or all of it as a file. Whatever it
/// shows is about the operator's own tenant, and that it was shown is told in the ledger too.
/// </summary>
internal sealed class AuditCommand(Operators operators) : IChatCommand
{
    public const string Name = "audit";

    private const string Verify = "verify";
    private const string Export = "export";

    public Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        IsPersonal(turn) ? operators.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken) : Task.CompletedTask;

    /// <summary>Where others read along, everybody gets the same answer: not even who is an operator is shown there.</summary>
    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (!IsPersonal(turn))
        {
            await turn.ReplyAsync(AuditTexts.OnlyInPersonalChat);
        }
        else if (!await operators.IsOneAsync(turn.TenantId, turn.From, cancellationToken))
        {
            await turn.ReplyAsync(AuditTexts.NotForYou);
        }
        else
        {
            await AnswerAsync(turn, line);
        }
    }

    private static Task AnswerAsync(ChatTurn turn, CommandLine line) =>
        line.Arguments switch
        {
            [var word] when Is(word, Verify) => StepQueue.AddAsync(turn.Unit, StepKind.VerifyLedger, turn.ConversationId, turn.Now),
            [var word] when Is(word, Export) => ExportAsync(turn, null),
            [var word, var number] when Is(word, Export) && Number(number) is { } upTo => ExportAsync(turn, upTo),
            _ when AddressIn(line) is { } email => ShowAsync(turn, email),
            _ => turn.ReplyAsync(AuditTexts.Usage),
        };

    private static async Task ShowAsync(ChatTurn turn, string email)
    {
        if (EmailAddress.WhyNot(email) is { } no)
        {
            await turn.ReplyAsync(AuditTexts.NotAnAddress.With(email, no.Text));
            return;
        }

        var history = await Ledger.ListAboutAsync(turn.Unit, turn.TenantId, email, HistoryText.MostRecords);
        turn.Unit.Record(By(turn, LedgerKind.HistoryRead) with { Email = email });
        await turn.ReplyAsync(HistoryText.For(email, history));
    }

    /// <summary>The record of it is what the file is made from: who may have it, and up to where it goes.</summary>
    private static async Task ExportAsync(ChatTurn turn, long? upTo)
    {
        var id = RequestId.New();
        turn.Unit.Record(
            By(turn, LedgerKind.LedgerExported) with
            {
                Request = id,
                Detail = upTo is { } last ? string.Create(CultureInfo.InvariantCulture, $"up to record {last}") : null,
            }
        );
        await StepQueue.AddAsync(turn.Unit, StepKind.OfferFile, LedgerFile.IdFor(id, upTo), turn.Now);
    }

    private static LedgerEntry By(ChatTurn turn, LedgerKind kind) =>
        new(kind, turn.Now, turn.TenantId) { Actor = turn.From, Right = LedgerRight.Operator };

    private static bool IsPersonal(ChatTurn turn) => turn.Activity.Conversation?.ConversationType == "personal";

    private static bool Is(string word, string keyword) => string.Equals(word, keyword, StringComparison.OrdinalIgnoreCase);

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The only word with an @; names beside it are for people.</summary>
    private static string? AddressIn(CommandLine line) =>
        line.Arguments.Where(word => word.Contains('@', StringComparison.Ordinal)).ToList() is [var one]
            ? EmailAddress.Normalise(one)
            : null;
}
