using DocSpaceBot.Lifecycle;

namespace DocSpaceBot.Invitations;

/// <summary>How long what was agreed to can still be taken back.</summary>
internal static class Countdown
{
    /// <summary>What goes out at the end is known a moment later, mostly: one edit of each card then says both.</summary>
    private static readonly TimeSpan UntilItIsOut = TimeSpan.FromSeconds(2);

    /// <summary>When it has all gone out; null when nothing waits for that.</summary>
    public static DateTimeOffset? EndsAt(IEnumerable<Invitation> all) =>
        all.Where(it => it is { Status: InvitationStatus.Approved, SendBegunAt: null }).Max(it => it.SendFrom);

    public static bool IsRunning(IEnumerable<Invitation> all, DateTimeOffset now) => now < EndsAt(all);

    /// <summary>When a card has to be drawn again because time goes by; null when that changes nothing.</summary>
    public static DateTimeOffset? ChangesAt(IReadOnlyList<Invitation> all, DateTimeOffset now)
    {
        if (EndsAt(all) is not { } end || now >= end)
        {
            return null;
        }

        var left = end - now;
        var tick = TickFor(left);
        return left <= tick ? end + UntilItIsOut : end - (Math.Ceiling(left / tick) - 1) * tick;
    }

    /// <summary>Only while it <see cref="IsRunning"/>.</summary>
    public static string Words(IReadOnlyList<Invitation> all, DateTimeOffset now)
    {
        var end = EndsAt(all) ?? now;
        var tick = TickFor(end - now);
        var words = all.All(it => it.Link is not null) ? InvitationTexts.LinkIsMadeIn : InvitationTexts.GoesOutIn;
        return words.With(Span(Math.Ceiling((end - now) / tick) * tick), InvitationCard.Time(end));
    }

    public static string Span(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2)
            ? InvitationTexts.Seconds.With(Math.Round(time.TotalSeconds))
            : InvitationTexts.Minutes.With(Math.Ceiling(time.TotalMinutes));

    /// <summary>Teams takes few edits of a card: the last minute is counted in fives of seconds, before that in halves of minutes.</summary>
    private static TimeSpan TickFor(TimeSpan left) => TimeSpan.FromSeconds(left > TimeSpan.FromMinutes(1) ? 30 : 5);
}
