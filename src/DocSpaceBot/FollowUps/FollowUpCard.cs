using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.FollowUps;

/// <summary>Says who is active, after how long, with which role, and what became of the welcome.</summary>
internal static class FollowUpCard
{
    public static string Summary(Invitation it) => FollowUpTexts.HasJoined.With(it.Email);

    /// <param name="portal">The address of the portal.</param>
    /// <param name="toForward">The welcome as a text, for somebody who cannot be reached in Teams.</param>
    /// <param name="notice">Something for whoever pressed a button.</param>
    public static AdaptiveCard For(Invitation it, string portal, string toForward, string? notice = null) =>
        new()
        {
            FallbackText = Summary(it),
            Body =
            [
                CardFrame.Heading(
                    FollowUpTexts.HasJoined.With(CardText.Escape(it.Email)),
                    it.HasOtherRole ? ContainerStyle.Warning : ContainerStyle.Good
                ),
                new FactSet(
                    new(FollowUpTexts.Active, FollowUpTexts.ActiveAfter.With(After(it))),
                    new(FollowUpTexts.Role, Role(it)),
                    new(FollowUpTexts.Confirmed, it.ConfirmedAt is null ? FollowUpTexts.ConfirmedNotYet : FollowUpTexts.ConfirmedYes),
                    new(FollowUpTexts.WelcomeByDocSpace, Words(it.PortalWelcome)),
                    new(FollowUpTexts.WelcomeInTeams, Words(it.TeamsWelcome))
                ),
                .. InvitationCard.Besides(it).Skip(it.HasOtherRole ? 1 : 0).Select(line => new TextBlock(line) { Spacing = Spacing.Small }),
                .. CanChangeRole(it) ? [new TextBlock(FollowUpTexts.OtherRoleWhy) { Spacing = Spacing.Small }] : Array.Empty<TextBlock>(),
                .. it.TeamsWelcome is TeamsWelcome.Unreachable
                    ?
                    [
                        new TextBlock(FollowUpTexts.TextToForward) { IsSubtle = true, Spacing = Spacing.Medium },
                        new TextBlock(toForward) { Spacing = Spacing.Small },
                    ]
                    : Array.Empty<TextBlock>(),
                .. CardFrame.Notice(notice),
            ],
            Actions =
            [
                .. CanChangeRole(it)
                    ?
                    [
                        new ExecuteAction(
                            FollowUpTexts.ChangeRole.With(DocSpaceRoleNames.Short(it.Role)),
                            CorrectRole.Verb,
                            new Dictionary<string, string> { ["id"] = it.Request.Value, ["row"] = it.Id.Value }
                        ),
                    ]
                    : Array.Empty<AdaptiveAction>(),
                new OpenUrlAction(FollowUpTexts.OpenPerson, PersonPage(portal, it.Email)),
            ],
        };

    /// <summary>As the portal itself writes it into <c>profileUrl</c> of a person.</summary>
    public static string PersonPage(string portal, string email) =>
        $"{portal.TrimEnd('/')}/accounts/people/filter?search={Uri.EscapeDataString(email)}";

    public static bool CanChangeRole(Invitation it) =>
        it
            is {
                Status: InvitationStatus.Joined or InvitationStatus.Welcomed,
                HasOtherRole: true,
                WishState: null or WishState.Refused or WishState.Unknown
            };

    private static string Role(Invitation it) =>
        it switch
        {
            { PortalRole: null } => FollowUpTexts.RoleUnknown,
            { HasOtherRole: true, PortalRole: { } role } => FollowUpTexts.OtherRole.With(
                DocSpaceRoleNames.For(role),
                DocSpaceRoleNames.For(it.Role)
            ),
            { PortalRole: { } role } => DocSpaceRoleNames.For(role),
        };

    public static string After(Invitation it)
    {
        var after = (it.JoinedAt - it.AskedAt) ?? TimeSpan.Zero;
        return after switch
        {
            { TotalDays: >= 2 } => FollowUpTexts.SeenAfterDays.With((int)after.TotalDays),
            { TotalHours: >= 2 } => FollowUpTexts.SeenAfterHours.With((int)after.TotalHours),
            { TotalMinutes: >= 2 } => FollowUpTexts.SeenAfterMinutes.With((int)after.TotalMinutes),
            _ => FollowUpTexts.SeenAtOnce,
        };
    }

    private static string Words(PortalWelcome welcome) =>
        welcome switch
        {
            PortalWelcome.Accepted => FollowUpTexts.PortalAccepted,
            PortalWelcome.Refused => FollowUpTexts.PortalRefused,
            PortalWelcome.KnownRefused => FollowUpTexts.PortalKnownRefused,
            PortalWelcome.SwitchedOff => FollowUpTexts.SwitchedOff,
            _ => FollowUpTexts.PortalUnknown,
        };

    private static string Words(TeamsWelcome welcome) =>
        welcome switch
        {
            TeamsWelcome.Sent => FollowUpTexts.TeamsSent,
            TeamsWelcome.Unreachable => FollowUpTexts.TeamsUnreachable,
            TeamsWelcome.NotNeeded => FollowUpTexts.TeamsNotNeeded,
            _ => FollowUpTexts.SwitchedOff,
        };
}
