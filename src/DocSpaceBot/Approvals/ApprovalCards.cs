using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>The card of the approvers as it is for whoever asks for it.</summary>
internal sealed class ApprovalCards(Database database, DecideRequest decide, IOptions<ApprovalOptions> options, TimeProvider clock)
{
    public Task<InvokeAnswer> ForAsync(CardClick click, string? notice, CancellationToken cancellationToken) =>
        database.WriteAsync(unit => ForAsync(unit, click, notice, null), cancellationToken);

    /// <param name="notice">Said to this person alone.</param>
    /// <param name="reason">What was entered as the reason, to be kept.</param>
    public async Task<InvokeAnswer> ForAsync(Unit unit, CardClick click, string? notice, string? reason)
    {
        if (
            await InvitationStore.FindRequestAsync(unit, click.Request) is not { Number: not null } request
            || request.TenantId != click.TenantId
        )
        {
            return RequestCards.Unknown;
        }

        var all = await InvitationStore.ListAsync(unit, request.Id);
        var decidable = await decide.ListDecidableAsync(unit, request, all, click.By, click.ConversationId);

        // Nobody learns of a request by its id alone.
        if (decidable.Count == 0 && !(await ApproverStore.ListAsync(unit, request.Id)).Any(approver => IsAbout(approver, click)))
        {
            return RequestCards.Unknown;
        }

        var reader = await PeopleStore.FindAsync(unit, request.TenantId, click.By.Id);

        if (reader?.Locale is null)
        {
            // Their copy is drawn again later, when they do not ask for it.
            await PeopleStore.LearnLanguageAsync(unit, request.TenantId, click.By, CultureInfo.CurrentUICulture);
        }

        var view = new ApprovalView
        {
            Decidable = decidable,
            Reader = click.By,
            Notice = notice,
            Reason = reason,
            RefreshFor = reader is { TeamsId: { Length: > 0 } id } ? [id] : [],
        };
        return InvokeAnswer.Card(ApprovalCard.For(request, all, clock.GetUtcNow(), options.Value.UndoWindow, view));
    }

    /// <summary>Somebody who was asked, or who has the card before them in a channel.</summary>
    private static bool IsAbout(Approver approver, CardClick click) =>
        approver.IsChannel
            ? click.ConversationId == approver.Id || click.ConversationId.StartsWith($"{approver.Id};", StringComparison.Ordinal)
            : approver.Id == click.By.Id;
}
