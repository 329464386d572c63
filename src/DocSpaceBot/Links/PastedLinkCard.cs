using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>What is said about a link that somebody pasted, to everybody who reads it. The link is not on it.</summary>
internal static class PastedLinkCard
{
    public const string Summary = "This is an invitation link: whoever has it can join.";

    /// <param name="known">The bot's own record of it; null where it knows none.</param>
    /// <param name="isLast">It has not been replaced by a new one.</param>
    /// <param name="canShare">The bot can put a card into this conversation.</param>
    public static AdaptiveCard For(PortalLinkText link, SharedLink? known, bool isLast, string portal, DateTimeOffset now, bool canShare) =>
        new()
        {
            Version = AdaptiveCard.LinkVersion,
            FallbackText = Summary,
            Body =
            [
                CardFrame.Heading("An invitation link to DocSpace", ContainerStyle.Warning),
                new FactSet([.. Facts(link, known, isLast, portal, now)]),
                new TextBlock(Advice(link, known, IsOver(link, known, isLast, now))) { Spacing = Spacing.Small },
            ],
            Actions =
                link.IsPersonal || !canShare || IsDear(link, known) || known?.StateAt(now) is LinkState.Stopped or LinkState.Expired
                    ? []
                    : [Share(link, known)],
        };

    /// <summary>
    /// What stands in a link that the bot does not know anybody can have written: whoever presses in good faith must not ask for administrators by it, for
    /// everybody who reads along.
    /// </summary>
    private static bool IsDear(PortalLinkText link, SharedLink? known) =>
        known is null && link.Role is { } role && DocSpaceRoles.TakesSeat(role);

    private static IEnumerable<Fact> Facts(PortalLinkText link, SharedLink? known, bool isLast, string portal, DateTimeOffset now)
    {
        yield return new("DocSpace", CardText.Escape(portal));
        yield return new("Role", (known?.Role ?? link.Role) is { } role ? DocSpaceRoleNames.For(role) : "cannot be seen from the link");

        if (link.IsPersonal)
        {
            yield return new("Kind", "from the mail to one person");
        }
        else if (link.IntoRoom)
        {
            yield return new("Kind", "into a room");
        }

        if ((known?.SecretAt ?? link.MadeAt) is { } made && made <= now)
        {
            yield return new("Made", InvitationCard.Time(made));
        }

        yield return new("State", State(link, known, isLast, now));
    }

    private static string State(PortalLinkText link, SharedLink? known, bool isLast, DateTimeOffset now) =>
        known switch
        {
            not null when !isLast && !known.IsOldKind => "replaced by a new one, so no longer good",
            { StoppedAt: not null, Revoked: Revocation.Done } => "revoked",
            { StoppedAt: not null } => "stopped; copies may still work",
            not null when known.IsOldKind => OldKind(known.SecretAt, now),
            not null => known.StateAt(now) is LinkState.Expired ? "expired" : $"good until {InvitationCard.Time(known.ExpiresAt)}",
            // The long form of the old kind tells when it was made.
            null when link is { MadeAt: { } made, IntoRoom: false } => link.IsPersonal
                ? OldKind(made, now).Replace(", for any number of people", "", StringComparison.Ordinal)
                : OldKind(made, now),
            null => "not known to me",
        };

    private static string OldKind(DateTimeOffset made, DateTimeOffset now) =>
        made + SharedLink.OldKindLife is var end && end <= now
            ? "expired"
            : $"good until {InvitationCard.Time(end)}, for any number of people";

    /// <summary>As far as is known for certain.</summary>
    private static bool IsOver(PortalLinkText link, SharedLink? known, bool isLast, DateTimeOffset now) =>
        known switch
        {
            { IsOldKind: false } => !isLast || known.Revoked is Revocation.Done || now >= known.ExpiresAt,
            { IsOldKind: true } => false,
            null => !link.IntoRoom && link.MadeAt + SharedLink.OldKindLife <= now,
        };

    private static string Advice(PortalLinkText link, SharedLink? known, bool isOver) =>
        isOver ? "Nobody can join with it any more. Ask whoever wrote it for a new one."
        : link.IsPersonal
            ? "It belongs to one person and ends 15 minutes after it is first opened. Please do not open it, and delete the message."
        : IsDear(link, known)
            ? $"Whoever has it can join, also those to whom this message is forwarded. Please delete the message. Who needs one types /link {DocSpaceRoleNames.TypedFor(link.Role ?? default)}, and shares that as a card."
        : known is not null
            ? "Whoever has it can join, also those to whom this message is forwarded. Please delete the message and share the link as a card: there everybody gets it alone, and it can be stopped."
        : "Whoever has it can join, also those to whom this message is forwarded. Please delete the message. As a card everybody gets a link alone, it is counted and can be stopped.";

    private static SubmitAction Share(PortalLinkText link, SharedLink? known)
    {
        var data = new Dictionary<string, string> { ["verb"] = SharedVerbs.ShareLink, ["id"] = known?.Id.Value ?? ShareLink.NewLink };

        if (known is null && link.Role is { } role)
        {
            data[ShareLink.RoleField] = DocSpaceRoleNames.TypedFor(role);
        }

        return new("Share as a card instead", data);
    }
}
