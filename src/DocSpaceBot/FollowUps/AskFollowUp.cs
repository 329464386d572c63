using System.Globalization;
using DocSpaceBot.Conversations;
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

        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        await edits.ShowAsync(
            $"{request.Id}:waiting",
            request.ConversationId,
            WaitingCard.For(request, all, clock.GetUtcNow(), options.Value.ExpireAfter),
            WaitingCard.Summary(all),
            posts: true,
            subjects.Max(it => it.RemindedAt),
            cancellationToken
        );
        return StepOutcome.Done;
    }
}
