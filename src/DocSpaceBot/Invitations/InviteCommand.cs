using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.Invitations;

/// <summary><c>/invite ADDRESS…</c> asks for one or many people to be brought in; <c>/invite</c> alone shows the form.</summary>
internal sealed class InviteCommand(
    IOptions<DocSpaceOptions> docSpace,
    AskForInvitations ask,
    PortalOffers offers,
    RequesterAddress requesters
) : IChatCommand
{
    public const string Name = "invite";

    /// <summary>Teams takes messages of 28 KB, and the form is not all of one.</summary>
    private const int MostBytes = 26_000;

    /// <summary>Asks outside only where the answer needs it: who asks, for a rule about that, and what the portal offers to choose from.</summary>
    public async Task PrepareAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken)
    {
        if (InviteArguments.Read(line).Asked is not { } asked)
        {
            return;
        }

        if (NeedsForm(asked) || asked.Language is not null)
        {
            await offers.LookAsync(cancellationToken);
        }

        await requesters.LearnAsync(turn.Activity.Reference, turn.From, cancellationToken);
    }

    public Task HandleAsync(ChatTurn turn, CommandLine line, CancellationToken cancellationToken) =>
        InviteArguments.Read(line) switch
        {
            (_, { } wrong) => turn.ReplyAsync(wrong),
            _ when turn.From.Id.Length == 0 => turn.ReplyAsync(Refusal.NobodyAsks.Text),
            ({ } asked, null) when NeedsForm(asked) => ShowFormAsync(turn, asked),
            ({ } asked, null) => AskAsync(turn, asked, cancellationToken),
            _ => ShowFormAsync(turn, new()),
        };

    /// <summary>Without an address there is nobody to invite, and guests need a room: the form has fields for both.</summary>
    private bool NeedsForm(InviteArguments asked) =>
        asked.Emails.Count == 0 || (ask.RoleOf(asked) is DocSpaceRole.Guest && asked.Room is null);

    private async Task AskAsync(ChatTurn turn, InviteArguments asked, CancellationToken cancellationToken)
    {
        if (asked.Emails.Count > AskForInvitations.MostRows)
        {
            await turn.ReplyAsync(
                AskTexts.NobodyInvited.With(
                    $"{AskTexts.TooManyForOneRequest.With(asked.Emails.Count, AskForInvitations.MostRows)} {AskTexts.SendInSeveral}"
                )
            );
            return;
        }

        var (language, wrong) = LanguageOf(asked.Language);

        if (wrong is not null)
        {
            await turn.ReplyAsync(AskTexts.NobodyInvited.With(wrong));
            return;
        }

        var by = new AskedBy(turn.TenantId, turn.From, turn.ConversationId, turn.Now);
        var answer = await ask.AskAsync(
            turn.Unit,
            by,
            new Asked(ask.RowsOf(asked, language), asked.Reason, asked.DryRun),
            RequestId.New(),
            cancellationToken
        );
        await turn.ReplyOrNothingAsync(answer.Sentence);
    }

    private Task ShowFormAsync(ChatTurn turn, InviteArguments asked)
    {
        var entered = new Dictionary<string, string>(StringComparer.Ordinal);
        Enter(InviteForm.Emails, string.Join(", ", asked.Emails.Select(it => it.Name is { } name ? $"{name} <{it.Email}>" : it.Email)));
        Enter(InviteForm.Role, asked.Role is { } role ? DocSpaceRoleNames.TypedFor(role) : null);
        Enter(InviteForm.Language, LanguageOf(asked.Language).Language);
        Enter(InviteForm.Reason, asked.Reason);

        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);

        if (asked.Emails.Count > 0)
        {
            wrong[InviteForm.Room] = AskTexts.WhichRoom;
        }

        var form = InviteForm.For(RequestId.New(), offers.Latest, docSpace.Value.DefaultRole, new(entered, wrong));

        // Teams would show nothing of it.
        return form.ToUtf8().Length > MostBytes
            ? turn.ReplyAsync(AskTexts.NobodyInvited.With(Refusal.GuestNeedsRoom.Text))
            : turn.ReplyAsync(form, InviteForm.Summary);

        void Enter(string field, string? text)
        {
            if (!string.IsNullOrEmpty(text))
            {
                entered[field] = text;
            }
        }
    }

    /// <summary>
    /// The language as the portal spells it, or why not. A language that the portal does not know would leave people invited without a mail, so
    /// one that cannot be checked is not taken.
    /// </summary>
    private (string? Language, string? Wrong) LanguageOf(string? wanted)
    {
        if (wanted is null)
        {
            return (null, null);
        }

        var known = offers.Latest.Languages;

        if (known.Count == 0)
        {
            return (null, AskTexts.LanguagesUnknown);
        }

        return LanguageName.Among(known, wanted) is { } found
            ? (found, null)
            : (null, $"{Refusal.UnknownLanguage(wanted).Text} {AskTexts.KnownLanguages.With(string.Join(", ", known))}");
    }
}
