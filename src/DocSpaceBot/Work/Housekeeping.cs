using DocSpaceBot.Storage;

namespace DocSpaceBot.Work;

/// <summary>Forgets what is no longer needed, so that the database does not grow with every message.</summary>
internal sealed class Housekeeping(Database database, TimeProvider clock) : IStep
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task<StepOutcome> RunAsync(DueStep step, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async unit =>
            {
                await SeenActivities.ForgetAsync(unit, now - SeenActivities.KeptFor);
                await PortalEvents.ForgetAsync(unit, now - PortalEvents.KeptFor);
                await DraftStore.ForgetAsync(unit, now - DraftStore.KeptFor);
                await unit.ExecuteAsync("delete from portal_facts where until_at < @now", new { now });
            },
            cancellationToken
        );
        return StepOutcome.Again(now + Every);
    }
}
