namespace DocSpaceBot.Storage;

/// <summary>
/// The short way from a unit to the worker of this process: a step that is due at once is written as already taken, and given to the worker
/// in memory as soon as it is kept. If the process dies in between, the lease ends as that of any step.
/// </summary>
internal sealed class HandOver
{
    private volatile Place? place;

    /// <summary>Where a step can be left; null when nobody takes steps or too many are under way, and it has to be looked for.</summary>
    public Place? Free => place is { } open && open.HasRoom() ? open : null;

    public void Open(Place worker) => place = worker;

    public void Close() => place = null;

    /// <param name="Owner">In whose name steps are leased.</param>
    /// <param name="Start">Must not wait: other units do.</param>
    internal sealed record Place(string Owner, TimeSpan Lease, Func<bool> HasRoom, Action<DueStep> Start);
}
