using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Overview;

/// <summary>The steps that an invitation has taken, with their times as far as they are kept.</summary>
internal static class InvitationSteps
{
    public static IEnumerable<Fact> For(InviteRequest request, Invitation it, TimeSpan? lookEvery)
    {
        yield return new(OverviewTexts.Requested, By(it.AskedAt, request.Requester.Name));

        if (it.Denial is { } denial)
        {
            yield return new(
                OverviewTexts.Denied,
                OverviewTexts.TimeByBecause.With(
                    InvitationCard.Time(denial.At),
                    CardText.Escape(denial.By.Name),
                    CardText.Escape(denial.Reason)
                )
            );
        }

        // Whoever asked is told with the first.
        foreach (var step in Ladder.Of(it, lookEvery).Skip(1))
        {
            yield return step;
        }
    }

    /// <summary>Why it has to wait, or came to nothing.</summary>
    public static IEnumerable<string> Reason(Invitation it) =>
        it switch
        {
            { Status: InvitationStatus.Approved, Cause: { } cause, NextLookAt: { } next } =>
            [
                OverviewTexts.NextTry.With(
                    it.Link is null ? Refusal.WaitingBecause(cause) : Refusal.LinkWaitsBecause(cause),
                    InvitationCard.Time(next)
                ),
            ],
            { Status: InvitationStatus.Failed, Cause: { } cause } => [InvitationCard.Explain(it, cause)],
            { Status: InvitationStatus.Denied, Cause: { } cause } => [Refusal.Because(cause).Text],
            _ => [],
        };

    private static string By(DateTimeOffset at, string name) => OverviewTexts.TimeBy.With(InvitationCard.Time(at), CardText.Escape(name));
}
