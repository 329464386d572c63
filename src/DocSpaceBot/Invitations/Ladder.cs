using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>
/// What an invitation has come through, from asking to the welcome: each step with its time and where that is known from, and of the next one that it is
/// not known yet, and when it is looked up.
/// </summary>
internal static class Ladder
{
    /// <summary>As it is when nobody sets it otherwise.</summary>
    private static readonly TimeSpan UsualLook = TimeSpan.FromMinutes(5);

    /// <param name="lookEvery">How often the portal is asked who has joined; null = as usual.</param>
    public static IEnumerable<Fact> Of(Invitation it, TimeSpan? lookEvery)
    {
        yield return new(LadderTexts.Requested, Reached(it.AskedAt));

        if (Approved(it) is not { } approved)
        {
            yield break;
        }

        yield return new(LadderTexts.Approved, approved);

        if (it.Status is InvitationStatus.PendingApproval || Accepted(it) is not { } accepted)
        {
            yield break;
        }

        yield return new(LadderTexts.Accepted, accepted);

        if (it.InvitedAt is null || Joined(it, lookEvery ?? UsualLook) is not { } joined)
        {
            yield break;
        }

        yield return new(LadderTexts.Joined, joined);

        if (it.JoinedAt is not null)
        {
            yield return new(
                LadderTexts.Confirmed,
                it.ConfirmedAt is { } at ? Reached(at, LadderTexts.LookedUp) : LadderTexts.NotYetConfirmed
            );
            yield return new(LadderTexts.Welcomed, Welcomed(it));
        }
    }

    /// <summary>Null when it never came to that.</summary>
    private static string? Approved(Invitation it) =>
        it.Status is InvitationStatus.PendingApproval ? LadderTexts.WaitsForApproval
        : it.Status is InvitationStatus.Denied || (it.WasAsked && it.SendFrom is null) ? null
        : it.Votes.Count > 0
            ? Reached(it.Votes.Max(vote => vote.At), CardText.Escape(string.Join(", ", it.Votes.Select(vote => vote.By.Name))))
        : Reached(it.AskedAt, it.Rule is { } rule ? LadderTexts.ByRule.With(CardText.Escape(rule)) : LadderTexts.ByTheRules);

    private static string? Accepted(Invitation it) =>
        it switch
        {
            { InvitedAt: { } at } => Reached(at, it.WasPendingBefore ? LadderTexts.WasThereBefore : LadderTexts.LookedUp),
            { Status: InvitationStatus.Approved, NextLookAt: { } next } => LadderTexts.NotYetTry.With(InvitationCard.Time(next)),
            { Status: InvitationStatus.Approved } => LadderTexts.NotYet,
            { Status: InvitationStatus.Failed, Cause: Cause.NotKnown } => LadderTexts.NotKnown,
            _ => null,
        };

    private static string? Joined(Invitation it, TimeSpan lookEvery) =>
        it switch
        {
            { JoinedAt: { } at } => Reached(
                at,
                it.JoinedBy switch
                {
                    NoticedBy.Webhook => LadderTexts.ByWebhook,
                    NoticedBy.Sweep => LadderTexts.BySweep,
                    _ => LadderTexts.LookedUp,
                }
            ),
            { Status: InvitationStatus.Invited } => lookEvery switch
            {
                { TotalSeconds: < 2 } => LadderTexts.NotYetLookSecond,
                { TotalMinutes: < 2 } => LadderTexts.NotYetLookSeconds.With((int)lookEvery.TotalSeconds),
                { TotalHours: < 2 } => LadderTexts.NotYetLookMinutes.With((int)lookEvery.TotalMinutes),
                _ => LadderTexts.NotYetLookHours.With((int)lookEvery.TotalHours),
            },
            _ => null,
        };

    private static string Welcomed(Invitation it) =>
        it switch
        {
            { WelcomedAt: { } at } => Reached(at, it.TeamsWelcome is TeamsWelcome.Sent ? LadderTexts.InTeams : LadderTexts.ByDocSpace),

            // From before the time was kept.
            { TeamsWelcome: TeamsWelcome.Sent } => LadderTexts.Reached.With(LadderTexts.InTeams),
            { PortalWelcome: PortalWelcome.Accepted } => LadderTexts.Reached.With(LadderTexts.ByDocSpace),
            { TeamsWelcome: TeamsWelcome.NotTried } => LadderTexts.BeingDone,
            { TeamsWelcome: TeamsWelcome.Unreachable } => LadderTexts.ForwardText,
            { PortalWelcome: PortalWelcome.Refused or PortalWelcome.KnownRefused } => LadderTexts.WelcomeRefused,
            { PortalWelcome: PortalWelcome.Unknown } => LadderTexts.NotKnown,
            _ => LadderTexts.SwitchedOff,
        };

    private static string Reached(DateTimeOffset at) => LadderTexts.Reached.With(InvitationCard.Time(at));

    private static string Reached(DateTimeOffset at, string from) => LadderTexts.ReachedFrom.With(InvitationCard.Time(at), from);
}
