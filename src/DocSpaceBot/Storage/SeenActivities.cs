namespace DocSpaceBot.Storage;

/// <summary>
/// Which activities have been taken in. Teams delivers an activity again, with the same id, when our answer is late or lost.
/// </summary>
internal static class SeenActivities
{
    /// <summary>Far longer than Teams repeats anything.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>False when it has been taken in before. Part of the same unit as everything that the activity causes.</summary>
    public static async Task<bool> TryAddAsync(Unit unit, string key, DateTimeOffset now) =>
        await unit.ExecuteAsync("insert into activities (key, seen_at) values (@key, @now) on conflict (key) do nothing", new { key, now })
        == 1;

    public static Task ForgetAsync(Unit unit, DateTimeOffset before) =>
        unit.ExecuteAsync("delete from activities where seen_at < @before", new { before });
}
