using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>What somebody entered in the form, by the ids of the fields, and what is wrong with it, by the same ids.</summary>
internal sealed record FormEntries(IReadOnlyDictionary<string, string> Entered, IReadOnlyDictionary<string, string> Wrong)
{
    public static readonly FormEntries None = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>Null when the field is empty.</summary>
    public string? this[string field] => Entered.GetValueOrDefault(field)?.Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>The form behind <c>/invite</c> without an address. What was entered stays when something is wrong with it.</summary>
internal static class InviteForm
{
    public const string Emails = "emails";
    public const string Role = "role";
    public const string FirstName = "firstName";
    public const string LastName = "lastName";
    public const string Language = "language";
    public const string Room = "room";
    public const string Reason = "reason";

    public static string Summary => AskTexts.FormSummary;

    private const int LongestText = 20_000;

    /// <param name="id">The request that will come of it; a form that is sent twice is one request.</param>
    public static AdaptiveCard For(RequestId id, PortalOffer offer, DocSpaceRole role, FormEntries entries) =>
        new()
        {
            FallbackText = Summary,
            Body =
            [
                CardFrame.Title(AskTexts.FormTitle),
                .. Field(
                    entries,
                    new InputText(Emails)
                    {
                        Label = AskTexts.EmailsLabel,
                        Placeholder = "alice@example.com, bob@example.com",
                        IsMultiline = true,
                        IsRequired = true,
                        ErrorMessage = AskTexts.EmailsMissing,
                        Value = entries[Emails],
                        MaxLength = LongestText,
                    }
                ),
                .. Field(
                    entries,
                    new InputChoiceSet(Role)
                    {
                        Label = AskTexts.RoleLabel,
                        Style = ChoiceInputStyle.Expanded,
                        Wrap = true,
                        Value = entries[Role] ?? DocSpaceRoleNames.TypedFor(role),
                        Choices =
                        [
                            new(AskTexts.ChoiceUser, "user"),
                            new(WithSeats(AskTexts.ChoiceRoomAdmin, offer), "roomadmin"),
                            new(WithSeats(AskTexts.ChoiceDocSpaceAdmin, offer), "docspaceadmin"),
                            new(AskTexts.ChoiceGuest, "guest"),
                        ],
                    }
                ),
                .. Field(entries, RoomField(offer, entries)),
                .. Field(
                    entries,
                    new InputText(FirstName)
                    {
                        Label = AskTexts.FirstNameLabel,
                        Value = entries[FirstName],
                        MaxLength = PersonName.MaxLength,
                    }
                ),
                .. Field(
                    entries,
                    new InputText(LastName)
                    {
                        Label = AskTexts.LastNameLabel,
                        Value = entries[LastName],
                        MaxLength = PersonName.MaxLength,
                    }
                ),
                .. offer.Languages.Count == 0
                    ? []
                    : Field(
                        entries,
                        new InputChoiceSet(Language)
                        {
                            Label = AskTexts.LanguageLabel,
                            Placeholder = AskTexts.LanguageOfPortal,
                            Value = entries[Language],
                            Choices = [.. offer.Languages.Select(culture => new Choice(NameOf(culture), culture))],
                        }
                    ),
                .. Field(
                    entries,
                    new InputText(Reason)
                    {
                        Label = AskTexts.ReasonLabel,
                        Value = entries[Reason],
                        MaxLength = InviteArguments.LongestReason,
                    }
                ),
            ],
            Actions =
            [
                new ExecuteAction(AskTexts.Invite, SubmitForm.Verb, new Dictionary<string, string> { ["id"] = id.Value })
                {
                    Style = ActionStyle.Positive,
                },
            ],
        };

    /// <summary>To choose from where the portal shows rooms, else to be typed.</summary>
    private static CardElement RoomField(PortalOffer offer, FormEntries entries) =>
        offer.Rooms.Count == 0
            ? new InputText(Room)
            {
                Label = AskTexts.RoomLabel,
                Placeholder = AskTexts.RoomTitle,
                Value = entries[Room],
                MaxLength = InviteArguments.LongestRoom,
            }
            : new InputChoiceSet(Room)
            {
                Label = AskTexts.RoomLabel,
                Placeholder = AskTexts.ChooseRoom,
                Value = entries[Room],
                Choices = [.. offer.Rooms.Where(room => room.Title.Length > 0).Select(room => new Choice(room.Title, $"{room.Id}"))],
            };

    private static IEnumerable<CardElement> Field(FormEntries entries, CardElement field)
    {
        yield return field;

        if (field.Id is { } id && entries.Wrong.TryGetValue(id, out var wrong))
        {
            yield return new TextBlock(CardText.Escape(wrong)) { Color = TextColor.Attention, Spacing = Spacing.None };
        }
    }

    private static string WithSeats(string choice, PortalOffer offer) =>
        offer.Seats is { Total: { } total, Free: { } free } ? AskTexts.ChoiceWithSeats.With(choice, free, total) : choice;

    private static string NameOf(string culture)
    {
        try
        {
            return $"{CultureInfo.GetCultureInfo(culture).DisplayName} · {culture}";
        }
        catch (CultureNotFoundException)
        {
            return culture;
        }
    }
}
