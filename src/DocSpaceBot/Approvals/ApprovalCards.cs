using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>The card of the approvers as it is for whoever asks for it.</summary>
internal sealed class ApprovalCards(
    Database database,
    InvitationStore invitations,
    DecideRequest decide,
    IOptions<ApprovalOptions> options,
    TimeProvider clock
)
{
    /// <param name="notice">Said to this person alone.</param>
    /// <param name="reason">What was entered as the reason, to be kept.</param>
    public async Task<InvokeAnswer> ForAsync(CardClick click, string? notice, string? reason, CancellationToken cancellationToken)
    {
        if (
            await invitations.FindRequestAsync(click.Request, cancellationToken) is not { Number: not null } request
            || request.TenantId != click.TenantId
        )
        {
            return RequestCards.Unknown;
        }

        var all = await invitations.ListAsync(request.Id, cancellationToken);
        var (decidable, wasAsked, reader) = await database.WriteAsync(
            async unit =>
                (
                    await decide.ListDecidableAsync(unit, request, all, click.By, click.ConversationId),
                    (await ApproverStore.ListAsync(unit, request.Id)).Any(approver => IsAbout(approver, click)),
                    await PeopleStore.FindAsync(unit, request.TenantId, click.By.Id)
                ),
            cancellationToken
        );

        // Nobody learns of a request by its id alone.
        if (decidable.Count == 0 && !wasAsked)
        {
            return RequestCards.Unknown;
        }

        var view = new ApprovalView
        {
            Decidable = decidable,
            Reader = click.By,
            Notice = notice,
            Reason = reason,
            RefreshFor = reader?.TeamsId is { Length: > 0 } id ? [id] : [],
        };
        return InvokeAnswer.Card(ApprovalCard.For(request, all, clock.GetUtcNow(), options.Value.UndoWindow, view));
    }

    /// <summary>Somebody who was asked, or who has the card before them in a channel.</summary>
    private static bool IsAbout(Approver approver, CardClick click) =>
        approver.IsChannel
            ? click.ConversationId == approver.Id || click.ConversationId.StartsWith($"{approver.Id};", StringComparison.Ordinal)
            : approver.Id == click.By.Id;
}
