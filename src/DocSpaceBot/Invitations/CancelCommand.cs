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

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var (emails, wrong) = Read(line);

        if (wrong is not null || turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(AskTexts.NothingChanged.With(wrong ?? AskTexts.CancelByNobody));
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
                wrong ??= AskTexts.CancelNoOption.With(InviteArgumentsReader.Short(word.Text));
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
            wrong ??= AskTexts.IsNot.With(InviteArgumentsReader.Short(words), Refusal.NotAnAddress.Text);
        }

        IReadOnlyList<string> emails = [.. addresses.Found.Select(it => it.Email)];
        wrong ??= emails.Count switch
        {
            0 => AskTexts.CancelWhose,
            > MostAddresses => AskTexts.CancelTooMany.With(emails.Count, MostAddresses),
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
            : it is null ? AskTexts.CancelUnknown
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
        return left.Count == 0 ? AskTexts.CancelledDraft : AskTexts.TakenOffDraft;
    }

    private async Task<string> WithdrawAsync(ChatTurn turn, Invitation it)
    {
        InvitationEvent? happened = it switch
        {
            { Status: InvitationStatus.PendingApproval or InvitationStatus.Approved } => new InvitationEvent.Cancel(turn.From),
            { Status: InvitationStatus.Invited, IsOurs: true } => new InvitationEvent.WishAsked(Wish.Revoke, turn.From, turn.Now),
            _ => null,
        };

        // The table decides about it as it is at this moment.
        return happened is null ? WhyNot(it)
            : await invitations.ApplyAsync(turn.Unit, it.Id, happened) is Transition.Moved moved ? Said(moved.Invitation)
            : WhyNotNow(it);
    }

    private static string Said(Invitation it) =>
        it.Status is InvitationStatus.Cancelled ? AskTexts.CancelledBeforeSent : AskTexts.BeingWithdrawn;

    private static string WhyNotNow(Invitation it) =>
        it switch
        {
            { Status: InvitationStatus.Approved } => AskTexts.JustGoingOut,
            { Wish: Wish.Revoke, HasOpenWish: true } => AskTexts.BeingWithdrawnAlready,
            _ => AskTexts.BusyElsewhere,
        };

    private static string WhyNot(Invitation it) =>
        it switch
        {
            { Status: InvitationStatus.Joined or InvitationStatus.Welcomed } => AskTexts.CancelTooLate,
            { Status: InvitationStatus.AlreadyMember } => AskTexts.CancelAlreadyMember,
            { Status: InvitationStatus.Invited } => AskTexts.CancelInvitedByOthers,
            { Status: InvitationStatus.Cancelled } => AskTexts.CancelledAlready,
            { Status: InvitationStatus.Denied } => AskTexts.CancelDenied,
            { Status: InvitationStatus.Expired, InvitedAt: null } => AskTexts.CancelExpiredUndecided,
            { Status: InvitationStatus.Expired } => AskTexts.CancelExpired,
            { Status: InvitationStatus.Failed, InvitedAt: not null } => AskTexts.CancelDisabled,
            { Cause: Cause.NotKnown } => AskTexts.CancelPerhapsInvited.With(InvitationTexts.TryAgain, Words.For(InvitationStatus.Invited)),
            _ => AskTexts.CancelNotInvited,
        };
}
