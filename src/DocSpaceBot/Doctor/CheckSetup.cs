using System.Globalization;
using DocSpaceBot.Chat;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;
using DocSpaceBot.Work;
using Microsoft.Extensions.Options;
using Teams.Protocol.Activities;
using Teams.Protocol.Hosting;

namespace DocSpaceBot.Doctor;

/// <summary>Looks at everything and says what was found. After a crash between saying and noting it, it says so twice.</summary>
internal sealed class CheckSetup(
    PortalFindings portal,
    WebhookCare webhook,
    IOptions<BotOptions> bot,
    Database database,
    ConversationStore conversations,
    TimeProvider clock
) : IStep
{
    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        // Of whoever asked.
        CultureInfo.CurrentUICulture = Language.For(step.Payload);

        if (await conversations.FindAsync(step.Subject, cancellationToken) is not { } chat)
        {
            return StepOutcome.Done;
        }

        var (findings, key) = await portal.LookAsync(cancellationToken);
        List<Finding> all =
        [
            .. findings,
            .. key is null ? Array.Empty<Finding>() : [await webhook.LookAfterAsync(key, cancellationToken)],
            Teams(bot.Value),
        ];
        var card = SetupCard.For(all, clock.GetUtcNow());
        await database.WriteAsync(
            unit =>
                ChatTurn.ReplyAsync(unit, chat.ConversationId, OutgoingActivity.FromCard(card, SetupCard.Summary(all)), clock.GetUtcNow()),
            cancellationToken
        );
        return StepOutcome.Done;
    }

    public Task GiveUpAsync(DueStep step, Exception why, CancellationToken cancellationToken) =>
        conversations.GiveUpIfClosedAsync(step.Subject, why, cancellationToken);

    private static Finding Teams(BotOptions bot) =>
        bot.MicrosoftAppId.Length > 0
            ? new(DoctorTexts.AboutTeams, Health.Good, DoctorTexts.TeamsGood)
            : new(DoctorTexts.AboutTeams, Health.Attention, DoctorTexts.TeamsOpen, DoctorTexts.TeamsOpenAdvice);
}
