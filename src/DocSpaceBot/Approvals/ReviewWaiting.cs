using DocSpaceBot.Invitations;
using DocSpaceBot.Lifecycle;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Approvals;

/// <summary>Looks at everything that waits again when the policy has changed, also while the bot was not running.</summary>
internal sealed partial class ReviewWaiting(
    Database database,
    CurrentPolicy policy,
    TellOperators operators,
    TimeProvider clock,
    ILogger<ReviewWaiting> logger
) : BackgroundService
{
    private readonly WorkSignal changed = new();
    private volatile string? fault;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = policy.OnChanged(change =>
        {
            fault = (change as PolicyChange.NotTaken)?.Fault;
            changed.Pulse();
        });
        var policyChanged = false;

        while (!stoppingToken.IsCancellationRequested)
        {
            var next = changed.Next;

            try
            {
                if (fault is { } why)
                {
                    await operators.PolicyIsNotTakenAsync(why, stoppingToken);
                }
                else
                {
                    await ReviewAsync(policyChanged, stoppingToken);
                }

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

            policyChanged = true;
        }
    }

    private Task ReviewAsync(bool policyChanged, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async unit =>
            {
                foreach (var request in await InvitationStore.ListWaitingAsync(unit, null))
                {
                    await StepQueue.AddAsync(unit, StepKind.AskApprovers, request.Id.Value, clock.GetUtcNow());

                    if (policyChanged)
                    {
                        // Buttons of whoever may no longer decide go away.
                        await SentCardStore.DrawAgainAsync(unit, ApproverStore.CardOf(request.Id));
                        await StepQueue.AddAsync(unit, StepKind.ShowApprovals, request.Id.Value, clock.GetUtcNow());
                    }
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
