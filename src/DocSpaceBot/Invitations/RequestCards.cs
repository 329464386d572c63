using DocSpaceBot.Chat;
using DocSpaceBot.FollowUps;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Links;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Cards;

namespace DocSpaceBot.Invitations;

/// <summary>The card of a request as it is now: what would happen, or once it is confirmed what does.</summary>
internal sealed class RequestCards(
    InvitationStore invitations,
    ApproverStore approvers,
    DraftStore drafts,
    LinkCards links,
    IOptions<FollowUpOptions> followUps,
    TimeProvider clock
)
{
    public static InvokeAnswer Unknown => InvokeAnswer.Error(404, "UnknownCard", Refusal.UnknownCard.Text);

    /// <summary>For somebody who may see it: whoever asked for it, and whoever is in the conversation that it stands in.</summary>
    public async Task<InvokeAnswer> ForAsync(CardClick click, string? notice, CancellationToken cancellationToken)
    {
        if (await invitations.FindRequestAsync(click.Request, cancellationToken) is { } request)
        {
            var all = await invitations.ListAsync(request.Id, cancellationToken);

            if (all is [{ Link: not null }])
            {
                return await links.OwnAsync(click, notice, cancellationToken);
            }

            return MaySee(click, request) ? InvokeAnswer.Card(await DrawAsync(request, all, notice, cancellationToken)) : Unknown;
        }

        return await drafts.FindAsync(click.Request, cancellationToken) is { } draft ? For(click, draft, notice) : Unknown;
    }

    public async Task<AdaptiveCard> DrawAsync(
        InviteRequest request,
        IReadOnlyList<Invitation> all,
        string? notice,
        CancellationToken cancellationToken
    ) =>
        InvitationCard.For(
            request,
            all,
            clock.GetUtcNow(),
            notice,
            await AskedAsync(request, cancellationToken),
            followUps.Value.SweepInterval
        );

    /// <inheritdoc cref="ForAsync"/>
    public static InvokeAnswer For(CardClick click, Draft draft, string? notice) =>
        MaySee(click, draft.TenantId, draft.Requester, draft.ConversationId) ? InvokeAnswer.Card(DraftCard.For(draft, notice)) : Unknown;

    /// <summary>Whoever was asked to decide about the request.</summary>
    public async Task<IReadOnlyList<Approver>> AskedAsync(InviteRequest request, CancellationToken cancellationToken) =>
        request.Number is null ? [] : await approvers.ListAsync(request.Id, cancellationToken);

    public static bool MaySee(CardClick click, InviteRequest request) =>
        MaySee(click, request.TenantId, request.Requester, request.ConversationId);

    private static bool MaySee(CardClick click, string tenantId, Person requester, string conversationId) =>
        tenantId == click.TenantId && (requester.Id == click.By.Id || conversationId == click.ConversationId);
}
