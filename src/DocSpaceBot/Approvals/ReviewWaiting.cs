using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Approvals;

/// <summary>Looks at everything that waits again when the policy has changed, also while the bot was not running.</summary>
internal sealed partial class ReviewWaiting(Database database, CurrentPolicy policy, TimeProvider clock, ILogger<ReviewWaiting> logger)
    : BackgroundService
{
    private readonly WorkSignal changed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        policy.OnChanged(_ => changed.Pulse());

        while (!stoppingToken.IsCancellationRequested)
        {
            var next = changed.Next;

            try
            {
                await ReviewAsync(stoppingToken);
                await next.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Storage is away; every request looks for itself when its time has come.
                Log.CannotReview(logger, e.GetType().Name);
                await next.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task ReviewAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                foreach (var request in await InvitationStore.ListWaitingAsync(unit, null))
                {
                    await StepQueue.AddAsync(unit, StepKind.AskApprovers, request.Id.Value, clock.GetUtcNow());
                }
            },
            cancellationToken
        );

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What waits for approval could not be looked at again after the policy changed: {Fault}")]
        public static partial void CannotReview(ILogger logger, string fault);
    }
}
