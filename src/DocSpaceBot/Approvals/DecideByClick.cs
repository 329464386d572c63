using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Invitations;
using DocSpaceBot.Storage;
using Teams.Protocol.Activities;

namespace DocSpaceBot.Approvals;

/// <summary>What the two buttons have in common: one unit, and the card as it is afterwards for whoever pressed.</summary>
internal sealed partial class DecideByClick(Database database, DecideRequest decide, ApprovalCards cards, ILogger<DecideByClick> logger)
{
    public async Task<InvokeAnswer> DecideAsync(CardClick click, Choice choice, CancellationToken cancellationToken)
    {
        var (answer, isDecided) = await database.WriteAsync(unit => DecideAsync(unit, click, choice), cancellationToken);

        if (isDecided)
        {
            Log.Decided(logger, click.Id, choice, click.By.Id);
        }

        return answer;
    }

    private async Task<(InvokeAnswer Answer, bool IsDecided)> DecideAsync(Unit unit, CardClick click, Choice choice)
    {
        if (
            await InvitationStore.FindRequestAsync(unit, click.Request) is not { Number: not null } request
            || request.TenantId != click.TenantId
        )
        {
            return (RequestCards.Unknown, false);
        }

        var reason = click.Entered.GetValueOrDefault(ApprovalCard.ReasonField);
        var decided = await decide.DecideAsync(
            unit,
            request,
            it => click.Row is not { } row || it.Row.ToString(CultureInfo.InvariantCulture) == row,
            click.By,
            click.ConversationId,
            choice,
            reason
        );
        var isDecided = decided.Why is null;
        return (await cards.ForAsync(unit, click, decided.Why, isDecided ? null : reason), isDecided);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Request {RequestId}: {Choice} by {PersonId}.")]
        public static partial void Decided(ILogger logger, string requestId, Choice choice, string personId);
    }
}
