using System.Globalization;
using DocSpace.Api;
using DocSpaceBot.Conversations;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;

namespace DocSpaceBot.FollowUps;

/// <summary>
/// Tells, in the conversation that the request came from, that somebody has joined and what became of the welcome, and keeps that card as it has to be.
/// </summary>
internal sealed class FollowUp(
    InvitationStore invitations,
    Database database,
    PeopleStore people,
    CardEdits edits,
    IOptions<DocSpaceOptions> portal,
    IOptions<FollowUpOptions> options,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            await invitations.FindAsync(new(step.Subject), cancellationToken) is not { } invitation
            || await invitations.FindRequestAsync(invitation.Request, cancellationToken) is not { } request
        )
        {
            return StepOutcome.Done;
        }

        if (request.People > AskForInvitations.MostWithoutAsking)
        {
            await database.WriteAsync(
                unit => StepQueue.AddAsync(unit, StepKind.FollowUpList, request.Id.Value, clock.GetUtcNow()),
                cancellationToken
            );
            return StepOutcome.Done;
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        var card = FollowUpCard.For(invitation, portal.Value.BaseUrl, WelcomeCard.ToForward(options.Value, invitation));
        await edits.ShowAsync(step.Subject, request.ConversationId, card, FollowUpCard.Summary(invitation), posts: true, cancellationToken);
        return StepOutcome.Done;
    }
}

/// <summary>The same for a list, as often as Teams takes edits.</summary>
internal sealed class FollowUpList(InvitationStore invitations, PeopleStore people, CardEdits edits, TimeProvider clock) : IStep
{
    private static readonly TimeSpan BetweenEdits = TimeSpan.FromSeconds(2);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(new(step.Subject), cancellationToken) is not { } request)
        {
            return StepOutcome.Done;
        }

        var all = await invitations.ListAsync(request.Id, cancellationToken);
        var joined = all.Where(it => it is { JoinedAt: not null, TeamsWelcome: not TeamsWelcome.NotTried })
            .OrderByDescending(it => it.JoinedAt)
            .ThenBy(it => it.Row)
            .ToList();

        if (joined.Count == 0)
        {
            return StepOutcome.Done;
        }

        if (
            await edits.DrawnAtAsync(SubjectOf(request.Id), request.ConversationId, cancellationToken) is { } drawn
            && clock.GetUtcNow() < drawn + BetweenEdits
        )
        {
            return StepOutcome.Again(drawn + BetweenEdits);
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
        await edits.ShowAsync(
            SubjectOf(request.Id),
            request.ConversationId,
            FollowUpListCard.For(all, joined),
            FollowUpListCard.Summary(all, joined),
            posts: true,
            cancellationToken
        );
        return StepOutcome.Done;
    }

    private static string SubjectOf(RequestId request) => $"{request}:joined";
}
