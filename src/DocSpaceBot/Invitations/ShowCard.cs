using System.Globalization;
using DocSpaceBot.Conversations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;
using Teams.Protocol.Connector;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Posts the card of a request or edits it to the present state. There is one such step for a request at a time, so that a card is never
/// drawn by two at once; a change that comes meanwhile has it drawn once more.
/// </summary>
internal sealed class ShowCard(
    InvitationStore invitations,
    DraftStore drafts,
    RequestCards cards,
    LinkCards links,
    ConversationStore conversations,
    PeopleStore people,
    SentCardStore sentCards,
    ConnectorClient connector,
    TimeProvider clock
) : IStep
{
    private static readonly TimeSpan BetweenEdits = TimeSpan.FromSeconds(2);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        if (
            await LookAsync(new(step.Subject), cancellationToken) is not { } look
            || await conversations.FindAsync(look.ConversationId, cancellationToken) is not { } to
        )
        {
            return StepOutcome.Done;
        }

        var now = clock.GetUtcNow();
        var drawn = CardEdits.Drawn(look.Card);
        var sent = await sentCards.FindAsync(step.Subject, to.ConversationId, cancellationToken);

        // A long list changes all the time; Teams takes one edit of a message in a second or two.
        if (look.IsLong && sent is not null && sent.Drawn != drawn && sent.DrawnAt + BetweenEdits is var next && now < next)
        {
            return StepOutcome.Again(next);
        }

        var message = OutgoingActivity.FromCard(look.Card, look.Summary);

        if (sent is null)
        {
            var activityId = await connector.SendAsync(to, message, cancellationToken);
            await KeepAsync(activityId);
        }
        else if (sent.Drawn != drawn && sent.ActivityId is { } activityId)
        {
            try
            {
                await connector.UpdateAsync(to, activityId, message, cancellationToken);
                await KeepAsync(activityId);
            }
            catch (ConnectorException e) when (e.Fault is ConnectorFault.NotFound)
            {
                // Somebody deleted the card; it is not forced on them again.
                await KeepAsync(null);
            }
        }

        return look.ChangesAt is { } at ? StepOutcome.Again(at) : StepOutcome.Done;

        Task KeepAsync(string? activityId) =>
            sentCards.KeepAsync(
                new()
                {
                    Subject = step.Subject,
                    ConversationId = to.ConversationId,
                    ActivityId = activityId,
                    Drawn = drawn,
                    DrawnAt = now,
                },
                cancellationToken
            );
    }

    /// <summary>What the card shows now, in the language of whoever asked: what would happen, or once it is confirmed what does.</summary>
    private async Task<Look?> LookAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(id, cancellationToken) is { } request)
        {
            CultureInfo.CurrentUICulture = await people.LanguageAsync(request.TenantId, request.Requester.Id, cancellationToken);
            var now = clock.GetUtcNow();
            var all = await invitations.ListAsync(id, cancellationToken);

            if (all is [{ Link: not null }])
            {
                return await LookAtLinkAsync(request, all, now, cancellationToken);
            }

            return new(
                request.ConversationId,
                await cards.DrawAsync(request, all, null, cancellationToken),
                InvitationCard.Summary(all),
                all.Count > AskForInvitations.MostWithoutAsking,
                Countdown.ChangesAt(all, now)
            );
        }

        if (await drafts.FindAsync(id, cancellationToken) is not { } draft)
        {
            return null;
        }

        CultureInfo.CurrentUICulture = await people.LanguageAsync(draft.TenantId, draft.Requester.Id, cancellationToken);
        return new(draft.ConversationId, DraftCard.For(draft), DraftCard.Summary(draft), IsLong: false, ChangesAt: null);
    }

    private async Task<Look?> LookAtLinkAsync(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var isPrivate = await conversations.FindAsync(request.ConversationId, cancellationToken) is { ConversationType: "personal" };
        return await links.PictureAsync(request, isPrivate, cancellationToken) is { } picture
            ? new(
                request.ConversationId,
                LinkCard.For(picture),
                LinkCard.Summary(picture),
                IsLong: false,
                picture.Link is { } link ? EndOf(link, now) : Countdown.ChangesAt(all, now)
            )
            : null;
    }

    private static DateTimeOffset? EndOf(SharedLink link, DateTimeOffset now) =>
        link.StoppedAt is null && now < link.ExpiresAt ? link.ExpiresAt : null;

    /// <summary>The invitation goes on without its card. When somebody writes from there again, the next change can be shown.</summary>
    public async Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken)
    {
        if (await LookAsync(new(step.Subject), cancellationToken) is { } look)
        {
            await conversations.GiveUpIfClosedAsync(look.ConversationId, why, cancellationToken);
        }
    }

    private sealed record Look(string ConversationId, AdaptiveCard Card, string Summary, bool IsLong, DateTimeOffset? ChangesAt);
}
