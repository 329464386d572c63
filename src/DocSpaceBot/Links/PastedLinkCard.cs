using DocSpace.Api;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>What is said about a link that somebody pasted, to everybody who reads it. The link is not on it.</summary>
internal static class PastedLinkCard
{
    public static string Summary => LinkTexts.PastedSummary;

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
                CardFrame.Heading(LinkTexts.PastedHeading, ContainerStyle.Warning),
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
        yield return new(LinkTexts.Role, (known?.Role ?? link.Role) is { } role ? DocSpaceRoleNames.For(role) : LinkTexts.RoleNotSeen);

        if (link.IsPersonal)
        {
            yield return new(LinkTexts.Kind, LinkTexts.KindPersonal);
        }
        else if (link.IntoRoom)
        {
            yield return new(LinkTexts.Kind, LinkTexts.KindRoom);
        }

        if ((known?.SecretAt ?? link.MadeAt) is { } made && made <= now)
        {
            yield return new(LinkTexts.Made, InvitationCard.Time(made));
        }

        yield return new(LinkTexts.State, State(link, known, isLast, now));
    }

    private static string State(PortalLinkText link, SharedLink? known, bool isLast, DateTimeOffset now) =>
        known switch
        {
            not null when !isLast && !known.IsOldKind => LinkTexts.Replaced,
            { StoppedAt: not null, Revoked: Revocation.Done } => LinkTexts.Revoked,
            { StoppedAt: not null } => LinkTexts.StoppedCopiesMayWork,
            not null when known.IsOldKind => OldKind(known.SecretAt, isPersonal: false, now),
            not null => known.StateAt(now) is LinkState.Expired
                ? LinkTexts.StateExpired
                : LinkTexts.GoodUntil.With(InvitationCard.Time(known.ExpiresAt)),
            // The long form of the old kind tells when it was made.
            null when link is { MadeAt: { } made, IntoRoom: false } => OldKind(made, link.IsPersonal, now),
            null => LinkTexts.NotKnown,
        };

    private static string OldKind(DateTimeOffset made, bool isPersonal, DateTimeOffset now) =>
        made + SharedLink.OldKindLife is var end && end <= now
            ? LinkTexts.StateExpired
            : (isPersonal ? LinkTexts.GoodUntil : LinkTexts.GoodUntilForAll).With(InvitationCard.Time(end));

    /// <summary>As far as is known for certain.</summary>
    private static bool IsOver(PortalLinkText link, SharedLink? known, bool isLast, DateTimeOffset now) =>
        known switch
        {
            { IsOldKind: false } => !isLast || known.Revoked is Revocation.Done || now >= known.ExpiresAt,
            { IsOldKind: true } => false,
            null => !link.IntoRoom && link.MadeAt + SharedLink.OldKindLife <= now,
        };

    private static string Advice(PortalLinkText link, SharedLink? known, bool isOver) =>
        isOver ? LinkTexts.AdviceOver
        : link.IsPersonal ? LinkTexts.AdvicePersonal
        : IsDear(link, known) ? LinkTexts.AdviceDear.With(DocSpaceRoleNames.TypedFor(link.Role ?? default))
        : known is not null ? LinkTexts.AdviceKnown
        : LinkTexts.AdviceUnknown;

    private static SubmitAction Share(PortalLinkText link, SharedLink? known)
    {
        var data = new Dictionary<string, string> { ["verb"] = SharedVerbs.ShareLink, ["id"] = known?.Id.Value ?? ShareLink.NewLink };

        if (known is null && link.Role is { } role)
        {
            data[ShareLink.RoleField] = DocSpaceRoleNames.TypedFor(role);
        }

        return new(LinkTexts.ShareAsCard, data);
    }
}
