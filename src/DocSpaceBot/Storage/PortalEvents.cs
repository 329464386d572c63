namespace DocSpaceBot.Storage;

/// <summary>
/// Which events of the portal's webhooks have been taken in. The portal delivers an event up to six times, each time in another body with the same ids.
/// </summary>
internal static class PortalEvents
{
    /// <summary>An older event is not taken, so that nothing is remembered for ever.</summary>
    public static readonly TimeSpan OldestTaken = TimeSpan.FromDays(7);

    /// <summary>A day longer than an event can be taken: the clocks of the portal and ours may differ.</summary>
    public static readonly TimeSpan KeptFor = OldestTaken + TimeSpan.FromDays(1);

    /// <summary>False when it has been taken in before. Part of the same unit as the step that the event causes.</summary>
    public static async Task<bool> TryAddAsync(Unit unit, long webhook, long id, DateTimeOffset now) =>
        await unit.ExecuteAsync(
            "insert into portal_events (webhook_id, event_id, seen_at) values (@webhook, @id, @now) on conflict (webhook_id, event_id) do nothing",
            new
            {
                webhook,
                id,
                now,
            }
        ) == 1;

    /// <summary>When the last one came in; null where that is longer ago than they are kept.</summary>
    public static async Task<DateTimeOffset?> FindLastAsync(Unit unit) =>
        await unit.FindAsync<long?>("select max(seen_at) from portal_events") is { } at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    public static Task ForgetAsync(Unit unit, DateTimeOffset before) =>
        unit.ExecuteAsync("delete from portal_events where seen_at < @before", new { before });
}
