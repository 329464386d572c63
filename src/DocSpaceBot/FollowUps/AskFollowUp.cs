using System.Globalization;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Asks the requester what to do about people of a request who have not joined, and keeps that card as it has to be. Who waits too long once more, after
/// a mail, is asked about on a card of its own: an edited card makes no noise.
/// </summary>
internal sealed class AskFollowUp(
    InvitationStore invitations,
    PeopleStore people,
    CardEdits edits,
    IOptions<FollowUpOptions> options,
    TimeProvider clock
) : IStep
{
    /// <summary>Of a long list people join all the time; Teams takes one edit of a message in a second or two, and answers in the same chat would wait.</summary>
    private static readonly TimeSpan BetweenEdits = TimeSpan.FromSeconds(2);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is not { } request)
        {
            return StepOutcome.Done;
        }

        var all = await invitations.ListAsync(request.Id, cancellationToken);

        if (WaitingCard.Subjects(all) is not { Count: > 0 } subjects)
        {
            return StepOutcome.Done;
        }

        if (
            all.Count > AskForInvitations.MostWithoutAsking
            && await edits.DrawnAtAsync(SubjectOf(request.Id), request.ConversationId, cancellationToken) is { } drawn
            && clock.GetUtcNow() < drawn + BetweenEdits
        )
        {
            return StepOutcome.Again(drawn + BetweenEdits);
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        await edits.ShowAsync(
            SubjectOf(request.Id),
            request.ConversationId,
            WaitingCard.For(request, all, clock.GetUtcNow(), options.Value.ExpireAfter),
            WaitingCard.Summary(all),
            posts: true,
            subjects.Max(it => it.RemindedAt),
            cancellationToken
        );
        return StepOutcome.Done;
    }

    private static string SubjectOf(RequestId request) => $"{request}:waiting";
}
