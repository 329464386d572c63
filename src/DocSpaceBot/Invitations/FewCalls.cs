using System.Globalization;
using DocSpaceBot.Storage;

namespace DocSpaceBot.Invitations;

/// <summary>
/// Calls of which a portal takes five in a quarter of an hour for each of them, and then refuses without saying until when (RateLimiterSettings,
/// "sensitive"). So they are counted here, in storage, and the sixth waits. Only one step makes calls of a kind, so nobody counts at the same time.
/// </summary>
internal sealed class FewCalls(PortalFacts facts, TimeProvider clock)
{
    private const int Most = 5;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Null when the call may be made now; it is counted before it is made. Else when.</summary>
    public async Task<DateTimeOffset?> TakeAsync(string kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = await facts.FindAsync(kind, cancellationToken) ?? "";
        var made = known
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(time => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture)))
            .Where(time => now - time < Window)
            .ToList();

        if (made.Count >= Most)
        {
            return made.Min() + Window;
        }

        var times = made.Append(now).Select(time => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        await facts.KeepAsync(kind, string.Join(' ', times), Window, cancellationToken);
        return null;
    }
}
