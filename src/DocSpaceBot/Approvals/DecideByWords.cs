using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Approvals;

/// <summary>What the two commands have in common: <c>N</c>, perhaps some of the addresses, and for a denial the reason.</summary>
internal sealed partial class DecideByWords(DecideRequest decide, TimeProvider clock, ILogger<DecideByWords> logger)
{
    private const int MostNamed = 3;

    public async Task DecideAsync(Unit unit, ChatTurn turn, CommandLine line, Choice choice)
    {
        if (turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(ApprovalTexts.WhoAreYou);
            return;
        }

        if (NumberIn(line) is not { } number)
        {
            await turn.ReplyAsync(choice is Choice.Approve ? ApprovalTexts.WhichToApprove : ApprovalTexts.WhichToDeny);
            return;
        }

        if (await FindAsync(turn, number) is not var (request, all))
        {
            await turn.ReplyAsync(ApprovalTexts.UnknownRequest.With(number));
            return;
        }

        var (addresses, rest) = AddressesIn(line, all);

        // A slip in an address must not become a reason to deny everybody.
        if (rest.Length > 0 && (choice is Choice.Approve || (all.Count > 1 && BeginsWithAddress(rest))))
        {
            await turn.ReplyAsync(
                (choice is Choice.Approve ? ApprovalTexts.NobodyToApprove : ApprovalTexts.NobodyToDeny).With(
                    InviteArgumentsReader.Short(rest),
                    number
                )
            );
            return;
        }

        var decided = await decide.DecideAsync(
            unit,
            request,
            it => addresses.Count == 0 || addresses.Contains(it.Email),
            turn.From,
            turn.ConversationId,
            choice,
            rest
        );

        if (decided.Why is null)
        {
            Log.Decided(logger, request.Id.Value, choice, turn.From.Id);
        }

        await turn.ReplyAsync(
            decided.Why is { } why ? WhyNot(why, request, decided.Invitations, turn) : Said(request, decided.Invitations, choice, turn)
        );
    }

    /// <summary>Who decided and why is not for everybody who reads along elsewhere.</summary>
    private static string WhyNot(string why, InviteRequest request, IReadOnlyList<Invitation> all, ChatTurn turn) =>
        IsPrivate(turn)
        || request.ConversationId == turn.ConversationId
        || request.Requester.Id == turn.From.Id
        || all.Any(it => it.Status is InvitationStatus.PendingApproval)
            ? why
            : ApprovalTexts.DecidedAlready.With(request.Number);

    private static bool IsPrivate(ChatTurn turn) => turn.Activity.Conversation?.ConversationType == "personal";

    private static int? NumberIn(CommandLine line) =>
        line.Words is [var first, ..]
        && int.TryParse(first.Text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Null for whoever has nothing to do with it: numbers are easy to guess.</summary>
    private async Task<(InviteRequest Request, IReadOnlyList<Invitation> All)?> FindAsync(ChatTurn turn, int number)
    {
        if (await InvitationStore.FindRequestAsync(turn.Unit, turn.TenantId, number) is not { } request)
        {
            return null;
        }

        var all = await InvitationStore.ListAsync(turn.Unit, request.Id);
        var isTheirs =
            request.Requester.Id == turn.From.Id
            || (await ApproverStore.ListAsync(turn.Unit, request.Id)).Any(approver => approver.Id == turn.From.Id)
            || (await decide.ListDecidableAsync(turn.Unit, request, all, turn.From, turn.ConversationId)).Count > 0;
        return isTheirs ? (request, all) : null;
    }

    /// <summary>The addresses of the request that stand behind the number, and what follows them.</summary>
    private static (IReadOnlySet<string> Addresses, string Words) AddressesIn(CommandLine line, IReadOnlyList<Invitation> all)
    {
        var words = line.Words.Skip(1).ToList();
        var known = all.Select(it => it.Email).ToHashSet(StringComparer.Ordinal);
        var addresses = words.Select(word => EmailAddress.Normalise(word.Text)).TakeWhile(known.Contains).ToHashSet(StringComparer.Ordinal);
        var rest = words.Skip(words.TakeWhile(word => known.Contains(EmailAddress.Normalise(word.Text))).Count());
        return (addresses, string.Concat(rest.Select(word => $"{word.Text}{(word.Separator is ' ' ? " " : $"{word.Separator} ")}")).Trim());
    }

    private static bool BeginsWithAddress(string words) => words.Split(' ')[0].IndexOf('@', StringComparison.Ordinal) > 0;

    private string Said(InviteRequest request, IReadOnlyList<Invitation> all, Choice choice, ChatTurn turn)
    {
        // Where others read along the number has to do.
        var who = IsPrivate(turn)
            ? ApprovalTexts.WhoInRequest.With(Names(all), request.Number)
            : ApprovalTexts.RequestNumber.With(request.Number);

        if (choice is Choice.Deny)
        {
            return ApprovalTexts.YouDenied.With(who, request.Requester.Name);
        }

        var waiting = all.Where(it => it.Status is InvitationStatus.PendingApproval && it.IsApprovedBy(turn.From)).ToList();

        if (waiting.Count > 0)
        {
            var open = waiting.Max(it => it.Needed - it.Votes.Count);
            return (open == 1 ? ApprovalTexts.YouApprovedOneMore : ApprovalTexts.YouApprovedSomeMore).With(who, open);
        }

        return Countdown.EndsAt(all) is { } end && clock.GetUtcNow() < end
            ? ApprovalTexts.ApprovedUntil.With(who, WaitingWords.Time(end), request.Number)
            : ApprovalTexts.Approved.With(who);
    }

    private static string Names(IReadOnlyList<Invitation> all) =>
        DecisionWords.Listed([
            .. all.Take(MostNamed).Select(it => it.Who),
            .. all.Count > MostNamed ? [ApprovalTexts.More.With(all.Count - MostNamed)] : Array.Empty<string>(),
        ]);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Request {RequestId}: {Choice} by {PersonId}, typed.")]
        public static partial void Decided(ILogger logger, string requestId, Choice choice, string personId);
    }
}
