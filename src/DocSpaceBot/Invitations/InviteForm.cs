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

    public const string Summary = "Whom shall I invite to DocSpace?";

    private const int LongestText = 20_000;

    /// <param name="id">The request that will come of it; a form that is sent twice is one request.</param>
    public static AdaptiveCard For(RequestId id, PortalOffer offer, DocSpaceRole role, FormEntries entries) =>
        new()
        {
            FallbackText = Summary,
            Body =
            [
                CardFrame.Title("Invite to DocSpace"),
                .. Field(
                    entries,
                    new InputText(Emails)
                    {
                        Label = "E-mail address, or several",
                        Placeholder = "alice@example.com, bob@example.com",
                        IsMultiline = true,
                        IsRequired = true,
                        ErrorMessage = "Enter at least one e-mail address.",
                        Value = entries[Emails],
                        MaxLength = LongestText,
                    }
                ),
                .. Field(
                    entries,
                    new InputChoiceSet(Role)
                    {
                        Label = "Role",
                        Style = ChoiceInputStyle.Expanded,
                        Wrap = true,
                        Value = entries[Role] ?? DocSpaceRoleNames.TypedFor(role),
                        Choices =
                        [
                            new("User: works in rooms of others; uses no paid seat", "user"),
                            new($"Room admin: makes rooms of their own; uses a paid seat{SeatsLeft(offer)}", "roomadmin"),
                            new($"DocSpace admin: runs the portal; uses a paid seat{SeatsLeft(offer)}", "docspaceadmin"),
                            new("Guest: sees one room only; uses no paid seat", "guest"),
                        ],
                    }
                ),
                .. Field(entries, RoomField(offer, entries)),
                .. Field(
                    entries,
                    new InputText(FirstName)
                    {
                        Label = "First name (for one person)",
                        Value = entries[FirstName],
                        MaxLength = PersonName.MaxLength,
                    }
                ),
                .. Field(
                    entries,
                    new InputText(LastName)
                    {
                        Label = "Last name",
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
                            Label = "Language of DocSpace's mail",
                            Placeholder = "The portal's own",
                            Value = entries[Language],
                            Choices = [.. offer.Languages.Select(culture => new Choice(NameOf(culture), culture))],
                        }
                    ),
                .. Field(
                    entries,
                    new InputText(Reason)
                    {
                        Label = "Reason",
                        Value = entries[Reason],
                        MaxLength = InviteArguments.LongestReason,
                    }
                ),
            ],
            Actions =
            [
                new ExecuteAction("Invite", SubmitForm.Verb, new Dictionary<string, string> { ["id"] = id.Value })
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
                Label = "Room (for guests)",
                Placeholder = "The room's title",
                Value = entries[Room],
                MaxLength = InviteArguments.LongestRoom,
            }
            : new InputChoiceSet(Room)
            {
                Label = "Room (for guests)",
                Placeholder = "Choose a room",
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

    private static string SeatsLeft(PortalOffer offer) =>
        offer.Seats is { Total: { } total, Free: { } free } ? $"; {free} of {total} left" : "";

    private static string NameOf(string culture)
    {
        try
        {
            return $"{CultureInfo.GetCultureInfo(culture).EnglishName} · {culture}";
        }
        catch (CultureNotFoundException)
        {
            return culture;
        }
    }
}
