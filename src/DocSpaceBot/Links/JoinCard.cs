using DocSpaceBot.Approvals;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Links;

/// <summary>
/// The card of a link in a channel or group: everybody there may read it, so the link is not in it. Whoever presses gets the link alone. It is edited as
/// long as it stands there.
/// </summary>
internal static class JoinCard
{
    public static string Summary(SharedLink link, string portal, DateTimeOffset now) =>
        link.StateAt(now) is LinkState.Open
            ? LinkTexts.Shares.With(link.Owner.Name, portal)
            : LinkTexts.SharedIs.With(portal, LinkWords.For(link.StateAt(now)));

    /// <param name="canStop">For whoever shared it and for operators.</param>
    /// <param name="refreshFor">The people whose clients fetch a view with the button to stop it: <c>29:…</c>.</param>
    public static AdaptiveCard For(
        SharedLink link,
        string portal,
        DateTimeOffset now,
        bool canStop = false,
        IReadOnlyList<string>? refreshFor = null,
        string? notice = null
    )
    {
        var about = LinkCard.About(link.Id, LinkCard.JoinView);
        var state = link.StateAt(now);

        return new()
        {
            FallbackText = Summary(link, portal, now),
            Refresh =
                state is LinkState.Open or LinkState.UsedUp && refreshFor is not null
                    ? new(new ExecuteAction(LinkTexts.Refresh, SharedVerbs.Refresh, about), refreshFor)
                    : null,
            Body =
            [
                CardFrame.Heading(
                    state is LinkState.Open ? LinkTexts.JoinDocSpace : LinkTexts.SharedHeading.With(LinkWords.For(state)),
                    state is LinkState.Open ? ContainerStyle.Accent : LinkWords.StyleOf(state)
                ),
                new FactSet([
                    new("DocSpace", CardText.Escape(portal)),
                    new(LinkTexts.Role, $"{DocSpaceRoleNames.Short(link.Role)}: {RoleWords.May(link.Role)}"),
                    .. link.Terms.Domains.Count > 0
                        ? [new(LinkTexts.OnlyFor, CardText.Escape(string.Join(", ", link.Terms.Domains)))]
                        : Array.Empty<Fact>(),
                    .. LinkWords.End(link, now) is { } end ? [end] : Array.Empty<Fact>(),
                    .. state is LinkState.Open or LinkState.UsedUp
                        ? [new(LinkTexts.Left, LinkTexts.CountOf.With(link.Left, link.Terms.Uses))]
                        : Array.Empty<Fact>(),
                    new(LinkTexts.SharedBy, CardText.Escape(link.Owner.Name)),
                ]),
                .. Lines(link, state).Select(line => new TextBlock(line) { Spacing = Spacing.Small }),
                .. CardFrame.Notice(notice is null ? null : CardText.Escape(notice)),
                CardFrame.Reference(link.Id),
            ],
            Actions =
            [
                .. state is LinkState.Open
                    ? [LinkCard.Button(LinkTexts.GetMine, SharedVerbs.TakeLink, about, ActionStyle.Positive)]
                    : Array.Empty<AdaptiveAction>(),
                .. canStop && (state is LinkState.Open or LinkState.UsedUp)
                    ? [LinkCard.Button(LinkTexts.Stop, SharedVerbs.StopLink, about, ActionStyle.Destructive)]
                    : Array.Empty<AdaptiveAction>(),
            ],
        };
    }

    private static IEnumerable<string> Lines(SharedLink link, LinkState state) =>
        state switch
        {
            LinkState.Open => [LinkTexts.PressForLink],
            LinkState.UsedUp => [LinkTexts.AskForMore],
            LinkState.Stopped => [LinkWords.Stopped(link)],
            _ => [LinkTexts.AskForNew],
        };
}
