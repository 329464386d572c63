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
        var reason = click.Entered.GetValueOrDefault(ApprovalCard.ReasonField);
        var decided = await database.WriteAsync(
            async unit =>
                await InvitationStore.FindRequestAsync(unit, click.Request) is { Number: not null } request
                && request.TenantId == click.TenantId
                    ? await decide.DecideAsync(
                        unit,
                        request,
                        it => click.Row is not { } row || it.Row.ToString(CultureInfo.InvariantCulture) == row,
                        click.By,
                        click.ConversationId,
                        choice,
                        reason
                    )
                    : null,
            cancellationToken
        );

        if (decided is null)
        {
            return RequestCards.Unknown;
        }

        if (decided.Why is null)
        {
            Log.Decided(logger, click.Id, choice, click.By.Id);
        }

        return await cards.ForAsync(click, decided.Why, decided.Why is null ? null : reason, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Request {RequestId}: {Choice} by {PersonId}.")]
        public static partial void Decided(ILogger logger, string requestId, Choice choice, string personId);
    }
}
