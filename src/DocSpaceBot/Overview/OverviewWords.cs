using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Overview;

/// <summary>How a state is called, and counts of states.</summary>
internal static class OverviewWords
{
    /// <summary>An invitation, or a link that was asked for; once it is there the state is the link's own.</summary>
    public static string For(Invitation it, SharedLink? link, DateTimeOffset now) =>
        link is null ? Words.For(it.Status) : For(link.StateAt(now));

    public static string For(LinkState state) =>
        state switch
        {
            LinkState.Open => OverviewTexts.LinkOpen,
            LinkState.UsedUp => OverviewTexts.LinkUsedUp,
            LinkState.Expired => OverviewTexts.LinkExpired,
            _ => OverviewTexts.LinkStopped,
        };

    public static string Of(IEnumerable<(InvitationStatus Status, int Count)> counts) =>
        string.Join(" · ", counts.Select(it => $"{Words.For(it.Status)} {it.Count}"));

    public static string Who(Invitation it) =>
        it.Link is null ? it.Email : OverviewTexts.LinkWithRole.With(DocSpaceRoleNames.Short(it.Role));

    /// <summary>Parts of a line.</summary>
    public static string Line(params IEnumerable<string?> parts) => string.Join(" · ", parts.OfType<string>());
}
