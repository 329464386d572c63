using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// <c>/cancel ADDRESS…</c> withdraws what the same person asked for: takes it off a list, stops it before anything leaves, or has DocSpace make the
/// invitation invalid. Whoever asks learns nothing about requests of others.
/// </summary>
internal sealed class CancelCommand(InvitationStore invitations) : IChatCommand
{
    public const string Name = "cancel";

    private const int MostAddresses = 50;

    private const string TooLate = "joined already, so it is too late. An administrator can disable the account in DocSpace.";

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var (emails, wrong) = Read(line);

        if (wrong is not null || turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(
                $"Nothing was changed: {wrong ?? "Teams did not say who you are, so I cannot look for your requests. Ask an operator."}"
            );
            return;
        }

        var answers = new List<(string Email, string Answer)>();

        foreach (var email in emails)
        {
            answers.Add((email, await CancelAsync(turn, email)));
        }

        await turn.ReplyAsync(
            string.Join(
                "\n\n",
                answers.GroupBy(it => it.Answer).Select(group => $"{string.Join(", ", group.Select(it => it.Email))}: {group.Key}")
            )
        );
    }

    private static (IReadOnlyList<string> Emails, string? Wrong) Read(CommandLine line)
    {
        var addresses = new PastedAddresses();
        string? wrong = null;

        foreach (var word in line.Words)
        {
            if (word.Option is not null)
            {
                wrong ??= $"/cancel has no option “{InviteArgumentsReader.Short(word.Text)}”. Type it like this: /cancel alice@example.com";
            }
            else if (PastedAddresses.IsAddress(word))
            {
                wrong ??= addresses.Read(word);
            }
            else
            {
                addresses.KeepWord(word);
            }
        }

        if (addresses.LeftOver() is { } words)
        {
            wrong ??= $"“{InviteArgumentsReader.Short(words)}” {Refusal.NotAnAddress.Text}";
        }

        IReadOnlyList<string> emails = [.. addresses.Found.Select(it => it.Email)];
        wrong ??= emails.Count switch
        {
            0 => "say whose invitation it is, like this: /cancel alice@example.com",
            > MostAddresses => $"{emails.Count} addresses are more than the {MostAddresses} that one message can hold.",
            _ => null,
        };
        return (emails, wrong);
    }

    /// <summary>What is said behind the address. One sentence may be about several people.</summary>
    private async Task<string> CancelAsync(ChatTurn turn, string email)
    {
        var asked = await InvitationStore.ListAskedByAsync(turn.Unit, turn.TenantId, turn.From.Id, email);
        var it =
            asked.FirstOrDefault(it => it.Status is InvitationStatus.PendingApproval or InvitationStatus.Approved)
            ?? asked.FirstOrDefault(it => it is { Status: InvitationStatus.Invited, IsOurs: true })
            ?? (asked is [var newest, ..] ? newest : null);
        var drafts = await DraftStore.ListOpenAsync(turn.Unit, turn.TenantId, turn.From.Id);
        var draft = drafts.FirstOrDefault(draft => !draft.IsDryRun && draft.Rows.Any(row => row.Email == email));

        return draft is not null && !(it?.AskedAt > draft.AskedAt) ? await TakeOffAsync(turn, draft, email)
            : it is null ? "I know of no request of yours. Nothing was changed."
            : await WithdrawAsync(turn, it);
    }

    private static async Task<string> TakeOffAsync(ChatTurn turn, Draft draft, string email)
    {
        var left = draft.Rows.Where(row => row.Email != email).ToList();

        if (left.Count == 0)
        {
            await DraftStore.TrySaveAsync(turn.Unit, draft with { State = DraftState.Cancelled });
        }
        else
        {
            await DraftStore.TrySaveAsync(turn.Unit, draft with { Rows = left });

            if (draft.State is DraftState.Looking)
            {
                // Who looks everybody up at this moment keeps nothing of it, because the list is another now.
                await StepQueue.AddAsync(turn.Unit, StepKind.LookBeforeSending, draft.Id.Value, turn.Now);
            }
        }

        await StepQueue.AddAsync(turn.Unit, StepKind.ShowCard, draft.Id.Value, turn.Now);
        return left.Count == 0
            ? "cancelled. It was not confirmed yet, and nothing has been sent."
            : "taken off the list that is not confirmed yet. Nothing has been sent.";
    }

    private async Task<string> WithdrawAsync(ChatTurn turn, Invitation it)
    {
        InvitationEvent? happened = it switch
        {
            { Status: InvitationStatus.PendingApproval or InvitationStatus.Approved } => new InvitationEvent.Cancel(turn.From),
            { Status: InvitationStatus.Invited, IsOurs: true } => new InvitationEvent.WishAsked(Wish.Revoke, turn.From),
            _ => null,
        };

        // The table decides about it as it is at this moment.
        return happened is null ? WhyNot(it)
            : await invitations.ApplyAsync(turn.Unit, it.Id, happened) is Transition.Moved moved ? Said(moved.Invitation)
            : WhyNotNow(it);
    }

    private static string Said(Invitation it) =>
        it.Status is InvitationStatus.Cancelled
            ? "cancelled. Nothing has been sent."
            : "DocSpace is being asked to withdraw the invitation. The card shows what comes of it.";

    private static string WhyNotNow(Invitation it) =>
        it switch
        {
            { Status: InvitationStatus.Approved } => "just going out. Try again in a moment.",
            { Wish: Wish.Revoke, HasOpenWish: true } => "being withdrawn already. The card shows what comes of it.",
            _ => "DocSpace is being asked for something else just now. Try again in a moment.",
        };

    private static string WhyNot(Invitation it) =>
        it switch
        {
            { Status: InvitationStatus.Joined or InvitationStatus.Welcomed } => TooLate,
            { Status: InvitationStatus.AlreadyMember } =>
                "in DocSpace before you asked, so there is no invitation to withdraw. An administrator can disable the account in DocSpace.",
            { Status: InvitationStatus.Invited } =>
                "invited by somebody else before you asked. Only an administrator can withdraw that, in DocSpace.",
            { Status: InvitationStatus.Cancelled } => "cancelled already.",
            { Status: InvitationStatus.Denied } => "denied, and not invited. There is nothing to withdraw.",
            { Status: InvitationStatus.Expired, InvitedAt: null } =>
                "expired: nobody decided in time, and nobody was invited. There is nothing to withdraw.",
            { Status: InvitationStatus.Expired } =>
                "expired: nobody joined in the time that was given. An administrator can disable the account in DocSpace.",
            { Status: InvitationStatus.Failed, InvitedAt: not null } =>
                "disabled in DocSpace already: the link in the mail no longer works.",
            { Cause: Cause.NotKnown } =>
                "perhaps invited: that is not known yet. Press “Try again” on the card, and when it says “Invited” type /cancel again.",
            _ => "not invited. There is nothing to withdraw.",
        };
}
