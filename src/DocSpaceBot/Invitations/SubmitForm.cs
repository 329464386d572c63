using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Invitations;

/// <summary>The button of the form. The form's message becomes the card of the request.</summary>
internal sealed class SubmitForm(
    Database database,
    InvitationStore invitations,
    DraftStore drafts,
    AskForInvitations ask,
    RequestCards cards,
    PortalOffers offers,
    IOptions<DocSpaceOptions> docSpace,
    TimeProvider clock
) : ICardAction
{
    public const string Verb = "invite/submit";

    public async Task<InvokeAnswer> HandleAsync(CardClick click, CancellationToken cancellationToken)
    {
        // Our own ids only; and one that is in use already is the card of a request, not a form.
        if (!Guid.TryParseExact(click.Id, "D", out _))
        {
            return RequestCards.Unknown;
        }

        var now = clock.GetUtcNow();

        if (
            await invitations.FindRequestAsync(click.Request, cancellationToken) is not null
            || await drafts.FindAsync(click.Request, cancellationToken) is not null
        )
        {
            return await cards.ForAsync(click, null, cancellationToken);
        }

        var offer = await offers.LookAsync(cancellationToken);
        var (asked, wrong) = Read(click.Entered, offer);

        if (asked is null)
        {
            return Again(wrong);
        }

        var answer = await database.WriteAsync(
            async unit =>
            {
                // The same form, sent twice at once.
                if (await InvitationStore.IsThereAsync(unit, click.Request) || await DraftStore.FindAsync(unit, click.Request) is not null)
                {
                    return new AskAnswer(click.Request, null);
                }

                var by = new AskedBy(click.TenantId, click.By, click.ConversationId, now);
                var answer = await ask.AskAsync(unit, by, asked, click.Request, cancellationToken);

                if (answer.Request is not null && click.CardActivityId is { Length: > 0 } message)
                {
                    await SentCardStore.KeepAsync(
                        unit,
                        new()
                        {
                            Subject = click.Id,
                            ConversationId = click.ConversationId,
                            ActivityId = message,
                            DrawnAt = now,
                        }
                    );
                }

                return answer;
            },
            cancellationToken
        );

        return answer.Request is null
            ? Again(new Dictionary<string, string> { [InviteForm.Emails] = answer.Sentence ?? AskTexts.NobodyInvitedAtAll })
            : await cards.ForAsync(click, answer.Sentence, cancellationToken);

        InvokeAnswer Again(IReadOnlyDictionary<string, string> problems) =>
            InvokeAnswer.Card(InviteForm.For(click.Request, offer, docSpace.Value.DefaultRole, new(click.Entered, problems)));
    }

    /// <summary>What was asked for, or what is wrong with each field.</summary>
    private (Asked? Asked, IReadOnlyDictionary<string, string> Wrong) Read(IReadOnlyDictionary<string, string> entered, PortalOffer offer)
    {
        var entries = new FormEntries(entered, new Dictionary<string, string>());
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        var (addresses, unreadable) = InviteArguments.Read(CommandLine.Parse($"/invite {entries[InviteForm.Emails]}"));

        if (unreadable is not null)
        {
            wrong[InviteForm.Emails] = unreadable;
        }
        else if (addresses!.Emails.Count == 0)
        {
            wrong[InviteForm.Emails] = AskTexts.EmailsMissing;
        }
        else if (addresses.Emails.Count > AskForInvitations.MostRows)
        {
            wrong[InviteForm.Emails] = AskTexts.TooManyForOneRequest.With(addresses.Emails.Count, AskForInvitations.MostRows);
        }
        else if (addresses.Given.Count > 0)
        {
            wrong[InviteForm.Emails] = AskTexts.OnlyAddresses;
        }

        var role = entries[InviteForm.Role] is { } typed ? DocSpaceRoleNames.Read(typed) : docSpace.Value.DefaultRole;

        if (role is null)
        {
            wrong[InviteForm.Role] = AskTexts.ChooseRole;
        }

        var name = ReadName(entries, addresses, wrong);
        var language = entries[InviteForm.Language];

        if (language is not null && !offer.Languages.Contains(language, StringComparer.Ordinal))
        {
            wrong[InviteForm.Language] = AskTexts.ChooseLanguage;
        }

        var (room, roomId) = RoomOf(entries[InviteForm.Room], offer);

        if (role is DocSpaceRole.Guest && room is null)
        {
            wrong[InviteForm.Room] = AskTexts.WhichRoom;
        }
        else if (role is not DocSpaceRole.Guest && room is not null)
        {
            wrong[InviteForm.Room] = Refusal.RoomIsForGuests.Text;
        }
        else if (room?.Length > InviteArguments.LongestRoom)
        {
            wrong[InviteForm.Room] = AskTexts.LongestRoomTitle.With(InviteArguments.LongestRoom);
        }

        if (entries[InviteForm.Reason]?.Length > InviteArguments.LongestReason)
        {
            wrong[InviteForm.Reason] = AskTexts.LongestReason.With(InviteArguments.LongestReason);
        }

        return wrong.Count > 0
            ? (null, wrong)
            : (
                new Asked(
                    [
                        .. addresses!.Emails.Select(
                            (it, i) =>
                                new DraftRow(i + 1, it.Email, role!.Value)
                                {
                                    FirstName = (name ?? it.Name)?.First,
                                    LastName = (name ?? it.Name)?.Last,
                                    Language = language,
                                    Room = room,
                                    RoomId = roomId,
                                }
                        ),
                    ],
                    entries[InviteForm.Reason]
                ),
                wrong
            );
    }

    private static PersonName? ReadName(FormEntries entries, InviteArguments? addresses, Dictionary<string, string> wrong)
    {
        var (first, last) = (entries[InviteForm.FirstName], entries[InviteForm.LastName]);

        if (first is null && last is null)
        {
            return null;
        }

        if (addresses?.Emails.Count > 1)
        {
            wrong[InviteForm.FirstName] = AskTexts.NameForOnePerson;
            return null;
        }

        if (first is null)
        {
            wrong[InviteForm.FirstName] = AskTexts.FirstNameMissing;
            return null;
        }

        if (!PersonName.IsPart(first))
        {
            wrong[InviteForm.FirstName] = AskTexts.CleanName;
        }

        if (last is not null && !PersonName.IsPart(last))
        {
            wrong[InviteForm.LastName] = AskTexts.CleanName;
        }

        return new(first, last);
    }

    /// <summary>The form offers numbers; where it could not, somebody typed a title.</summary>
    private static (string? Title, int? Id) RoomOf(string? entered, PortalOffer offer) =>
        entered is null ? (null, null)
        : int.TryParse(entered, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && offer.Rooms.FirstOrDefault(room => room.Id == id) is { } chosen
            ? (chosen.Title, chosen.Id)
        : (entered, null);
}
