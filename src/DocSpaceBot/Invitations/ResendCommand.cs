using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// <c>/resend ADDRESS…</c> and <c>/resend --all --older 3d</c> have DocSpace mail people again whom the same person invited and who have not joined. All of
/// one message go out in one call, because a portal takes few of them.
/// </summary>
internal sealed class ResendCommand(InvitationStore invitations, DecideRequest decide) : IChatCommand
{
    public const string Name = "resend";

    private const int MostAddresses = 50;
    private const int MostAtOnce = 1000;

    public async Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        var (asked, wrong) = Read(line);

        if (wrong is not null || turn.From.Id.Length == 0)
        {
            await turn.ReplyAsync(ResendTexts.NothingSent.With(wrong ?? ResendTexts.WhoAreYou));
            return;
        }

        await turn.ReplyAsync(asked!.Emails.Count > 0 ? await ResendAsync(turn, asked.Emails) : await ResendAllAsync(turn, asked.Older));
    }

    private async Task<string> ResendAsync(ChatTurn turn, IReadOnlyList<string> emails)
    {
        var answers = new List<(string Email, string Answer)>();

        foreach (var email in emails)
        {
            var known = await InvitationStore.ListAskedByAsync(turn.Unit, turn.TenantId, turn.From.Id, email);
            var it = known.FirstOrDefault(it => it.Status is InvitationStatus.Invited) ?? (known is [var newest, ..] ? newest : null);
            answers.Add(
                (
                    email,
                    it is null ? ResendTexts.NoRequest
                    : !it.IsWaitedFor ? WhyNot(it)
                    : await MailAsync(turn, it) is { } refusal ? refusal.Text
                    : ResendTexts.BeingAsked
                )
            );
        }

        return string.Join(
            "\n\n",
            answers
                .GroupBy(it => it.Answer)
                .Select(group => ResendTexts.AnswerFor.With(string.Join(", ", group.Select(it => it.Email)), group.Key))
        );
    }

    private async Task<string> ResendAllAsync(ChatTurn turn, TimeSpan older)
    {
        // Longer than there are times for: nobody has been waiting since then.
        var before = older < turn.Now - DateTimeOffset.UnixEpoch ? turn.Now - older : DateTimeOffset.UnixEpoch;
        var all = await InvitationStore.ListWaitingOfAsync(turn.Unit, turn.TenantId, turn.From.Id, before, MostAtOnce);
        var refused = 0;

        foreach (var it in all)
        {
            refused += await MailAsync(turn, it) is null ? 0 : 1;
        }

        var asked = all.Count - refused;
        return all.Count == 0 ? ResendTexts.NobodyWaits.With(LinkTerms.Span(older))
            : asked == 0 ? Wording.Count(refused, ResendTexts.OneNotAgain, ResendTexts.ManyNotAgain)
            : refused == 0 ? Wording.Count(asked, ResendTexts.OneBeingAsked, ResendTexts.ManyBeingAsked)
            : $"{Wording.Count(asked, ResendTexts.OneBeingAsked, ResendTexts.ManyBeingAsked)} {Wording.Count(refused, ResendTexts.OneNotAgain, ResendTexts.ManyNotAgain)}";
    }

    /// <summary>Null when DocSpace is being asked.</summary>
    private async Task<Refusal?> MailAsync(ChatTurn turn, Invitation it)
    {
        var request = await InvitationStore.FindRequestAsync(turn.Unit, it.Request);

        if ((await decide.ListAgreedAsync(turn.Unit, request!, [it])).Count == 0)
        {
            return Refusal.NoLongerAgreed;
        }

        var wish = it.WasCreated ? Wish.PasswordMail : Wish.Resend;
        return await invitations.ApplyAsync(turn.Unit, it.Id, new InvitationEvent.WishAsked(wish, turn.From, turn.Now)) switch
        {
            Transition.Refused { Why: var why } => why,
            _ => null,
        };
    }

    private static string WhyNot(Invitation it) =>
        it.Status switch
        {
            InvitationStatus.PendingApproval => ResendTexts.WaitsForApproval,
            InvitationStatus.Approved => ResendTexts.GoingOut,
            InvitationStatus.Joined or InvitationStatus.Welcomed => ResendTexts.HasJoined,
            InvitationStatus.AlreadyMember => ResendTexts.AlreadyMember,
            _ => ResendTexts.NotInvited,
        };

    private static (Asked? Asked, string? Wrong) Read(CommandLine line)
    {
        var addresses = new PastedAddresses();
        var all = false;
        TimeSpan? older = null;

        for (var i = 0; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            string? wrong = null;

            if (word.Option is null)
            {
                wrong = ReadAddress(addresses, word);
            }
            else if (IsOption(word.Option, "all"))
            {
                all = true;
            }
            else if (IsOption(word.Option, "older"))
            {
                var value = word.Option.IndexOfAny(['=', ':']) is var at and >= 0 ? word.Option[(at + 1)..] : WordAt(line, ++i);
                wrong = TypedTime.Read(value ?? "", WordAt(line, i + 1)) is var (time, takesNext)
                    ? Keep(time, takesNext)
                    : ResendTexts.NoTime.With(InviteArgumentsReader.Short(value ?? ""));
            }
            else
            {
                wrong = ResendTexts.NoOption.With(InviteArgumentsReader.Short(word.Text));
            }

            if (wrong is not null)
            {
                return (null, wrong);
            }

            string? Keep(TimeSpan time, bool takesNext)
            {
                older = time;
                i += takesNext ? 1 : 0;
                return null;
            }
        }

        if (addresses.LeftOver() is { } words)
        {
            return (null, ResendTexts.NotAnAddress.With(InviteArgumentsReader.Short(words), Refusal.NotAnAddress.Text));
        }

        IReadOnlyList<string> emails = [.. addresses.Found.Select(it => it.Email)];
        return (emails.Count, all, older) switch
        {
            (0, false, _) => (null, ResendTexts.SayWho),
            (> 0, true, _) or (> 0, _, not null) => (null, ResendTexts.AllOrSome),
            (> MostAddresses, _, _) => (null, ResendTexts.TooMany.With(emails.Count, MostAddresses)),
            _ => (new Asked(emails, older ?? TimeSpan.Zero), null),
        };
    }

    private static string? ReadAddress(PastedAddresses addresses, CommandWord word)
    {
        if (PastedAddresses.IsAddress(word))
        {
            return addresses.Read(word);
        }

        addresses.KeepWord(word);
        return null;
    }

    private static bool IsOption(string option, string name) =>
        option.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (option.Length == name.Length || option[name.Length] is '=' or ':');

    private static string? WordAt(CommandLine line, int index) => index < line.Words.Count ? line.Words[index].Text : null;

    /// <param name="Emails">Empty means everybody.</param>
    /// <param name="Older">Only who has had the newest mail for so long.</param>
    private sealed record Asked(IReadOnlyList<string> Emails, TimeSpan Older);
}
