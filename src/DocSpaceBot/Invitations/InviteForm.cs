using DocSpace.Api;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

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

    /// <param name="entered">What was entered so far, by the ids of the fields.</param>
    /// <param name="wrong">What is wrong with it.</param>
    public static AdaptiveCard For(
        PortalOffer offer,
        DocSpaceRole role,
        IReadOnlyDictionary<string, string>? entered = null,
        string? wrong = null
    )
    {
        return new()
        {
            FallbackText = Summary,
            Body =
            [
                new TextBlock("Invite to DocSpace")
                {
                    Size = TextSize.Large,
                    Weight = TextWeight.Bolder,
                    Style = TextBlockStyle.Heading,
                },
                .. wrong is null ? Array.Empty<TextBlock>() : [new TextBlock(CardText.Escape(wrong)) { Color = TextColor.Attention }],
                new InputText(Emails)
                {
                    Label = "E-mail address, or several",
                    Placeholder = "alice@example.com, bob@example.com",
                    IsMultiline = true,
                    IsRequired = true,
                    ErrorMessage = "Enter at least one e-mail address.",
                    Value = Entered(Emails),
                    MaxLength = 28_000,
                },
                new InputChoiceSet(Role)
                {
                    Label = "Role",
                    Style = ChoiceInputStyle.Expanded,
                    Value = Entered(Role) ?? DocSpaceRoleNames.TypedFor(role),
                    Choices =
                    [
                        new("User: works in rooms; uses no paid seat", "user"),
                        new($"Room admin: makes rooms of their own; uses a paid seat{SeatsLeft(offer)}", "roomadmin"),
                        new($"DocSpace admin: runs the portal; uses a paid seat{SeatsLeft(offer)}", "docspaceadmin"),
                        new("Guest: only in one room; needs the room's title", "guest"),
                    ],
                },
                new InputText(FirstName) { Label = "First name (one person only)", Value = Entered(FirstName), MaxLength = 64 },
                new InputText(LastName) { Label = "Last name", Value = Entered(LastName), MaxLength = 64 },
                .. offer.Languages.Count == 0
                    ? Array.Empty<CardElement>()
                    :
                    [
                        new InputChoiceSet(Language)
                        {
                            Label = "Language of DocSpace's mail",
                            Placeholder = "The portal's own",
                            Value = Entered(Language),
                            Choices = [.. offer.Languages.Select(culture => new Choice(culture, culture))],
                        },
                    ],
                new InputText(Room) { Label = "Room (for guests)", Value = Entered(Room), MaxLength = 170 },
                new InputText(Reason) { Label = "Reason", Value = Entered(Reason), MaxLength = 500 },
            ],
            Actions = [new ExecuteAction("Invite", SubmitForm.Verb, new Dictionary<string, string> { ["id"] = SubmitForm.NewRequest }) { Style = ActionStyle.Positive }],
        };

        string? Entered(string field) => entered?.GetValueOrDefault(field);
    }

    private static string SeatsLeft(PortalOffer offer) =>
        offer.Seats is { Total: { } total, Free: { } free } ? $"; {free} of {total} left" : "";
}
